/*
 * What the commands that read documents (add, retry, rebuild) share: options, progress, the sums at
 * the end.
 */
#ifndef CMD_RUN_H
#define CMD_RUN_H

#include "cmd/command.h"
#include "cmd/terminal.h"
#include "crypt/password_list.h"
#include "fmt/json.h"
#include "ingest/ingest.h"

struct run {
    struct ingest_options options;
    struct ingest_progress progress;
    struct term_progress term;
    char langs[128];
    struct password_list *passwords; /* NULL: none were given */
    bool json;
};

/* Fills the options from the command line. */
int run_start(struct run *run, struct cmd *cmd, struct err *err);
/* Prints what happened, wipes the passwords and the ledger's sums; returns `rc`, with words for an
 * interruption. */
int run_finish(struct run *run, struct cmd *cmd, int rc, struct err *err);

#endif
