#include "labelled.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { NO_NAME = -1, LETTER = 2 /* bytes of an Arabic one */ };

struct label {
    const char *name;
    size_t len;
    int kind;    /* as a span's, or NO_NAME */
    size_t line; /* 0: any */
};

struct labels {
    struct corpus *corpus;
    const char *texts;
    unsigned source;
    enum tag_language language;
    struct label *items;
    size_t count, of_folder;   /* the first are the folder's */
    const char *folder, *name; /* of the open text, or NULL */
};

static unsigned source_of(enum tag_language language)
{
    static const char *const names[] = {"labelled-en", "labelled-fa", "labelled-ar"};
    unsigned source = 0;

    while (strcmp(corpus_sources[source].name, names[language]) != 0)
        source++;
    return source;
}

static bool is_word(uint32_t rune)
{
    static const char signs[] = "،؛؟٪٫٬٭۔×÷";
    char bytes[5] = {0};

    if (rune < 0x80)
        return isalnum((int)rune) != 0;
    utf8_encode(rune, bytes);
    return rune == 0x200C ||
           (rune >= 0xC0 && !(rune >= 0x2000 && rune < 0x2070) && !strstr(signs, bytes));
}

static bool word_goes_on(const char *text, size_t len)
{
    uint32_t rune;

    return len && utf8_decode(text, len, &rune) && is_word(rune);
}

/* Whether a text begins with a name; `joined`: with لل where the name has ال. */
static bool begins_with(const char *text, size_t len, const struct label *label, bool joined)
{
    size_t skip = joined ? 2 * LETTER : 0;

    if (label->len > len || label->len < skip ||
        (joined && (strncmp(text, "لل", skip) != 0 || strncmp(label->name, "ال", skip) != 0)))
        return false;
    return memcmp(text + skip, label->name + skip, label->len - skip) == 0 &&
           !word_goes_on(text + label->len, len - label->len);
}

static const struct label *label_at(const struct labels *labels, const char *text, size_t len,
                                    size_t line)
{
    const struct label *best = NULL;

    for (size_t i = 0; i < labels->count; i++) {
        const struct label *label = &labels->items[i];

        if ((label->line && label->line != line) || (best && label->len < best->len))
            continue;
        if (begins_with(text, len, label, false) ||
            (labels->language == TAG_ARABIC && begins_with(text, len, label, true)))
            best = label;
    }
    return best;
}

static bool is_one_of(const char *text, size_t len, const char *letters)
{
    for (; len >= LETTER && *letters; letters += LETTER)
        if (memcmp(text, letters, LETTER) == 0)
            return true;
    return false;
}

/* The name that a word begins, and how many bytes stand before it. */
static const struct label *label_of_word(const struct labels *labels, const char *text, size_t len,
                                         size_t line, size_t *ret_before)
{
    const struct label *label = label_at(labels, text, len, line);

    *ret_before = 0;
    if (label || labels->language != TAG_ARABIC)
        return label;
    if (is_one_of(text, len, "وف")) {
        *ret_before = LETTER;
        label = label_at(labels, text + LETTER, len - LETTER, line);
    }
    if (!label && is_one_of(text + *ret_before, len - *ret_before, "بلك")) {
        *ret_before += LETTER;
        label = label_at(labels, text + *ret_before, len - *ret_before, line);
    }
    return label;
}

static void label_line(const struct labels *labels, struct document *document, size_t at,
                       size_t end, size_t line)
{
    bool inside = false;

    while (at < end) {
        const struct label *label = NULL;
        uint32_t rune;
        size_t before, len = utf8_decode(document->text + at, end - at, &rune);

        if (is_word(rune) && !inside)
            label = label_of_word(labels, document->text + at, end - at, line, &before);
        if (label) {
            len = before + label->len;
            if (label->kind != NO_NAME)
                corpus_span(document, at, at + len, label->kind);
        }
        inside = !label && is_word(rune);
        at += len;
    }
}

/* Labels the open text. */
static void end_text(struct labels *labels)
{
    struct document *document;
    char path[256];
    size_t line = 1;

    if (labels->name) {
        snprintf(path, sizeof(path), "%s/%s.txt", labels->folder, labels->name);
        document = corpus_document(labels->corpus, labels->source, labels->language, path);
        document->text = corpus_file(labels->texts, path);
        document->len = strlen(document->text);
        for (size_t at = 0, end; at < document->len; at = end + 1, line++) {
            end = at + strcspn(document->text + at, "\n");
            label_line(labels, document, at, end, line);
        }
    }
    labels->name = NULL;
    labels->count = labels->of_folder;
}

static void begin(struct labels *labels, const char *name)
{
    end_text(labels);
    if (strchr(name, '/')) {
        labels->folder = name;
        labels->count = labels->of_folder = 0;
    } else {
        labels->name = name;
    }
}

static void add_names(struct labels *labels, char *names, int kind, size_t line)
{
    char *name;

    while ((name = strsep(&names, "|"))) {
        size_t len;

        name += strspn(name, " ");
        len = strlen(name);
        while (len && name[len - 1] == ' ')
            len--;
        labels->items = mem_room(labels->items, labels->count, sizeof(*labels->items));
        labels->items[labels->count++] = (struct label){name, len, kind, line};
    }
    if (!labels->name)
        labels->of_folder = labels->count;
}

/* The kind a row says; -2: none. */
static int kind_of(char letter)
{
    static const struct {
        char letter;
        int kind;
    } kinds[] = {{'P', 0}, {'O', 1}, {'L', 2}, {'?', SPAN_MAYBE}, {'-', NO_NAME}};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
        if (kinds[i].letter == letter)
            return kinds[i].kind;
    return -2;
}

static void read_row(struct labels *labels, char *row)
{
    char *rest;
    size_t line = strtoul(row, &rest, 10);

    rest += *rest == ' ';
    if (rest[0] == '@' && rest[1] == ' ') {
        begin(labels, rest + 2);
    } else if (kind_of(*rest) > -2 && rest[1] == ' ' && labels->folder) {
        add_names(labels, rest + 2, kind_of(*rest), line);
    } else if (*row && *row != '#') {
        fprintf(stderr, "train_tagger: no label: %s\n", row);
        exit(1);
    }
}

static void read_labels(struct corpus *corpus, const char *folder, const char *texts,
                        enum tag_language language)
{
    static const char *const files[] = {"en.labels", "fa.labels", "ar.labels"};
    struct labels labels = {
        .corpus = corpus, .texts = texts, .source = source_of(language), .language = language};
    char *whole = corpus_file(folder, files[language]);
    char *rest = whole, *row;

    while ((row = strsep(&rest, "\n")))
        read_row(&labels, row);
    end_text(&labels);
    free(labels.items);
    free(whole);
}

void labelled_add(struct corpus *corpus, const char *folder, const char *texts)
{
    read_labels(corpus, folder, texts, TAG_ENGLISH);
    read_labels(corpus, folder, texts, TAG_PERSIAN);
    read_labels(corpus, folder, texts, TAG_ARABIC);
}

bool labelled_has(const struct corpus *corpus, const char *path)
{
    for (size_t i = 0; i < corpus->count; i++)
        if (corpus->documents[i].key == corpus_key(path) &&
            strncmp(corpus_sources[corpus->documents[i].source].name, "labelled", 8) == 0)
            return true;
    return false;
}
