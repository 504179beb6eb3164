#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Drops a UTF-8 sequence that the message cap cut in two. */
static void trim_partial_character(char *text)
{
    size_t len = strlen(text);
    size_t back = 0;

    while (back < 3 && back < len && ((unsigned char)text[len - 1 - back] & 0xC0) == 0x80)
        back++;
    if (back < len && ((unsigned char)text[len - 1 - back] & 0xC0) == 0xC0)
        text[len - 1 - back] = '\0';
}

/* The format is checked at the callers, by PRINTF_LIKE. */
static void set_message(struct err *err, int code, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

static void set_message(struct err *err, int code, const char *format, va_list args)
{
    err->code = code;
    if (vsnprintf(err->message, sizeof(err->message), format, args) >= (int)sizeof(err->message))
        trim_partial_character(err->message);
}

int err_set(struct err *err, int code, const char *format, ...)
{
    va_list args;

    if (err && !err->code) {
        va_start(args, format);
        set_message(err, code, format, args);
        va_end(args);
    }
    return code;
}

int err_set_errno(struct err *err, int code, int errno_value, const char *format, ...)
{
    va_list args;

    if (err && !err->code) {
        va_start(args, format);
        set_message(err, code, format, args);
        va_end(args);
        size_t len = strlen(err->message);
        snprintf(err->message + len, sizeof(err->message) - len, ": %s", strerror(errno_value));
    }
    return code;
}

void err_clear(struct err *err)
{
    if (err) {
        err->code = 0;
        err->message[0] = '\0';
    }
}

void err_bug(const char *file, int line, const char *what)
{
    fprintf(stderr, "sanad: internal error at %s:%d: %s\n", file, line, what);
    abort();
}
