#include <string.h>

#include "search/saved.h"
#include "web/dates.h"
#include "web/names_json.h"
#include "web/facets_json.h"
#include "web/marks_json.h"
#include "web/meant.h"
#include "web/routes.h"
#include "web/row.h"
#include "web/sorts.h"
#include "web/widen.h"

enum { HITS_DEFAULT = 20, HITS_MAX = 200 };

static int read_request(const struct call *call, struct search_request *request, struct err *err)
{
    int64_t offset;
    int64_t limit;
    int64_t facets;
    int result;

    if ((result = web_number(call, "offset", 0, UINT32_MAX, 0, &offset, err)) < 0 ||
        (result = web_number(call, "limit", 1, HITS_MAX, HITS_DEFAULT, &limit, err)) < 0 ||
        (result = web_number(call, "facets", 0, 1, 0, &facets, err)) < 0 ||
        (result = sort_read(web_param(call, "sort"), &request->sort, err)) < 0)
        return result;
    request->offset = (uint32_t)offset;
    request->limit = (uint32_t)limit;
    request->facets = facets == 1;
    request->snippets = true;
    return 0;
}

static const char *or_null(const char *text)
{
    return text != NULL && text[0] != '\0' ? text : NULL;
}

/* The date in Iran's calendar too, from the days that the filter of dates knows. */
static int put_date(struct call *call, struct json_writer *json, const struct hit *hit,
                    struct err *err)
{
    struct dated dated = {0};
    int known = dated_get(case_db(call->kase), hit->item, &dated, err);

    if (known < 0)
        return known;
    document_date_put(json, hit->date != NULL ? hit->date : "", hit->date_source, dated.earliest,
                      dated.latest);
    return 0;
}

static int put_hit(struct call *call, struct json_writer *json, const struct hit *hit,
                   struct err *err)
{
    const char *snippet = hit->snippet != NULL ? hit->snippet : "";

    json_open_object(json, NULL);
    json_put_int(json, "item", hit->item);
    json_put_int(json, "page", hit->page);
    json_put_int(json, "pages", hit->pages);
    json_put_real(json, "score", hit->score, 4);
    json_put_str(json, "path", hit->path);
    json_put_str(json, "name", hit->name);
    json_put_str(json, "title", or_null(hit->title));
    json_put_str(json, "label", or_null(hit->label));
    json_put_str(json, "type", or_null(hit->type));
    json_put_str(json, "lang", or_null(hit->lang));
    int result = put_date(call, json, hit, err);
    json_put_bool(json, "ocr", hit->ocr);
    json_put_bool(json, "image", hit->image);
    json_put_str(json, "snippet", snippet);
    marks_put(json, "marks", snippet, strlen(snippet), hit->marks, hit->mark_count);
    misread_put(json, hit->marks, hit->mark_count);
    if (result == 0)
        result = marked_put(json, "marked", call->kase, hit->item, err);
    json_close_object(json);
    return result;
}

/* "meant": of the first results of a whole case. */
static int put_meant(struct call *call, struct json_writer *json,
                     const struct search_request *request, int64_t total, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf query = {0};
    int64_t documents = 0;

    buf_init(&query, QUERY_BYTES_MAX);
    if (request->offset == 0 && request->known_count == 0) {
        int rc = query_meant(call->kase, web_param(call, "q"), total, &query, &documents, err);
        if (rc < 0)
            return rc;
    }
    if (documents == 0) {
        json_put_null(json, "meant");
        return 0;
    }
    json_open_object(json, "meant");
    json_put_str(json, "query", query.data);
    json_put_int(json, "documents", documents);
    json_close_object(json);
    return 0;
}

static int put_result(struct call *call, const struct search_request *request,
                      const struct search_result *found, const struct used_names *used,
                      struct err *err)
{
    struct json_writer json;
    int result = 0;

    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_put_str(&json, "query", web_param(call, "q"));
    json_put_int(&json, "offset", request->offset);
    json_put_int(&json, "total", found->total);
    json_put_int(&json, "pages", found->pages);
    json_put_real(&json, "ms", found->ms, 1);
    json_put_int(&json, "undated", found->undated);
    json_put_bool(&json, "as_words", found->as_words);
    json_put_str(&json, "note", or_null(found->note));
    used_names_put(&json, used);
    result = put_meant(call, &json, request, found->total, err);
    json_open_array(&json, "hits");
    for (size_t i = 0; i < found->count && result == 0; i++)
        result = put_hit(call, &json, &found->hits[i], err);
    json_close_array(&json);
    if (request->facets)
        facets_put(&json, "facets", found->facets);
    json_close_object(&json);
    return result;
}

/* "since": what this kept search had found before it was opened last is left out. */
static int read_since(struct call *call, struct saved_items *known, struct err *err)
{
    int64_t id;
    int result = web_number(call, "since", 0, INT64_MAX, 0, &id, err);

    return result < 0 || id == 0 ? result : saved_found(call->kase, id, SAVED_BEFORE, known, err);
}

int api_search(struct call *call, struct err *err)
{
    CLEANUP(cleanup_saved_items) struct saved_items known = {0};
    struct search_request request = {0};
    CLEANUP(cleanup_search_result) struct search_result *found = NULL;
    CLEANUP(cleanup_wide) struct wide_query wide = {0};
    int result = read_request(call, &request, err);

    if (result == 0)
        result = read_since(call, &known, err);
    if (result == 0)
        result = query_widen(call, &wide, err);
    request.query = wide.query.data;
    request.known = known.list;
    request.known_count = known.count;
    if (result == 0)
        result = search_run(call->kase, &request, &found, err);
    return result == 0 ? put_result(call, &request, found, &wide.used, err) : result;
}
