#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/command.h"
#include "names/browse.h"
#include "search/named.h"

/* Exit statuses are part of the interface: docs/man/sanad.1. */
static int exit_status(int code)
{
    switch (code) {
    case ERR_USAGE:
        return 2;
    case ERR_PASSPHRASE:
        return 3;
    case ERR_LOCKED:
        return 4;
    case ERR_CORRUPT:
        return 5;
    case ERR_INTERRUPTED:
        return 130;
    default:
        return code ? 1 : 0;
    }
}

static volatile int stop_flag;

static void on_signal(int signal)
{
    (void)signal;
    stop_flag = 1;
}

const volatile int *cmd_stop_flag(void)
{
    struct sigaction action = {.sa_handler = on_signal};

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    return &stop_flag;
}

int cmd_passphrase(const struct cmd *cmd, const char *prompt, bool confirm,
                   struct passphrase **ret_passphrase, struct err *err)
{
    if (cmd->passphrase_file)
        return passphrase_from_file(cmd->passphrase_file, ret_passphrase, err);
    return passphrase_prompt(prompt, confirm ? PASSPHRASE_TWICE : PASSPHRASE_ONCE, ret_passphrase,
                             err);
}

static enum command_need need_of(const struct cmd *cmd)
{
    const struct command *command = cmd->command;

    for (size_t i = 0; i < WRITING_MAX && command->writing[i]; i++)
        if (cmd_has(cmd, command->writing[i]))
            return NEED_CASE_TURN;
    return command->need;
}

static int open_case(struct cmd *cmd, struct err *err)
{
    CLEANUP(cleanup_passphrase) struct passphrase *passphrase = NULL;

    enum command_need need = need_of(cmd);

    if (need == NEED_NOTHING || need == NEED_CASE_NAME)
        return 0;
    /* Before asking for a passphrase: is there a case at all? */
    if (access(cmd->case_path, F_OK))
        return err_set(err, ERR_NOT_FOUND, "there is no %s; make a case with: sanad init %s",
                       cmd->case_path, cmd->case_path);
    if (need == NEED_CASE_FOUND)
        return 0;
    int rc = cmd_passphrase(cmd, "Passphrase: ", false, &passphrase, err);
    if (rc)
        return rc;
    enum case_mode mode = need == NEED_CASE_WRITE  ? CASE_WRITE
                          : need == NEED_CASE_TURN ? CASE_TURN
                                                   : CASE_READ;
    return case_open(cmd->case_path, passphrase, mode, &cmd->kase, err);
}

/* Whether what was printed has arrived. A reader that went away, as `head` does, wants no more. */
static int end_output(int rc, struct err *err)
{
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    bool failed = ferror(stdout) != 0;

    errno = 0; /* of an earlier failure the cause is not known any more */
    failed = fflush(stdout) != 0 || failed;
    int cause = errno;
    if (!failed || (rc && err->message[0]))
        return rc;
    if (cause == EPIPE || (poll(&out, 1, 0) > 0 && (out.revents & POLLERR)))
        return 0;
    return cause ? err_set_errno(err, ERR_IO, cause, "cannot write the output")
                 : err_set(err, ERR_IO, "the output could not be written whole; is the disk full?");
}

static int run(const struct command *command, int argc, char **argv, struct err *err)
{
    struct cmd cmd = {0};
    int rc = cmd_parse(command, argc, argv, &cmd, err);

    if (rc == 1) {
        cmd_help(command);
        rc = 0;
    } else if (!rc) {
        rc = open_case(&cmd, err);
        if (!rc)
            rc = command->run(&cmd, err);
    }
    case_close(cmd.kase);
    free((void *)cmd.args);
    return end_output(rc, err);
}

static const struct command *find_command(const char *name, struct err *err)
{
    for (const struct command *command = commands; command->name; command++)
        if (!strcmp(command->name, name))
            return command;
    (void)err_set(err, ERR_USAGE, "there is no command %s; sanad --help lists them", name);
    return NULL;
}

/* "help", or "help COMMAND". */
static int help(const char *name, struct err *err)
{
    const struct command *command = name ? find_command(name, err) : NULL;

    if (command)
        cmd_help(command);
    else if (!name)
        cmd_overview();
    return err->code;
}

int main(int argc, char **argv)
{
    struct err err = {0};
    const char *name = argc > 1 ? argv[1] : "--help";
    int rc;

    signal(SIGPIPE, SIG_IGN);
    search_join_names(entity_documents);
    /* Buffers of some hundred kilobytes come and go with every document: kept, not mapped anew. */
    mallopt(M_MMAP_THRESHOLD, 8 << 20);
    mallopt(M_TRIM_THRESHOLD, 32 << 20);
    if (!strcmp(name, "--version")) {
        puts("sanad " SANAD_VERSION);
        return 0;
    }
    if (!strcmp(name, "--help") || !strcmp(name, "-h") || !strcmp(name, "help")) {
        rc = help(argc > 2 ? argv[2] : NULL, &err);
        if (argc == 1)
            rc = ERR_USAGE;
    } else {
        const struct command *command = find_command(name, &err);
        rc = command ? crypt_start(&err) : ERR_USAGE;
        if (command && !rc)
            rc = run(command, argc, argv, &err);
    }
    if (rc && err.message[0])
        fprintf(stderr, "sanad: %s\n", err.message);
    return exit_status(rc);
}
