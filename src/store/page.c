#include "store/internal.h"
#include "store/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/bytes.h"

static unsigned size_class(uint32_t words)
{
    unsigned class = 0;

    while (class < 15 && (uint64_t)words + 1 >= 2u << class)
        class ++;
    return class;
}

static unsigned char *pack_boxes(const struct word_box *words, size_t count)
{
    unsigned char *boxes = mem_alloc(count * WORD_BOX_BYTES);

    for (size_t i = 0; i < count; i++) {
        unsigned char *to = boxes + i * WORD_BOX_BYTES;
        le32_put(to, words[i].at);
        le16_put(to + 4, words[i].len);
        le16_put(to + 6, words[i].x0);
        le16_put(to + 8, words[i].y0);
        le16_put(to + 10, words[i].x1);
        le16_put(to + 12, words[i].y1);
        to[14] = words[i].confidence;
    }
    return boxes;
}

static struct word_box *unpack_boxes(const unsigned char *boxes, size_t count)
{
    struct word_box *words = mem_zalloc(count, sizeof(*words));

    for (size_t i = 0; i < count; i++) {
        const unsigned char *from = boxes + i * WORD_BOX_BYTES;
        words[i] = (struct word_box){.at = le32_get(from),
                                     .len = le16_get(from + 4),
                                     .x0 = le16_get(from + 6),
                                     .y0 = le16_get(from + 8),
                                     .x1 = le16_get(from + 10),
                                     .y1 = le16_get(from + 12),
                                     .confidence = from[14]};
    }
    return words;
}

int page_put(struct sanad_case *kase, struct page *page, uint32_t word_total, struct err *err)
{
    CLEANUP(cleanup_free) unsigned char *boxes = NULL;
    struct stmt *stmt =
        db_stmt(kase->db,
                "INSERT INTO page (id, method, width, height, confidence, lang, label, text, rest, "
                "boxes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                err);

    if (!stmt)
        return ERR_IO;
    page->id = page_id(page->item, page->head.number, size_class(word_total));
    stmt_bind_int(stmt, 1, page->id);
    stmt_bind_int(stmt, 2, page->head.method);
    stmt_bind_int(stmt, 3, page->head.width);
    stmt_bind_int(stmt, 4, page->head.height);
    stmt_bind_int(stmt, 5, page->head.confidence);
    stmt_bind_text(stmt, 6, page->head.lang);
    stmt_bind_text(stmt, 7, page->head.label);
    stmt_bind_text_len(stmt, 8, page->text, page->text_len);
    stmt_bind_text_len(stmt, 9, page->rest ? page->rest : "", page->rest_len);
    if (page->word_count) {
        boxes = pack_boxes(page->words, page->word_count);
        stmt_bind_blob(stmt, 10, boxes, page->word_count * WORD_BOX_BYTES);
    }
    return stmt_run(stmt, err);
}

static const char page_columns[] = "SELECT id, method, width, height, confidence, lang, label, "
                                   "text, rest, boxes FROM page WHERE id >= ? AND id < ? "
                                   "ORDER BY id";

/* `page` borrows text and rest from the row; words are its own. */
static void page_from(struct stmt *stmt, struct page *page)
{
    size_t len;

    *page = (struct page){.id = stmt_int(stmt, 0)};
    page->item = page_id_item(page->id);
    page->head.number = page_id_number(page->id);
    page->head.method = (enum page_method)stmt_int(stmt, 1);
    page->head.width = (uint32_t)stmt_int(stmt, 2);
    page->head.height = (uint32_t)stmt_int(stmt, 3);
    page->head.confidence = (uint8_t)stmt_int(stmt, 4);
    strncpy(page->head.lang, stmt_text(stmt, 5), sizeof(page->head.lang) - 1);
    strncpy(page->head.label, stmt_text(stmt, 6), sizeof(page->head.label) - 1);
    page->text = stmt_text(stmt, 7);
    page->text_len = stmt_len(stmt, 7);
    page->rest = stmt_text(stmt, 8);
    page->rest_len = stmt_len(stmt, 8);
    const void *boxes = stmt_blob(stmt, 9, &len);
    page->word_count = len / WORD_BOX_BYTES;
    page->words = page->word_count ? unpack_boxes(boxes, page->word_count) : NULL;
}

/* A `struct page` that owns its strings. */
struct owned_page {
    struct page page;
    char *text, *rest;
    struct word_box *words;
};

int page_load(struct sanad_case *kase, int64_t item, uint32_t number, struct page **ret_page,
              struct err *err)
{
    struct stmt *stmt = db_stmt(kase->db, page_columns, err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, page_id(item, number, 0));
    stmt_bind_int(stmt, 2, page_id(item, number + 1, 0));
    int rc = stmt_step(stmt, err);
    if (rc < 0)
        return rc;
    if (rc == 0)
        return err_set(err, ERR_NOT_FOUND, "item %lld has no page %u", (long long)item, number);
    struct owned_page *owned = mem_zalloc(1, sizeof(*owned));
    page_from(stmt, &owned->page);
    owned->text = mem_strndup(owned->page.text, owned->page.text_len);
    owned->rest = mem_strndup(owned->page.rest, owned->page.rest_len);
    owned->words = (struct word_box *)owned->page.words;
    owned->page.text = owned->text;
    owned->page.rest = owned->rest;
    stmt_reset(stmt);
    *ret_page = &owned->page;
    return 0;
}

void page_free(struct page *page)
{
    struct owned_page *owned = (struct owned_page *)page;

    if (!owned)
        return;
    free(owned->text);
    free(owned->rest);
    free(owned->words);
    free(owned);
}

void cleanup_page(struct page *const *page)
{
    page_free(*page);
}

int page_each(struct sanad_case *kase, int64_t item, page_fn *fn, void *ctx, struct err *err)
{
    CLEANUP(cleanup_stmt) struct stmt *stmt = stmt_new(kase->db, page_columns, err);
    int rc;

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item << 24);
    stmt_bind_int(stmt, 2, (item + 1) << 24);
    while ((rc = stmt_step(stmt, err)) > 0) {
        struct page page;
        page_from(stmt, &page);
        rc = fn(ctx, &page);
        free((void *)page.words);
        if (rc)
            break;
    }
    return rc;
}

int64_t page_count(struct sanad_case *kase, int64_t item, struct err *err)
{
    struct stmt *stmt =
        db_stmt(kase->db, "SELECT count(*) FROM page WHERE id >= ? AND id < ?", err);
    int64_t count = 0;

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, item << 24);
    stmt_bind_int(stmt, 2, (item + 1) << 24);
    if (stmt_step(stmt, err) > 0) {
        count = stmt_int(stmt, 0);
        stmt_reset(stmt);
    }
    return count;
}
