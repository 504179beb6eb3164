/*
 * Who is named with whom. Two names are tied by every passage in which both stand: on the same
 * page, with at most NETWORK_NEAR bytes between the end of the one and the beginning of the other,
 * which is some sentences. Passages of one tie do not overlap: of mentions that stand in a heap the
 * nearest two count, once.
 *
 * Persons, organisations and places are tied. Ties are computed from the mentions whenever they are
 * asked for, so decisions about names count at once; or from a snapshot of them, as the case was
 * when that was taken.
 */
#ifndef NAMES_NETWORK_H
#define NAMES_NETWORK_H

#include "names/entities.h"
#include "names/snapshot.h"

enum {
    NETWORK_NEAR = 400,               /* bytes */
    NETWORK_NAMES_MAX = 5000,         /* of one answer */
    NETWORK_TIES_MAX = 50000,         /* of one answer: the heaviest */
    NETWORK_CENTRES_MAX = 64,         /* names from which it grows */
    NETWORK_MENTIONS_MAX = 4 << 20,   /* looked at: those of the first items */
    NETWORK_PAIRS_MAX = 2 << 20,      /* different pairs counted; further ones are left out */
    NETWORK_PASSAGE_BYTES = 200,      /* of the text before and behind a passage's two names */
    NETWORK_KINDS = MENTION_PLACE + 1 /* kinds that are tied */
};

struct network_query {
    /* Grows from these, and shows with each the `around` names most tied to it; without any, the
     * `names` that stand in most documents. */
    const int64_t *centres;
    size_t centre_count;
    int64_t around, names;
    bool kinds[NETWORK_KINDS];
    bool has_first, has_last; /* only documents that may be of these days or between them */
    int32_t first, last;
    int64_t least;                   /* passages a tie needs at least */
    const struct snapshot *snapshot; /* of the case, from which it is counted; or NULL */
};

struct network_name {
    int64_t id;
    enum mention_kind kind;
    char *shown;
    int64_t documents, mentions; /* among those looked at */
    int64_t ties, passages;      /* shown ties, and their passages */
    bool centre;
};

/* `a` and `b` are places in the names, a < b. */
struct network_tie {
    uint32_t a, b;
    int64_t passages, documents;
    bool centre; /* one of them is */
};

struct network {
    struct network_name *names; /* centres first as they were given, then by documents */
    size_t name_count;
    struct network_tie *ties; /* those of centres first, of these the heaviest */
    size_t tie_count;
    int64_t names_left_out; /* that fit the query as well: less often named or tied */
    int64_t ties_left_out;  /* beyond NETWORK_TIES_MAX */
    int64_t mentions;       /* looked at */
    bool capped;            /* there are more mentions or pairs than are looked at */
};

/* ERR_NOT_FOUND for a centre that is nobody. Release with network_release. */
int network_find(struct sanad_case *kase, const struct network_query *query,
                 struct network *ret_network, struct err *err);
void network_release(struct network *network);

/* A passage with both names. Strings are borrowed until the call returns. */
struct tie_passage {
    int64_t item;
    uint32_t page;
    const char *path, *name, *title, *date, *date_source; /* as of an entity_passage */
    int32_t earliest, latest;
    const char *text;
    size_t len;
    struct {
        size_t at, len;
    } marks[2]; /* the two names in it, in the order of the text */
    bool cut_front, cut_back;
};
typedef int tie_passage_fn(void *ctx, const struct tie_passage *passage);

struct tie_passage_list {
    int64_t a, b; /* entities */
    bool has_first, has_last;
    int32_t first, last;
    int64_t offset, limit;
    const struct snapshot *snapshot; /* as of a network_query */
};
/* The passages of a tie in the order of items and places; *ret_total counts all of them, as many as
 * the tie has. */
int network_passages(struct sanad_case *kase, const struct tie_passage_list *list,
                     tie_passage_fn *fn, void *ctx, int64_t *ret_total, struct err *err);

#endif
