/*
 * What the files of marks share of its tables.
 */
#ifndef MARKS_TABLES_H
#define MARKS_TABLES_H

#include "marks/marks.h"

/* False in a case that nobody has written to since the tables came. */
bool marks_are_there(struct db *db);

/* A row of the custody log: "mark 12: tag added". */
int mark_record(struct sanad_case *kase, int64_t id, enum marks_kind kind, const char *what,
                struct err *err);

int mark_missing(int64_t id, struct err *err);

/* The label a wish names, made if it must be; 0 for kinds without. */
int mark_label(struct sanad_case *kase, const struct mark_wish *wish, int64_t *ret_label,
               struct err *err);

/* A mark as it is written; the target's quote and range are what stands on the page. */
struct mark_row {
    const struct mark_wish *wish;
    const struct mark_target *target;
    const char *prefix, *suffix;
    int64_t label;
};
/* The one that says the same and stands, 0 for none. */
int64_t mark_same(struct db *db, const struct mark_row *row);
int mark_put(struct db *db, const struct mark_row *row, int64_t *ret_id, struct err *err);
/* The next text of a mark. */
int mark_put_text(struct db *db, int64_t id, const char *text, const char *lang, const char *who,
                  struct err *err);

int mark_set_removed(struct db *db, int64_t id, const char *who, int64_t at, struct err *err);

/* Whether a text is one that a kind of mark takes; whether a target is there; whether its item has
 * room for another mark. */
int mark_check_text(enum marks_kind kind, const char *text, const char *lang, struct err *err);
int mark_check_target(struct sanad_case *kase, const struct mark_target *target, struct err *err);
int mark_check_room(struct db *db, int64_t item, struct err *err);

/* Regions as bytes of the column, MARK_REGION_BYTES each, and back. */
enum { MARK_REGION_BYTES = 8 };
size_t mark_pack_regions(const struct mark_target *target,
                         unsigned char out[MARK_REGIONS_MAX * MARK_REGION_BYTES]);
void mark_unpack_regions(const void *bytes, size_t len, struct mark_target *target);

#endif
