/* Reading again what failed. */
#include <string.h>

#include "web/news.h"
#include "web/retry.h"
#include "web/routes.h"
#include "wire/models.h"

enum { PASSWORDS_BYTES_MAX = 48 << 10, MODELS_MAX = 200 };

static const char *const phases[] = {"never", "running", "done", "stopped", "failed"};

struct models {
    struct json_writer *json;
    int count;
};

static void put_model(void *ctx, const char *lang, int fd, size_t size)
{
    struct models *models = ctx;

    (void)fd;
    (void)size;
    if (strcmp(lang, MODEL_OF_SCRIPTS) != 0 && models->count++ < MODELS_MAX)
        json_put_str(models->json, NULL, lang);
}

static void put_state(struct json_writer *json, const struct retry_state *state)
{
    const struct ingest_progress *progress = &state->progress;

    json_put_str(json, "phase", phases[state->phase]);
    json_put_int(json, "read", progress->items_read);
    json_put_int(json, "waiting", progress->waiting);
    if (progress->left_ms < 0)
        json_put_null(json, "left_ms");
    else
        json_put_int(json, "left_ms", progress->left_ms);
    json_put_int(json, "count", state->count);
    json_put_int(json, "helped", progress->helped);
    json_put_int(json, "not_helped", progress->not_helped);
    json_put_int(json, "stayed", progress->stayed);
    json_put_str(json, "message", state->message[0] != '\0' ? state->message : NULL);
}

int api_retry(struct call *call, struct err *err)
{
    struct retry_state state;
    struct json_writer json;
    struct models models = {.json = &json};

    (void)err;
    retry_look(call->web->retry, &state);
    web_start_json(call, &json);
    json_open_object(&json, NULL);
    put_state(&json, &state);
    json_open_array(&json, "langs");
    (void)models_each(put_model, &models);
    json_close_array(&json);
    json_close_object(&json);
    return 0;
}

/* What was typed goes out of memory with the request; the list is wiped at the end of the run. */
static int read_passwords(const struct call *call, struct password_list **ret_list, struct err *err)
{
    const char *text;
    int result = json_get_text(call->body, "passwords", PASSWORDS_BYTES_MAX, &text, err);

    if (result == 0 && text[0] != '\0')
        result = password_list_read(text, strlen(text), ret_list, err);
    json_wipe_text(call->body, "passwords");
    explicit_bzero(call->request->body.data, call->request->body.len);
    return result;
}

static int read_reason(const struct call *call, int *ret_reason, struct err *err)
{
    const char *word;
    int result = json_get_text(call->body, "reason", 64, &word, err);

    *ret_reason = -1;
    if (result < 0 || word[0] == '\0')
        return result;
    *ret_reason = reason_from_word(word);
    return *ret_reason >= 0 ? 0 : err_set(err, ERR_USAGE, "the ledger has no such reason");
}

static int read_langs(const struct call *call, char out[RETRY_LANGS_MAX], struct err *err)
{
    const char *langs;
    int result = json_get_text(call->body, "langs", RETRY_LANGS_MAX - 1, &langs, err);

    return result < 0 ? result : call->web->read_langs(langs, out, RETRY_LANGS_MAX, err);
}

int api_retry_start(struct call *call, struct err *err)
{
    struct retry_wish wish = {0};
    int result = read_passwords(call, &wish.passwords, err);

    if (result == 0)
        result = read_reason(call, &wish.reason, err);
    if (result == 0)
        result = json_get_number(call->body, "item", 1, INT64_MAX >> 24, 0, &wish.item, err);
    if (result == 0)
        result = read_langs(call, wish.langs, err);
    if (result < 0)
        password_list_free(wish.passwords);
    else
        result = retry_start(call->web->retry, &wish, err);
    if (result < 0)
        return result;
    news_poke(call->web->news);
    call->response->status = 204;
    return 0;
}

int api_retry_stop(struct call *call, struct err *err)
{
    (void)err;
    retry_stop(call->web->retry);
    call->response->status = 204;
    return 0;
}
