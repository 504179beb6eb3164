/*
 * Commands: the table in commands.c is the map; each row's function stands in a file of its own.
 * main opens what a row says it needs, calls the function and prints the error it returns.
 */
#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/case.h"
#include "store/deriver.h"

/* Whatever a command needs but nothing, its first argument is a case, and it takes a passphrase. */
enum command_need {
    NEED_NOTHING,
    NEED_CASE_NAME,  /* of a case that the command makes */
    NEED_CASE_FOUND, /* it is there; the command opens it by itself */
    NEED_CASE_READ,  /* it is opened for reading */
    NEED_CASE_WRITE, /* and for writing */
    NEED_CASE_TURN,  /* and for writing for a moment, also while documents are being read */
};

struct command_option {
    const char *name;     /* without "--" */
    const char *argument; /* its name in the help; NULL: a switch */
    const char *help;
};

enum { OPTIONS_MAX = 16, WRITING_MAX = 2, ARGUMENTS_MAX = 1 << 20 };

struct command;

/* A call of a command. */
struct cmd {
    const struct command *command;
    struct sanad_case *kase; /* opened as the row says, or NULL */
    const char *case_path;   /* NULL: the row needs none */
    const char *const *args; /* after the case */
    size_t arg_count;
    const char *values[OPTIONS_MAX]; /* by place in the row's options; "" for a given switch */
    const char *passphrase_file;     /* --passphrase-file or the environment, or NULL */
};

struct command {
    const char *name;
    const char *heading;   /* of the group that begins with this row, in the overview, or NULL */
    const char *arguments; /* after the name, in the help */
    const char *summary;
    enum command_need need;
    size_t min_args, max_args; /* after the case */
    struct command_option options[OPTIONS_MAX];
    const char *writing[WRITING_MAX]; /* options with which NEED_CASE_READ is NEED_CASE_TURN */
    const char *notes;                /* more help, or NULL */
    int (*run)(struct cmd *cmd, struct err *err);
};

extern const struct command commands[]; /* ends with a row without a name */
extern const struct deriver *const command_derivers[];

/* The value of an option, NULL when it was not given. Asking for one the row has not is a bug. */
const char *cmd_option(const struct cmd *cmd, const char *name);
bool cmd_has(const struct cmd *cmd, const char *name);
/* A whole number in a range; `otherwise` when it was not given. ERR_USAGE names the option. */
int cmd_number(const struct cmd *cmd, const char *name, int64_t min, int64_t max, int64_t otherwise,
               int64_t *ret_number, struct err *err);
/* One of so many words by its place, as `word` gives them (NULL: none has this place); `otherwise`
 * when it was not given. ERR_USAGE lists them. */
typedef const char *cmd_word_fn(int place);
int cmd_word(const struct cmd *cmd, const char *name, cmd_word_fn *word, int count, int otherwise,
             int *ret_place, struct err *err);
/* A date as a filter has it: its first day, or its last one. ERR_USAGE names the option. */
int cmd_day(const struct cmd *cmd, const char *name, bool first, bool *ret_given, int32_t *ret_day,
            struct err *err);
/* --reason, as of the ledger; -1 when it was not given. */
int cmd_reason(const struct cmd *cmd, int *ret_reason, struct err *err);
/* An argument that is an item's number. */
int cmd_item(const struct cmd *cmd, size_t arg, int64_t *ret_item, struct err *err);

/* Languages of OCR (langs.c): from "eng,fas", "en,Persian" or "eng+fas" to "eng+fas"; checks the
 * spelling. */
int cmd_langs(const char *given, char *out, size_t size, struct err *err);
/* Whether each of "eng+fas" has a model here. ERR_USAGE names those that have none, how to install
 * them, and those that are there. */
int cmd_langs_check(const char *langs, struct err *err);

/* Who decides, for the records: as told by --by, else the name of the login, else "". */
const char *cmd_author(const struct cmd *cmd);

/* Ends the transaction that the command began: what it did is written, or nothing after `rc`, which
 * is then given back. */
int cmd_commit(struct cmd *cmd, int rc, struct err *err);

/* Parses argv[2...] for `command`. 1: help was asked for. */
int cmd_parse(const struct command *command, int argc, char **argv, struct cmd *ret_cmd,
              struct err *err);
void cmd_help(const struct command *command);
void cmd_overview(void);

/* Passphrase by option, environment or prompt. */
int cmd_passphrase(const struct cmd *cmd, const char *prompt, bool confirm,
                   struct passphrase **ret_passphrase, struct err *err);

/* A flag that Ctrl-C and SIGTERM set; switches that on. */
const volatile int *cmd_stop_flag(void);

int cmd_init(struct cmd *cmd, struct err *err);
int cmd_keys(struct cmd *cmd, struct err *err);
int cmd_add(struct cmd *cmd, struct err *err);
int cmd_ledger(struct cmd *cmd, struct err *err);
int cmd_status(struct cmd *cmd, struct err *err);
int cmd_retry(struct cmd *cmd, struct err *err);
int cmd_search(struct cmd *cmd, struct err *err);
int cmd_show(struct cmd *cmd, struct err *err);
int cmd_tag(struct cmd *cmd, struct err *err);
int cmd_text(struct cmd *cmd, struct err *err);
int cmd_match(struct cmd *cmd, struct err *err);
int cmd_page(struct cmd *cmd, struct err *err);
int cmd_dates(struct cmd *cmd, struct err *err);
int cmd_names(struct cmd *cmd, struct err *err);
int cmd_name(struct cmd *cmd, struct err *err);
int cmd_network(struct cmd *cmd, struct err *err);
int cmd_mark(struct cmd *cmd, struct err *err);
int cmd_marks(struct cmd *cmd, struct err *err);
int cmd_unmark(struct cmd *cmd, struct err *err);
int cmd_same(struct cmd *cmd, struct err *err);
int cmd_different(struct cmd *cmd, struct err *err);
int cmd_unsure(struct cmd *cmd, struct err *err);
int cmd_undo(struct cmd *cmd, struct err *err);
int cmd_export(struct cmd *cmd, struct err *err);
int cmd_check(struct cmd *cmd, struct err *err);
int cmd_rank(struct cmd *cmd, struct err *err);
int cmd_rebuild(struct cmd *cmd, struct err *err);
int cmd_timeline(struct cmd *cmd, struct err *err);
int cmd_serve(struct cmd *cmd, struct err *err);

#endif
