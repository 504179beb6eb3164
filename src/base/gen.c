#include "base/gen.h"

#include <stdlib.h>
#include <string.h>

static struct {
    const char *path;
    int line;
} place;

void gen_stop(const char *why)
{
    fprintf(stderr, "%s:%d: %s\n", place.path, place.line, why);
    exit(1);
}

static void read_line(char *text, size_t count, gen_row_fn *row)
{
    char *fields[GEN_FIELDS_MAX];
    size_t end = strcspn(text, "\n");

    if (!text[end])
        gen_stop("the line is too long, or has no end");
    text[end] = '\0';
    if (!*text || *text == '#')
        return;
    for (size_t i = 0; i < count; i++)
        if (!(fields[i] = strsep(&text, "\t")))
            gen_stop("it has too few fields");
    if (text)
        gen_stop("it has too many fields");
    row(fields);
}

int gen_run(int argc, char *const *argv, size_t fields, gen_row_fn *row, gen_write_fn *write)
{
    FILE *in = argc == 3 ? fopen(argv[1], "r") : NULL;
    FILE *out = in ? fopen(argv[2], "w") : NULL;
    char text[GEN_LINE_MAX];

    if (!out || fields > GEN_FIELDS_MAX)
        return 1;
    for (place.path = argv[1], place.line = 1; fgets(text, sizeof(text), in); place.line++)
        read_line(text, fields, row);
    fclose(in);
    write(out);
    return fclose(out) ? 1 : 0;
}
