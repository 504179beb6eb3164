/*
 * What marks and labels are compared and found by: folded words with a space around each.
 */
#ifndef MARKS_WORDS_H
#define MARKS_WORDS_H

#include "base/buf.h"
#include "store/db.h"

/* Appends " word word " of `text`; nothing when it has no word. */
void marks_fold(const char *text, struct buf *out);

/* The same of a label's name; one of signs only is compared as it is. */
void marks_fold_name(const char *name, struct buf *out);

/* Binds the words of `text`, each with a space before it, at `first` and the places behind, `max`
 * of them; NULL where there are none left. A place holds for the statement's run: `keep` has the
 * bytes. */
void marks_bind_words(struct stmt *stmt, int first, int max, const char *text, struct buf *keep);

#endif
