/* The vocabulary: widening a query's words. */
#include "search/terms.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "text/misread.h"

void surfaces_release(struct surfaces *surfaces)
{
    for (size_t i = 0; i < surfaces->count; i++)
        free(surfaces->list[i].bytes);
    free(surfaces->list);
    *surfaces = (struct surfaces){0};
}

void cleanup_surfaces(struct surfaces *surfaces)
{
    surfaces_release(surfaces);
}

static void append(struct surfaces *surfaces, const char *bytes, size_t len, uint32_t distance)
{
    surfaces->list = mem_realloc(surfaces->list, surfaces->count + 1, sizeof(struct surface));
    surfaces->list[surfaces->count++] = (struct surface){
        .bytes = mem_strndup(bytes, len), .len = (uint32_t)len, .distance = distance};
}

void surfaces_add(struct surfaces *surfaces, const char *bytes, size_t len, uint32_t distance)
{
    if (surfaces->count == SURFACES_MAX || len == 0)
        return;
    for (size_t i = 0; i < surfaces->count; i++)
        if (surfaces->list[i].len == len && memcmp(surfaces->list[i].bytes, bytes, len) == 0)
            return;
    append(surfaces, bytes, len, distance);
}

int terms_with_key(struct db *db, const char *key, size_t len, struct surfaces *out,
                   struct err *err)
{
    struct stmt *stmt =
        db_stmt(db, "SELECT surface FROM search_term WHERE key = ?1 AND surface > ''", err);
    int rc = 0;

    if (!stmt)
        return ERR_IO;
    stmt_bind_text_len(stmt, 1, key, len);
    while ((rc = stmt_step(stmt, err)) > 0)
        surfaces_add(out, stmt_text(stmt, 0), stmt_len(stmt, 0), 0);
    return rc;
}

int terms_with_prefix(struct db *db, const char *prefix, size_t len, struct surfaces *out,
                      struct err *err)
{
    struct stmt *stmt = db_stmt(
        db, "SELECT key FROM search_term WHERE key >= ?1 AND key < ?2 AND surface = ''", err);
    char end[WORD_BYTES_MAX + 1];
    int rc = 0;

    if (!stmt || len == 0 || len > WORD_BYTES_MAX)
        return stmt ? 0 : ERR_IO;
    memcpy(end, prefix, len);
    end[len] = '\xFF'; /* above any byte of UTF-8 */
    stmt_bind_text_len(stmt, 1, prefix, len);
    stmt_bind_text_len(stmt, 2, end, len + 1);
    while (out->count < PREFIX_SURFACES_MAX && (rc = stmt_step(stmt, err)) > 0)
        append(out, stmt_text(stmt, 0), stmt_len(stmt, 0), 0);
    stmt_reset(stmt);
    return rc < 0 ? rc : 0;
}

/* ---- misspellings ---- */

enum { LETTERS_MAX = 64 };

static size_t decode(const char *text, size_t len, uint32_t letters[LETTERS_MAX])
{
    size_t count = 0;

    for (size_t at = 0; at < len && count < LETTERS_MAX;)
        at += utf8_decode(text + at, len - at, &letters[count++]);
    return count;
}

static uint32_t min3(uint32_t a, uint32_t b, uint32_t c)
{
    uint32_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Optimal string alignment distance, or anything above `most` when it is more than that. */
static uint32_t edits(const uint32_t *a, size_t a_len, const uint32_t *b, size_t b_len,
                      uint32_t most)
{
    uint32_t rows[3][LETTERS_MAX + 1];

    for (size_t j = 0; j <= b_len; j++)
        rows[0][j] = (uint32_t)j;
    for (size_t i = 1; i <= a_len; i++) {
        uint32_t *row = rows[i % 3];
        const uint32_t *before = rows[(i + 2) % 3];
        const uint32_t *earlier = rows[(i + 1) % 3];
        uint32_t least = row[0] = (uint32_t)i;
        for (size_t j = 1; j <= b_len; j++) {
            row[j] = min3(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                earlier[j - 2] + 1 < row[j])
                row[j] = earlier[j - 2] + 1;
            least = row[j] < least ? row[j] : least;
        }
        if (least > most)
            return most + 1;
    }
    return rows[a_len % 3][b_len];
}

int terms_near(struct db *db, const char *word, size_t len, uint32_t distance, struct surfaces *out,
               struct err *err)
{
    struct stmt *stmt = db_stmt(db, "SELECT key FROM search_term WHERE surface = ''", err);
    CLEANUP(cleanup_surfaces) struct surfaces far = {0};
    uint32_t wanted[LETTERS_MAX];
    uint32_t found[LETTERS_MAX];
    int rc = 0;

    if (!stmt)
        return ERR_IO;
    size_t wanted_len = decode(word, len, wanted);
    while ((rc = stmt_step(stmt, err)) > 0) {
        const char *text = stmt_text(stmt, 0);
        size_t text_len = stmt_len(stmt, 0);
        /* An edit changes the length by at most one letter of 4 bytes. */
        if (text_len > len + 4 * (size_t)distance || text_len + 4 * (size_t)distance < len)
            continue;
        size_t found_len = decode(text, text_len, found);
        if (found_len > wanted_len + distance || found_len + distance < wanted_len)
            continue;
        uint32_t n = edits(wanted, wanted_len, found, found_len, distance);
        if (n <= distance)
            surfaces_add(n <= 1 ? out : &far, text, text_len, n);
    }
    for (size_t i = 0; i < far.count; i++)
        surfaces_add(out, far.list[i].bytes, far.list[i].len, far.list[i].distance);
    return rc;
}

int terms_misread(struct db *db, const char *class, size_t len, struct surfaces *out,
                  struct err *err)
{
    struct stmt *stmt = db_stmt(db, "SELECT key FROM search_term WHERE surface = ''", err);
    uint32_t wanted[LETTERS_MAX];
    uint32_t found[LETTERS_MAX];
    char other[WORD_BYTES_MAX];
    int rc = 0;

    if (!stmt)
        return ERR_IO;
    size_t wanted_len = decode(class, len, wanted);
    while ((rc = stmt_step(stmt, err)) > 0) {
        /* Joining a pair and an edit, or a hamza and an edit, change the length by a few bytes. */
        size_t text_len = stmt_len(stmt, 0);
        if (text_len > WORD_BYTES_MAX || text_len > 2 * len + 6 || text_len + 6 < len)
            continue;
        size_t other_len = misread_class(stmt_text(stmt, 0), text_len, other);
        size_t found_len = decode(other, other_len, found);
        if (found_len <= wanted_len + 1 && found_len + 1 >= wanted_len &&
            edits(wanted, wanted_len, found, found_len, 1) <= 1)
            surfaces_add(out, other, other_len, 1);
    }
    return rc;
}
