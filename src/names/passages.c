/* Where one is named: mentions with the text around them. */
#include <stdlib.h>

#include "base/attr.h"
#include "base/utf8.h"
#include "names/browse.h"
#include "names/snapshot_rows.h"
#include "names/tables.h"
#include "store/page.h"
#include "text/passage.h"

static void cut_passage(const struct page *page, size_t at, size_t len,
                        struct entity_passage *passage)
{
    size_t from;
    size_t to;

    passage_cut(page->text, page->text_len, at, at + len, PASSAGE_BYTES / 2, &from, &to);
    passage->text = page->text + from;
    passage->len = to - from;
    passage->at = at - from;
    passage->mark_len = len;
    passage->cut_front = from > 0;
    passage->cut_back = to < page->text_len;
}

struct passages {
    struct sanad_case *kase;
    entity_passage_fn *fn;
    void *ctx;
    struct page *page; /* of the passage before: many follow each other on one page */
    struct err *err;
};

static int load_page(struct passages *p, int64_t page)
{
    if (p->page && p->page->id == page)
        return 0;
    page_free(p->page);
    p->page = NULL;
    int rc = page_load(p->kase, page_id_item(page), page_id_number(page), &p->page, p->err);
    if (!rc)
        p->page->id = page;
    return rc;
}

static int give_passage(void *ctx, struct stmt *row)
{
    struct passages *p = ctx;
    int64_t page = stmt_int(row, 0);
    size_t at = (size_t)stmt_int(row, 1);
    size_t len = (size_t)stmt_int(row, 2);
    struct entity_passage passage = {.item = page_id_item(page),
                                     .page = page_id_number(page),
                                     .spelling = stmt_text(row, 3),
                                     .local = stmt_int(row, 4) != 0,
                                     .path = stmt_text(row, 5),
                                     .name = stmt_text(row, 6),
                                     .title = stmt_text(row, 7),
                                     .date = stmt_text(row, 8),
                                     .date_source = stmt_text(row, 9),
                                     .earliest = (int32_t)stmt_int(row, 10),
                                     .latest = (int32_t)stmt_int(row, 11)};
    int rc = load_page(p, page);

    if (rc)
        return rc;
    /* The text may have been read anew since names were looked for. */
    if (at > p->page->text_len || len > p->page->text_len - at ||
        !utf8_valid(p->page->text + at, len))
        at = len = 0;
    cut_passage(p->page, at, len, &passage);
    return p->fn(p->ctx, &passage);
}

/* ---- by a walk ---- */

/* What is shown of a passage is read for those that are given alone. */
#define SHOWN_OF                                                                                   \
    "SELECT o.page, o.at, o.len, o.shown, o.local, i.path, i.name, r.title, d.iso, d.source,"      \
    " d.earliest, d.latest FROM "
#define BESIDE                                                                                     \
    " o JOIN item i ON i.id = o.page >> 24 LEFT JOIN reading r ON r.item = i.id"                   \
    " LEFT JOIN dated d ON d.item = i.id"

static struct stmt *walk_dated(struct db *db, struct err *err)
{
    return db_stmt(db,
                   SHOWN_OF
                   "(SELECT m.*, t.earliest AS day FROM " MENTIONS_OF " m"
                   "  LEFT JOIN dated t ON t.item = m.page >> 24 WHERE ?4 = '' OR m.shown = ?4"
                   "  ORDER BY day IS NULL, day, page, at LIMIT ?2 OFFSET ?3)" BESIDE
                   " ORDER BY o.day IS NULL, o.day, o.page, o.at",
                   err);
}

static struct stmt *walk_undated(struct db *db, struct err *err)
{
    return db_stmt(db,
                   "SELECT o.page, o.at, o.len, o.shown, o.local, i.path, i.name, r.title,"
                   " '', '', 0, 0 FROM " MENTIONS_OF " o"
                   " JOIN item i ON i.id = o.page >> 24 LEFT JOIN reading r ON r.item = i.id"
                   " WHERE ?4 = '' OR o.shown = ?4 ORDER BY o.page, o.at LIMIT ?2 OFFSET ?3",
                   err);
}

static int walk(struct passages *p, const struct passage_list *list, bool dated)
{
    struct db *db = case_db(p->kase);
    struct stmt *stmt = dated ? walk_dated(db, p->err) : walk_undated(db, p->err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, list->entity);
    stmt_bind_int(stmt, 2, list->limit);
    stmt_bind_int(stmt, 3, list->offset);
    stmt_bind_text(stmt, 4, list->spelling);
    return stmt_each(stmt, give_passage, p, p->err);
}

/* ---- from a snapshot ---- */

/* A document and its mentions of the entity. */
struct document {
    bool undated;
    int32_t earliest;
    const uint32_t *rows;
    size_t count;
};

/* Documents of one day stay in the order of their items, in which their rows are. */
static int document_order(const void *left, const void *right)
{
    const struct document *a = left;
    const struct document *b = right;

    if (a->undated != b->undated)
        return a->undated ? 1 : -1;
    if (a->earliest != b->earliest)
        return a->earliest < b->earliest ? -1 : 1;
    return (a->rows > b->rows) - (a->rows < b->rows);
}

static struct document *documents_of(const struct snapshot *snapshot, int64_t entity,
                                     size_t *ret_count)
{
    size_t row_count;
    const uint32_t *rows = snapshot_of(snapshot, entity, &row_count);
    struct document *documents = NULL;
    int64_t last = 0;

    *ret_count = 0;
    for (size_t i = 0; i < row_count; i++) {
        int64_t item = page_id_item(snapshot->mentions.rows[rows[i]].page);
        if (*ret_count == 0 || item != last) {
            const struct snapshot_day *day = snapshot_day(snapshot, item);
            documents = mem_room(documents, *ret_count, sizeof(*documents));
            documents[(*ret_count)++] = (struct document){
                .undated = day == NULL, .earliest = day ? day->earliest : 0, .rows = &rows[i]};
        }
        last = item;
        documents[*ret_count - 1].count++;
    }
    if (*ret_count)
        qsort(documents, *ret_count, sizeof(*documents), document_order);
    return documents;
}

static int give_mention(struct passages *p, int64_t entity, const struct placed *placed)
{
    struct stmt *stmt = db_stmt(
        case_db(p->kase),
        SHOWN_OF
        "(SELECT m.page AS page, m.at AS at, m.len AS len, n.shown AS shown,"
        "  EXISTS (SELECT 1 FROM name_local l WHERE l.name = n.id"
        "   AND l.item = m.page >> 24 AND l.entity = ?3) AS local"
        "  FROM mention m JOIN name n ON n.id = m.name WHERE m.page = ?1 AND m.at = ?2)" BESIDE,
        p->err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, placed->page);
    stmt_bind_int(stmt, 2, placed->at);
    stmt_bind_int(stmt, 3, entity);
    return stmt_each(stmt, give_passage, p, p->err);
}

static int give_part(struct passages *p, const struct passage_list *list,
                     const struct document *documents, size_t count)
{
    const struct placed *rows = list->snapshot->mentions.rows;
    int64_t at = 0; /* of the passages */
    int rc = 0;

    for (size_t i = 0; i < count && at < list->offset + list->limit && !rc; i++) {
        for (size_t k = 0; k < documents[i].count && !rc; k++, at++)
            if (at >= list->offset && at < list->offset + list->limit)
                rc = give_mention(p, list->entity, &rows[documents[i].rows[k]]);
    }
    return rc;
}

static int give_kept(struct passages *p, const struct passage_list *list)
{
    size_t count;
    struct document *documents = documents_of(list->snapshot, list->entity, &count);
    int rc = give_part(p, list, documents, count);

    free(documents);
    return rc;
}

int entity_passages(struct sanad_case *kase, const struct passage_list *list, entity_passage_fn *fn,
                    void *ctx, struct err *err)
{
    struct passages p = {.kase = kase, .fn = fn, .ctx = ctx, .err = err};
    int dated = dated_is_there(case_db(kase), err);
    bool kept = list->snapshot && !list->spelling[0] && dated > 0 &&
                snapshot_has(list->snapshot, list->entity);

    if (dated < 0)
        return dated;
    int rc = kept ? give_kept(&p, list) : walk(&p, list, dated > 0);
    page_free(p.page);
    return rc;
}
