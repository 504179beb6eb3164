/*
 * The part of `sanad search` that searches a list of terms.
 */
#ifndef CMD_CMD_BATCH_H
#define CMD_CMD_BATCH_H

#include "cmd/command.h"

/* Prints a line for each term of the file ("-": standard input), as --csv and --json say. */
int batch_run(struct cmd *cmd, const char *name, struct err *err);

#endif
