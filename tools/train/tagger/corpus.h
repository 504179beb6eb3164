/*
 * Labelled texts, as the trainer of the tagger takes them: every corpus becomes documents of plain
 * text with marked ranges, so that the tagger's own reading of a text is what it is trained on.
 */
#ifndef TRAIN_CORPUS_H
#define TRAIN_CORPUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "names/tag_features.h"

struct span {
    size_t start, end; /* bytes of the text */
    int kind;          /* 0 person, 1 organisation, 2 place, or of the following */
};

enum {
    SPAN_NAME = TAG_KINDS, /* a name of any kind */
    SPAN_MAYBE,            /* a name or not */
    SPAN_NONE,             /* no name, where not all names are labelled */
};

enum { CORPUS_FOLDS = 5 };

struct document {
    char *text; /* a sentence or paragraph a line */
    size_t len;
    struct span *spans; /* in order */
    size_t span_count;
    enum tag_language language;
    unsigned source; /* in corpus_sources */
    bool partial;    /* what is not marked may be a name too, unless it is in small letters */
    bool made;       /* a damaged copy: never measured */
    uint64_t key;    /* of what the document is called */
    unsigned fold;   /* by it: what is measured is not trained from */
};

struct corpus {
    struct document *documents;
    size_t count;
};

enum corpus_use {
    USE_SHIPPED,    /* its licence lets a model that is given away learn from it */
    USE_EVALUATION, /* it may be used to measure only */
};

struct corpus_source {
    const char *name;
    enum corpus_use use;
    bool whole; /* every name is labelled */
    void (*read)(struct corpus *corpus, unsigned source, const char *names, const char *texts);
};

extern const struct corpus_source corpus_sources[];
extern const size_t corpus_source_count;

/* A draw of 32 bits; the same each time a program runs. */
uint32_t corpus_draw(uint64_t *state);

/* Parts of the readers of corpora. A file's text; a missing one ends the program. */
char *corpus_file(const char *folder, const char *path);
uint64_t corpus_key(const char *name);
/* A new document; its name decides its fold. Valid until the next is made. */
struct document *corpus_document(struct corpus *corpus, unsigned source, enum tag_language language,
                                 const char *name);
void corpus_span(struct document *document, size_t start, size_t end, int kind);
/* Puts spans in order; of two that overlap the first and longest stays. */
void corpus_settle(struct document *document);

void corpus_read_frus(struct corpus *corpus, unsigned source, const char *names, const char *texts);
void corpus_read_re3d(struct corpus *corpus, unsigned source, const char *names, const char *texts);
void corpus_read_knowledgenet(struct corpus *corpus, unsigned source, const char *names,
                              const char *texts);

/* Adds copies of some lines of what is wholly labelled, damaged as by OCR and careless typing. */
void corpus_damage(struct corpus *corpus);

void corpus_free(struct corpus *corpus);

#endif
