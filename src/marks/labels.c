#include "marks/labels.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "marks/words.h"
#include "store/custody.h"

enum { FOLDED_MAX = 4 * LABEL_NAME_MAX, DETAIL_BYTES = 96 };

static const struct {
    const char *word;
    bool label;
} kinds[] = {
    [MARKS_ANY] = {"", false},
    [MARKS_TAG] = {"tag", true},
    [MARKS_STAR] = {"star", false},
    [MARKS_NOTE] = {"note", false},
    [MARKS_HIGHLIGHT] = {"highlight", true},
    [MARKS_LIST] = {"list", true},
    [MARKS_TRANSLATION] = {"translation", false},
};

static const char *const colours[] = {"red",  "orange", "yellow", "green",
                                      "teal", "blue",   "violet", "grey"};

const char *marks_kind_word(enum marks_kind kind)
{
    return (size_t)kind < ARRAY_LEN(kinds) ? kinds[kind].word : "";
}

enum marks_kind marks_kind_read(const char *word)
{
    for (size_t i = MARKS_TAG; i < ARRAY_LEN(kinds); i++)
        if (strcmp(word, kinds[i].word) == 0)
            return (enum marks_kind)i;
    return MARKS_ANY;
}

bool marks_kind_has_label(enum marks_kind kind)
{
    return (size_t)kind < ARRAY_LEN(kinds) && kinds[kind].label;
}

bool label_colour_is(const char *colour)
{
    for (size_t i = 0; i < ARRAY_LEN(colours); i++)
        if (strcmp(colour, colours[i]) == 0)
            return true;
    return false;
}

/* ---- names ---- */

/* A name as it is kept, in one line, and what it is compared by. */
struct label_name {
    struct buf shown, folded;
};

static void cleanup_label_name(struct label_name *name)
{
    buf_release(&name->shown);
    buf_release(&name->folded);
}

static bool is_gap(uint32_t rune)
{
    return rune <= ' ' || (rune >= 0x7f && rune <= 0xa0);
}

static void take_line(const char *text, struct buf *out)
{
    size_t len = strlen(text);

    for (size_t at = 0; at < len;) {
        uint32_t rune;
        at += utf8_decode(text + at, len - at, &rune);
        if (!is_gap(rune))
            (void)buf_append_rune(out, rune);
        else if (out->len > 0 && out->data[out->len - 1] != ' ')
            (void)buf_append_char(out, ' ');
    }
    if (out->len > 0 && out->data[out->len - 1] == ' ')
        out->data[--out->len] = '\0';
}

static int read_name(struct label_name *name, const char *given, struct err *err)
{
    buf_init(&name->shown, LABEL_NAME_MAX);
    buf_init(&name->folded, FOLDED_MAX);
    take_line(given, &name->shown);
    if (name->shown.len == 0 || name->shown.full)
        return err_set(err, ERR_USAGE, "a name has 1 to %d bytes", LABEL_NAME_MAX);
    marks_fold_name(name->shown.data, &name->folded);
    return 0;
}

/* ---- reading ---- */

struct giving {
    label_fn *fn;
    void *ctx;
    int64_t given;
};

static int give_label(void *ctx, struct stmt *row)
{
    struct giving *giving = ctx;
    const struct label label = {.id = stmt_int(row, 0),
                                .kind = (enum marks_kind)stmt_int(row, 1),
                                .name = stmt_text(row, 2),
                                .colour = stmt_text(row, 3),
                                .who = stmt_text(row, 4),
                                .at = stmt_int(row, 5),
                                .removed = stmt_int(row, 6) != 0,
                                .marks = stmt_int(row, 7),
                                .open = stmt_int(row, 8)};

    giving->given++;
    return giving->fn(giving->ctx, &label);
}

static int no_label(int64_t id, struct err *err)
{
    (void)err_set(err, ERR_NOT_FOUND, "there is no label %" PRId64, id);
    return ERR_NOT_FOUND;
}

int labels_each(struct sanad_case *kase, int64_t id, label_fn *fn, void *ctx, struct err *err)
{
    struct giving giving = {.fn = fn, .ctx = ctx};
    /* A case that nobody has written to since the table came has none. */
    int rc = db_has_table(case_db(kase), "label", err);

    if (rc > 0) {
        struct stmt *stmt =
            db_stmt(case_db(kase),
                    "SELECT id, kind, name, colour, who, at, removed_at,"
                    " (SELECT count(*) FROM mark m WHERE m.label = l.id AND m.removed_at = 0),"
                    " (SELECT count(*) FROM mark m WHERE m.label = l.id AND m.removed_at = 0"
                    "  AND m.done_at = 0) "
                    "FROM label l WHERE CASE ?1 WHEN 0 THEN removed_at = 0 ELSE id = ?1 END "
                    "ORDER BY kind, folded",
                    err);
        if (!stmt)
            return ERR_IO;
        stmt_bind_int(stmt, 1, id);
        rc = stmt_each(stmt, give_label, &giving, err);
    }
    return !rc && id > 0 && giving.given == 0 ? no_label(id, err) : rc;
}

/* ---- writing ---- */

static int record(struct sanad_case *kase, int64_t id, const char *what, struct err *err)
{
    char detail[DETAIL_BYTES];

    snprintf(detail, sizeof(detail), "label %" PRId64 ": %s", id, what);
    return custody_add(kase, "marks", detail, err);
}

/* The label that has the name, 0 for none. */
static int64_t find_name(struct db *db, enum marks_kind kind, const char *folded)
{
    struct stmt *stmt = db_stmt(
        db, "SELECT id FROM label WHERE kind = ?1 AND folded = ?2 AND removed_at = 0", NULL);

    if (!stmt)
        return 0;
    stmt_bind_int(stmt, 1, kind);
    stmt_bind_text(stmt, 2, folded);
    return stmt_number(stmt);
}

/* A colour nobody chose: that of the name, or the next in turn. */
static const char *colour_for(struct db *db, const char *name)
{
    if (label_colour_is(name))
        return name;
    int64_t count = stmt_number(db_stmt(db, "SELECT count(*) FROM label", NULL));
    return colours[(size_t)count % ARRAY_LEN(colours)];
}

static int put_label(struct sanad_case *kase, enum marks_kind kind, const struct label_name *name,
                     const char *colour, const char *who, int64_t *ret_id, struct err *err)
{
    struct db *db = case_db(kase);
    int64_t count =
        stmt_number(db_stmt(db, "SELECT count(*) FROM label WHERE removed_at = 0", NULL));

    if (count >= LABELS_MAX)
        return err_set(err, ERR_LIMIT, "there are %d labels; remove some first", LABELS_MAX);
    struct stmt *stmt = db_stmt(db,
                                "INSERT INTO label (kind, name, folded, colour, who, at) "
                                "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                                err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, kind);
    stmt_bind_text(stmt, 2, name->shown.data);
    stmt_bind_text(stmt, 3, name->folded.data);
    stmt_bind_text(stmt, 4, colour[0] ? colour : colour_for(db, name->shown.data));
    stmt_bind_text(stmt, 5, who);
    stmt_bind_int(stmt, 6, clock_now());
    int rc = stmt_run(stmt, err);
    *ret_id = db_last_id(db);
    return rc ? rc : record(kase, *ret_id, "made", err);
}

static int check_colour(const char *colour, struct err *err)
{
    return !colour[0] || label_colour_is(colour)
               ? 0
               : err_set(err, ERR_USAGE,
                         "\"%.40s\" is no colour: red, orange, yellow, green, teal, "
                         "blue, violet, grey",
                         colour);
}

int label_add(struct sanad_case *kase, enum marks_kind kind, const char *name, const char *colour,
              const char *who, int64_t *ret_id, struct err *err)
{
    CLEANUP(cleanup_label_name) struct label_name read = {0};
    int rc = check_colour(colour, err);

    if (!rc && !marks_kind_has_label(kind))
        rc = err_set(err, ERR_USAGE, "tags, highlights and lists have names");
    if (!rc)
        rc = read_name(&read, name, err);
    if (rc)
        return rc;
    *ret_id = find_name(case_db(kase), kind, read.folded.data);
    return *ret_id ? 0 : put_label(kase, kind, &read, colour, who, ret_id, err);
}

/* What is needed of a label to change it. */
struct present {
    enum marks_kind kind;
    int64_t marks;
    char *name, *colour;
    bool removed;
};

static void cleanup_present(struct present *present)
{
    free(present->name);
    free(present->colour);
}

static int keep_present(void *ctx, const struct label *label)
{
    *(struct present *)ctx = (struct present){label->kind, label->marks, mem_strdup(label->name),
                                              mem_strdup(label->colour), label->removed};
    return 0;
}

static int load_present(struct sanad_case *kase, int64_t id, bool removed,
                        struct present *ret_present, struct err *err)
{
    int rc = labels_each(kase, id, keep_present, ret_present, err);

    if (!rc && (!ret_present->name || ret_present->removed != removed))
        return no_label(id, err);
    return rc;
}

static int check_free(struct db *db, enum marks_kind kind, int64_t id, const char *folded,
                      struct err *err)
{
    int64_t other = find_name(db, kind, folded);

    return other == 0 || other == id
               ? 0
               : err_set(err, ERR_USAGE, "another %s has this name", marks_kind_word(kind));
}

int label_change(struct sanad_case *kase, int64_t id, const char *name, const char *colour,
                 struct err *err)
{
    CLEANUP(cleanup_present) struct present present = {0};
    CLEANUP(cleanup_label_name) struct label_name read = {0};
    int rc = check_colour(colour, err);

    if (!rc)
        rc = load_present(kase, id, false, &present, err);
    if (!rc)
        rc = read_name(&read, name[0] ? name : present.name, err);
    if (!rc)
        rc = check_free(case_db(kase), present.kind, id, read.folded.data, err);
    if (rc)
        return rc;
    struct stmt *stmt = db_stmt(
        case_db(kase), "UPDATE label SET name = ?2, folded = ?3, colour = ?4 WHERE id = ?1", err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, id);
    stmt_bind_text(stmt, 2, read.shown.data);
    stmt_bind_text(stmt, 3, read.folded.data);
    stmt_bind_text(stmt, 4, colour[0] ? colour : present.colour);
    rc = stmt_run(stmt, err);
    return rc ? rc : record(kase, id, "changed", err);
}

static int set_removed(struct sanad_case *kase, int64_t id, const char *who, int64_t at,
                       struct err *err)
{
    struct stmt *stmt = db_stmt(
        case_db(kase), "UPDATE label SET removed_by = ?2, removed_at = ?3 WHERE id = ?1", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, id);
    stmt_bind_text(stmt, 2, who);
    stmt_bind_int(stmt, 3, at);
    int rc = stmt_run(stmt, err);
    return rc ? rc : record(kase, id, at ? "removed" : "restored", err);
}

int label_remove(struct sanad_case *kase, int64_t id, enum label_marks with, const char *who,
                 struct err *err)
{
    CLEANUP(cleanup_present) struct present present = {0};
    int rc = load_present(kase, id, false, &present, err);

    if (!rc && with == LABEL_UNUSED && present.marks > 0)
        rc = err_set(err, ERR_USAGE, "%" PRId64 " marks use it", present.marks);
    return rc ? rc : set_removed(kase, id, who, clock_now(), err);
}

int label_restore(struct sanad_case *kase, int64_t id, struct err *err)
{
    CLEANUP(cleanup_present) struct present present = {0};
    CLEANUP(cleanup_label_name) struct label_name read = {0};
    int rc = load_present(kase, id, true, &present, err);

    if (!rc)
        rc = read_name(&read, present.name, err);
    if (!rc)
        rc = check_free(case_db(kase), present.kind, id, read.folded.data, err);
    return rc ? rc : set_removed(kase, id, "", 0, err);
}
