#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "cmd/command.h"
#include "cmd/terminal.h"
#include "fmt/json.h"
#include "store/custody.h"

/* Changes need the case itself, for its keys and for a line in the custody log. */
struct keys_call {
    struct cmd *cmd;
    struct sanad_case *kase;
    struct passphrase *current;
};

static int list_keys(struct cmd *cmd, struct sanad_case *kase, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct key_slot_info slots[KEY_SLOTS_MAX];
    struct json_writer json;
    size_t count;
    char when[32];
    int rc = keys_list(case_dirfd(kase), slots, KEY_SLOTS_MAX, &count, err);

    if (rc)
        return rc;
    buf_init(&out, 64 << 10);
    json_start(&json, &out);
    for (size_t i = 0; i < count; i++) {
        clock_format(slots[i].created, when);
        if (!cmd_has(cmd, "json")) {
            printf("%3u  %s  ", slots[i].id, when);
            term_str(stdout, slots[i].label);
            putchar('\n');
            continue;
        }
        json_open_object(&json, NULL);
        json_put_int(&json, "v", 1);
        json_put_int(&json, "id", slots[i].id);
        json_put_str(&json, "created", when);
        json_put_str(&json, "label", slots[i].label);
        json_close_object(&json);
        json_end_line(&json);
    }
    term_flush(&out);
    return 0;
}

static int new_passphrase(struct cmd *cmd, struct passphrase **ret_passphrase, struct err *err)
{
    const char *file = cmd_option(cmd, "new-passphrase-file");

    return file ? passphrase_from_file(file, ret_passphrase, err)
                : passphrase_prompt("New passphrase: ", PASSPHRASE_TWICE, ret_passphrase, err);
}

static int note_custody(struct sanad_case *kase, const char *event, uint32_t id, struct err *err)
{
    char detail[64];

    snprintf(detail, sizeof(detail), "key slot %u", id);
    int rc = db_begin(case_db(kase), err);
    if (!rc)
        rc = custody_add(kase, event, detail, err);
    return rc ? rc : case_commit(kase, err);
}

static int add_key(struct keys_call *call, struct err *err)
{
    CLEANUP(cleanup_passphrase) struct passphrase *fresh = NULL;
    const char *label = cmd_option(call->cmd, "label");
    uint32_t id;
    int rc = new_passphrase(call->cmd, &fresh, err);

    if (!rc)
        rc = keys_add(case_dirfd(call->kase), case_keys(call->kase), fresh, label ? label : "", &id,
                      err);
    if (!rc)
        rc = note_custody(call->kase, "keys-add", id, err);
    if (!rc)
        printf("Added key slot %u.\n", id);
    return rc;
}

static int remove_key(struct keys_call *call, struct err *err)
{
    char *end;
    unsigned long id;

    if (call->cmd->arg_count != 2)
        return err_set(err, ERR_USAGE, "which slot? usage: sanad keys CASE remove ID");
    id = strtoul(call->cmd->args[1], &end, 10);
    if (*end || !id || id > UINT32_MAX)
        return err_set(err, ERR_USAGE, "\"%s\" is no key slot's number; list shows them",
                       call->cmd->args[1]);
    int rc = keys_remove(case_dirfd(call->kase), case_keys(call->kase), (uint32_t)id, err);
    if (!rc)
        rc = note_custody(call->kase, "keys-remove", (uint32_t)id, err);
    if (!rc)
        printf("Removed key slot %lu. Copies of the case made before still open with its "
               "passphrase.\n",
               id);
    return rc;
}

static int change_key(struct keys_call *call, struct err *err)
{
    CLEANUP(cleanup_passphrase) struct passphrase *fresh = NULL;
    int rc = new_passphrase(call->cmd, &fresh, err);

    if (!rc)
        rc = keys_change(case_dirfd(call->kase), case_keys(call->kase), call->current, fresh, err);
    if (!rc)
        rc = note_custody(call->kase, "keys-change", 0, err);
    if (!rc)
        puts("Changed the passphrase. Copies of the case made before still open with the old one.");
    return rc;
}

int cmd_keys(struct cmd *cmd, struct err *err)
{
    static const struct {
        const char *word;
        int (*run)(struct keys_call *call, struct err *err);
    } actions[] = {{"add", add_key}, {"remove", remove_key}, {"change", change_key}};
    CLEANUP(cleanup_passphrase) struct passphrase *current = NULL;
    CLEANUP(cleanup_case) struct sanad_case *kase = NULL;
    bool list = !strcmp(cmd->args[0], "list");
    size_t action = 0;

    while (action < ARRAY_LEN(actions) && strcmp(actions[action].word, cmd->args[0]) != 0)
        action++;
    if (!list && action == ARRAY_LEN(actions))
        return err_set(err, ERR_USAGE, "usage: sanad keys %s", cmd->command->arguments);
    int rc = cmd_passphrase(cmd, "Passphrase: ", false, &current, err);
    if (!rc)
        rc = case_open(cmd->case_path, current, list ? CASE_READ : CASE_WRITE, &kase, err);
    if (rc)
        return rc;
    struct keys_call call = {.cmd = cmd, .kase = kase, .current = current};
    return list ? list_keys(cmd, kase, err) : actions[action].run(&call, err);
}
