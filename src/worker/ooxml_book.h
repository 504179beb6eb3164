/*
 * What the sheets of a workbook share: their list, the strings, and which number formats are dates.
 */
#ifndef WORKER_OOXML_BOOK_H
#define WORKER_OOXML_BOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "worker/package.h"

enum number_kind { NUMBER_PLAIN, NUMBER_DATE, NUMBER_TIME, NUMBER_DATE_TIME };

struct sheet {
    char name[128];
    char id[128]; /* of its relationship */
};

struct book {
    struct sheet *sheets;
    size_t sheet_count;
    bool from_1904;      /* dates count from 1904, not 1900 */
    struct buf strings;  /* all shared strings, one after the other */
    uint32_t *string_at; /* where each starts; one more at the end */
    size_t string_count;
    uint8_t *kinds; /* enum number_kind by cell style */
    size_t kind_count;
};

void book_read(struct package *package, const char *main_part, struct book *ret);
void book_release(struct book *book);

/* The shared string `index`; "" for none. */
const char *book_string(const struct book *book, size_t index, size_t *ret_len);

/* A serial day number as "2026-11-22", "2026-11-22 13:45:00" or "13:45:00". Returns false when it
 * is outside the years 1900-9999. */
bool book_date(const struct book *book, double serial, enum number_kind kind, char out[32]);

/* What a format code of Excel ("dd/mm/yy hh:mm") shows. */
enum number_kind number_kind_of(const char *format);

#endif
