/* What becomes of a mark: other texts, worked off, checked, removed, restored. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "marks/tables.h"

/* What is needed of a mark to change it. */
struct present {
    enum marks_kind kind;
    char *text, *lang;
    bool removed;
};

static void cleanup_present(struct present *present)
{
    free(present->text);
    free(present->lang);
}

static int keep_present(void *ctx, const struct annotation *mark)
{
    *(struct present *)ctx =
        (struct present){mark->kind, mem_strdup(mark->text), mem_strdup(mark->lang), mark->removed};
    return 0;
}

static int load_standing(struct sanad_case *kase, int64_t id, struct present *ret_present,
                         struct err *err)
{
    int rc = mark_one(kase, id, keep_present, ret_present, err);

    return !rc && ret_present->removed ? mark_missing(id, err) : rc;
}

/* ---- steps ---- */

static int set_step(struct stmt *stmt, int64_t id, enum mark_step step, const char *who,
                    struct err *err)
{
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, id);
    stmt_bind_text(stmt, 2, step == MARK_YES ? who : "");
    stmt_bind_int(stmt, 3, step == MARK_YES ? clock_now() : 0);
    return stmt_run(stmt, err);
}

static int set_done(struct sanad_case *kase, int64_t id, const struct mark_change *change,
                    const char *who, struct err *err)
{
    int rc = set_step(
        db_stmt(case_db(kase), "UPDATE mark SET done_by = ?2, done_at = ?3 WHERE id = ?1", err), id,
        change->done, who, err);

    return rc ? rc
              : mark_record(kase, id, MARKS_LIST,
                            change->done == MARK_YES ? "entry done" : "entry open again", err);
}

static int set_checked(struct sanad_case *kase, int64_t id, const struct mark_change *change,
                       const char *who, struct err *err)
{
    int rc =
        set_step(db_stmt(case_db(kase),
                         "UPDATE mark SET checked_by = ?2, checked_at = ?3 WHERE id = ?1", err),
                 id, change->checked, who, err);

    return rc ? rc
              : mark_record(kase, id, MARKS_TRANSLATION,
                            change->checked == MARK_YES ? "checked" : "not checked", err);
}

static int set_label(struct sanad_case *kase, int64_t id, int64_t label, struct err *err)
{
    const struct mark_wish wish = {.kind = MARKS_HIGHLIGHT, .label = label, .label_name = ""};
    int64_t found;
    int rc = mark_label(kase, &wish, &found, err);

    if (rc)
        return rc;
    struct stmt *stmt = db_stmt(case_db(kase), "UPDATE mark SET label = ?2 WHERE id = ?1", err);
    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, id);
    stmt_bind_int(stmt, 2, found);
    rc = stmt_run(stmt, err);
    return rc ? rc : mark_record(kase, id, MARKS_HIGHLIGHT, "in another colour", err);
}

/* ---- texts ---- */

static int set_text(struct sanad_case *kase, int64_t id, const struct present *present,
                    const struct mark_change *change, const char *who, struct err *err)
{
    const char *text = change->text ? change->text : present->text;
    const char *lang = change->lang ? change->lang : present->lang;
    int rc = mark_check_text(present->kind, text, lang, err);

    if (rc || (strcmp(text, present->text) == 0 && strcmp(lang, present->lang) == 0))
        return rc;
    rc = mark_put_text(case_db(kase), id, text, lang, who, err);
    return rc ? rc : mark_record(kase, id, present->kind, "edited", err);
}

static int check_change(enum marks_kind kind, const struct mark_change *change, struct err *err)
{
    if (change->done != MARK_LEAVE && kind != MARKS_LIST)
        return err_set(err, ERR_USAGE, "entries of lists are worked off");
    if (change->checked != MARK_LEAVE && kind != MARKS_TRANSLATION)
        return err_set(err, ERR_USAGE, "translations are checked");
    if (change->label && kind != MARKS_HIGHLIGHT)
        return err_set(err, ERR_USAGE, "highlights change their colour");
    return 0;
}

int mark_change(struct sanad_case *kase, int64_t id, const struct mark_change *change,
                const char *who, struct err *err)
{
    CLEANUP(cleanup_present) struct present present = {0};
    int rc = load_standing(kase, id, &present, err);

    if (!rc)
        rc = check_change(present.kind, change, err);
    if (!rc && (change->text || change->lang))
        rc = set_text(kase, id, &present, change, who, err);
    if (!rc && change->done != MARK_LEAVE)
        rc = set_done(kase, id, change, who, err);
    if (!rc && change->checked != MARK_LEAVE)
        rc = set_checked(kase, id, change, who, err);
    if (!rc && change->label)
        rc = set_label(kase, id, change->label, err);
    return rc;
}

/* ---- removing ---- */

int mark_set_removed(struct db *db, int64_t id, const char *who, int64_t at, struct err *err)
{
    struct stmt *stmt =
        db_stmt(db, "UPDATE mark SET removed_by = ?2, removed_at = ?3 WHERE id = ?1", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, id);
    stmt_bind_text(stmt, 2, who);
    stmt_bind_int(stmt, 3, at);
    return stmt_run(stmt, err);
}

int mark_remove(struct sanad_case *kase, int64_t id, const char *who, struct err *err)
{
    CLEANUP(cleanup_present) struct present present = {0};
    int rc = load_standing(kase, id, &present, err);

    if (!rc)
        rc = mark_set_removed(case_db(kase), id, who, clock_now(), err);
    return rc ? rc : mark_record(kase, id, present.kind, "removed", err);
}

/* Whether what stands once stands there again. */
static bool has_twin(struct db *db, int64_t id)
{
    struct stmt *stmt =
        db_stmt(db,
                "SELECT count(*) FROM mark m JOIN mark o ON o.item = m.item AND o.page = m.page "
                "AND o.kind = m.kind AND o.label = m.label AND o.regions = m.regions "
                "AND o.quote = m.quote AND o.quote_from = m.quote_from "
                "WHERE m.id = ?1 AND o.id <> m.id AND o.removed_at = 0 AND m.kind NOT IN (?2, ?3) "
                "AND (m.kind <> ?4 OR o.who = m.who)",
                NULL);

    if (!stmt)
        return false;
    stmt_bind_int(stmt, 1, id);
    stmt_bind_int(stmt, 2, MARKS_NOTE);
    stmt_bind_int(stmt, 3, MARKS_TRANSLATION);
    stmt_bind_int(stmt, 4, MARKS_STAR);
    return stmt_number(stmt) > 0;
}

int mark_restore(struct sanad_case *kase, int64_t id, struct err *err)
{
    CLEANUP(cleanup_present) struct present present = {0};
    int rc = mark_one(kase, id, keep_present, &present, err);

    if (rc)
        return rc;
    if (has_twin(case_db(kase), id))
        return err_set(err, ERR_USAGE, "the same stands there again");
    rc = mark_set_removed(case_db(kase), id, "", 0, err);
    return rc ? rc : mark_record(kase, id, present.kind, "restored", err);
}
