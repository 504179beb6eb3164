/* The overview: what the case holds, what is being read, what is new, what needs a person. */
#include <string.h>

#include "base/clock.h"
#include "names/browse.h"
#include "names/review.h"
#include "search/holdings.h"
#include "store/item.h"
#include "store/running.h"
#include "store/visit.h"
#include "web/facets_json.h"
#include "web/news.h"
#include "web/routes.h"
#include "web/running_json.h"

static int put_holdings(struct call *call, struct json_writer *json, struct err *err)
{
    CLEANUP(holdings_release) struct holdings holdings = {0};
    int result = search_holdings(call->kase, &holdings, err);

    json_put_int(json, "documents", holdings.documents);
    json_put_int(json, "undated", holdings.undated);
    facets_put(json, "facets", holdings.facets);
    return result;
}

static int put_running(struct call *call, struct json_writer *json, struct err *err)
{
    struct running running;
    int result = running_get(call->kase, &running, err);

    json_put_int(json, "waiting", item_waiting_count(call->kase));
    running_put_json(json, "running", result > 0 ? &running : NULL);
    return result < 0 ? result : 0;
}

/* What came after the last visit of who reads here; null on the first. */
static int put_news(struct call *call, struct json_writer *json, struct err *err)
{
    struct seen seen;
    char at[32];
    int64_t items = item_last(call->kase);
    int64_t acts = acts_last(call->kase);
    int result = visit_before(call->kase, call->web->who, &seen, err);

    json_put_int(json, "items", items);
    json_put_int(json, "acts", acts);
    if (result <= 0) {
        json_put_null(json, "since");
        return result;
    }
    clock_format(seen.at, at);
    json_open_object(json, "since");
    json_put_str(json, "at", at);
    json_put_int(json, "after", seen.items);
    json_put_int(json, "items", items > seen.items ? items - seen.items : 0);
    json_put_int(json, "acts", acts > seen.acts ? acts - seen.acts : 0);
    json_close_object(json);
    return 0;
}

/* Pairs of names that wait for a decision; none in a case without names. */
static int64_t pairs_open(struct call *call)
{
    struct err ignored = {0};
    int64_t count = 0;

    if (names_ready(call->kase, &ignored) < 0 || review_count(call->kase, -1, &count, &ignored) < 0)
        return 0;
    return count;
}

static int put_needs(struct call *call, struct json_writer *json, struct err *err)
{
    struct ledger_filter filter = {.outcome = -1, .reason = -1, .parent = -1, .differs = true};
    struct ledger_sums sums;
    int result = ledger_sum_of(call->kase, &filter, &sums, err);

    json_put_int(json, "differing", sums.items);
    json_put_int(json, "pairs", pairs_open(call));
    return result;
}

int api_overview(struct call *call, struct err *err)
{
    struct json_writer json;
    int result;

    web_start_json(call, &json);
    json_open_object(&json, NULL);
    if ((result = put_holdings(call, &json, err)) < 0 ||
        (result = put_running(call, &json, err)) < 0 || (result = put_news(call, &json, err)) < 0 ||
        (result = put_needs(call, &json, err)) < 0)
        return result;
    json_close_object(&json);
    return 0;
}

/* What who reads here has seen. The first since the room was opened begins a visit: what had been
 * seen by then is what the next overviews compare with. */
int api_visit(struct call *call, struct err *err)
{
    static const char *const required[] = {"items", "acts", NULL};
    struct seen seen = {.at = clock_now()};
    int result;

    if ((result = json_require(call->body, required, err)) < 0 ||
        (result = json_get_number(call->body, "items", 0, INT64_MAX, 0, &seen.items, err)) < 0 ||
        (result = json_get_number(call->body, "acts", 0, INT64_MAX, 0, &seen.acts, err)) < 0)
        return result;
    bool begins = !call->web->visited;
    result = visit_put(call->kase, call->web->who, &seen, begins, err);
    if (result < 0)
        return result;
    call->web->visited = true;
    call->response->status = 204;
    return 0;
}
