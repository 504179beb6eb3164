/*
 * Frames: what a worker child says about one document, as bytes on a pipe. docs/WIRE.md describes
 * the same for other programs.
 *
 * A frame is an 8-byte header and a payload: u32 length, u16 type, u16 zero, all little-endian;
 * a payload is at most FRAME_PAYLOAD_MAX bytes. Strings inside payloads are u32 length + bytes.
 *
 * The writer (in the worker) and the reader (in sanad) are two ends of one grammar:
 *
 *   stream  = HELLO TYPE? item* END
 *   item    = META | WARNING | page | child | image
 *   page    = PAGE TEXT* WORDS* PAGE_END
 *   child   = CHILD CHILD_DATA* CHILD_END
 *   image   = IMAGE IMAGE_DATA* (render jobs only)
 *
 * What the reader hands out has been checked: order, lengths, counts, caps, UTF-8. Everything else
 * a hostile worker can choose freely, so the reader's user treats the values as claims of the file.
 */
#ifndef WIRE_FRAME_H
#define WIRE_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

enum {
    WIRE_VERSION = 1,
    FRAME_HEADER = 8,
    FRAME_PAYLOAD_MAX = 1 << 20,
    PAGE_TEXT_MAX = 4 << 20, /* bytes of main text, and of rest text, on a page */
    PAGE_WORDS_MAX = 200000, /* word boxes on a page */
    PAGES_MAX = 0xFFFFE,     /* pages of a document: a number of 20 bits */
    CHILDREN_MAX = 1 << 20,  /* children of a document */
    META_MAX = 4096,         /* META frames of a document */
    META_KEY_MAX = 64,       /* bytes */
    META_VALUE_MAX = 65536,  /* bytes */
    NAME_MAX_BYTES = 4096,   /* a child's name */
    DETAIL_MAX = 1024,       /* bytes of a reason in words, with its NUL */
    WARNINGS_MAX = 4096,     /* WARNING frames of a document */
    MIME_MAX = 127,          /* bytes of a MIME type */
    READER_NAME_MAX = 63,    /* bytes of a reader's name */
    PAGE_SIDE_MAX = 1000000, /* page width and height */
};

enum frame_type {
    FRAME_HELLO = 1,
    FRAME_TYPE = 2,
    FRAME_META = 3,
    FRAME_WARNING = 4,
    FRAME_PAGE = 5,
    FRAME_TEXT = 6,
    FRAME_WORDS = 7,
    FRAME_PAGE_END = 8,
    FRAME_CHILD = 9,
    FRAME_CHILD_DATA = 10,
    FRAME_CHILD_END = 11,
    FRAME_IMAGE = 12,
    FRAME_IMAGE_DATA = 13,
    FRAME_END = 14,
};

/* How a document ended; the ledger's vocabulary (docs/LEDGER.md). `duplicate` is never a worker's
 * to say. */
enum outcome {
    OUTCOME_WAITING = 0, /* not read yet */
    OUTCOME_TEXT = 1,
    OUTCOME_OCR = 2,   /* text, some or all of it by OCR */
    OUTCOME_EMPTY = 3, /* no text, because of `reason` */
    OUTCOME_DUPLICATE = 4,
    OUTCOME_FAILED = 5, /* because of `reason` */
    OUTCOME_COUNT
};

enum reason {
    REASON_NONE = 0,
    REASON_PASSWORD,
    REASON_TRUNCATED,
    REASON_CORRUPT,
    REASON_MISSING_PART,
    REASON_UNSUPPORTED, /* no reader for this type */
    REASON_LIMIT_TIME,
    REASON_LIMIT_MEMORY,
    REASON_LIMIT_SIZE,
    REASON_LIMIT_DEPTH,
    REASON_LIMIT_COUNT,
    REASON_CRASH,
    REASON_SANDBOX, /* the reader tried what the sandbox forbids */
    REASON_NO_LANGUAGE_MODEL,
    REASON_NO_BYTES,         /* an empty file */
    REASON_NO_WORDS,         /* read well; there are no words in it */
    REASON_CONTAINER,        /* what it holds are its children */
    REASON_SYMLINK,          /* recorded, never followed */
    REASON_SPECIAL,          /* device, socket, pipe: recorded, never opened */
    REASON_UNREADABLE,       /* the operating system refused */
    REASON_VANISHED,         /* gone or changed between listing and reading */
    REASON_PROTOCOL,         /* the worker's answer broke the rules */
    REASON_NO_SPEECH_READER, /* sound or film: what is said in it is not read */
    REASON_LOW_CONFIDENCE,   /* a remark: OCR was unsure of whole pages */
    REASON_NO_CONVERTER,     /* read through LibreOffice, which is not at hand: wire/convert.h */
    REASON_COUNT
};

/* "text", "ocr", ...; "limit-time", "no-language-model", ...: the words of the ledger. NULL for
 * REASON_NONE. */
const char *outcome_word(enum outcome outcome);
const char *reason_word(enum reason reason);
/* The value for a word, or -1. */
int outcome_from_word(const char *word);
int reason_from_word(const char *word);

/* Words on a page, in reading order. Coordinates are fractions of the page: 0 = left or top edge,
 * 65535 = right or bottom, of the page as shown (after its rotation). `at` and `len` are bytes in
 * the page's main text. */
struct word_box {
    uint32_t at;
    uint16_t len;
    uint16_t x0, y0, x1, y1; /* x0 <= x1, y0 <= y1 */
    uint8_t confidence;      /* 0-100; 255 = not by OCR */
};

/* The fact that says which of the passwords given opened the document, from 1. It goes into no
 * ledger: who collects keeps the password with the object. */
#define META_PASSWORD "password-number"

enum { WORD_BOX_BYTES = 15, CONFIDENCE_NONE = 255 };

enum page_method {
    PAGE_FLOW = 0, /* a run of a document without pages (text, mail, web); joined when shown */
    PAGE_TEXT = 1, /* a page with a text layer */
    PAGE_OCR = 2,
};

struct page_head {
    uint32_t number; /* from 1, rising by one; runs of flowing text count */
    enum page_method method;
    uint32_t width, height; /* in 1/100 pt (PDF) or pixels (images), as shown; 0 for PAGE_FLOW */
    uint8_t confidence;     /* mean of the words, 0-100; CONFIDENCE_NONE without OCR */
    char lang[8];           /* ISO 639-3 of the page if the reader knows it, else "" */
    char
        label[256]; /* a story's headline, a sheet's or slide's name, a page number; UTF-8, or "" */
};

enum text_part {
    TEXT_MAIN = 0,
    TEXT_REST = 1, /* what a web page shows besides its main text */
};

struct child_head {
    const char *name; /* as the container spells it, "/" between folders; valid UTF-8 */
    size_t name_len;
    bool name_escaped; /* the container's bytes were not UTF-8: bad ones stand as \xNN */
    const char *mime;  /* what the container says it is, or "" */
    int64_t mtime;     /* seconds since the epoch; INT64_MIN unknown */
};

struct end_frame {
    enum outcome outcome; /* TEXT, OCR, EMPTY or FAILED */
    enum reason reason;   /* not NONE for EMPTY and FAILED; may stand on TEXT and OCR as a remark */
    const char *detail;   /* in words for a person; "" */
    uint32_t pages;       /* PAGE frames whose method is not PAGE_FLOW */
    uint32_t children;    /* CHILD frames sent */
};

/* ---- writing (worker) ---- */

struct frame_writer {
    int fd;
    struct buf out; /* collected frames; flushed when large and at the end */
    uint64_t sent;  /* bytes sent so far */
    bool broken;    /* the reader went away */
};

void frame_writer_init(struct frame_writer *writer, int fd);
void frame_writer_release(struct frame_writer *writer);
/* All return 0 or ERR_IO (the other end is gone: stop working). Strings are NUL-terminated. */
int frame_hello(struct frame_writer *writer);
int frame_type(struct frame_writer *writer, const char *mime, const char *reader);
int frame_meta(struct frame_writer *writer, const char *key, const char *value, size_t value_len);
int frame_warning(struct frame_writer *writer, enum reason reason, const char *detail);
int frame_page(struct frame_writer *writer, const struct page_head *page);
int frame_text(struct frame_writer *writer, enum text_part part, const char *text, size_t len);
int frame_words(struct frame_writer *writer, const struct word_box *words, size_t count);
int frame_page_end(struct frame_writer *writer);
int frame_child(struct frame_writer *writer, const struct child_head *child);
int frame_child_data(struct frame_writer *writer, const void *data, size_t len);
int frame_child_end(struct frame_writer *writer, enum reason reason, const char *detail);
int frame_image(struct frame_writer *writer, const char *mime, uint32_t width, uint32_t height);
int frame_image_data(struct frame_writer *writer, const void *data, size_t len);
int frame_end(struct frame_writer *writer, const struct end_frame *end);
int frame_flush(struct frame_writer *writer);

/* ---- reading (sanad) ---- */

/* Called in the order of the grammar. Pointers are valid during the call only. A callback that
 * returns non-zero stops the reader, which returns that value. NULL entries are skipped. */
struct frame_handler {
    int (*type)(void *ctx, const char *mime, const char *reader);
    int (*meta)(void *ctx, const char *key, const char *value, size_t value_len);
    int (*warning)(void *ctx, enum reason reason, const char *detail);
    int (*page)(void *ctx, const struct page_head *page);
    int (*text)(void *ctx, enum text_part part, const char *text, size_t len);
    int (*words)(void *ctx, const struct word_box *words, size_t count);
    int (*page_end)(void *ctx);
    int (*child)(void *ctx, const struct child_head *child);
    int (*child_data)(void *ctx, const void *data, size_t len);
    int (*child_end)(void *ctx, enum reason reason, const char *detail);
    int (*image)(void *ctx, const char *mime, uint32_t width, uint32_t height);
    int (*image_data)(void *ctx, const void *data, size_t len);
    int (*end)(void *ctx, const struct end_frame *end);
};

struct frame_reader; /* opaque */

struct frame_reader *frame_reader_new(const struct frame_handler *handler, void *ctx);
void frame_reader_free(struct frame_reader *reader);
/* Takes the next bytes of the pipe, in any portions. 0, ERR_WORKER (the grammar or a cap is
 * broken; err says how) or what a callback returned. After an error the reader takes no more. */
int frame_reader_feed(struct frame_reader *reader, const void *data, size_t len, struct err *err);
/* Whether END has come. */
bool frame_reader_done(const struct frame_reader *reader);

#endif
