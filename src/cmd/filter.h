/*
 * A command that reads a text from standard input and writes a line for each thing it finds in it.
 */
#ifndef CMD_FILTER_H
#define CMD_FILTER_H

#include "base/buf.h"
#include "cmd/command.h"
#include "fmt/json.h"

struct filter {
    struct buf text; /* all of standard input */
    struct buf out;
    bool json; /* --json was given */
};

/* Reads standard input to its end, at most 1 GiB. filter_finish() is to be called in any case. */
int filter_start(struct cmd *cmd, struct filter *filter, struct err *err);

/* The object of a thing found at these bytes: its begin, with where it stands, and its end, with
 * its text and the end of the line. */
void filter_json_open(struct filter *filter, struct json_writer *json, size_t start, size_t end);
void filter_json_close(struct filter *filter, struct json_writer *json, size_t start, size_t end);

/* The text at these bytes as the last field of a line, without tabs and line ends in it. */
void filter_end_line(struct filter *filter, size_t start, size_t end);

/* Writes what there is when it is much. */
void filter_flush_much(struct filter *filter);

/* Writes the rest and frees all. */
void filter_finish(struct filter *filter);

#endif
