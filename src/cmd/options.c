#include "cmd/command.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "text/day.h"

enum { HELP_COLUMN = 27 };

/* What every command that needs a case has, too. `-o` is short for --output. */
static const char passphrase_option[] = "passphrase-file";

static int option_index(const struct command *command, const char *name, size_t len)
{
    for (int i = 0; i < OPTIONS_MAX && command->options[i].name; i++)
        if (strlen(command->options[i].name) == len &&
            !strncmp(command->options[i].name, name, len))
            return i;
    return -1;
}

const char *cmd_option(const struct cmd *cmd, const char *name)
{
    int index = option_index(cmd->command, name, strlen(name));

    BUG_IF(index < 0);
    return cmd->values[index];
}

bool cmd_has(const struct cmd *cmd, const char *name)
{
    return cmd_option(cmd, name) != NULL;
}

static int parse_number(const char *text, int64_t min, int64_t max, int64_t *ret_number)
{
    char *end;

    errno = 0;
    long long number = strtoll(text, &end, 10);
    if (errno || end == text || *end || number < min || number > max)
        return ERR_USAGE;
    *ret_number = number;
    return 0;
}

int cmd_number(const struct cmd *cmd, const char *name, int64_t min, int64_t max, int64_t otherwise,
               int64_t *ret_number, struct err *err)
{
    const char *value = cmd_option(cmd, name);

    *ret_number = otherwise;
    if (value && parse_number(value, min, max, ret_number))
        return err_set(err, ERR_USAGE, "--%s wants a whole number from %lld to %lld", name,
                       (long long)min, (long long)max);
    return 0;
}

int cmd_word(const struct cmd *cmd, const char *name, cmd_word_fn *word, int count, int otherwise,
             int *ret_place, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf list = {0};
    const char *given = cmd_option(cmd, name);

    *ret_place = otherwise;
    if (!given)
        return 0;
    buf_init(&list, ERR_MESSAGE_MAX);
    for (int i = 0; i < count; i++) {
        if (!word(i))
            continue;
        if (!strcmp(word(i), given)) {
            *ret_place = i;
            return 0;
        }
        buf_printf(&list, "%s%s", list.len ? ", " : "", word(i));
    }
    return err_set(err, ERR_USAGE, "--%s is one of %s", name, list.data);
}

static const char *reason_at(int place)
{
    return reason_word((enum reason)place);
}

int cmd_day(const struct cmd *cmd, const char *option, bool first, bool *ret_given,
            int32_t *ret_day, struct err *err)
{
    const char *given = cmd_option(cmd, option);
    int32_t other;

    *ret_given = given != NULL;
    if (!given || (first ? day_span(given, strlen(given), ret_day, &other)
                         : day_span(given, strlen(given), &other, ret_day)))
        return 0;
    return err_set(err, ERR_USAGE, "--%s is a date: 2014, 2014-11, 2014-11-03 or 1393-08-12",
                   option);
}

int cmd_reason(const struct cmd *cmd, int *ret_reason, struct err *err)
{
    return cmd_word(cmd, "reason", reason_at, REASON_COUNT, -1, ret_reason, err);
}

int cmd_item(const struct cmd *cmd, size_t arg, int64_t *ret_item, struct err *err)
{
    if (parse_number(cmd->args[arg], 1, INT64_MAX >> 24, ret_item))
        return err_set(err, ERR_USAGE,
                       "\"%s\" is no item; items have numbers, shown by sanad ledger and search",
                       cmd->args[arg]);
    return 0;
}

const char *cmd_author(const struct cmd *cmd)
{
    const char *given = cmd_option(cmd, "by");
    const char *login = getenv("LOGNAME");
    const struct passwd *account;

    if (given)
        return given;
    if (!login)
        login = getenv("USER");
    if (!login && (account = getpwuid(geteuid())))
        login = account->pw_name;
    return login ? login : "";
}

/* ---- parsing ---- */

struct parse {
    const struct command *command;
    struct cmd *cmd;
    int argc, at;
    char **argv;
    struct err *err;
};

static int take_value(struct parse *parse, const char *name, const char *joined,
                      const char **ret_value)
{
    if (joined) {
        *ret_value = joined;
        return 0;
    }
    if (parse->at + 1 >= parse->argc)
        return err_set(parse->err, ERR_USAGE, "%s wants a value", name);
    *ret_value = parse->argv[++parse->at];
    return 0;
}

static int parse_long(struct parse *parse, const char *word)
{
    const char *equals = strchr(word, '=');
    size_t len = equals ? (size_t)(equals - word) : strlen(word);
    const char *joined = equals ? equals + 1 : NULL;

    if (len == 4 && !strncmp(word, "help", 4))
        return 1;
    if (parse->command->need != NEED_NOTHING && len == strlen(passphrase_option) &&
        !strncmp(word, passphrase_option, len))
        return take_value(parse, "--passphrase-file", joined, &parse->cmd->passphrase_file);
    int index = option_index(parse->command, word, len);
    if (index < 0)
        return err_set(parse->err, ERR_USAGE, "there is no option --%.*s; see: sanad %s --help",
                       (int)len, word, parse->command->name);
    if (parse->command->options[index].argument)
        return take_value(parse, parse->argv[parse->at], joined, &parse->cmd->values[index]);
    if (joined)
        return err_set(parse->err, ERR_USAGE, "--%.*s takes no value", (int)len, word);
    parse->cmd->values[index] = "";
    return 0;
}

static int parse_word(struct parse *parse)
{
    const char *word = parse->argv[parse->at];

    if (!strncmp(word, "--", 2) && word[2])
        return parse_long(parse, word + 2);
    if (!strcmp(word, "-h"))
        return 1;
    int output = option_index(parse->command, "output", 6);
    if (!strcmp(word, "-o") && output >= 0)
        return take_value(parse, "-o", NULL, &parse->cmd->values[output]);
    return err_set(parse->err, ERR_USAGE, "there is no option %s; see: sanad %s --help", word,
                   parse->command->name);
}

static int check_count(const struct command *command, const struct cmd *cmd, struct err *err)
{
    if (command->need != NEED_NOTHING && !cmd->case_path)
        return err_set(err, ERR_USAGE, "which case? usage: sanad %s %s", command->name,
                       command->arguments);
    if (cmd->arg_count < command->min_args || cmd->arg_count > command->max_args)
        return err_set(err, ERR_USAGE, "usage: sanad %s %s", command->name, command->arguments);
    return 0;
}

int cmd_parse(const struct command *command, int argc, char **argv, struct cmd *ret_cmd,
              struct err *err)
{
    struct parse parse = {
        .command = command, .cmd = ret_cmd, .argc = argc, .argv = argv, .err = err};
    const char **args = mem_zalloc((size_t)argc + 1, sizeof(*args));
    bool only_words = false;

    *ret_cmd = (struct cmd){.command = command, .args = args};
    for (parse.at = 2; parse.at < argc; parse.at++) {
        const char *word = argv[parse.at];
        /* A query may begin with a minus: search takes single-dash words as they are. */
        bool option =
            !only_words && word[0] == '-' && word[1] &&
            (strcmp(command->name, "search") != 0 || word[1] == '-' || !strcmp(word, "-h"));
        if (option && !strcmp(word, "--")) {
            only_words = true;
        } else if (option) {
            int rc = parse_word(&parse);
            if (rc)
                return rc;
        } else if (command->need != NEED_NOTHING && !ret_cmd->case_path) {
            ret_cmd->case_path = word;
        } else {
            args[ret_cmd->arg_count++] = word;
        }
    }
    if (!ret_cmd->passphrase_file)
        ret_cmd->passphrase_file = getenv("SANAD_PASSPHRASE_FILE");
    return check_count(command, ret_cmd, err);
}

/* ---- help ---- */

static void print_option(const char *name, const char *argument, const char *help)
{
    char left[64];

    snprintf(left, sizeof(left), "--%s%s%s", name, argument ? " " : "", argument ? argument : "");
    printf("  %-*s %s\n", HELP_COLUMN, left, help);
}

void cmd_help(const struct command *command)
{
    printf("sanad %s %s\n\n%s.\n\n", command->name, command->arguments, command->summary);
    for (int i = 0; i < OPTIONS_MAX && command->options[i].name; i++)
        print_option(command->options[i].name, command->options[i].argument,
                     command->options[i].help);
    if (command->need != NEED_NOTHING)
        print_option(passphrase_option, "FILE",
                     "read the passphrase there (or set SANAD_PASSPHRASE_FILE)");
    print_option("help", NULL, "this help");
    if (command->notes)
        printf("\n%s", command->notes);
}

void cmd_overview(void)
{
    puts("sanad turns a leak into evidence: files go into an encrypted case, every one is\n"
         "accounted for, and the case is searched and read offline.\n\n"
         "usage: sanad COMMAND CASE ...");
    for (const struct command *command = commands; command->name; command++) {
        if (command->heading)
            printf("\n%s:\n", command->heading);
        printf("  %-10s %s\n", command->name, command->summary);
    }
    puts("\nsanad COMMAND --help tells more; sanad --version tells the version.\n"
         "To begin:  sanad init leak.sanad  &&  sanad add leak.sanad FOLDER");
}
