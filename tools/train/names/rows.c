#include "rows.h"

#include <stdlib.h>
#include <string.h>

bool rows_next(struct rows *rows)
{
    char *rest;

    ssize_t len = getline(&rows->line, &rows->space, rows->file);
    if (len < 0)
        return false;
    while (len && (rows->line[len - 1] == '\n' || rows->line[len - 1] == '\r'))
        rows->line[--len] = 0;
    rest = rows->line;
    rows->count = 0;
    while (rest && rows->count < ROW_FIELDS_MAX) {
        char *stop = strchr(rest, rows->separator);
        rows->field[rows->count++] = rest;
        if (stop)
            *stop++ = 0;
        rest = stop;
    }
    return true;
}

void rows_open(struct rows *rows, const char *folder, const char *path, char separator)
{
    char *full = NULL;

    *rows = (struct rows){.separator = separator};
    if (asprintf(&full, "%s/%s", folder, path) < 0)
        abort();
    rows->file = fopen(full, "r");
    if (!rows->file) {
        perror(full);
        exit(1);
    }
    free(full);
    if (separator == '\t')
        rows_next(rows);
}

void rows_close(struct rows *rows)
{
    fclose(rows->file);
    free(rows->line);
}
