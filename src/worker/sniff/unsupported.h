/*
 * Names for people of formats that no reader takes.
 */
#ifndef WORKER_UNSUPPORTED_H
#define WORKER_UNSUPPORTED_H

/* "Microsoft Project" for "application/vnd.ms-project"; the MIME type itself when it has no name
 * here.
 */
const char *format_in_words(const char *mime);

#endif
