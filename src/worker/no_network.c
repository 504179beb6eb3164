/*
 * libcurl's place is taken by nothing. Tesseract can fetch pictures from the network and so asks
 * for it and some thirty libraries behind it; the worker has no network and links Tesseract's
 * static library with these instead. A child is then forked in half the time, and there is less to
 * attack.
 */
#include <stddef.h>

struct curl_handle;

struct curl_handle *curl_easy_init(void);
int curl_easy_setopt(struct curl_handle *handle, int option, ...);
int curl_easy_perform(struct curl_handle *handle);
void curl_easy_cleanup(struct curl_handle *handle);
const char *curl_easy_strerror(int code);

enum { FAILED_INIT = 2 }; /* CURLE_FAILED_INIT */

struct curl_handle *curl_easy_init(void)
{
    return NULL;
}

int curl_easy_setopt(struct curl_handle *handle, int option, ...)
{
    (void)handle;
    (void)option;
    return FAILED_INIT;
}

int curl_easy_perform(struct curl_handle *handle)
{
    (void)handle;
    return FAILED_INIT;
}

void curl_easy_cleanup(struct curl_handle *handle)
{
    (void)handle;
}

const char *curl_easy_strerror(int code)
{
    (void)code;
    return "no network";
}
