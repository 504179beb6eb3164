/*
 * Readers: one function a format family, listed in readers.c. A reader runs in a sandboxed child
 * that reads one document and dies; it may therefore leak and may crash, but it must not lie:
 * what it cannot read, it names.
 */
#ifndef WORKER_READER_H
#define WORKER_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "worker/emit.h"

/* A further volume of a split file. */
struct volume {
    const unsigned char *data;
    size_t len;
    const char *name; /* a hint, UTF-8 */
};

/* The document: one read-only memory mapping, and the same bytes as a descriptor. */
struct input {
    const unsigned char *data;
    size_t len;
    int fd;
    const char *name;      /* the file's own name, a hint; "" unknown */
    const char *hint_mime; /* what the container said; "" unknown */
    const char *mime;      /* what sniffing found */
    const char *langs;     /* OCR languages asked for, joined by "+" */
    bool ocr;              /* may use OCR */
    /* Passwords the user gave, UTF-8, to be tried in this order. When none fits:
     * verdict_failed(REASON_PASSWORD, LOCKED_HINT). */
    const char *const *passwords;
    size_t password_count;
    /* The other volumes, in order: those after this first one, or for ZIP those before this last.
     */
    const struct volume *volumes;
    size_t volume_count;
    const char *next_volume; /* the volume that would follow, by name; "" when it is no set */
};

#define LOCKED_HINT "locked with a password; give it with sanad retry --password-file"

/* How reading ended. `reason` and `detail` as in struct end_frame. */
struct verdict {
    enum outcome outcome;
    enum reason reason;
    char detail[DETAIL_MAX];
};

struct verdict verdict_text(void);
struct verdict verdict_empty(enum reason reason, const char *format, ...) PRINTF_LIKE(2, 3);
struct verdict verdict_failed(enum reason reason, const char *format, ...) PRINTF_LIKE(2, 3);
/* TEXT, OCR, or EMPTY with REASON_NO_WORDS, by what was emitted so far. */
struct verdict verdict_by_words(struct emit *emit);
/* The same of a document that is one XML file: `rc` as of xml_read(). What was read before the
 * damage is kept, with the damage as its reason. */
struct verdict verdict_by_xml(int rc, struct emit *emit);

struct reader {
    const char *name;    /* "pdf" */
    const char *formats; /* "PDF 1.0-2.0", for docs/FORMATS.md */
    const char *mimes;   /* MIME types, separated by spaces */
    const char *library; /* "MuPDF" */
    const char *yields;  /* "pages, word boxes, metadata, attachments as children" */
    const char *limits;  /* "100,000 pages" */
    const char *since;   /* version of sanad */
    struct verdict (*read)(const struct input *input, struct emit *emit);
    /* One page as an image; NULL where pages have no picture. */
    struct verdict (*render)(const struct input *input, uint32_t page, uint32_t dpi,
                             struct emit *emit);
};

/* The table, ended by a row whose name is NULL. */
extern const struct reader readers[];

/* The MIME type of a document by its bytes, then its name, then its container's word. A static or
 * input-owned string; "application/octet-stream" when nothing fits. */
const char *sniff(struct input *input);
const struct reader *reader_for(const char *mime); /* NULL: unsupported */

#endif
