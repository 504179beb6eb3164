/*
 * Looking through the names of a case: a list that is narrowed down by letters, and what the texts
 * say of one: its posts, its years, with whom it is named, the passages.
 *
 * Of an entity with very many mentions the first BROWSE_MENTIONS_MAX are looked at for posts and
 * company; years and passages are of all.
 */
#ifndef NAMES_BROWSE_H
#define NAMES_BROWSE_H

#include "names/entities.h"
#include "names/snapshot.h"
#include "store/dated.h"

enum {
    BROWSE_WORDS_MAX = 4,         /* words of a list's text that count */
    BROWSE_MENTIONS_MAX = 20000,  /* looked at for posts and company */
    BROWSE_OFFSET_MAX = 10000000, /* entities or passages to leave out */
    PASSAGE_BYTES = 280,          /* of the text around a mention, half of it on each side */
};

enum entity_order { ORDER_DOCUMENTS, ORDER_MENTIONS, ORDER_NAME };

/* `text`: each of its words stands in one spelling or the chosen name of the entity, as the search
 * fold has it; "" all.
 */
struct entity_list {
    int kind; /* enum mention_kind, or -1 */
    const char *text;
    enum entity_order order;
    int64_t offset, limit;
};
int entities_list(struct sanad_case *kase, const struct entity_list *list, entity_fn *fn, void *ctx,
                  struct err *err);
/* How many of each kind `text` leaves. */
int entities_count(struct sanad_case *kase, const char *text, int64_t ret_counts[MENTION_KINDS],
                   struct err *err);

/* Who may be meant by what is being typed: each of its words begins a word of a spelling. `shown`
 * is the entity's chosen name, else that spelling, its commonest; in the order of its mentions. */
int entities_complete(struct sanad_case *kase, const char *typed, int64_t limit, entity_fn *fn,
                      void *ctx, struct err *err);

/* What stands right before or behind a person's name and is a post, in whatever words, the most
 * frequent first; nothing for what is no person. */
typedef int entity_post_fn(void *ctx, const char *post, int64_t mentions);
int entity_posts(struct sanad_case *kase, int64_t id, int64_t limit, entity_post_fn *fn, void *ctx,
                 struct err *err);

/* The items in which it is named, in ascending order. */
typedef int entity_item_fn(void *ctx, int64_t item);
int entity_items(struct sanad_case *kase, int64_t id, entity_item_fn *fn, void *ctx,
                 struct err *err);
/* The same of a number that leads to it now, none for one that leads nowhere: what a filter of a
 * query asks (search/named.h). */
int entity_documents(struct db *db, int64_t id, entity_item_fn *fn, void *ctx, struct err *err);

/* Persons, bodies and places that are named on the same pages, by the number of those pages. Of
 * very many mentions those of the first pages are looked at. */
typedef int entity_company_fn(void *ctx, const struct entity *with, int64_t pages);
struct company_list {
    int64_t entity;
    int kind; /* enum mention_kind, or -1 */
    int64_t limit;
    const struct snapshot *snapshot; /* of the case, from which it is counted; or NULL */
};
int entity_company(struct sanad_case *kase, const struct company_list *list, entity_company_fn *fn,
                   void *ctx, struct err *err);

/* Documents by the year of their own date, in order. `year` is "" for those without a date, and "?"
 * for those whose date spans years. */
typedef int entity_year_fn(void *ctx, const char *year, int64_t documents);
int entity_years(struct sanad_case *kase, int64_t id, entity_year_fn *fn, void *ctx,
                 struct err *err);

/* A mention with the text around it. Strings are borrowed until the call returns. */
struct entity_passage {
    int64_t item;
    uint32_t page;
    const char *path, *name, *title; /* title: "" for none */
    const char *date, *date_source;  /* of the document; "" undated */
    int32_t earliest, latest;        /* days of that date, when it has one */
    const char *spelling;
    bool local;          /* a surname alone, understood by the full name in the same document */
    const char *text;    /* UTF-8, begins and ends between words */
    size_t len;          /* of it */
    size_t at, mark_len; /* the mention in it, in bytes */
    bool cut_front, cut_back; /* more of the page stands there */
};
typedef int entity_passage_fn(void *ctx, const struct entity_passage *passage);

struct passage_list {
    int64_t entity;
    const char *spelling; /* as a document has it; "" all */
    int64_t offset, limit;
    const struct snapshot *snapshot; /* as of a company_list */
};
/* In the order of the documents' dates, those without one last. */
int entity_passages(struct sanad_case *kase, const struct passage_list *list, entity_passage_fn *fn,
                    void *ctx, struct err *err);

/* Who is named on a page and where, in the order of its text, at most `limit`; nothing in a case in
 * which names were never looked for. A surname alone that means somebody in this document is
 * theirs. */
struct page_name {
    int64_t entity;
    enum mention_kind kind;
    const char *shown; /* as entities are shown */
    uint32_t at, len;  /* bytes in the page's text */
};
typedef int page_name_fn(void *ctx, const struct page_name *name);
int entities_on_page(struct sanad_case *kase, int64_t item, uint32_t page, int64_t limit,
                     page_name_fn *fn, void *ctx, struct err *err);

#endif
