#include "project.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "labelled.h"
#include "names/match.h"
#include "names/tag_tokens.h"
#include "names/tagger.h"

enum { MENTIONS_MAX = 64, WORDS_MAX = 4 };
static const float sure_enough = 0.6F;
enum { SAME_ENOUGH = 800 }; /* thousandths */

struct projection {
    const struct tag_model *model;
    struct names_model *names;
    const char *english; /* a line */
    size_t english_len;
    struct mention mentions[MENTIONS_MAX];
    size_t count;
    bool nothing; /* not even an unsure name */
};

static int note(void *ctx, const struct mention *mention)
{
    struct projection *projection = ctx;

    projection->nothing = false;
    if (projection->count < MENTIONS_MAX && mention->score >= sure_enough &&
        mention->kind <= MENTION_PLACE)
        projection->mentions[projection->count++] = *mention;
    return 0;
}

/* Small words that no name begins with. */
static bool is_small(const char *word, size_t len)
{
    static const char *const words[] = {"در",  "به", "از",  "با",  "و",  "که", "تا", "بر",
                                        "را",  "هر", "این", "آن",  "في", "من", "عن", "مع",
                                        "إلى", "أن", "على", "علي", "ما", "لا", "هو", "هي"};

    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (strlen(words[i]) == len && memcmp(words[i], word, len) == 0)
            return true;
    return false;
}

/* Where in a sentence a name stands; false: nowhere. */
static bool find_name(const struct projection *projection, const struct mention *mention,
                      const char *text, const struct tag_sentence *sentence, size_t *ret_start,
                      size_t *ret_end)
{
    static struct scored_name name, other;
    int best = SAME_ENOUGH;
    bool found = false;

    scored_name_set(projection->names, projection->english + mention->start,
                    mention->end - mention->start, &name);
    for (size_t i = 0; i < sentence->count; i++)
        for (size_t k = i; k < sentence->count && k < i + WORDS_MAX; k++) {
            size_t start = sentence->tokens[i].at;
            size_t end = sentence->tokens[k].at + sentence->tokens[k].len;
            struct match match;

            if (sentence->tokens[k].style == CASE_SIGN || !sentence->tokens[k].arabic ||
                is_small(text + start, sentence->tokens[i].len))
                break;
            scored_name_set(projection->names, text + start, end - start, &other);
            names_match(projection->names, FIT_PAIR, &name, &other, &match);
            if (match.probability > best) {
                best = match.probability;
                found = true;
                *ret_start = start;
                *ret_end = end;
            }
        }
    return found;
}

static void project_line(const struct projection *projection, struct document *document,
                         size_t start, size_t end)
{
    static struct tag_sentence sentence;
    struct tag_reader reader;

    tag_reader_init(&reader, document->text + start, end - start);
    while (tag_reader_next(&reader, &sentence))
        for (size_t i = 0; i < projection->count; i++) {
            size_t from, to;

            if (find_name(projection, &projection->mentions[i], document->text + start, &sentence,
                          &from, &to))
                corpus_span(document, start + from, start + to, (int)projection->mentions[i].kind);
        }
}

/* Whether a line has capitals only where any text has them. */
static bool is_plain(const char *line)
{
    for (const char *at = line; *at; at++)
        if (isupper((unsigned char)*at) && at > line && strncmp(at - 1, " I ", 3) != 0 &&
            !(at > line + 1 && strchr(".!?:\"", at[-2])))
            return false;
    return true;
}

/* Reads the English of a line. */
static void read_english(struct projection *projection, struct tagger *tagger, const char *line)
{
    projection->english = line;
    projection->count = 0;
    projection->nothing = true;
    (void)tagger_read(tagger, line, strlen(line), "en", note, projection);
    projection->nothing &= is_plain(line);
}

/* Where the English names no one, neither does the translation. */
static void project_nothing(const struct projection *projection, struct document *document,
                            size_t start, size_t end)
{
    if (projection->nothing && end > start)
        corpus_span(document, start, end, SPAN_NONE);
}

static void project_article(struct projection *projection, struct corpus *corpus, const char *texts,
                            const char *file, const char *folder, enum tag_language language,
                            unsigned source)
{
    char path[512];
    struct tagger *tagger;
    char *english, *rest, *line;
    struct document *document;
    size_t at = 0;

    snprintf(path, sizeof(path), "texts/ntrex/%s/%s", folder, file);
    if (labelled_has(corpus, path))
        return;
    tagger = tagger_new(projection->model);
    snprintf(path, sizeof(path), "texts/ntrex/en/%s", file);
    english = rest = corpus_file(texts, path);
    snprintf(path, sizeof(path), "texts/ntrex/%s/%s", folder, file);
    document = corpus_document(corpus, source, language, path);
    document->text = corpus_file(texts, path);
    document->len = strlen(document->text);
    document->partial = true;
    while ((line = strsep(&rest, "\n")) && at < document->len) {
        size_t end = at + strcspn(document->text + at, "\n");

        read_english(projection, tagger, line);
        project_line(projection, document, at, end);
        project_nothing(projection, document, at, end);
        at = end + 1;
    }
    corpus_settle(document);
    tagger_free(tagger);
    free(english);
}

/* Pairs of lines, a tab between them: only those that name no one. */
static void project_pairs(struct projection *projection, struct corpus *corpus, const char *texts,
                          const char *path, enum tag_language language, unsigned source)
{
    struct tagger *tagger = tagger_new(projection->model);
    char *whole = corpus_file(texts, path);
    char *rest = whole, *line;
    struct document *document = corpus_document(corpus, source, language, path);
    struct buf text;

    buf_init(&text, 16 << 20);
    document->partial = true;
    while ((line = strsep(&rest, "\n"))) {
        char *english = strsep(&line, "\t");
        size_t start = text.len;

        if (!line)
            continue;
        read_english(projection, tagger, english);
        if (!projection->nothing)
            continue;
        buf_append_str(&text, line);
        project_nothing(projection, document, start, text.len);
        buf_append_char(&text, '\n');
    }
    document->len = text.len;
    document->text = buf_take(&text);
    tagger_free(tagger);
    free(whole);
}

static int is_text(const struct dirent *entry)
{
    return strstr(entry->d_name, ".txt") || strstr(entry->d_name, ".tsv");
}

static int by_name(const struct dirent **left, const struct dirent **right)
{
    return strcmp((*left)->d_name, (*right)->d_name);
}

typedef void project_file(struct projection *projection, struct corpus *corpus, const char *texts,
                          const char *file, unsigned source);

static void project_ntrex(struct projection *projection, struct corpus *corpus, const char *texts,
                          const char *file, unsigned source)
{
    project_article(projection, corpus, texts, file, "fa", TAG_PERSIAN, source);
    project_article(projection, corpus, texts, file, "ar", TAG_ARABIC, source);
}

static void project_tico(struct projection *projection, struct corpus *corpus, const char *texts,
                         const char *file, unsigned source)
{
    char path[512];

    snprintf(path, sizeof(path), "texts/tico19/en-fa/%s", file);
    project_pairs(projection, corpus, texts, path, TAG_PERSIAN, source);
}

static void project_tico_arabic(struct projection *projection, struct corpus *corpus,
                                const char *texts, const char *file, unsigned source)
{
    char path[512];

    snprintf(path, sizeof(path), "texts/tico19/en-ar/%s", file);
    project_pairs(projection, corpus, texts, path, TAG_ARABIC, source);
}

static unsigned source_of(const char *name)
{
    unsigned source = 0;

    while (strcmp(corpus_sources[source].name, name) != 0)
        source++;
    return source;
}

void corpus_project(struct corpus *corpus, const struct tag_model *model, const char *texts)
{
    static const struct {
        const char *folder, *source;
        project_file *project;
    } folders[] = {{"texts/ntrex/en", "ntrex", project_ntrex},
                   {"texts/tico19/en-fa", "tico19", project_tico},
                   {"texts/tico19/en-ar", "tico19", project_tico_arabic}};
    struct projection projection = {.model = model, .names = names_model_new()};

    for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
        struct dirent **files = NULL;
        char folder[512];
        int count;

        snprintf(folder, sizeof(folder), "%s/%s", texts, folders[i].folder);
        count = scandir(folder, &files, is_text, by_name);
        for (int k = 0; k < count; k++) {
            folders[i].project(&projection, corpus, texts, files[k]->d_name,
                               source_of(folders[i].source));
            free(files[k]);
        }
        free(files);
    }
    names_model_free(projection.names);
}
