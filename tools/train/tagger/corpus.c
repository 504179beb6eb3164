#include "corpus.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/io.h"

enum { FILE_MAX = 64 << 20, CHUNK = 25 };

uint32_t corpus_draw(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

char *corpus_file(const char *folder, const char *path)
{
    struct buf buf;
    char *full = NULL;

    if (asprintf(&full, "%s/%s", folder, path) < 0)
        abort();
    buf_init(&buf, FILE_MAX);
    if (io_read_file(AT_FDCWD, full, &buf, NULL) != 0) {
        fprintf(stderr, "train_tagger: %s cannot be read\n", full);
        exit(1);
    }
    free(full);
    return buf_take(&buf);
}

uint64_t corpus_key(const char *name)
{
    return tag_key(99, name, strlen(name));
}

struct document *corpus_document(struct corpus *corpus, unsigned source, enum tag_language language,
                                 const char *name)
{
    struct document *document;

    corpus->documents = mem_room(corpus->documents, corpus->count, sizeof(*corpus->documents));
    document = &corpus->documents[corpus->count++];
    *document = (struct document){.source = source, .language = language};
    document->key = corpus_key(name);
    document->fold = (unsigned)(document->key % CORPUS_FOLDS);
    return document;
}

void corpus_span(struct document *document, size_t start, size_t end, int kind)
{
    document->spans = mem_room(document->spans, document->span_count, sizeof(*document->spans));
    document->spans[document->span_count++] = (struct span){start, end, kind};
}

void corpus_free(struct corpus *corpus)
{
    for (size_t i = 0; i < corpus->count; i++) {
        free(corpus->documents[i].text);
        free(corpus->documents[i].spans);
    }
    free(corpus->documents);
}

/* The kind of a label without its B- or I-; -1: none of ours. */
static int kind_of(const char *type)
{
    static const struct {
        const char *type;
        int kind;
    } kinds[] = {{"PER", 0},         {"PERS", 0},         {"person", 0}, {"pers", 0},
                 {"Person", 0},      {"ORG", 1},          {"org", 1},    {"group", 1},
                 {"corporation", 1}, {"Organisation", 1}, {"LOC", 2},    {"loc", 2},
                 {"GPE", 2},         {"FAC", 2},          {"fac", 2},    {"Location", 2},
                 {"location", 2}};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
        if (strcmp(kinds[i].type, type) == 0)
            return kinds[i].kind;
    return -1;
}

/* No space before this word in running text. */
static bool hugs(const char *word)
{
    return (strchr(".,;:!?)]%", *word) && *word && !word[1]) || strcmp(word, "'s") == 0 ||
           strcmp(word, "،") == 0 || strcmp(word, "؛") == 0 || strcmp(word, "؟") == 0;
}

/* Columns: a token and its label a line, an empty line after a sentence, "# ..." before a document.
 */
struct columns {
    struct corpus *corpus;
    struct document *document;
    struct buf text;
    unsigned source;
    enum tag_language language;
    uint64_t state;
    size_t sentences;
    unsigned chunk;
    bool natural; /* spaces of this sentence as in running text */
    bool marked;  /* the corpus says where documents begin */
    int open;     /* kind of the open span, or -1 */
    size_t open_at;
};

static void close_span(struct columns *columns)
{
    if (columns->open >= 0)
        corpus_span(columns->document, columns->open_at, columns->text.len, columns->open);
    columns->open = -1;
}

static void close_document(struct columns *columns)
{
    if (!columns->document)
        return;
    columns->document->len = columns->text.len;
    columns->document->text = mem_strndup(columns->text.data, columns->text.len);
    buf_clear(&columns->text);
    columns->document = NULL;
    columns->sentences = 0;
}

static void open_document(struct columns *columns, const char *name)
{
    char key[256];

    snprintf(key, sizeof(key), "%u %s %u", columns->source, name,
             columns->marked ? 0 : columns->chunk);
    columns->chunk++;
    columns->document = corpus_document(columns->corpus, columns->source, columns->language, key);
}

static void end_sentence(struct columns *columns)
{
    if (!columns->document || !columns->text.len ||
        columns->text.data[columns->text.len - 1] == '\n')
        return;
    close_span(columns);
    buf_append_char(&columns->text, '\n');
    columns->natural = corpus_draw(&columns->state) % 2;
    columns->sentences++;
    if (!columns->marked && columns->sentences >= CHUNK)
        close_document(columns);
}

static void add_token(struct columns *columns, const char *word, const char *label)
{
    const char *type = label[0] && label[1] == '-' ? label + 2 : label;
    int kind = strcmp(label, "O") == 0 ? -1 : kind_of(type);

    if (!columns->document)
        open_document(columns, "");
    if (columns->open >= 0 && (kind != columns->open || *label == 'B'))
        close_span(columns);
    if (columns->text.len && columns->text.data[columns->text.len - 1] != '\n' &&
        !(columns->natural && hugs(word)))
        buf_append_char(&columns->text, ' ');
    if (kind >= 0 && columns->open < 0) {
        columns->open = kind;
        columns->open_at = columns->text.len;
    }
    buf_append_str(&columns->text, word);
}

static void read_columns(struct corpus *corpus, unsigned source, const char *folder,
                         const char *path, enum tag_language language)
{
    struct columns columns = {
        .corpus = corpus, .source = source, .language = language, .state = source, .open = -1};
    char *whole = corpus_file(folder, path);
    char *rest = whole;
    char *line;

    buf_init(&columns.text, FILE_MAX);
    while ((line = strsep(&rest, "\n"))) {
        char *label = strrchr(line, '\t');

        if (!label)
            label = strrchr(line, ' ');
        if (strncmp(line, "# ", 2) == 0 && !(label && strcmp(label, "\tO") == 0)) {
            end_sentence(&columns);
            close_document(&columns);
            columns.marked = true;
            open_document(&columns, line);
        } else if (!label || label == line) {
            end_sentence(&columns);
        } else {
            *label = 0;
            add_token(&columns, line, label + 1);
        }
    }
    end_sentence(&columns);
    close_document(&columns);
    buf_release(&columns.text);
    free(whole);
}

#define COLUMNS(function, path, language)                                                          \
    static void function(struct corpus *corpus, unsigned source, const char *names,                \
                         const char *texts)                                                        \
    {                                                                                              \
        (void)texts;                                                                               \
        read_columns(corpus, source, names, path, language);                                       \
    }
COLUMNS(read_wikigold, "wikigold_en/dev.tsv", TAG_ENGLISH)
COLUMNS(read_wnut, "wnut17_en/dev.tsv", TAG_ENGLISH)
COLUMNS(read_conll, "conll2003_en/dev.tsv", TAG_ENGLISH)
COLUMNS(read_aqmar, "aqmar_ar/dev.tsv", TAG_ARABIC)
COLUMNS(read_wojood, "wojood_sample_ar/dev.tsv", TAG_ARABIC)
COLUMNS(read_anercorp, "anercorp_ar/dev.tsv", TAG_ARABIC)
COLUMNS(read_peyma, "peyma_fa/dev.tsv", TAG_PERSIAN)
COLUMNS(read_nsurl, "nsurl600k_fa/dev.tsv", TAG_PERSIAN)
COLUMNS(read_arman, "arman_fa/dev.tsv", TAG_PERSIAN)

static void read_perdt(struct corpus *corpus, unsigned source, const char *names, const char *texts)
{
    (void)names;
    read_columns(corpus, source, texts, "texts/ud_perdt/ner/dev_with_NER_tag.txt", TAG_PERSIAN);
}

static int by_start(const void *left, const void *right)
{
    const struct span *a = left;
    const struct span *b = right;

    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return a->end > b->end ? -1 : a->end < b->end;
}

/* Spans in order, none in another. */
void corpus_settle(struct document *document)
{
    size_t kept = 0;

    qsort(document->spans, document->span_count, sizeof(*document->spans), by_start);
    for (size_t i = 0; i < document->span_count; i++)
        if ((!kept || document->spans[i].start >= document->spans[kept - 1].end) &&
            document->spans[i].end <= document->len &&
            document->spans[i].start < document->spans[i].end)
            document->spans[kept++] = document->spans[i];
    document->span_count = kept;
}

static void read_nothing(struct corpus *corpus, unsigned source, const char *names,
                         const char *texts)
{
    (void)corpus;
    (void)source;
    (void)names;
    (void)texts;
}

const struct corpus_source corpus_sources[] = {
    {"wikigold", USE_SHIPPED, true, read_wikigold},
    {"wnut17", USE_SHIPPED, true, read_wnut},
    {"frus", USE_SHIPPED, false, corpus_read_frus},
    {"aqmar", USE_SHIPPED, true, read_aqmar},
    {"wojood", USE_SHIPPED, true, read_wojood},
    {"perdt", USE_SHIPPED, true, read_perdt},
    {"re3d", USE_SHIPPED, true, corpus_read_re3d},
    {"knowledgenet", USE_SHIPPED, false, corpus_read_knowledgenet},
    {"labelled-en", USE_SHIPPED, true, read_nothing}, /* labelled.h */
    {"labelled-fa", USE_SHIPPED, true, read_nothing},
    {"labelled-ar", USE_SHIPPED, true, read_nothing},
    {"ntrex", USE_SHIPPED, false, read_nothing}, /* project.h */
    {"tico19", USE_SHIPPED, false, read_nothing},
    {"made", USE_SHIPPED, true, read_nothing}, /* made.h */
    {"conll2003", USE_EVALUATION, true, read_conll},
    {"anercorp", USE_EVALUATION, true, read_anercorp},
    {"peyma", USE_EVALUATION, true, read_peyma},
    {"nsurl", USE_EVALUATION, true, read_nsurl},
    {"arman", USE_EVALUATION, true, read_arman},
};
const size_t corpus_source_count = sizeof(corpus_sources) / sizeof(*corpus_sources);
