/*
 * Files that stand in vCard and iCalendar lines, as base64: kept until the text has gone out, then
 * sent as children.
 *
 * Limits: CONTENT_FILES_MAX files and CONTENT_FILE_BYTES bytes of them in all; what is beyond
 * becomes a child that says `limit-count` or `limit-size`.
 */
#ifndef WORKER_CONTENT_FILE_H
#define WORKER_CONTENT_FILE_H

#include "worker/mail/content_line.h"
#include "worker/emit.h"

enum { CONTENT_FILES_MAX = 100000, CONTENT_FILE_BYTES = 128 << 20 };

struct content_files {
    struct content_file *files;
    size_t count;
    size_t bytes;
};

/* `owner` numbers the card or event it is from. */
void content_file_keep(struct content_files *files, const struct content_line *line,
                       unsigned owner);
/* Sends all and frees them. */
void content_files_send(struct content_files *files, struct emit *emit);

#endif
