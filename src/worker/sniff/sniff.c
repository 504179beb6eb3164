#include "worker/reader.h"

#include <string.h>

#include "worker/archive/stream.h"
#include "worker/books/oldoffice.h"
#include "worker/plain/charset.h"
#include "worker/plain/damaged.h"
#include "worker/sniff/sniff.h"

enum { LOOK_AT_BYTES = 16 << 10 };

/* Mail whose body is bytes (8-bit attachments, yEnc) is known by its header. */
static const char *by_header(const struct input *input, size_t len)
{
    const char *data = (const char *)input->data;
    const char *end = memmem(data, len, "\n\n", 2);
    const char *dos = memmem(data, len, "\n\r\n", 3);

    if (!end || (dos && dos < end))
        end = dos;
    if (!end || !charset_detect(data, (size_t)(end - data)))
        return NULL;
    const char *found = sniff_text(data, (size_t)(end + 1 - data), input->name);
    bool mail =
        found && (strcmp(found, "message/rfc822") == 0 || strcmp(found, "application/mbox") == 0 ||
                  strcmp(found, "message/x-emlx") == 0);
    return mail ? found : NULL;
}

/* A PDF with a broken header; mail that holds a PDF as it is stays mail. */
static const char *by_pdf(const struct input *input, const char *otherwise)
{
    const char *found = sniff_pdf(input->data, input->len);
    const char *mail =
        found ? by_header(input, input->len < LOOK_AT_BYTES ? input->len : LOOK_AT_BYTES) : NULL;

    return mail ? mail : found ? found : otherwise;
}

static const char *by_text(const struct input *input)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    size_t len = input->len < LOOK_AT_BYTES ? input->len : LOOK_AT_BYTES;
    const char *charset = charset_detect(input->data, len);

    if (!charset)
        return by_header(input, len);
    buf_init(&text, (size_t)LOOK_AT_BYTES * 4);
    (void)charset_to_utf8(charset, input->data, len, &text);
    const char *found = sniff_text(text.data, text.len, input->name);
    if (found)
        return found;
    /* a container's word about text is finer than "plain" where the bytes allow any text */
    if (strncmp(input->hint_mime, "text/", 5) == 0 && reader_for(input->hint_mime))
        return input->hint_mime;
    return "text/plain";
}

/* A text with bytes in it that no text has. Nothing else knows them: this is asked last. */
static const char *by_damaged_text(const struct input *input)
{
    CLEANUP(cleanup_buf) struct buf clean = {0};
    CLEANUP(cleanup_buf) struct buf text = {0};
    const char *charset = damaged_charset(input->data, input->len);

    if (!charset)
        return NULL;
    buf_init(&clean, LOOK_AT_BYTES);
    buf_init(&text, (size_t)LOOK_AT_BYTES * 4);
    (void)damaged_clean(input->data, input->len, &clean);
    (void)charset_to_utf8(charset, clean.data, clean.len, &text);
    const char *found = sniff_text(text.data, text.len, input->name);
    /* a page that a browser would show; other formats do not survive bytes amiss */
    return found && strcmp(found, "text/html") == 0 ? found : "text/plain";
}

/* The library takes much for TGA, which has no mark of its own. */
static const char *by_library(const struct input *input)
{
    const char *found = sniff_library(input->data, input->len);

    return found && strcmp(found, "image/x-tga") == 0 ? NULL : found;
}

const char *sniff(struct input *input)
{
    if (input->len == 0)
        return "inode/x-empty";
    const char *found = sniff_magic(input->data, input->len);
    if (found && strcmp(found, "application/zip") == 0)
        return sniff_zip(input->data, input->len);
    if (found && strcmp(found, "application/x-ole-storage") == 0)
        return sniff_ole(input->data, input->len);
    if (!found)
        found = sniff_archive(input->data, input->len);
    if (!found)
        found = sniff_data(input->data, input->len, input->name);
    if (!found)
        found = sniff_old(input->data, input->len);
    if (!found || strcmp(found, "application/postscript") == 0)
        found = by_pdf(input, found);
    if (!found)
        found = stream_sniff(input->data, input->len, input->name);
    if (!found)
        found = by_text(input);
    if (!found)
        found = sniff_known(input->data, input->len);
    if (!found)
        found = by_library(input);
    if (!found || strcmp(found, "application/octet-stream") == 0)
        found = oldoffice_sniff(input->data, input->len);
    if (!found || strcmp(found, "application/octet-stream") == 0)
        found = by_damaged_text(input);
    return found ? found : "application/octet-stream";
}
