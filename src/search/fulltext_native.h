/*
 * What fulltext.c and fulltext_native.c, the two files that see sqlite3.h, know of each other.
 */
#ifndef SEARCH_FULLTEXT_NATIVE_H
#define SEARCH_FULLTEXT_NATIVE_H

/* Type of the pointer under which a `struct fulltext_rows` travels through SQL. */
#define FULLTEXT_ROWS_POINTER "sanad-rows"

#endif
