/*
 * Items of Outlook and Exchange as property lists ([MS-OXPROPS], [MS-OXCDATA]), wherever they are
 * stored: MSG files, PST and OST files, TNEF. A reader of such a file fills struct mapi_message;
 * what is made of it (mapi_write.h) is common to all.
 *
 * Limits: MAPI_PROPS_MAX properties of an object, MAPI_BYTES_MAX bytes of their values together.
 */
#ifndef WORKER_MAPI_H
#define WORKER_MAPI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum {
    MAPI_PROPS_MAX = 1 << 16,
    MAPI_BYTES_MAX = 96 << 20,
    MAPI_ATTACHMENTS_MAX = 10000,
    MAPI_RECIPIENTS_MAX = 100000,
    MAPI_DEPTH_MAX = 32, /* messages inside messages */
};

enum mapi_type {
    MAPI_INT16 = 0x0002,
    MAPI_INT32 = 0x0003,
    MAPI_DOUBLE = 0x0005,
    MAPI_ERROR = 0x000A,
    MAPI_BOOL = 0x000B,
    MAPI_OBJECT = 0x000D,
    MAPI_INT64 = 0x0014,
    MAPI_STRING8 = 0x001E,
    MAPI_UNICODE = 0x001F, /* UTF-16, little-endian */
    MAPI_TIME = 0x0040,
    MAPI_GUID = 0x0048,
    MAPI_BINARY = 0x0102,
    MAPI_MANY = 0x1000, /* a flag on the others: several values */
};

/* Properties that are used here; the numbers are those of [MS-OXPROPS]. */
enum mapi_id {
    PR_IMPORTANCE = 0x0017,
    PR_MESSAGE_CLASS = 0x001A,
    PR_SUBJECT = 0x0037,
    PR_CLIENT_SUBMIT_TIME = 0x0039,
    PR_SUBJECT_PREFIX = 0x003D,
    PR_SENT_REPRESENTING_NAME = 0x0042,
    PR_REPLY_RECIPIENT_NAMES = 0x0050,
    PR_SENT_REPRESENTING_ADDRTYPE = 0x0064,
    PR_SENT_REPRESENTING_EMAIL = 0x0065,
    PR_CONVERSATION_TOPIC = 0x0070,
    PR_CONVERSATION_INDEX = 0x0071,
    PR_TRANSPORT_HEADERS = 0x007D,
    PR_RECIPIENT_TYPE = 0x0C15,
    PR_SENDER_NAME = 0x0C1A,
    PR_SENDER_ADDRTYPE = 0x0C1E,
    PR_SENDER_EMAIL = 0x0C1F,
    PR_DISPLAY_BCC = 0x0E02,
    PR_DISPLAY_CC = 0x0E03,
    PR_DISPLAY_TO = 0x0E04,
    PR_DELIVERY_TIME = 0x0E06,
    PR_NORMALIZED_SUBJECT = 0x0E1D,
    PR_BODY = 0x1000,
    PR_REPORT_TEXT = 0x1001,
    PR_RTF_COMPRESSED = 0x1009,
    PR_HTML = 0x1013,
    PR_INTERNET_MESSAGE_ID = 0x1035,
    PR_INTERNET_REFERENCES = 0x1039,
    PR_IN_REPLY_TO_ID = 0x1042,
    PR_DISPLAY_NAME = 0x3001,
    PR_ADDRTYPE = 0x3002,
    PR_EMAIL = 0x3003,
    PR_CREATION_TIME = 0x3007,
    PR_LAST_MODIFICATION_TIME = 0x3008,
    PR_ATTACH_DATA = 0x3701,
    PR_ATTACH_EXTENSION = 0x3703,
    PR_ATTACH_FILENAME = 0x3704,
    PR_ATTACH_METHOD = 0x3705,
    PR_ATTACH_LONG_FILENAME = 0x3707,
    PR_ATTACH_PATHNAME = 0x3708,
    PR_ATTACH_LONG_PATHNAME = 0x370D,
    PR_ATTACH_MIME_TAG = 0x370E,
    PR_ATTACH_CONTENT_ID = 0x3712,
    PR_SMTP_ADDRESS = 0x39FE,
    PR_INTERNET_CPID = 0x3FDE,
    PR_MESSAGE_LOCALE = 0x3FF1,
    PR_MESSAGE_CODEPAGE = 0x3FFD,
    PR_SENDER_SMTP = 0x5D01,
    PR_SENT_REPRESENTING_SMTP = 0x5D02,
    MAPI_FIRST_NAMED = 0x8000, /* from here on numbers mean what the store's name table says */
};

/* One value. A property with several values is several of these with one id; `type` is then that of
 * a single value. */
struct mapi_prop {
    uint16_t id, type;
    uint32_t
        lid; /* the number behind a named property of Outlook's sets, MAPI_LID_KEYWORDS; 0 none */
    unsigned char *data;
    size_t len;
};

/* PS_PUBLIC_STRINGS "Keywords": the one property that is known by a string. */
#define MAPI_LID_KEYWORDS 0x80000001u

struct mapi_props {
    struct mapi_prop *list;
    size_t count;
    size_t bytes;
    const char *charset; /* of 8-bit strings; NULL unknown */
    bool cut;            /* a limit was reached */
};

/* Bytes of a value whose type has a fixed width ([MS-OXCDATA] 2.11.1); 0 for the others. */
size_t mapi_width(uint16_t type);

/* Adds a copy of a value. Values beyond the limits are left out and `cut` is set. */
void mapi_add(struct mapi_props *props, uint16_t id, uint16_t type, uint32_t lid, const void *data,
              size_t len);
void mapi_props_release(struct mapi_props *props);

/* The number by which a name is known: `guid` as stored, then a number or UTF-16 bytes (`name` not
 * NULL). 0 for names that mean nothing here. */
uint32_t mapi_lid(const unsigned char guid[16], uint32_t number, const unsigned char *name,
                  size_t name_len);

/* Sets props->charset from the code page or locale that the properties name. */
void mapi_find_charset(struct mapi_props *props);

/* The name of a Windows code page, NULL when not known. A static string. */
const char *mapi_codepage(unsigned codepage);

/* The first value with this id; NULL when there is none. */
const struct mapi_prop *mapi_get(const struct mapi_props *props, uint16_t id);

/* Appends a string as UTF-8, without its ending zeros. False when it is none or empty. */
bool mapi_prop_text(const struct mapi_props *props, const struct mapi_prop *prop, struct buf *out);
bool mapi_text(const struct mapi_props *props, uint16_t id, struct buf *out);

/* Integers of any width and booleans; `otherwise` when there is none. */
int64_t mapi_number(const struct mapi_prop *prop, int64_t otherwise);

/* Seconds since 1970; false when it is no time. */
bool mapi_time(const struct mapi_prop *prop, int64_t *ret_seconds);

/* How the content of an attachment is held (PR_ATTACH_METHOD, [MS-OXCMSG] 2.2.2.9). */
enum mapi_method {
    METHOD_VALUE = 1,
    METHOD_REFERENCE = 2,
    METHOD_REFERENCE_RESOLVE = 3,
    METHOD_REFERENCE_ONLY = 4,
    METHOD_MESSAGE = 5,
    METHOD_WEB_REFERENCE = 7,
};

typedef bool mapi_take(void *ctx, const unsigned char *data, size_t len);

struct mapi_message;

/* What a store does for the messages it gave. */
struct mapi_store {
    /* Hands over the content of attachment `index` in portions. Returns 0, or ERR_CORRUPT,
     * ERR_NOT_FOUND (there is none), ERR_LIMIT. */
    int (*data)(const struct mapi_message *message, size_t index, mapi_take *take, void *ctx);
    /* Opens the message that attachment `index` is. Returns 0 or an error; then nothing is to be
     * released. */
    int (*open)(const struct mapi_message *message, size_t index, struct mapi_message *ret);
    void (*release)(struct mapi_message *message);
};

struct mapi_message {
    const struct mapi_store *store;
    void *handle; /* the store's */
    struct mapi_props props;
    struct mapi_props *recipients;
    size_t recipient_count;
    struct mapi_props *attachments; /* without their content */
    size_t attachment_count;
    size_t missing; /* attachments that are announced and cannot be opened */
};

/* Adds an empty list to one of the two arrays and returns it; NULL beyond the limit. */
struct mapi_props *mapi_add_recipient(struct mapi_message *message);
struct mapi_props *mapi_add_attachment(struct mapi_message *message);

/* Frees the lists, after the store's release(). */
void mapi_message_release(struct mapi_message *message);

/* Whether PR_MESSAGE_CLASS is this one or below it ("IPM.Note" has "IPM.Note.SMIME"). */
bool mapi_is_class(const struct mapi_message *message, const char *name);

#endif
