#include "project.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
};

static int note(void *ctx, const struct mention *mention)
{
    struct projection *projection = ctx;

    if (projection->count < MENTIONS_MAX && mention->score >= sure_enough &&
        mention->kind <= MENTION_PLACE)
        projection->mentions[projection->count++] = *mention;
    return 0;
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

            if (sentence->tokens[k].style == CASE_SIGN || !sentence->tokens[k].arabic)
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

static void project_article(struct projection *projection, struct corpus *corpus, const char *texts,
                            const char *file, const char *folder, enum tag_language language,
                            unsigned source)
{
    char path[512];
    struct tagger *tagger = tagger_new(projection->model);
    char *english, *rest, *line;
    struct document *document;
    size_t at = 0;

    snprintf(path, sizeof(path), "texts/ntrex/en/%s", file);
    english = rest = corpus_file(texts, path);
    snprintf(path, sizeof(path), "texts/ntrex/%s/%s", folder, file);
    document = corpus_document(corpus, source, language, path);
    document->text = corpus_file(texts, path);
    document->len = strlen(document->text);
    document->partial = true;
    while ((line = strsep(&rest, "\n")) && at < document->len) {
        size_t end = at + strcspn(document->text + at, "\n");

        projection->english = line;
        projection->count = 0;
        (void)tagger_read(tagger, line, strlen(line), "en", note, projection);
        project_line(projection, document, at, end);
        at = end + 1;
    }
    corpus_settle(document);
    tagger_free(tagger);
    free(english);
}

static int is_text(const struct dirent *entry)
{
    return strstr(entry->d_name, ".txt") != NULL;
}

static int by_name(const struct dirent **left, const struct dirent **right)
{
    return strcmp((*left)->d_name, (*right)->d_name);
}

void corpus_project(struct corpus *corpus, const struct tag_model *model, const char *texts)
{
    struct projection projection = {.model = model, .names = names_model_new()};
    struct dirent **files = NULL;
    char folder[512];
    unsigned source = 0;
    int count;

    while (strcmp(corpus_sources[source].name, "ntrex") != 0)
        source++;
    snprintf(folder, sizeof(folder), "%s/texts/ntrex/en", texts);
    count = scandir(folder, &files, is_text, by_name);
    for (int i = 0; i < count; i++) {
        project_article(&projection, corpus, texts, files[i]->d_name, "fa", TAG_PERSIAN, source);
        project_article(&projection, corpus, texts, files[i]->d_name, "ar", TAG_ARABIC, source);
        free(files[i]);
    }
    free(files);
    names_model_free(projection.names);
}
