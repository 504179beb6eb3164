/*
 * PDF files, built object by object for tests, and read as the worker reads.
 */
#ifndef TESTS_PDF_BUILD_H
#define TESTS_PDF_BUILD_H

#include "base/buf.h"
#include "parts_told.h"

enum { PDF_MAX = 1 << 20, OBJECTS_MAX = 32 };

/* A PDF being written. */
struct file {
    struct buf bytes;
    size_t at[OBJECTS_MAX]; /* of the objects, by number */
    int last;               /* the highest number */
    size_t xref;            /* of the section before, 0 none */
};

void file_start(struct file *file);
void put_object(struct file *file, int number, const char *body);
/* `dict` is added to the stream's dictionary. */
void put_stream(struct file *file, int number, const char *dict, const char *data);

/* A document of one page, objects 1 to 5; the last is its font F, Helvetica unless it is put again.
 * `catalog` and `page` are added to their dictionaries. */
void put_page(struct file *file, const char *catalog, const char *page, const char *content);

/* Ends a revision: the cross-references of what was put since the one before. `trailer` is added to
 * its dictionary. */
void file_end(struct file *file, const char *trailer);

/* Reads it and releases its bytes; told_release() afterwards. */
void file_read(struct file *file, struct told *told);

/* Fail the test unless the text holds, or lacks, the part. */
void assert_has(const struct buf *text, const char *part);
void assert_lacks(const struct buf *text, const char *part);

#endif
