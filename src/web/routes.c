#include "web/routes.h"

#include <string.h>

enum {
    DECISION_BODY = 16 << 10,
    ORIGINAL_BODY = 8 << 10,
    VISIT_BODY = 1 << 10,
    RETRY_BODY = 64 << 10,
    BATCH_BODY = 56 << 10,
    SAVED_BODY = 32 << 10,
    PARCEL_BODY = 60 << 10,
    LABEL_BODY = 4 << 10,
    MARK_BODY = 640 << 10,
    MANY_BODY = 128 << 10,
};

/* method, path, handler, who may call it, at a time, what it does to the case, body */
const struct route routes[] = {
    {HTTP_GET, "/", web_room, ACCESS_ANYONE, 0, READS, 0},
    {HTTP_GET, "/assets/*", web_asset, ACCESS_ANYONE, 0, READS, 0},
    {HTTP_GET, "/api/v1/status", api_status, ACCESS_SESSION, 2, READS, 0},
    {HTTP_GET, "/api/v1/events", api_events, ACCESS_SESSION, 0, READS, 0},
    {HTTP_GET, "/api/v1/search", api_search, ACCESS_SESSION, 4, READS, 0},
    {HTTP_GET, "/api/v1/search/names", api_search_names, ACCESS_SESSION, 2, READS, 0},
    {HTTP_POST, "/api/v1/batch", api_batch, ACCESS_SESSION, 2, READS, BATCH_BODY},
    {HTTP_POST, "/api/v1/exports", api_export, ACCESS_SESSION, 2, READS, SAVED_BODY},
    {HTTP_POST, "/api/v1/exports/originals", api_originals, ACCESS_SESSION, 2, READS, PARCEL_BODY},
    {HTTP_GET, "/api/v1/exports/:id", api_parcel, ACCESS_SESSION, 2, READS, 0},
    {HTTP_GET, "/api/v1/saved", api_saved, ACCESS_SESSION, 2, READS, 0},
    {HTTP_POST, "/api/v1/saved", api_saved_add, ACCESS_SESSION, 2, WRITES_CASE, SAVED_BODY},
    {HTTP_GET, "/api/v1/saved/:id", api_saved_one, ACCESS_SESSION, 2, READS, 0},
    {HTTP_POST, "/api/v1/saved/:id/open", api_saved_open, ACCESS_SESSION, 2, WRITES_CASE, 0},
    {HTTP_POST, "/api/v1/saved/:id/remove", api_saved_remove, ACCESS_SESSION, 2, WRITES_CASE, 0},
    {HTTP_GET, "/api/v1/history", api_history, ACCESS_SESSION, 2, READS, 0},
    {HTTP_POST, "/api/v1/history", api_history_add, ACCESS_SESSION, 2, WRITES_CASE, SAVED_BODY},
    {HTTP_POST, "/api/v1/history/clear", api_history_clear, ACCESS_SESSION, 2, WRITES_CASE, 0},
    {HTTP_GET, "/api/v1/complete", api_complete, ACCESS_SESSION, 2, READS, 0},
    {HTTP_GET, "/api/v1/overview", api_overview, ACCESS_SESSION, 2, READS, 0},
    {HTTP_POST, "/api/v1/visits", api_visit, ACCESS_SESSION, 2, WRITES_CASE, VISIT_BODY},
    {HTTP_GET, "/api/v1/ledger", api_ledger, ACCESS_SESSION, 4, READS, 0},
    {HTTP_GET, "/api/v1/ledger/sums", api_ledger_sums, ACCESS_SESSION, 4, READS, 0},
    {HTTP_GET, "/api/v1/ledger/csv", api_ledger_csv, ACCESS_SESSION, 2, READS, 0},
    {HTTP_GET, "/api/v1/retry", api_retry, ACCESS_SESSION, 2, READS, 0},
    {HTTP_POST, "/api/v1/retry", api_retry_start, ACCESS_SESSION, 1, READS, RETRY_BODY},
    {HTTP_POST, "/api/v1/retry/stop", api_retry_stop, ACCESS_SESSION, 2, READS, 0},
    {HTTP_GET, "/api/v1/items/:item", api_item, ACCESS_SESSION, 0, READS, 0},
    {HTTP_GET, "/api/v1/items/:item/hits", api_item_hits, ACCESS_SESSION, 4, READS, 0},
    {HTTP_GET, "/api/v1/items/:item/dates", api_item_dates, ACCESS_SESSION, 4, READS, 0},
    {HTTP_GET, "/api/v1/items/:item/provenance", api_item_provenance, ACCESS_SESSION, 2, READS, 0},
    {HTTP_POST, "/api/v1/items/:item/original", api_item_original, ACCESS_SESSION, 1, WRITES_CASE,
     ORIGINAL_BODY},
    {HTTP_GET, "/api/v1/items/:item/thread", api_item_thread, ACCESS_SESSION, 2, READS, 0},
    {HTTP_GET, "/api/v1/items/:item/near", api_item_near, ACCESS_SESSION, 2, READS, 0},
    {HTTP_GET, "/api/v1/items/:item/difference", api_item_difference, ACCESS_SESSION, 2, READS, 0},
    {HTTP_GET, "/api/v1/items/:item/pages/:page", api_page, ACCESS_SESSION, 4, READS, 0},
    {HTTP_GET, "/api/v1/items/:item/pages/:page/words", api_page_words, ACCESS_SESSION, 4, READS,
     0},
    {HTTP_GET, "/api/v1/items/:item/pages/:page/names", api_page_names, ACCESS_SESSION, 4, READS,
     0},
    {HTTP_GET, "/api/v1/items/:item/pages/:page/image", api_page_image, ACCESS_SESSION, 3, READS,
     0},
    {HTTP_GET, "/api/v1/names", api_names, ACCESS_SESSION, 2, READS, 0},
    {HTTP_GET, "/api/v1/names/review", api_review, ACCESS_SESSION, 2, READS, 0},
    {HTTP_GET, "/api/v1/names/:name", api_name, ACCESS_SESSION, 4, READS, 0},
    {HTTP_GET, "/api/v1/names/:name/passages", api_name_passages, ACCESS_SESSION, 4, READS, 0},
    {HTTP_GET, "/api/v1/names/:name/company", api_name_company, ACCESS_SESSION, 4, READS, 0},
    {HTTP_GET, "/api/v1/network", api_network, ACCESS_SESSION, 2, READS, 0},
    {HTTP_GET, "/api/v1/network/csv", api_network_csv, ACCESS_SESSION, 1, READS, 0},
    {HTTP_GET, "/api/v1/network/graphml", api_network_graphml, ACCESS_SESSION, 1, READS, 0},
    {HTTP_GET, "/api/v1/network/passages", api_network_passages, ACCESS_SESSION, 4, READS, 0},
    {HTTP_GET, "/api/v1/timeline", api_timeline, ACCESS_SESSION, 4, READS, 0},
    {HTTP_GET, "/api/v1/timeline/folders", api_timeline_folders, ACCESS_SESSION, 2, READS, 0},
    {HTTP_GET, "/api/v1/timeline/documents", api_timeline_documents, ACCESS_SESSION, 4, READS, 0},
    {HTTP_GET, "/api/v1/decisions", api_decisions, ACCESS_SESSION, 2, READS, 0},
    {HTTP_POST, "/api/v1/decisions", api_decide, ACCESS_SESSION, 2, WRITES_CASE, DECISION_BODY},
    {HTTP_GET, "/api/v1/labels", api_labels, ACCESS_SESSION, 2, READS, 0},
    {HTTP_POST, "/api/v1/labels", api_label_add, ACCESS_SESSION, 2, WRITES_CASE, LABEL_BODY},
    {HTTP_POST, "/api/v1/labels/:id", api_label_change, ACCESS_SESSION, 2, WRITES_CASE, LABEL_BODY},
    {HTTP_POST, "/api/v1/labels/:id/remove", api_label_remove, ACCESS_SESSION, 2, WRITES_CASE,
     LABEL_BODY},
    {HTTP_POST, "/api/v1/labels/:id/restore", api_label_restore, ACCESS_SESSION, 2, WRITES_CASE, 0},
    {HTTP_GET, "/api/v1/items/:item/marks", api_item_marks, ACCESS_SESSION, 4, READS, 0},
    {HTTP_GET, "/api/v1/marks", api_marks, ACCESS_SESSION, 4, READS, 0},
    {HTTP_POST, "/api/v1/marks", api_mark_add, ACCESS_SESSION, 2, WRITES_CASE, MARK_BODY},
    {HTTP_GET, "/api/v1/marks/csv", api_marks_csv, ACCESS_SESSION, 1, READS, 0},
    {HTTP_POST, "/api/v1/marks/many", api_marks_many, ACCESS_SESSION, 2, WRITES_CASE, MANY_BODY},
    {HTTP_POST, "/api/v1/marks/:id", api_mark_change, ACCESS_SESSION, 2, WRITES_CASE, MARK_BODY},
    {HTTP_POST, "/api/v1/marks/:id/remove", api_mark_remove, ACCESS_SESSION, 2, WRITES_CASE, 0},
    {HTTP_POST, "/api/v1/marks/:id/restore", api_mark_restore, ACCESS_SESSION, 2, WRITES_CASE, 0},
    {HTTP_GET, "/api/v1/marks/:id/revisions", api_mark_revisions, ACCESS_SESSION, 2, READS, 0},
    {HTTP_POST, "/api/v1/leave", api_leave, ACCESS_SESSION, 0, READS, 0},
    {0},
};

/* Numbers in paths have at most this many digits: they fit 39 bits, as ids of items do. */
enum { PATH_DIGITS_MAX = 11 };

/* A path segment as a number from 1, or 0. */
static int64_t segment_number(const char *text, size_t len)
{
    int64_t number = 0;
    if (len == 0 || len > PATH_DIGITS_MAX || text[0] == '0')
        return 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9')
            return 0;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

static bool segment_fits(const char *pattern, size_t pattern_len, const char *text, size_t len,
                         struct call *call)
{
    if (pattern[0] != ':')
        return pattern_len == len && memcmp(pattern, text, len) == 0;
    int64_t number = segment_number(text, len);
    if (strncmp(pattern, ":item", pattern_len) == 0)
        call->item = number;
    else if (strncmp(pattern, ":id", pattern_len) == 0)
        call->id = number;
    else if (strncmp(pattern, ":name", pattern_len) == 0)
        call->name = number;
    else if (number <= UINT32_MAX)
        call->page = (uint32_t)number;
    else
        return false;
    return number > 0;
}

static bool path_fits(const char *pattern, const char *path, struct call *call)
{
    while (*pattern == '/' && *path == '/') {
        pattern++;
        path++;
        if (strcmp(pattern, "*") == 0)
            return true;
        size_t pattern_len = strcspn(pattern, "/");
        size_t len = strcspn(path, "/");
        if (!segment_fits(pattern, pattern_len, path, len, call))
            return false;
        pattern += pattern_len;
        path += len;
    }
    return *pattern == '\0' && *path == '\0';
}

const struct route *route_find(const struct http_request *request, struct call *call,
                               const char **ret_allow)
{
    enum http_method method = request->method == HTTP_HEAD ? HTTP_GET : request->method;

    *ret_allow = "";
    for (const struct route *route = routes; route->path != NULL; route++) {
        if (!path_fits(route->path, request->path, call))
            continue;
        if (route->method == method)
            return route;
        if ((*ret_allow)[0] != '\0')
            *ret_allow = "GET, HEAD, POST";
        else
            *ret_allow = route->method == HTTP_GET ? "GET, HEAD" : "POST";
    }
    return NULL;
}
