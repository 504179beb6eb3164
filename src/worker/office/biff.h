/*
 * Records of Excel's binary files ([MS-XLS] 2.1.4; BIFF2 to BIFF8): an identifier, a length, bytes,
 * and what does not fit into one record in CONTINUE records behind it.
 */
#ifndef WORKER_BIFF_H
#define WORKER_BIFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum {
    BIFF_HEADER = 4,
    BIFF_FORMULA = 0x0006,
    BIFF_EOF = 0x000A,
    BIFF_HEADER_TEXT = 0x0014,
    BIFF_FOOTER_TEXT = 0x0015,
    BIFF_NOTE = 0x001C,
    BIFF_1904 = 0x0022,
    BIFF_FILE_PASS = 0x002F,
    BIFF_CONTINUE = 0x003C,
    BIFF_CODEPAGE = 0x0042,
    BIFF_COLUMNS = 0x007D,
    BIFF_SHEET = 0x0085,
    BIFF_MULTIPLE_RK = 0x00BD,
    BIFF_RICH_STRING = 0x00D6,
    BIFF_STYLE = 0x00E0,
    BIFF_DRAWING_GROUP = 0x00EB,
    BIFF_DRAWING = 0x00EC,
    BIFF_STRINGS = 0x00FC,
    BIFF_SHARED_STRING = 0x00FD,
    BIFF_TEXT_OBJECT = 0x01B6,
    BIFF_LINK = 0x01B8,
    BIFF_NUMBER = 0x0203,
    BIFF_LABEL = 0x0204,
    BIFF_BOOL_OR_ERROR = 0x0205,
    BIFF_STRING = 0x0207,
    BIFF_ROW = 0x0208,
    BIFF_RK = 0x027E,
    BIFF_FORMAT = 0x041E,
    BIFF_BOF = 0x0809,
    BIFF_CHART_TEXT = 0x100D,
};

struct biff {
    const unsigned char *data;
    size_t len, at;
    unsigned version;  /* 2, 3, 4, 5 (also 7), 8 */
    unsigned codepage; /* of strings before BIFF8 */
};

struct biff_record {
    unsigned id;
    const unsigned char *data;
    size_t len;
    size_t at; /* of its header */
};

/* False at the end of the bytes; a record cut off there has what is left. */
bool biff_next(struct biff *biff, struct biff_record *ret);

/* The bytes of a record and of the CONTINUE records behind it, read as one. */
struct biff_bytes {
    struct biff *biff; /* stands behind the piece being read */
    const unsigned char *at, *end;
    bool over; /* more was asked for than there is */
};

void biff_bytes_init(struct biff_bytes *bytes, struct biff *biff, const struct biff_record *record);
unsigned biff_u16(struct biff_bytes *bytes);
uint32_t biff_u32(struct biff_bytes *bytes);
void biff_skip(struct biff_bytes *bytes, size_t len);

/* Appends `count` characters of BIFF8, of two bytes each or of one; the width may change where a
 * CONTINUE record begins. */
void biff_chars(struct biff_bytes *bytes, size_t count, bool wide, struct buf *out);

/* Appends a string that begins with its length, of `length_bytes` bytes: of BIFF8 with flags, runs
 * and extensions, or of bytes in the code page. */
void biff_string(struct biff_bytes *bytes, unsigned length_bytes, struct buf *out);

/* The number packed into 30 bits ([MS-XLS] 2.5.217), and one of eight bytes. */
double biff_rk(uint32_t rk);
double biff_double(const unsigned char *at);

#endif
