#include "search/hits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "search/pages.h"
#include "search/snippets.h"
#include "store/item.h"

static int fill_row(void *ctx, const struct ledger_row *row)
{
    struct hit *hit = ctx;

    hit->path = mem_strdup(row->item.path);
    hit->name = mem_strdup(row->item.name);
    hit->type = mem_strdup(row->type);
    hit->lang = mem_strdup(row->lang);
    hit->date = mem_strdup(row->date);
    hit->title = mem_strdup(row->title);
    hit->ocr = row->outcome == OUTCOME_OCR;
    return 0;
}

/* What the document says of its own date stands above what the file says, which knows the hour of
 * the same. */
static int fill_date(struct sanad_case *kase, struct hit *hit, struct err *err)
{
    struct dated dated;
    int rc = dated_get(case_db(kase), hit->item, &dated, err);

    if (rc <= 0)
        return rc;
    snprintf(hit->date_source, sizeof(hit->date_source), "%s", dated.source);
    if (dated.iso[0] && strncmp(hit->date, dated.iso, strlen(dated.iso)) != 0) {
        free(hit->date);
        hit->date = mem_strdup(dated.iso);
    }
    return 0;
}

static int fill_snippet(struct sanad_case *kase, const struct matcher *matcher, struct hit *hit,
                        struct err *err)
{
    CLEANUP(cleanup_page) struct page *page = NULL;
    struct err missing = {0};
    struct mark mark;
    int rc = page_load(kase, hit->item, hit->page, &page, &missing);

    /* A document found by its name alone may have no page at all. */
    if (rc == ERR_NOT_FOUND) {
        hit->snippet = mem_strdup("");
        return 0;
    }
    if (rc)
        return err_set(err, rc, "%s", missing.message);
    hit->image = page->head.method != PAGE_FLOW && page->head.width && page->head.height;
    if (page->head.method == PAGE_FLOW)
        hit->label = mem_strdup(page->head.label);
    bool in_rest = page->rest_len > 0 && matcher_find(matcher, page, TEXT_MAIN, &mark, 1) == 0 &&
                   (page->text_len == 0 || matcher_find(matcher, page, TEXT_REST, &mark, 1) > 0);
    snippet_make(matcher, page, in_rest ? TEXT_REST : TEXT_MAIN, hit);
    return 0;
}

int hit_fill(struct sanad_case *kase, const struct found_doc *doc, const struct matcher *matcher,
             struct hit *hit, struct err *err)
{
    hit->item = doc->item;
    hit->page = page_is_real(doc->page) ? page_id_number(doc->page) : 1;
    hit->pages = doc->pages;
    hit->score = doc->score;
    int rc = ledger_one(kase, doc->item, fill_row, hit, err);
    if (!rc)
        rc = fill_date(kase, hit, err);
    return rc || !matcher ? rc : fill_snippet(kase, matcher, hit, err);
}

void hit_release(struct hit *hit)
{
    free(hit->path);
    free(hit->name);
    free(hit->type);
    free(hit->lang);
    free(hit->date);
    free(hit->title);
    free(hit->label);
    free(hit->snippet);
    *hit = (struct hit){0};
}
