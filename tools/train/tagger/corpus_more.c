/* Corpora that are not columns of tokens and labels. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "corpus.h"

/* The value of a field of a JSON object in one line: where it begins, past a quotation mark. */
static const char *field(const char *line, const char *name)
{
    char quoted[64];
    const char *at;

    snprintf(quoted, sizeof(quoted), "\"%s\" :", name);
    at = strstr(line, quoted);
    if (!at)
        return NULL;
    at += strlen(quoted);
    while (*at == ' ' || *at == '"')
        at++;
    return at;
}

/* A JSON string up to its closing quotation mark. starts[i] is where its i-th character stands. */
static char *unescape(const char *at, size_t *starts, size_t room)
{
    struct buf out;
    size_t count = 0;

    buf_init(&out, 1 << 20);
    while (*at && *at != '"') {
        uint32_t rune;

        if (count < room)
            starts[count++] = out.len;
        if (*at != '\\') {
            at += utf8_decode(at, strlen(at), &rune);
        } else if (at[1] == 'u') {
            rune = (uint32_t)strtoul((char[]){at[2], at[3], at[4], at[5], 0}, NULL, 16);
            at += 6;
        } else {
            rune = at[1] == 'n' ? '\n' : at[1] == 't' ? ' ' : (unsigned char)at[1];
            at += 2;
        }
        buf_append_rune(&out, rune);
    }
    while (count < room)
        starts[count++] = out.len;
    return buf_take(&out);
}

static bool small_word(const char *word, size_t len)
{
    static const char *const words[] = {"of", "the", "and", "for", "in", "on", "al", "de", "bin"};

    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (strlen(words[i]) == len && memcmp(words[i], word, len) == 0)
            return true;
    return false;
}

/* A name, and not "the group" or "he": all of its words but small ones have capitals. */
static bool looks_like_name(const char *text, size_t start, size_t end)
{
    bool capital = false;

    for (size_t i = start; i < end;) {
        size_t stop = i;

        while (stop < end && text[stop] != ' ' && text[stop] != '-')
            stop++;
        if (islower((unsigned char)text[i]) && !small_word(text + i, stop - i))
            return false;
        capital |= isupper((unsigned char)text[i]) != 0;
        i = stop + 1;
    }
    return capital;
}

static bool pronoun(const char *text, size_t len)
{
    static const char *const words[] = {
        "He", "She",   "It",   "They", "We",    "I",   "You", "His",   "Her",    "Its",   "Our",
        "My", "Their", "This", "That", "These", "Who", "Mr",  "Capt.", "Mother", "Father"};

    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (strlen(words[i]) == len && memcmp(words[i], text, len) == 0)
            return true;
    return false;
}

static void add_name(struct document *document, size_t start, size_t end, int kind)
{
    if (end > document->len || start >= end)
        return;
    if (strncmp(document->text + start, "the ", 4) == 0 ||
        strncmp(document->text + start, "The ", 4) == 0)
        start += 4;
    if (pronoun(document->text + start, end - start))
        return;
    corpus_span(document, start, end,
                looks_like_name(document->text, start, end) ? kind : SPAN_MAYBE);
}

static void read_part(struct corpus *corpus, unsigned source, const char *names, const char *part)
{
    enum { CHARS = 1 << 16 };
    static size_t starts[CHARS];
    char path[256];
    char *documents, *entities, *rest, *line;

    snprintf(path, sizeof(path), "re3d_en/%s.documents.jsonl", part);
    documents = rest = corpus_file(names, path);
    snprintf(path, sizeof(path), "re3d_en/%s.entities.jsonl", part);
    entities = corpus_file(names, path);
    while ((line = strsep(&rest, "\n"))) {
        const char *id = field(line, "_id");
        const char *text = field(line, "text");
        struct document *document;

        if (!id || !text)
            continue;
        snprintf(path, sizeof(path), "re3d %.32s", id);
        document = corpus_document(corpus, source, TAG_ENGLISH, path);
        document->text = unescape(text, starts, CHARS);
        document->len = strlen(document->text);
        for (const char *at = entities; at && *at; at = strchr(at, '\n'), at = at ? at + 1 : at) {
            const char *of = field(at, "documentId");
            const char *type = field(at, "type");
            const char *begin = field(at, "begin");
            const char *end = field(at, "end");
            size_t from, to;

            if (!of || !type || !begin || !end || strncmp(of, id, 32) != 0)
                continue;
            from = strtoul(begin, NULL, 10);
            to = strtoul(end, NULL, 10);
            if (from >= CHARS || to >= CHARS)
                continue;
            if (strncmp(type, "Person\"", 7) == 0)
                add_name(document, starts[from], starts[to], 0);
            else if (strncmp(type, "Organisation\"", 13) == 0)
                add_name(document, starts[from], starts[to], 1);
            else if (strncmp(type, "Location\"", 9) == 0)
                add_name(document, starts[from], starts[to], 2);
        }
        corpus_settle(document);
    }
    free(documents);
    free(entities);
}

/* The parts whose licences are stated and open: public domain, OGL, CC BY-SA. */
void corpus_read_re3d(struct corpus *corpus, unsigned source, const char *names, const char *texts)
{
    static const char *const parts[] = {"CENTCOM", "UK_Government", "US_State_Department",
                                        "Wikipedia"};

    (void)texts;
    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
        read_part(corpus, source, names, parts[i]);
}

/* Of what kind the two sides of a fact are. */
static const struct property {
    const char *name;
    int subject, object; /* -1: none of ours */
} properties[] = {
    {"EMPLOYEE_OR_MEMBER_OF", 0, 1},
    {"PLACE_OF_RESIDENCE", 0, 2},
    {"SPOUSE", 0, 0},
    {"PLACE_OF_BIRTH", 0, 2},
    {"CHILD_OF", 0, 0},
    {"HEADQUARTERS", 1, 2},
    {"NATIONALITY", 0, SPAN_MAYBE},
    {"DATE_OF_BIRTH", 0, -1},
    {"EDUCATED_AT", 0, 1},
    {"FOUNDED_BY", 1, SPAN_NAME},
    {"POLITICAL_AFFILIATION", 0, 1},
    {"CEO", 1, 0},
    {"DATE_FOUNDED", 1, -1},
    {"DATE_OF_DEATH", 0, -1},
    {"SUBSIDIARY_OF", 1, 1},
};

static const struct property *property_of(const char *name)
{
    for (size_t i = 0; i < sizeof(properties) / sizeof(*properties); i++)
        if (strcmp(properties[i].name, name) == 0)
            return &properties[i];
    return NULL;
}

/* A passage with [[S:...]] and [[O:...]] to a document without. */
static void read_passage(struct document *document, const char *passage,
                         const struct property *property)
{
    struct buf text;
    size_t open[2] = {0, 0};
    int kinds[2] = {-1, -1};
    int depth = 0;
    struct {
        size_t start, end;
        int kind;
    } spans[16];
    size_t count = 0;

    buf_init(&text, 1 << 20);
    for (; *passage; passage++) {
        if (strncmp(passage, "[[S:", 4) == 0 || strncmp(passage, "[[O:", 4) == 0) {
            if (depth < 2) {
                open[depth] = text.len;
                kinds[depth] = passage[2] == 'S' ? property->subject : property->object;
            }
            depth++;
            passage += 3;
        } else if (strncmp(passage, "]]", 2) == 0 && depth) {
            depth--;
            if (depth < 2 && kinds[depth] >= 0 && count < 16) {
                spans[count].start = open[depth];
                spans[count].end = text.len;
                spans[count++].kind = kinds[depth];
            }
            passage++;
        } else {
            buf_append_char(&text, *passage);
        }
    }
    document->len = text.len;
    document->text = buf_take(&text);
    document->partial = true;
    for (size_t i = 0; i < count; i++)
        add_name(document, spans[i].start, spans[i].end, spans[i].kind);
    corpus_settle(document);
}

/* Facts of one passage stand in several rows: their spans come together. */
static struct document *same_text(struct corpus *corpus, unsigned source,
                                  const struct document *document)
{
    for (size_t i = corpus->count - 1; i-- > 0 && i + 40 > corpus->count;) {
        struct document *other = &corpus->documents[i];

        if (other->source == source && strcmp(other->text, document->text) == 0)
            return other;
    }
    return NULL;
}

void corpus_read_knowledgenet(struct corpus *corpus, unsigned source, const char *names,
                              const char *texts)
{
    char *whole = corpus_file(names, "knowledgenet_en/facts.tsv");
    char *rest = whole;
    char *line;

    (void)texts;
    while ((line = strsep(&rest, "\n"))) {
        const struct property *property;
        struct document *document, *other;
        char *columns[12];
        size_t count = 0;

        while (line && count < 12)
            columns[count++] = strsep(&line, "\t");
        property = count == 12 ? property_of(columns[8]) : NULL;
        if (!property || !strstr(columns[11], "[["))
            continue;
        document = corpus_document(corpus, source, TAG_ENGLISH, columns[1]);
        read_passage(document, columns[11], property);
        other = same_text(corpus, source, document);
        if (!other)
            continue;
        for (size_t i = 0; i < document->span_count; i++)
            corpus_span(other, document->spans[i].start, document->spans[i].end,
                        document->spans[i].kind);
        corpus_settle(other);
        free(document->text);
        free(document->spans);
        corpus->count--;
    }
    free(whole);
}

/* Abbreviations of the diplomatic documents that stand for bodies, by their definitions. */
static bool body_term(const char *definition)
{
    static const char *const words[] = {
        "Department", "Agency",       "Office",    "Embassy", "Council",     "Bureau", "Company",
        "Ministry",   "Organization", "Committee", "Mission", "Corporation", "Bank",   "Party"};

    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (strstr(definition, words[i]))
            return true;
    return false;
}

/* Whether a volume's list of terms has this one as a body. */
static bool is_body(const char *terms, const char *volume, const char *ref)
{
    char start[128];
    const char *row;
    char definition[256];

    snprintf(start, sizeof(start), "\n%s\t%s\t", volume, *ref == '#' ? ref + 1 : ref);
    row = strstr(terms, start);
    if (!row)
        return false;
    snprintf(definition, sizeof(definition), "%.*s", (int)strcspn(row + 1, "\n"), row + 1);
    return body_term(definition);
}

/* Whether a volume's list of persons has somebody whose family name is the last word of [at, end).
 */
static bool is_listed(const char *persons, const char *at, const char *end)
{
    char word[128];
    const char *last = end;

    while (last > at && last[-1] != ' ')
        last--;
    snprintf(word, sizeof(word), "\t%.*s,", (int)(end - last), last);
    return strcasestr(persons, word) != NULL;
}

/* The diplomatic documents: persons are tagged, not all; places seldom; terms are. Some were tagged
 * by a program that knew no list and took the Gulf for a person: who is on none may be anything. */
void corpus_read_frus(struct corpus *corpus, unsigned source, const char *names, const char *texts)
{
    char *whole = corpus_file(texts, "frus/mentions.tsv");
    char *terms = corpus_file(texts, "frus/terms.tsv");
    char *persons = corpus_file(texts, "frus/persons.tsv");
    char *rest = whole;
    char *line;
    char last[256] = "";
    struct document *document = NULL;

    (void)names;
    strsep(&rest, "\n");
    while ((line = strsep(&rest, "\n")) && *line) {
        char *columns[6];
        char path[256];
        int kind = -1;

        for (size_t i = 0; i < 6; i++)
            columns[i] = strsep(&line, "\t");
        snprintf(path, sizeof(path), "frus/docs/%s/%s.txt", columns[0], columns[1]);
        if (strcmp(path, last) != 0) {
            if (document)
                corpus_settle(document);
            document = corpus_document(corpus, source, TAG_ENGLISH, path);
            document->partial = true;
            document->text = corpus_file(texts, path);
            document->len = strlen(document->text);
            snprintf(last, sizeof(last), "%s", path);
        }
        size_t start = strtoul(columns[2], NULL, 10);
        size_t end = strtoul(columns[3], NULL, 10);
        if (strcmp(columns[4], "persName") == 0)
            kind = *columns[5] || is_listed(persons, document->text + start, document->text + end)
                       ? 0
                       : SPAN_MAYBE;
        else if (strcmp(columns[4], "placeName") == 0)
            kind = 2;
        else if (strcmp(columns[4], "gloss") == 0 && is_body(terms, columns[0], columns[5]))
            kind = 1;
        if (kind >= 0)
            corpus_span(document, start, end, kind);
    }
    if (document)
        corpus_settle(document);
    free(whole);
    free(terms);
    free(persons);
}
