#include <string.h>

#include "store/item.h"
#include "web/routes.h"

enum { API_VERSION = 1 };

/* The case's own name: the last step of its path, without ".sanad". */
static void put_case_name(struct json_writer *json, const char *path)
{
    static const char suffix[] = ".sanad";
    size_t len = strlen(path);

    while (len > 1 && path[len - 1] == '/')
        len--;
    size_t from = len;
    while (from > 0 && path[from - 1] != '/')
        from--;
    if (len - from > strlen(suffix) &&
        memcmp(path + len - strlen(suffix), suffix, strlen(suffix)) == 0)
        len -= strlen(suffix);
    json_put_str_len(json, "case", path + from, len - from);
}

static void put_outcomes(struct json_writer *json, const struct ledger_sums *sums)
{
    json_open_object(json, "outcomes");
    for (int i = 0; i < OUTCOME_COUNT; i++)
        json_put_int(json, outcome_word((enum outcome)i), sums->outcomes[i]);
    json_close_object(json);

    json_open_array(json, "reasons");
    for (int i = 0; i < OUTCOME_COUNT; i++) {
        for (int j = REASON_NONE + 1; j < REASON_COUNT; j++) {
            if (sums->reasons[i][j] == 0)
                continue;
            json_open_object(json, NULL);
            json_put_str(json, "outcome", outcome_word((enum outcome)i));
            json_put_str(json, "reason", reason_word((enum reason)j));
            json_put_int(json, "items", sums->reasons[i][j]);
            json_close_object(json);
        }
    }
    json_close_array(json);
}

int api_status(struct call *call, struct err *err)
{
    struct ledger_sums sums;
    struct json_writer json;
    int result = ledger_sum(call->kase, &sums, err);
    if (result < 0)
        return result;

    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_put_int(&json, "api", API_VERSION);
    json_put_str(&json, "version", SANAD_VERSION);
    put_case_name(&json, case_path(call->kase));
    json_put_int(&json, "items", sums.items);
    json_put_int(&json, "objects", sums.objects);
    json_put_int(&json, "bytes", sums.bytes);
    json_put_int(&json, "pages", sums.pages);
    json_put_int(&json, "chars", sums.chars);
    put_outcomes(&json, &sums);
    json_put_int(&json, "unequal_containers", sums.unequal_containers);
    json_close_object(&json);
    return 0;
}
