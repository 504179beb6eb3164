/*
 * Entities: who and what is named in a case. An entity is a cluster of names with the mentions
 * behind them, computed from the mentions, from what the model says of the names (match.h) and from
 * what people decided; the decisions always win. `sanad rebuild` computes all of it again but the
 * decisions and the numbers.
 *
 * An entity keeps its number when it is computed again: most of its spellings had it. The number of
 * one that was merged into another leads there; one that is taken apart again has its own number
 * back.
 */
#ifndef NAMES_ENTITIES_H
#define NAMES_ENTITIES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "names/finder.h"
#include "names/mention.h"
#include "store/case.h"
#include "store/deriver.h"

extern const struct deriver names_deriver;

/* Records the mentions of a page with another finder; what the deriver does with its own. They are
 * found aside, and written by the deriver's `flush` at the latest. */
int names_record(void *state, const struct page *page, mention_finder_fn *finder, struct err *err);

/* Computes the entities if mentions or decisions are newer; inside the writer's transaction. */
int names_settle(struct sanad_case *kase, struct err *err);

struct entity {
    int64_t id;
    enum mention_kind kind;
    const char *shown; /* the name that people chose, else its commonest spelling in a document */
    int64_t mentions, documents, spellings;
};
typedef int entity_fn(void *ctx, const struct entity *entity);

struct entity_filter {
    int kind; /* enum mention_kind, or -1 */
    int64_t limit;
};

/* ERR_NOT_FOUND when names were never looked for in this case. */
int names_ready(struct sanad_case *kase, struct err *err);

/* In the order of their documents, the most first. */
int entities_each(struct sanad_case *kase, const struct entity_filter *filter, entity_fn *fn,
                  void *ctx, struct err *err);
/* One, also by a number that leads to it; ERR_NOT_FOUND. */
int entity_one(struct sanad_case *kase, int64_t id, entity_fn *fn, void *ctx, struct err *err);
/* The number that a number leads to now; ERR_NOT_FOUND. */
int entity_now(struct sanad_case *kase, int64_t id, int64_t *ret_now, struct err *err);
/* The entity a person means: a number, or a name in any spelling of it that is in the case. */
int entity_meant(struct sanad_case *kase, const char *given, int64_t *ret_id, struct err *err);

struct entity_spelling {
    const char *spelling, *shown;
    enum mention_kind kind;
    int64_t mentions, documents;
};
typedef int entity_spelling_fn(void *ctx, const struct entity_spelling *spelling);
/* With the mentions that are its own, not those of somebody else who is called so in their
 * document; the commonest first. */
int entity_spellings(struct sanad_case *kase, int64_t id, entity_spelling_fn *fn, void *ctx,
                     struct err *err);

struct entity_mention {
    int64_t item;
    uint32_t page;
    uint32_t at, len; /* bytes in the page's text */
    int score;        /* hundredths */
    const char *shown;
    const char *path;
    bool local; /* a surname alone, understood by the full name in the same document */
};
typedef int entity_mention_fn(void *ctx, const struct entity_mention *mention);
/* In the order of items; at most `limit`. */
int entity_mentions(struct sanad_case *kase, int64_t id, int64_t limit, entity_mention_fn *fn,
                    void *ctx, struct err *err);

/* Other entities that may be the same: what the model says, and which decision keeps them apart (0:
 * none, it is not sure enough). The likeliest first. */
struct entity_near {
    int64_t id;
    const char *shown, *by; /* the two spellings that are alike: theirs, its own */
    int probability;        /* thousandths */
    int64_t decision;
};
typedef int entity_near_fn(void *ctx, const struct entity_near *near);
int entity_near(struct sanad_case *kase, int64_t id, int64_t limit, entity_near_fn *fn, void *ctx,
                struct err *err);

/* ---- decisions ---- */

enum verdict {
    VERDICT_SAME,
    VERDICT_DIFFERENT,
    VERDICT_UNSURE,
    VERDICT_UNDO,
    VERDICT_RENAME, /* the entity of spelling `a` is shown as `b`, "" its commonest spelling */
    VERDICT_NOTE,   /* `why` is what is noted of it, "" nothing any more */
};
const char *verdict_word(enum verdict verdict);

/* What a person decided of two spellings, or of one. Rows are only ever added: taking one back is a
 * row too.
 */
struct decision {
    int64_t id;
    int64_t at; /* seconds since 1970-01-01T00:00:00Z */
    enum verdict verdict;
    enum mention_kind kind_a, kind_b;
    const char *a, *b; /* spellings; "" of an undo; b of a note "" and of a name the name */
    const char *who, *why;
    int64_t undoes;    /* the decision that this one takes back, or 0 */
    int64_t undone_by; /* the one that took it back, or 0 */
};
typedef int decision_fn(void *ctx, const struct decision *decision);

enum { DECISION_TEXT_MAX = 4096, CALLED_MAX = 200 };

/* Records that the two are the same, different, or that nobody knows, and computes the entities
 * again. `a` and `b` are numbers of entities or spellings. "Same" across a "different", directly or
 * by other decisions, is ERR_USAGE and says which decision forbids it; so is "different" of what
 * decisions have made one. Inside the writer's transaction. */
int names_decide(struct sanad_case *kase, enum verdict verdict, const char *a, const char *b,
                 const char *who, const char *why, int64_t *ret_id, struct err *err);
/* From now on the entity `given` (as above) is shown as `name`; "" goes back to its commonest
 * spelling. ERR_USAGE for what is no person, organisation or place, whose spelling is what matters,
 * and for a name that is too long or has no letters. */
int names_rename(struct sanad_case *kase, const char *given, const char *name, const char *who,
                 const char *why, int64_t *ret_id, struct err *err);
/* Writes a note about it in place of the one it has; "" takes that away. With `instead`, the number
 * of a note, in place of that one: an entity that was joined from two may have several. */
int names_note(struct sanad_case *kase, const char *given, const char *note, int64_t instead,
               const char *who, int64_t *ret_id, struct err *err);
/* The notes (VERDICT_NOTE) or chosen names (VERDICT_RENAME) of an entity that stand, the newest
 * first: one, and more of one that was joined from several. The first name is the one shown; "" as
 * name or note is no longer any. */
int entity_told(struct sanad_case *kase, int64_t entity, enum verdict verdict, decision_fn *fn,
                void *ctx, struct err *err);
/* Takes a decision back. */
int names_undo(struct sanad_case *kase, int64_t decision, const char *who, const char *why,
               int64_t *ret_id, struct err *err);
/* All of them in the order they were made; with `entity` only those about its spellings. */
int names_decisions(struct sanad_case *kase, int64_t entity, decision_fn *fn, void *ctx,
                    struct err *err);

/* ---- names in a query ---- */

enum { USED_SPELLINGS_MAX = 40, USED_OTHERS_MAX = 5, USED_MAX = 8 };

/* A name:"..." of a query, with the spellings it was searched by. */
struct used_name {
    char *asked;
    int64_t entity; /* 0: nobody here is called so */
    char *shown;
    struct {
        char *shown;
        int64_t mentions;
        bool off;
    } spellings[USED_SPELLINGS_MAX];
    size_t count;
    int64_t left_out; /* spellings beyond USED_SPELLINGS_MAX */
    struct {
        char *shown;
        int64_t id;
    } others[USED_OTHERS_MAX]; /* that may have been meant instead */
    size_t other_count;
};
struct used_names {
    struct used_name names[USED_MAX];
    size_t count;
};

/* Writes `query` with every name:"X" widened to the spellings of the entity it means. X is a name
 * in any spelling, or "#12" for an entity's number; ";-SPELLING" behind it switches one off. What
 * is not understood stays as it is. `ret_query` is an initialised buffer. Release with
 * used_names_release. */
int names_expand(struct sanad_case *kase, const char *query, struct buf *ret_query,
                 struct used_names *ret_used, struct err *err);
void used_names_release(struct used_names *used);

#endif
