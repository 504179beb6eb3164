/* Pairs that wait for a decision, and decisions. */
#include <string.h>

#include "names/browse.h"
#include "names/review.h"
#include "web/names_json.h"
#include "web/routes.h"

enum { PAIRS_DEFAULT = 20, PAIRS_MAX = 100, END_MAX = 1024 };

static void put_side(struct json_writer *json, const char *key, const struct entity *entity,
                     const char *spelling)
{
    json_open_object(json, key);
    entity_members_put(json, entity);
    json_put_str(json, "spelling", spelling);
    json_close_object(json);
}

static void put_words(struct json_writer *json, const char *key, const char *words, size_t len)
{
    if (words == NULL)
        json_put_null(json, key);
    else
        json_put_str_len(json, key, words, len);
}

static int put_pair(void *ctx, const struct review_pair *pair)
{
    struct json_writer *json = ctx;

    json_open_object(json, NULL);
    put_side(json, "a", &pair->a, pair->by_a);
    put_side(json, "b", &pair->b, pair->by_b);
    json_put_real(json, "score", pair->probability / 1000.0, 3);
    json_open_array(json, "reason");
    for (size_t i = 0; i < pair->reason_count; i++) {
        const struct review_word *word = &pair->reason[i];
        json_open_object(json, NULL);
        json_put_str(json, "kind", word->kind);
        put_words(json, "a", word->a, word->a_len);
        put_words(json, "b", word->b, word->b_len);
        json_put_real(json, "likeness", word->likeness / 1000.0, 3);
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
    return 0;
}

int api_review(struct call *call, struct err *err)
{
    struct json_writer json;
    int64_t offset;
    int64_t limit;
    int64_t total;
    int kind;
    int result;

    if ((result = web_number(call, "offset", 0, BROWSE_OFFSET_MAX, 0, &offset, err)) < 0 ||
        (result = web_number(call, "limit", 1, PAIRS_MAX, PAIRS_DEFAULT, &limit, err)) < 0 ||
        (result = entity_kind_read(web_param(call, "kind"), &kind, err)) < 0 ||
        (result = names_ready(call->kase, err)) < 0 ||
        (result = review_count(call->kase, kind, &total, err)) < 0)
        return result;
    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_put_int(&json, "total", total);
    json_put_int(&json, "offset", offset);
    json_open_array(&json, "pairs");
    result = review_pairs(call->kase, kind, offset, limit, put_pair, &json, err);
    json_close_array(&json);
    json_close_object(&json);
    return result;
}

/* ---- decisions ---- */

static int put_decision(void *ctx, const struct decision *decision)
{
    decision_put_json(ctx, decision);
    return 0;
}

int api_decisions(struct call *call, struct err *err)
{
    struct json_writer json;
    int result = names_ready(call->kase, err);

    if (result < 0)
        return result;
    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_open_array(&json, "decisions");
    result = names_decisions(call->kase, 0, put_decision, &json, err);
    json_close_array(&json);
    json_close_object(&json);
    return result;
}

/* What a request says is decided. */
struct asked {
    enum verdict verdict;
    const char *a, *b, *why;
    int64_t undoes;
};

static int read_verdict(const char *word, enum verdict *ret_verdict, struct err *err)
{
    for (int i = VERDICT_SAME; i <= VERDICT_NOTE; i++) {
        if (strcmp(word, verdict_word((enum verdict)i)) == 0) {
            *ret_verdict = (enum verdict)i;
            return 0;
        }
    }
    return err_set(err, ERR_USAGE,
                   "\"verdict\" must be same, different, unsure, undo, rename or note");
}

static int read_asked(const struct call *call, struct asked *asked, struct err *err)
{
    const char *verdict;
    int result;

    if ((result = json_get_text(call->body, "verdict", END_MAX, &verdict, err)) < 0 ||
        (result = read_verdict(verdict, &asked->verdict, err)) < 0 ||
        (result = json_get_text(call->body, "a", END_MAX, &asked->a, err)) < 0 ||
        (result = json_get_text(call->body, "b", END_MAX, &asked->b, err)) < 0 ||
        (result = json_get_text(call->body, "why", DECISION_TEXT_MAX, &asked->why, err)) < 0 ||
        (result = json_get_number(call->body, "undoes", 1, INT64_MAX, 0, &asked->undoes, err)) < 0)
        return result;
    if (asked->verdict == VERDICT_UNDO)
        return asked->undoes > 0 ? 0 : err_set(err, ERR_USAGE, "\"undoes\" must be a decision");
    bool of_two = asked->verdict <= VERDICT_UNSURE;
    if (asked->a[0] == '\0' || (of_two && asked->b[0] == '\0'))
        return err_set(err, ERR_USAGE, "\"a\" and \"b\" must be names or \"#\" and their numbers");
    return 0;
}

static int put_where(struct call *call, struct json_writer *json, const char *given,
                     struct err *err)
{
    int64_t id;
    int result = entity_meant(call->kase, given, &id, err);

    if (result == 0)
        json_put_int(json, NULL, id);
    return result;
}

static int decide(struct call *call, const struct asked *asked, int64_t *ret_id, struct err *err)
{
    const char *who = call->web->who;

    switch (asked->verdict) {
    case VERDICT_UNDO:
        return names_undo(call->kase, asked->undoes, who, asked->why, ret_id, err);
    case VERDICT_RENAME:
        return names_rename(call->kase, asked->a, asked->b, who, asked->why, ret_id, err);
    case VERDICT_NOTE:
        return names_note(call->kase, asked->a, asked->why, asked->undoes, who, ret_id, err);
    default:
        return names_decide(call->kase, asked->verdict, asked->a, asked->b, who, asked->why, ret_id,
                            err);
    }
}

int api_decide(struct call *call, struct err *err)
{
    struct asked asked = {0};
    struct json_writer json;
    int64_t decision;
    int result;

    if ((result = names_ready(call->kase, err)) < 0 || (result = read_asked(call, &asked, err)) < 0)
        return result;
    result = decide(call, &asked, &decision, err);
    if (result < 0)
        return result;
    call->decided = true;
    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_put_int(&json, "decision", decision);
    json_open_array(&json, "now");
    if (asked.verdict != VERDICT_UNDO)
        result = put_where(call, &json, asked.a, err);
    if (result == 0 && asked.verdict <= VERDICT_UNSURE)
        result = put_where(call, &json, asked.b, err);
    json_close_array(&json);
    json_close_object(&json);
    return result;
}
