#include "worker/outlook/mapi_attach.h"

#include <ctype.h>
#include <string.h>

#include "wire/frame.h"

enum mapi_holds mapi_attachment_holds(const struct mapi_message *message, size_t index)
{
    const struct mapi_props *props = &message->attachments[index];

    switch (mapi_number(mapi_get(props, PR_ATTACH_METHOD), METHOD_VALUE)) {
    case METHOD_MESSAGE:
        return HOLDS_MESSAGE;
    case METHOD_REFERENCE:
    case METHOD_REFERENCE_RESOLVE:
    case METHOD_REFERENCE_ONLY:
    case METHOD_WEB_REFERENCE:
        /* some writers say so and give the bytes all the same */
        return mapi_get(props, PR_ATTACH_DATA) ? HOLDS_FILE : HOLDS_REFERENCE;
    default:
        return HOLDS_FILE;
    }
}

void mapi_attachment_type(const struct mapi_message *message, size_t index,
                          char out[ATTACHMENT_TYPE_MAX])
{
    static const char OCTETS[] = "application/octet-stream";
    CLEANUP(cleanup_buf) struct buf text = {0};
    size_t n = 0;

    buf_init(&text, 4096);
    (void)mapi_text(&message->attachments[index], PR_ATTACH_MIME_TAG, &text);
    while (n < text.len && n < MIME_MAX &&
           (isalnum((unsigned char)text.data[n]) || strchr("/-+._", text.data[n]))) {
        out[n] = (char)tolower((unsigned char)text.data[n]);
        n++;
    }
    out[n] = '\0';
    if (!strchr(out, '/') || strncmp(out, "multipart/", 10) == 0 ||
        strncmp(out, "message/", 8) == 0)
        memcpy(out, OCTETS, sizeof(OCTETS));
}

/* The suffix that a name lacks: its own property, or by what it holds. */
static void put_suffix(const struct mapi_message *message, size_t index, struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf suffix = {0};
    const struct mapi_props *props = &message->attachments[index];
    const char *dot = strrchr(out->data, '.');

    buf_init(&suffix, 256);
    if (mapi_attachment_holds(message, index) == HOLDS_MESSAGE) {
        (void)buf_append_str(out, ".eml");
    } else if (mapi_text(props, PR_ATTACH_EXTENSION, &suffix) && suffix.len > 1 &&
               (!dot || strlen(dot) > 6)) {
        if (suffix.data[0] != '.')
            (void)buf_append_char(out, '.');
        (void)buf_append_str(out, suffix.data);
    }
}

void mapi_attachment_name(const struct mapi_message *message, size_t index, struct buf *out)
{
    static const uint16_t NAMES[] = {PR_ATTACH_LONG_FILENAME, PR_ATTACH_FILENAME, PR_DISPLAY_NAME};
    const struct mapi_props *props = &message->attachments[index];
    CLEANUP(cleanup_buf) struct buf text = {0};

    buf_init(&text, NAME_MAX_BYTES - 300);
    for (size_t i = 0; i < ARRAY_LEN(NAMES) && !text.len; i++)
        (void)mapi_text(props, NAMES[i], &text);
    if (!text.len)
        (void)buf_printf(&text, "attachment-%zu", index + 1);
    put_suffix(message, index, &text);
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] == '/' || (unsigned char)text.data[i] < ' ')
            text.data[i] = '_';
    (void)buf_append(out, text.data, text.len);
}

void mapi_attachment_path(const struct mapi_message *message, size_t index, struct buf *out)
{
    const struct mapi_props *props = &message->attachments[index];

    if (!mapi_text(props, PR_ATTACH_LONG_PATHNAME, out))
        (void)mapi_text(props, PR_ATTACH_PATHNAME, out);
}
