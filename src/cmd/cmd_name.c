#include "cmd/command.h"
#include "cmd/names_out.h"
#include "cmd/terminal.h"
#include "web/names_json.h"

enum { NAME_OUT_MAX = 64 << 20, NEAR_SHOWN = 20, MENTIONS_SHOWN = 20, MENTIONS_MAX = 1000000 };

struct one_name {
    struct buf out;
    struct json_writer json;
    bool as_json;
    int64_t id;
    const char *heading; /* printed before the first line of a list */
};

static void put_heading(struct one_name *name)
{
    if (name->heading)
        printf("\n%s\n", name->heading);
    name->heading = NULL;
}

static int put_entity(void *ctx, const struct entity *entity)
{
    struct one_name *name = ctx;
    char documents[COUNTED_MAX];
    char mentions[COUNTED_MAX];

    name->id = entity->id;
    if (name->as_json) {
        entity_open_json(&name->json, entity);
        return 0;
    }
    printf("%lld  ", (long long)entity->id);
    term_str(stdout, entity->shown);
    printf("\n%s, %s, %s\n", mention_kind_word(entity->kind),
           term_counted(entity->documents, "document", "documents", documents),
           term_counted(entity->mentions, "mention", "mentions", mentions));
    return 0;
}

static int put_spelling(void *ctx, const struct entity_spelling *spelling)
{
    struct one_name *name = ctx;

    if (name->as_json) {
        json_open_object(&name->json, NULL);
        json_put_str(&name->json, "spelling", spelling->shown);
        json_put_str(&name->json, "kind", mention_kind_word(spelling->kind));
        json_put_int(&name->json, "documents", spelling->documents);
        json_put_int(&name->json, "mentions", spelling->mentions);
        json_close_object(&name->json);
        return 0;
    }
    put_heading(name);
    printf("  %6lld  ", (long long)spelling->mentions);
    term_str(stdout, spelling->shown);
    putchar('\n');
    return 0;
}

static int put_near(void *ctx, const struct entity_near *near)
{
    struct one_name *name = ctx;

    if (name->as_json) {
        json_open_object(&name->json, NULL);
        json_put_int(&name->json, "id", near->id);
        json_put_str(&name->json, "name", near->shown);
        json_put_str(&name->json, "by", near->by);
        json_put_real(&name->json, "score", near->probability / 1000.0, 3);
        if (near->decision)
            json_put_int(&name->json, "decision", near->decision);
        json_close_object(&name->json);
        return 0;
    }
    put_heading(name);
    printf("  %.2f  %lld  ", near->probability / 1000.0, (long long)near->id);
    term_str(stdout, near->shown);
    printf(" ~ ");
    term_str(stdout, near->by);
    if (near->decision)
        printf("  (kept apart by decision %lld)", (long long)near->decision);
    putchar('\n');
    return 0;
}

static int put_decision(void *ctx, const struct decision *decision)
{
    struct one_name *name = ctx;

    if (name->as_json) {
        decision_put_json(&name->json, decision);
        return 0;
    }
    put_heading(name);
    printf("  ");
    decision_print(decision);
    return 0;
}

static int put_mention(void *ctx, const struct entity_mention *mention)
{
    struct one_name *name = ctx;

    if (name->as_json) {
        json_open_object(&name->json, NULL);
        json_put_int(&name->json, "item", mention->item);
        json_put_int(&name->json, "page", mention->page);
        json_put_int(&name->json, "start", mention->at);
        json_put_int(&name->json, "end", (int64_t)mention->at + mention->len);
        json_put_real(&name->json, "score", mention->score / 100.0, 2);
        json_put_str(&name->json, "text", mention->shown);
        json_put_str(&name->json, "path", mention->path);
        if (mention->local)
            json_put_bool(&name->json, "by_document", true);
        json_close_object(&name->json);
        return name->out.full;
    }
    put_heading(name);
    printf("  item %lld, page %u, byte %u  ", (long long)mention->item, mention->page, mention->at);
    term_str(stdout, mention->shown);
    printf("  ");
    term_str(stdout, mention->path);
    putchar('\n');
    return 0;
}

static void list(struct one_name *name, const char *key, const char *heading)
{
    name->heading = heading;
    if (name->as_json)
        json_open_array(&name->json, key);
}

static void end_list(struct one_name *name)
{
    if (name->as_json)
        json_close_array(&name->json);
}

static int put_lists(struct cmd *cmd, struct one_name *name, int64_t mentions, struct err *err)
{
    list(name, "spellings", "spellings");
    int rc = entity_spellings(cmd->kase, name->id, put_spelling, name, err);
    end_list(name);
    list(name, "near", "perhaps the same");
    if (!rc)
        rc = entity_near(cmd->kase, name->id, NEAR_SHOWN, put_near, name, err);
    end_list(name);
    list(name, "decisions", "decisions");
    if (!rc)
        rc = names_decisions(cmd->kase, name->id, put_decision, name, err);
    end_list(name);
    list(name, "where", "mentions");
    if (!rc)
        rc = entity_mentions(cmd->kase, name->id, mentions, put_mention, name, err);
    end_list(name);
    return rc;
}

static int put_note(void *ctx, const struct decision *decision)
{
    struct one_name *name = ctx;

    if (decision->why[0] == '\0')
        return 0;
    put_heading(name);
    printf("  ");
    decision_print(decision);
    return 0;
}

/* What people call it and note of it. */
static int put_told(struct cmd *cmd, struct one_name *name, struct err *err)
{
    if (name->as_json)
        return entity_told_put(&name->json, cmd->kase, name->id, err);
    name->heading = "notes";
    int rc = entity_told(cmd->kase, name->id, VERDICT_NOTE, put_note, name, err);
    return rc < 0 ? rc : 0;
}

int name_print(struct cmd *cmd, int64_t id, bool as_json, int64_t mentions, struct err *err)
{
    struct one_name name = {.as_json = as_json, .id = id};

    buf_init(&name.out, NAME_OUT_MAX);
    json_start(&name.json, &name.out);
    int rc = entity_one(cmd->kase, id, put_entity, &name, err);
    if (!rc)
        rc = put_told(cmd, &name, err);
    if (!rc)
        rc = put_lists(cmd, &name, mentions, err);
    if (!rc && as_json) {
        json_close_object(&name.json);
        json_end_line(&name.json);
        if (name.out.full)
            rc = err_set(err, ERR_LIMIT, "too much to print; give a lower --limit");
        else
            term_flush(&name.out);
    }
    buf_release(&name.out);
    return rc;
}

/* What the options say, on record. */
static int tell(struct cmd *cmd, struct err *err)
{
    const char *name = cmd_option(cmd, "rename");
    const char *note = cmd_option(cmd, "note");
    const char *why = cmd_option(cmd, "why");
    int64_t id;
    int rc = db_begin(case_db(cmd->kase), err);

    if (rc)
        return rc;
    if (name)
        rc = names_rename(cmd->kase, cmd->args[0], name, cmd_author(cmd), why ? why : "", &id, err);
    if (!rc && note)
        rc = names_note(cmd->kase, cmd->args[0], note, 0, cmd_author(cmd), &id, err);
    return cmd_commit(cmd, rc, err);
}

int cmd_name(struct cmd *cmd, struct err *err)
{
    int64_t mentions;
    int64_t id;
    int rc = cmd_number(cmd, "limit", 0, MENTIONS_MAX, MENTIONS_SHOWN, &mentions, err);

    if (!rc)
        rc = names_ready(cmd->kase, err);
    if (!rc)
        rc = entity_meant(cmd->kase, cmd->args[0], &id, err);
    if (!rc && (cmd_has(cmd, "rename") || cmd_has(cmd, "note")))
        rc = tell(cmd, err);
    return rc ? rc : name_print(cmd, id, cmd_has(cmd, "json"), mentions, err);
}
