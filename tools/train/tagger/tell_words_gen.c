/* Run by the build: tell_words_gen tell_words.tsv OUT.c writes the words as the table of
 * tell_words.h. */
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/gen.h"

enum { OUT_MAX = 1 << 20 };

static struct buf rows;

static const char *class_of(const char *word)
{
    static const struct {
        const char *word, *class;
    } classes[] = {{"body-word", "CLASS_BODY_WORD"},
                   {"place-word", "CLASS_PLACE_WORD"},
                   {"people", "CLASS_PEOPLE"},
                   {"post", "CLASS_POST"},
                   {"title", "CLASS_TITLE"}};

    for (size_t i = 0; i < ARRAY_LEN(classes); i++)
        if (!strcmp(classes[i].word, word))
            return classes[i].class;
    gen_stop("there is no such class");
}

static void read_row(char *const *fields)
{
    const char *class = class_of(fields[0]);
    char *words = fields[1];

    for (const char *word; (word = strsep(&words, "|"));)
        if (buf_printf(&rows, "    {\"%s\", %s},\n", word, class))
            gen_stop("there are too many words");
}

static void write_words(FILE *out)
{
    fprintf(out,
            "/* Written by tell_words_gen. */\n#include \"tell_words.h\"\n\n"
            "#include \"names/tag_model.h\"\n\n"
            "const struct tell_word tell_words[] = {\n%s};\n"
            "const size_t tell_word_count = sizeof(tell_words) / sizeof(*tell_words);\n",
            rows.data);
}

int main(int argc, char **argv)
{
    buf_init(&rows, OUT_MAX);
    int rc = gen_run(argc, argv, 2, read_row, write_words);
    buf_release(&rows);
    return rc;
}
