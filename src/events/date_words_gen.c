/*
 * Run by the build: date_words_gen date_words.tsv OUT.c folds the forms of the words, sorts them
 * and writes them as a table. A line that cannot be understood ends the build.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/gen.h"
#include "events/date_words.h"
#include "text/fold.h"

enum { WORDS_MAX = 4096 };

static struct date_word all[WORDS_MAX];
static size_t count;

static int kind_of(const char *name)
{
    static const char *const names[] = {
#define X(name) #name,
        DATE_WORD_KINDS(X)
#undef X
    };

    for (int i = 0; i < WORD_KINDS; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

static unsigned char langs_of(const char *letters)
{
    return (unsigned char)((strchr(letters, 'e') ? DATE_ENGLISH : 0) |
                           (strchr(letters, 'f') ? DATE_PERSIAN : 0) |
                           (strchr(letters, 'a') ? DATE_ARABIC : 0));
}

static char *fold_form(const char *form)
{
    char folded[DATE_FORM_BYTES_MAX] = "";
    size_t len = 0;
    int parts = 0;
    struct words words;
    struct word word;

    words_init(&words, form, strlen(form));
    for (; words_next(&words, &word); parts++) {
        if (len + word.surface_len + 2 > sizeof(folded) || parts == DATE_FORM_WORDS_MAX)
            gen_stop("a form is too long");
        if (parts)
            folded[len++] = ' ';
        memcpy(folded + len, word.surface, word.surface_len);
        len += word.surface_len;
    }
    if (!parts)
        gen_stop("a form has no words");
    return mem_strndup(folded, len);
}

static bool known(const struct date_word *word)
{
    for (size_t i = 0; i < count; i++)
        if (all[i].kind == word->kind && all[i].value == word->value &&
            strcmp(all[i].form, word->form) == 0) {
            all[i].langs |= word->langs;
            return true;
        }
    return false;
}

static void add(struct date_word word, char *forms)
{
    char *rest = forms;

    for (char *form; (form = strsep(&rest, "|"));) {
        char *folded = fold_form(form);
        word.form = folded;
        if (known(&word)) {
            free(folded);
            continue;
        }
        if (count == WORDS_MAX)
            gen_stop("there are too many words");
        all[count++] = word;
    }
}

static void read_row(char *const *fields)
{
    struct date_word word = {.value = (short)atoi(fields[1]),
                             .langs = langs_of(fields[2]),
                             .weak = strcmp(fields[3], "weak") == 0   ? DATE_WEAK
                                     : strcmp(fields[3], "soft") == 0 ? DATE_SOFT
                                                                      : DATE_STRONG};
    int kind = kind_of(fields[0]);

    if (kind < 0 || !word.langs)
        gen_stop("its kind or its languages are not known");
    word.kind = (unsigned char)kind;
    add(word, fields[4]);
}

static int by_form(const void *a, const void *b)
{
    const struct date_word *x = a, *y = b;
    int order = strcmp(x->form, y->form);

    return order ? order : x->kind != y->kind ? x->kind - y->kind : x->value - y->value;
}

static void write_places(FILE *out)
{
    static unsigned short places[DATE_PLACES];

    for (size_t i = 0; i < count; i++) {
        size_t len = strcspn(all[i].form, " ");
        size_t at = date_word_place(all[i].form, len);

        if (i && strncmp(all[i].form, all[i - 1].form, len) == 0 &&
            strcspn(all[i - 1].form, " ") == len)
            continue;
        while (places[at])
            at = (at + 1) % DATE_PLACES;
        places[at] = (unsigned short)(i + 1);
    }
    fprintf(out, "\nconst unsigned short date_word_places[DATE_PLACES] = {");
    for (size_t i = 0; i < DATE_PLACES; i++)
        fprintf(out, "%s%d,", i % 16 ? " " : "\n    ", places[i]);
    fprintf(out, "\n};\n");
}

static void write_words(FILE *out)
{
    qsort(all, count, sizeof(all[0]), by_form);
    fprintf(out, "/* Written by date_words_gen. */\n#include \"events/date_words.h\"\n\n"
                 "const struct date_word date_words[] = {\n");
    for (size_t i = 0; i < count; i++)
        fprintf(out, "    {\"%s\", %d, %d, %d, %d},\n", all[i].form, all[i].kind, all[i].value,
                all[i].langs, all[i].weak);
    fprintf(out, "};\n\nconst size_t date_word_count = %zu;\n", count);
    write_places(out);
    for (size_t i = 0; i < count; i++)
        free((char *)all[i].form);
}

int main(int argc, char **argv)
{
    return gen_run(argc, argv, 5, read_row, write_words);
}
