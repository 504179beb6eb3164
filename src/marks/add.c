/* A mark is made: its target looked up and checked, its text kept. */
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "marks/anchor.h"
#include "marks/tables.h"
#include "store/item.h"

/* ---- the body ---- */

static bool lang_is(const char *lang)
{
    size_t len = strlen(lang);

    return len <= MARK_LANG_MAX &&
           strspn(lang, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == len;
}

int mark_check_text(enum marks_kind kind, const char *text, const char *lang, struct err *err)
{
    bool takes = kind == MARKS_NOTE || kind == MARKS_TRANSLATION;
    size_t max = kind == MARKS_NOTE ? MARK_NOTE_MAX : MARK_TRANSLATION_MAX;

    if (!takes)
        return text[0] || lang[0]
                   ? err_set(err, ERR_USAGE, "notes and translations have a text, others none")
                   : 0;
    if (text[strspn(text, " \t\r\n")] == '\0')
        return err_set(err, ERR_USAGE, "a %s has a text", marks_kind_word(kind));
    if (strlen(text) > max)
        return err_set(err, ERR_LIMIT, "a %s has at most %zu bytes", marks_kind_word(kind), max);
    return lang_is(lang) ? 0 : err_set(err, ERR_USAGE, "\"%.40s\" is no language", lang);
}

/* ---- the target ---- */

static int check_regions(const struct mark_target *target, struct err *err)
{
    if (target->region_count > MARK_REGIONS_MAX)
        return err_set(err, ERR_LIMIT, "a mark has at most %d regions", MARK_REGIONS_MAX);
    for (size_t i = 0; i < target->region_count; i++) {
        const struct mark_region *region = &target->regions[i];
        if (region->x0 >= region->x1 || region->y0 >= region->y1 || region->x1 > MARK_REGION_UNIT ||
            region->y1 > MARK_REGION_UNIT)
            return err_set(err, ERR_USAGE,
                           "a region is left, top, right, bottom in 10000ths of the page");
    }
    return 0;
}

int mark_check_target(struct sanad_case *kase, const struct mark_target *target, struct err *err)
{
    bool part = target->region_count > 0 || target->quote[0] || target->end > 0;
    struct item item;
    int rc = item_load(kase, target->item, &item, err);

    if (rc)
        return rc;
    item_release(&item);
    if (strlen(target->quote) > MARK_QUOTE_MAX || target->end > target->start + MARK_QUOTE_MAX)
        return err_set(err, ERR_LIMIT, "a passage has at most %d bytes", MARK_QUOTE_MAX);
    if (target->page == 0)
        return part ? err_set(err, ERR_USAGE, "a part of a document is on a page of it") : 0;
    int64_t pages = page_count(kase, target->item, err);
    if (pages < 0)
        return (int)pages;
    if (target->page > pages)
        return err_set(err, ERR_NOT_FOUND, "item %" PRId64 " has no page %u", target->item,
                       target->page);
    return check_regions(target, err);
}

/* What is kept of a passage. */
struct passage {
    struct buf quote, prefix, suffix;
};

static void cleanup_passage(struct passage *passage)
{
    buf_release(&passage->quote);
    buf_release(&passage->prefix);
    buf_release(&passage->suffix);
}

static void init_passage(struct passage *passage)
{
    buf_init(&passage->quote, MARK_QUOTE_MAX);
    buf_init(&passage->prefix, MARK_QUOTE_MAX);
    buf_init(&passage->suffix, MARK_QUOTE_MAX);
}

static bool starts_char(const struct page *page, size_t at)
{
    return at == page->text_len || ((unsigned char)page->text[at] & 0xc0) != 0x80;
}

static int take_passage(const struct page *page, const struct mark_target *target,
                        struct passage *passage, struct err *err)
{
    size_t start = target->start;
    size_t end = target->end;

    if (start >= end || end > page->text_len || !starts_char(page, start) ||
        !starts_char(page, end))
        return err_set(err, ERR_USAGE, "there is no such passage on the page");
    if (target->quote[0] &&
        !anchor_same_words(target->quote, strlen(target->quote), page->text + start, end - start))
        return err_set(err, ERR_USAGE, "the page's text was read anew: select the passage again");
    size_t before = anchor_before(page->text, start, MARK_CONTEXT_CHARS);
    size_t behind = anchor_behind(page->text, page->text_len, end, MARK_CONTEXT_CHARS);
    (void)buf_append(&passage->quote, page->text + start, end - start);
    (void)buf_append(&passage->prefix, page->text + before, start - before);
    (void)buf_append(&passage->suffix, page->text + end, behind - end);
    return 0;
}

static int read_passage(struct sanad_case *kase, const struct mark_target *target,
                        struct passage *passage, struct err *err)
{
    CLEANUP(cleanup_page) struct page *page = NULL;

    if (target->end == 0)
        return buf_append_str(&passage->quote, target->quote);
    int rc = page_load(kase, target->item, target->page, &page, err);
    return rc ? rc : take_passage(page, target, passage, err);
}

/* ---- both ---- */

int mark_check_room(struct db *db, int64_t item, struct err *err)
{
    struct stmt *stmt =
        db_stmt(db, "SELECT count(*) FROM mark WHERE item = ?1 AND removed_at = 0", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item);
    return stmt_number(stmt) < MARKS_OF_ITEM_MAX
               ? 0
               : err_set(err, ERR_LIMIT, "a document has at most %d marks", MARKS_OF_ITEM_MAX);
}

static int put_mark(struct sanad_case *kase, const struct mark_row *row, int64_t *ret_id,
                    struct err *err)
{
    const struct mark_wish *wish = row->wish;
    struct db *db = case_db(kase);
    int rc = mark_check_room(db, row->target->item, err);

    if (!rc)
        rc = mark_put(db, row, ret_id, err);
    if (!rc && wish->text[0])
        rc = mark_put_text(db, *ret_id, wish->text, wish->lang, wish->who, err);
    return rc ? rc : mark_record(kase, *ret_id, wish->kind, "added", err);
}

int mark_add(struct sanad_case *kase, const struct mark_wish *wish, int64_t *ret_id,
             struct err *err)
{
    CLEANUP(cleanup_passage) struct passage passage = {0};
    struct mark_target target = wish->target;
    struct mark_row row = {.wish = wish, .target = &target};
    int rc = marks_kind_word(wish->kind)[0]
                 ? 0
                 : err_set(err, ERR_USAGE,
                           "a mark is a tag, star, note, highlight, list or translation");

    init_passage(&passage);
    if (!rc)
        rc = mark_check_target(kase, &target, err);
    if (!rc)
        rc = mark_check_text(wish->kind, wish->text, wish->lang, err);
    if (!rc)
        rc = read_passage(kase, &target, &passage, err);
    if (!rc)
        rc = mark_label(kase, wish, &row.label, err);
    if (rc)
        return rc;
    target.quote = passage.quote.data;
    row.prefix = passage.prefix.data;
    row.suffix = passage.suffix.data;
    bool once = wish->kind != MARKS_NOTE && wish->kind != MARKS_TRANSLATION;
    *ret_id = once ? mark_same(case_db(kase), &row) : 0;
    return *ret_id ? 0 : put_mark(kase, &row, ret_id, err);
}
