#include <string.h>

#include "store/item.h"
#include "web/routes.h"
#include "web/row.h"

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
    sums_put_outcomes(&json, &sums);
    json_put_int(&json, "unequal_containers", sums.unequal_containers);
    json_close_object(&json);
    return 0;
}
