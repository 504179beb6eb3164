/*
 * Writing a result to a file the user names, or to standard output for "-".
 */
#ifndef CMD_OUTPUT_H
#define CMD_OUTPUT_H

#include "cmd/command.h"

/* Opens what --output names; ERR_USAGE when it is missing, ERR_EXISTS rather than overwrite. */
int output_open(const struct cmd *cmd, int *ret_fd, struct err *err);
/* Ends it: after `rc` the unfinished file is removed. Returns rc or what closing gave. */
int output_close(const struct cmd *cmd, int fd, int rc, struct err *err);

#endif
