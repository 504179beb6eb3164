/*
 * What the kinds of decisions share: which spelling a person means, and a decision put on record.
 * Private to names.
 */
#ifndef NAMES_DECIDE_H
#define NAMES_DECIDE_H

#include "names/entities.h"

/* One end of a decision: a spelling of a kind. The spelling is owned; free() it. */
struct end {
    char *spelling;
    enum mention_kind kind;
    int64_t entity;
};

/* A number or a chosen name means the entity's commonest spelling, other words mean themselves.
 * ERR_NOT_FOUND. */
int end_find(struct sanad_case *kase, const char *given, struct end *end, struct err *err);

/* Writes the row and its line in the custody log; sets `at` and `id`. */
int decision_record(struct sanad_case *kase, struct decision *decision, struct err *err);

#endif
