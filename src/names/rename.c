/* The name that people choose for an entity, and what they note of it. */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "names/called.h"
#include "names/decide.h"
#include "names/spelling.h"
#include "names/tables.h"

/* The kind of a side that there is none of: no name has it. */
#define NO_KIND ((enum mention_kind)MENTION_KINDS)

static int put(struct sanad_case *kase, struct decision *decision, const struct end *end,
               struct err *err)
{
    decision->a = end->spelling;
    decision->kind_a = end->kind;
    decision->kind_b = NO_KIND;
    return decision_record(kase, decision, err);
}

/* ---- names ---- */

static int check_name(const char *name, struct err *err)
{
    char folded[CALLED_FOLDED_MAX];
    size_t len = strlen(name);

    if (!len)
        return 0;
    if (len > CALLED_MAX)
        return err_set(err, ERR_LIMIT, "a name has at most %d bytes", CALLED_MAX);
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)name[i] < ' ' || name[i] == '\x7f')
            return err_set(err, ERR_USAGE, "a name is one line of text");
    if (!utf8_valid(name, len))
        return err_set(err, ERR_USAGE, "the name is not UTF-8");
    /* without a word it could be shown, but never found */
    if (!called_fold(name, folded))
        return err_set(err, ERR_USAGE, "\"%s\" is not understood as a name", name);
    return 0;
}

/* Whether there is a chosen name to go back from. */
static int is_called(void *ctx, const struct decision *decision)
{
    bool *called = ctx;

    *called = decision->b[0] != '\0';
    return 1;
}

static int check_renaming(struct sanad_case *kase, const struct end *end, const char *name,
                          struct err *err)
{
    bool called = false;

    if (!kind_is_name(end->kind))
        return err_set(err, ERR_USAGE, "only a person, an organisation or a place is renamed");
    if (name[0])
        return 0;
    int rc = entity_told(kase, end->entity, VERDICT_RENAME, is_called, &called, err);
    if (rc >= 0 && !called)
        return err_set(err, ERR_USAGE, "it has no other name than its commonest spelling");
    return rc < 0 ? rc : 0;
}

int names_rename(struct sanad_case *kase, const char *given, const char *name, const char *who,
                 const char *why, int64_t *ret_id, struct err *err)
{
    CLEANUP(cleanup_free) char *trimmed = NULL;
    struct decision decision = {.verdict = VERDICT_RENAME, .who = who, .why = why};
    struct end end = {0};

    name += strspn(name, " ");
    size_t len = strlen(name);
    while (len && name[len - 1] == ' ')
        len--;
    decision.b = trimmed = mem_strndup(name, len);
    int rc = check_name(trimmed, err);
    if (!rc)
        rc = end_find(kase, given, &end, err);
    if (!rc)
        rc = check_renaming(kase, &end, trimmed, err);
    if (!rc)
        rc = put(kase, &decision, &end, err);
    free(end.spelling);
    *ret_id = decision.id;
    return rc;
}

/* ---- notes ---- */

/* The note that gives way: its spelling is the one the next hangs on. */
struct place {
    int64_t instead; /* 0: the newest */
    struct end *end;
    bool found;
};

static int take_place(void *ctx, const struct decision *decision)
{
    struct place *place = ctx;

    if (place->instead && decision->id != place->instead)
        return 0;
    free(place->end->spelling);
    place->end->spelling = mem_strdup(decision->a);
    place->end->kind = decision->kind_a;
    place->found = decision->why[0] != '\0';
    return 1;
}

static int find_place(struct sanad_case *kase, const char *note, struct place *place,
                      struct err *err)
{
    int rc = entity_told(kase, place->end->entity, VERDICT_NOTE, take_place, place, err);

    if (rc < 0)
        return rc;
    if (place->instead && !place->found)
        return err_set(err, ERR_NOT_FOUND, "%lld is no note of this name, or not the latest",
                       (long long)place->instead);
    if (!note[0] && !place->found)
        return err_set(err, ERR_USAGE, "nothing is noted of it");
    return 0;
}

int names_note(struct sanad_case *kase, const char *given, const char *note, int64_t instead,
               const char *who, int64_t *ret_id, struct err *err)
{
    struct decision decision = {.verdict = VERDICT_NOTE, .b = "", .who = who, .why = note};
    struct end end = {0};
    struct place place = {.instead = instead, .end = &end};
    int rc = utf8_valid(note, strlen(note)) ? end_find(kase, given, &end, err)
                                            : err_set(err, ERR_USAGE, "the note is not UTF-8");

    if (!rc)
        rc = find_place(kase, note, &place, err);
    if (!rc)
        rc = put(kase, &decision, &end, err);
    free(end.spelling);
    *ret_id = decision.id;
    return rc;
}

int entity_told(struct sanad_case *kase, int64_t entity, enum verdict verdict, decision_fn *fn,
                void *ctx, struct err *err)
{
    return decisions_newest(case_db(kase), entity, verdict, fn, ctx, err);
}
