/*
 * For programs that the build runs: NAME_gen TABLE.tsv OUT.c takes a table of words that people
 * write and gives it as C.
 *
 * A line is a row, its fields parted by tabs; empty lines and those that begin with # are left out.
 * What cannot be understood ends the program with its line, and so the build.
 */
#ifndef BASE_GEN_H
#define BASE_GEN_H

#include <stddef.h>
#include <stdio.h>

enum { GEN_FIELDS_MAX = 8, GEN_LINE_MAX = 1024 };

/* Takes the fields of a row: its to change, for the length of the call. */
typedef void gen_row_fn(char *const *fields);
typedef void gen_write_fn(FILE *out);

/* The whole of such a program: gives each row of argv[1], which has so many fields, to `row`, and
 * then lets `write` write argv[2]. Returns what main does. */
int gen_run(int argc, char *const *argv, size_t fields, gen_row_fn *row, gen_write_fn *write);

/* In `row`: the row cannot be understood. */
_Noreturn void gen_stop(const char *why);

#endif
