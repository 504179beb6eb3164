/* Lists of rows, as the trainers read them: lines of fields. A missing list
 * ends the program. */
#ifndef TRAIN_ROWS_H
#define TRAIN_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { ROW_FIELDS_MAX = 16 };

struct rows {
    FILE *file;
    char separator;
    char *line;
    size_t space;
    size_t count;
    char *field[ROW_FIELDS_MAX];
};

/* Skips the first line of a list with tabs: its head. */
void rows_open(struct rows *rows, const char *folder, const char *path, char separator);
bool rows_next(struct rows *rows);
void rows_close(struct rows *rows);

/* Writes how often each consonant skeleton stands in the lists of names. */
void train_rarity(const char *folder, FILE *out);

#endif
