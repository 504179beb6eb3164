#include "marks/tables.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "base/clock.h"
#include "marks/words.h"
#include "store/custody.h"

enum { DETAIL_BYTES = 96, WORDS_MAX = 4 * (MARK_QUOTE_MAX + MARK_TRANSLATION_MAX) };

bool marks_are_there(struct db *db)
{
    return db_has_table(db, "mark", NULL) > 0;
}

int mark_record(struct sanad_case *kase, int64_t id, enum marks_kind kind, const char *what,
                struct err *err)
{
    char detail[DETAIL_BYTES];

    snprintf(detail, sizeof(detail), "mark %" PRId64 ": %s %s", id, marks_kind_word(kind), what);
    return custody_add(kase, "marks", detail, err);
}

int mark_missing(int64_t id, struct err *err)
{
    return err_set(err, ERR_NOT_FOUND, "there is no mark %" PRId64, id);
}

/* ---- regions ---- */

size_t mark_pack_regions(const struct mark_target *target,
                         unsigned char out[MARK_REGIONS_MAX * MARK_REGION_BYTES])
{
    for (size_t i = 0; i < target->region_count; i++) {
        unsigned char *at = out + i * MARK_REGION_BYTES;
        le16_put(at, target->regions[i].x0);
        le16_put(at + 2, target->regions[i].y0);
        le16_put(at + 4, target->regions[i].x1);
        le16_put(at + 6, target->regions[i].y1);
    }
    return target->region_count * MARK_REGION_BYTES;
}

void mark_unpack_regions(const void *bytes, size_t len, struct mark_target *target)
{
    const unsigned char *at = bytes;

    target->region_count = len / MARK_REGION_BYTES;
    if (target->region_count > MARK_REGIONS_MAX)
        target->region_count = MARK_REGIONS_MAX;
    for (size_t i = 0; i < target->region_count; i++, at += MARK_REGION_BYTES)
        target->regions[i] = (struct mark_region){le16_get(at), le16_get(at + 2), le16_get(at + 4),
                                                  le16_get(at + 6)};
}

/* ---- labels ---- */

struct wanted {
    enum marks_kind kind;
    bool found;
};

static int check_kind(void *ctx, const struct label *label)
{
    struct wanted *wanted = ctx;

    wanted->found = label->kind == wanted->kind && !label->removed;
    return 0;
}

int mark_label(struct sanad_case *kase, const struct mark_wish *wish, int64_t *ret_label,
               struct err *err)
{
    struct wanted wanted = {.kind = wish->kind};

    *ret_label = 0;
    if (!marks_kind_has_label(wish->kind))
        return wish->label || wish->label_name[0]
                   ? err_set(err, ERR_USAGE, "tags, highlights and list entries have labels")
                   : 0;
    if (!wish->label)
        return label_add(kase, wish->kind, wish->label_name, wish->colour, wish->who, ret_label,
                         err);
    int rc = labels_each(kase, wish->label, check_kind, &wanted, err);
    *ret_label = wish->label;
    return rc || wanted.found ? rc
                              : err_set(err, ERR_NOT_FOUND, "there is no %s label %" PRId64,
                                        marks_kind_word(wish->kind), wish->label);
}

/* ---- rows ---- */

int64_t mark_same(struct db *db, const struct mark_row *row)
{
    unsigned char regions[MARK_REGIONS_MAX * MARK_REGION_BYTES];
    const struct mark_target *target = row->target;
    struct stmt *stmt =
        db_stmt(db,
                "SELECT id FROM mark WHERE item = ?1 AND page = ?2 AND kind = ?3 AND label = ?4 "
                "AND regions = ?5 AND quote = ?6 AND quote_from = ?7 AND removed_at = 0 "
                "AND (?8 IS NULL OR who = ?8)",
                NULL);

    if (!stmt)
        return 0;
    stmt_bind_int(stmt, 1, target->item);
    stmt_bind_int(stmt, 2, target->page);
    stmt_bind_int(stmt, 3, row->wish->kind);
    stmt_bind_int(stmt, 4, row->label);
    stmt_bind_blob(stmt, 5, regions, mark_pack_regions(target, regions));
    stmt_bind_text(stmt, 6, target->quote);
    stmt_bind_int(stmt, 7, target->start);
    stmt_bind_text(stmt, 8, row->wish->kind == MARKS_STAR ? row->wish->who : NULL);
    return stmt_number(stmt);
}

int mark_put(struct db *db, const struct mark_row *row, int64_t *ret_id, struct err *err)
{
    unsigned char regions[MARK_REGIONS_MAX * MARK_REGION_BYTES];
    CLEANUP(cleanup_buf) struct buf words = {0};
    const struct mark_target *target = row->target;
    struct stmt *stmt =
        db_stmt(db,
                "INSERT INTO mark (kind, item, page, regions, quote, prefix, suffix, quote_from, "
                "quote_to, label, words, who, at) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                err);

    if (!stmt)
        return ERR_IO;
    buf_init(&words, WORDS_MAX);
    marks_fold(target->quote, &words);
    stmt_bind_int(stmt, 1, row->wish->kind);
    stmt_bind_int(stmt, 2, target->item);
    stmt_bind_int(stmt, 3, target->page);
    stmt_bind_blob(stmt, 4, regions, mark_pack_regions(target, regions));
    stmt_bind_text(stmt, 5, target->quote);
    stmt_bind_text(stmt, 6, row->prefix);
    stmt_bind_text(stmt, 7, row->suffix);
    stmt_bind_int(stmt, 8, target->start);
    stmt_bind_int(stmt, 9, target->end);
    stmt_bind_int(stmt, 10, row->label);
    stmt_bind_text(stmt, 11, words.data);
    stmt_bind_text(stmt, 12, row->wish->who);
    stmt_bind_int(stmt, 13, clock_now());
    int rc = stmt_run(stmt, err);
    *ret_id = db_last_id(db);
    return rc;
}

static int append_quote(void *ctx, struct stmt *row)
{
    marks_fold(stmt_text(row, 0), ctx);
    return 0;
}

/* The mark has another text now; a check was of the one before. */
static int point_to_text(struct db *db, int64_t id, const char *text, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf words = {0};
    struct stmt *quote = db_stmt(db, "SELECT quote FROM mark WHERE id = ?1", err);
    struct stmt *stmt =
        db_stmt(db,
                "UPDATE mark SET revision = revision + 1, words = ?2, checked_by = '', "
                "checked_at = 0 WHERE id = ?1",
                err);

    if (!quote || !stmt)
        return ERR_IO;
    buf_init(&words, WORDS_MAX);
    marks_fold(text, &words);
    stmt_bind_int(quote, 1, id);
    int rc = stmt_each(quote, append_quote, &words, err);
    stmt_bind_int(stmt, 1, id);
    stmt_bind_text(stmt, 2, words.data);
    return rc ? rc : stmt_run(stmt, err);
}

int mark_put_text(struct db *db, int64_t id, const char *text, const char *lang, const char *who,
                  struct err *err)
{
    int rc = point_to_text(db, id, text, err);
    struct stmt *stmt = db_stmt(db,
                                "INSERT INTO mark_text (mark, revision, text, lang, who, at) "
                                "SELECT id, revision, ?2, ?3, ?4, ?5 FROM mark WHERE id = ?1",
                                err);

    if (rc || !stmt)
        return rc ? rc : ERR_IO;
    stmt_bind_int(stmt, 1, id);
    stmt_bind_text(stmt, 2, text);
    stmt_bind_text(stmt, 3, lang);
    stmt_bind_text(stmt, 4, who);
    stmt_bind_int(stmt, 5, clock_now());
    return stmt_run(stmt, err);
}
