/* Labels: the names of tags, colours and lists. */
#include <string.h>

#include "web/marks_json.h"
#include "web/routes.h"

enum { WORD_MAX = 16 };

static int put_label(void *ctx, const struct label *label)
{
    label_put_json(ctx, NULL, label);
    return 0;
}

struct sums {
    struct json_writer *json;
    const char *me;
};

static int put_sum(void *ctx, const struct mark_sum *sum)
{
    const struct sums *sums = ctx;

    json_open_object(sums->json, NULL);
    json_put_str(sums->json, "kind", marks_kind_word(sum->kind));
    json_put_str(sums->json, "by", sum->who);
    json_put_bool(sums->json, "mine", strcmp(sum->who, sums->me) == 0);
    json_put_int(sums->json, "marks", sum->marks);
    json_close_object(sums->json);
    return 0;
}

int api_labels(struct call *call, struct err *err)
{
    struct json_writer json;
    struct sums sums = {&json, call->web->who};

    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_open_array(&json, "labels");
    int result = labels_each(call->kase, 0, put_label, &json, err);
    json_close_array(&json);
    json_open_array(&json, "sums");
    if (result == 0)
        result = marks_sums(call->kase, put_sum, &sums, err);
    json_close_array(&json);
    json_close_object(&json);
    return result;
}

/* The label as it is now. */
static int answer(struct call *call, int64_t id, struct err *err)
{
    struct json_writer json;

    web_start_json(call, &json);
    return labels_each(call->kase, id, put_label, &json, err);
}

int api_label_add(struct call *call, struct err *err)
{
    const char *kind;
    const char *name;
    const char *colour;
    int64_t id;
    int result;

    if ((result = json_get_text(call->body, "kind", WORD_MAX, &kind, err)) < 0 ||
        (result = json_get_text(call->body, "name", LABEL_NAME_MAX, &name, err)) < 0 ||
        (result = json_get_text(call->body, "colour", WORD_MAX, &colour, err)) < 0 ||
        (result = label_add(call->kase, marks_kind_read(kind), name, colour, call->web->who, &id,
                            err)) < 0)
        return result;
    return answer(call, id, err);
}

int api_label_change(struct call *call, struct err *err)
{
    const char *name;
    const char *colour;
    int result;

    if ((result = json_get_text(call->body, "name", LABEL_NAME_MAX, &name, err)) < 0 ||
        (result = json_get_text(call->body, "colour", WORD_MAX, &colour, err)) < 0 ||
        (result = label_change(call->kase, call->id, name, colour, err)) < 0)
        return result;
    return answer(call, call->id, err);
}

int api_label_remove(struct call *call, struct err *err)
{
    bool with_marks;
    int result = json_get_bool(call->body, "with_marks", false, &with_marks, err);

    if (result == 0)
        result = label_remove(call->kase, call->id, with_marks ? LABEL_WITH_MARKS : LABEL_UNUSED,
                              call->web->who, err);
    return result == 0 ? answer(call, call->id, err) : result;
}

int api_label_restore(struct call *call, struct err *err)
{
    int result = label_restore(call->kase, call->id, err);

    return result == 0 ? answer(call, call->id, err) : result;
}
