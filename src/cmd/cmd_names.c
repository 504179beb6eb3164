#include "cmd/command.h"
#include "cmd/names_out.h"
#include "cmd/terminal.h"
#include "web/names_json.h"

enum { NAMES_OUT_MAX = 1 << 20, NAMES_LIMIT_MAX = 1 << 30, MENTIONS_ALL = 1 << 30 };

struct listing {
    struct cmd *cmd;
    struct err *err;
    struct buf out;
    struct json_writer json;
    bool as_json, whole;
};

static int list_entity(void *ctx, const struct entity *entity)
{
    struct listing *listing = ctx;

    if (listing->whole)
        return name_print(listing->cmd, entity->id, listing->as_json, MENTIONS_ALL, listing->err);
    if (listing->as_json) {
        json_open_object(&listing->json, NULL);
        json_put_int(&listing->json, "v", 1);
        entity_members_put(&listing->json, entity);
        json_close_object(&listing->json);
        json_end_line(&listing->json);
        term_flush(&listing->out);
        return 0;
    }
    printf("%lld\t%s\t%lld\t%lld\t%lld\t", (long long)entity->id, mention_kind_word(entity->kind),
           (long long)entity->documents, (long long)entity->mentions, (long long)entity->spellings);
    term_str(stdout, entity->shown);
    putchar('\n');
    return 0;
}

static int list_decision(void *ctx, const struct decision *decision)
{
    struct listing *listing = ctx;

    if (listing->as_json) {
        json_open_object(&listing->json, NULL);
        json_put_int(&listing->json, "v", 1);
        decision_members_put(&listing->json, decision);
        json_close_object(&listing->json);
        json_end_line(&listing->json);
        term_flush(&listing->out);
    } else {
        decision_print(decision);
    }
    return 0;
}

static const char *kind_at(int place)
{
    return mention_kind_word((enum mention_kind)place);
}

int cmd_names(struct cmd *cmd, struct err *err)
{
    struct listing listing = {
        .cmd = cmd, .err = err, .as_json = cmd_has(cmd, "json"), .whole = cmd_has(cmd, "mentions")};
    struct entity_filter filter;
    int rc = cmd_word(cmd, "kind", kind_at, MENTION_KINDS, -1, &filter.kind, err);

    if (!rc)
        rc = cmd_number(cmd, "limit", 1, NAMES_LIMIT_MAX, NAMES_LIMIT_MAX, &filter.limit, err);
    if (!rc)
        rc = names_ready(cmd->kase, err);
    if (rc)
        return rc;
    buf_init(&listing.out, NAMES_OUT_MAX);
    json_start(&listing.json, &listing.out);
    rc = cmd_has(cmd, "decisions") ? names_decisions(cmd->kase, 0, list_decision, &listing, err)
                                   : entities_each(cmd->kase, &filter, list_entity, &listing, err);
    buf_release(&listing.out);
    return rc;
}
