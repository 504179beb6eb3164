#include "names/tagger.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "names/tag_decode.h"
#include "names/tag_memory.h"
#include "text/language.h"

enum {
    BLOCK = 16 << 10, /* bytes that are read as one text */
    KNOWN_LETTERS_MIN = 3,
    POST_OF_MAX = 4, /* words after "of" that a post takes */
};
static const float post_sure = 0.9F;
static const float post_unsure = 0.5F;
static const float sure_enough = 0.5F; /* to be remembered */

/* What the first reading of a block found, token by token: where the second knows no more of a
 * sentence, it finds the same. */
struct first_reading {
    size_t at;              /* the token that is next */
    uint8_t seen_as[BLOCK]; /* what was known of it, and the language of its sentence */
    uint8_t labels[BLOCK];
    int32_t margins[BLOCK];
};

struct tagger {
    struct tag_model model;
    uint64_t *sieve;
    const char *text;
    size_t len;
    const char *lang;
    enum tag_language guessed;
    struct tag_memory *memory;
    struct tag_sums *sums;
    struct tag_sentence sentence;
    struct tag_view view;
    struct tag_scores scores;
    struct tag_reading reading;
    struct first_reading first;
    mention_seen_fn seen;
    void *ctx;
};

/* One mention as a range of tokens. */
struct range {
    size_t first, last;
    int kind;
    float score;
};

static enum tag_language language_of(struct tagger *tagger, size_t base)
{
    const struct tag_sentence *sentence = &tagger->sentence;
    const struct tag_token *last = &sentence->tokens[sentence->count - 1];
    const char *guess;

    if (!sentence->arabic)
        return TAG_ENGLISH;
    if (tagger->lang)
        return strcmp(tagger->lang, "ar") == 0 ? TAG_ARABIC : TAG_PERSIAN;
    guess = language_guess(tagger->text + base + sentence->tokens[0].at,
                           last->at + last->len - sentence->tokens[0].at);
    if (strcmp(guess, "ara") == 0)
        tagger->guessed = TAG_ARABIC;
    else if (*guess)
        tagger->guessed = TAG_PERSIAN;
    return tagger->guessed;
}

static bool next_range(const struct tagger *tagger, struct range *range)
{
    const struct tag_weights *weights = &tagger->model.scripts[tagger->sentence.arabic];
    const struct tag_reading *reading = &tagger->reading;
    size_t i = range->last + 1;
    int32_t margin;

    while (i < tagger->sentence.count && reading->labels[i] == LABEL_OUT)
        i++;
    if (i >= tagger->sentence.count)
        return false;
    range->first = range->last = i;
    range->kind = label_kind(reading->labels[i]);
    margin = reading->margins[i];
    while (i + 1 < tagger->sentence.count && reading->labels[i + 1] != LABEL_OUT &&
           !label_begins(reading->labels[i + 1])) {
        range->last = ++i;
        if (reading->margins[i] < margin)
            margin = reading->margins[i];
    }
    const int32_t *sure = weights->sure[range->kind];
    range->score =
        1 / (1 + expf(-(float)sure[0] / 1000 - (float)sure[1] * (float)margin / 1000000));
    return true;
}

static void remember(struct tagger *tagger, uint32_t number)
{
    struct range range = {.last = (size_t)-1};

    while (next_range(tagger, &range))
        for (size_t i = range.first; range.score >= sure_enough && i <= range.last; i++) {
            unsigned known = 1u << range.kind;

            if (range.kind == 0 && i == range.last && range.first < range.last)
                known |= KNOWN_FAMILY;
            if (tagger->sentence.tokens[i].folded_len >= KNOWN_LETTERS_MIN)
                tag_memory_note(tagger->memory,
                                tag_known_key(&tagger->sentence, i, tagger->view.language), known,
                                number);
        }
}

/* Reads the next sentence; its looks are of what is remembered. */
static bool view_next(struct tagger *tagger, struct tag_reader *reader, size_t base,
                      uint32_t number)
{
    if (!tag_reader_next(reader, &tagger->sentence))
        return false;
    tag_view(&tagger->model.list, &tagger->sentence, language_of(tagger, base), &tagger->view);
    for (size_t i = 0; i < tagger->sentence.count; i++)
        tagger->view.looks[i].known = (uint8_t)tag_memory_known(
            tagger->memory, tag_known_key(&tagger->sentence, i, tagger->view.language), number);
    return true;
}

static void read_labels(struct tagger *tagger)
{
    const struct tag_weights *weights = &tagger->model.scripts[tagger->sentence.arabic];

    tag_score(weights, &tagger->view, tagger->sums, &tagger->scores);
    tag_decode(weights->after, &tagger->view, &tagger->scores, true, &tagger->reading);
}

static uint8_t seen_as(const struct tagger *tagger, size_t token)
{
    return (uint8_t)(tagger->view.looks[token].known | (unsigned)tagger->view.language << 6);
}

static void keep_first(struct tagger *tagger)
{
    struct first_reading *first = &tagger->first;

    for (size_t i = 0; i < tagger->sentence.count; i++) {
        first->seen_as[first->at] = seen_as(tagger, i);
        first->labels[first->at] = tagger->reading.labels[i];
        first->margins[first->at++] = tagger->reading.margins[i];
    }
}

/* The labels of the next sentence of the second reading. */
static void read_again(struct tagger *tagger)
{
    struct first_reading *first = &tagger->first;
    size_t count = tagger->sentence.count;
    bool same = true;

    for (size_t i = 0; i < count && same; i++)
        same = first->seen_as[first->at + i] == seen_as(tagger, i);
    if (same) {
        memcpy(tagger->reading.labels, first->labels + first->at, count);
        memcpy(tagger->reading.margins, first->margins + first->at,
               count * sizeof(*first->margins));
    } else {
        read_labels(tagger);
    }
    first->at += count;
}

/* A listed post at a token that is in no other mention: as far as its phrase goes, and what follows
 * an English "of" in capitals. */
static bool post_at(const struct tagger *tagger, size_t first, struct range *range)
{
    const struct tag_look *looks = tagger->view.looks;
    const uint8_t *labels = tagger->reading.labels;
    size_t count = tagger->sentence.count;
    size_t last = first;

    if (!(looks[first].classes & CLASS_POST) || labels[first] != LABEL_OUT)
        return false;
    while (last + 1 < count && looks[last + 1].goes_on & CLASS_POST &&
           labels[last + 1] == LABEL_OUT)
        last++;
    range->score = last > first || looks[first].style == CASE_INITIAL ? post_sure : post_unsure;
    if (last + 2 < count && tagger->sentence.tokens[last + 1].folded_len == 2 &&
        memcmp(tag_letters(&tagger->sentence, last + 1), "of", 2) == 0)
        for (size_t i = last + 2; i < count && i < last + 2 + POST_OF_MAX &&
                                  labels[i] == LABEL_OUT && looks[i].style == CASE_INITIAL;
             i++)
            range->last = i;
    else
        range->last = last;
    if (range->last < last)
        range->last = last;
    range->first = first;
    return true;
}

static int tell_range(const struct tagger *tagger, size_t base, const struct range *range,
                      enum mention_kind kind)
{
    const struct tag_token *last = &tagger->sentence.tokens[range->last];
    struct mention mention = {.start = base + tagger->sentence.tokens[range->first].at,
                              .end = base + last->at + last->len,
                              .kind = kind,
                              .score = range->score};

    if (last->point && mention.end < tagger->len && tagger->text[mention.end] == '.')
        mention.end++; /* U.S. with its last point */
    return tagger->seen(tagger->ctx, &mention);
}

static int tell(const struct tagger *tagger, size_t base)
{
    struct range name = {.last = (size_t)-1};
    bool more = next_range(tagger, &name);
    int rc = 0;

    for (size_t i = 0; !rc && i < tagger->sentence.count; i++) {
        struct range post = {.last = i};

        if (more && i == name.first) {
            rc = tell_range(tagger, base, &name, (enum mention_kind)name.kind);
            i = name.last;
            more = next_range(tagger, &name);
        } else if (post_at(tagger, i, &post)) {
            rc = tell_range(tagger, base, &post, MENTION_POST);
            i = post.last;
        }
    }
    return rc;
}

/* Two readings of a block: one to remember, one to tell. */
static int read_block(struct tagger *tagger, size_t base, size_t len)
{
    struct tag_reader reader;
    uint32_t number = 0;
    int rc = 0;

    tag_reader_init(&reader, tagger->text + base, len);
    tag_memory_clear(tagger->memory);
    tagger->first.at = 0;
    while (view_next(tagger, &reader, base, number)) {
        read_labels(tagger);
        keep_first(tagger);
        remember(tagger, number++);
    }
    tag_reader_init(&reader, tagger->text + base, len);
    tagger->first.at = 0;
    number = 0;
    while (!rc && view_next(tagger, &reader, base, number++)) {
        read_again(tagger);
        rc = tell(tagger, base);
    }
    return rc;
}

size_t tagger_part(const char *text, size_t len, size_t at)
{
    const char *stop;

    if (len - at <= BLOCK)
        return len;
    stop = memrchr(text + at, '\n', BLOCK);
    if (!stop)
        stop = memrchr(text + at, ' ', BLOCK);
    return stop ? (size_t)(stop - text) + 1 : at + BLOCK;
}

struct tagger *tagger_new(const struct tag_model *model)
{
    struct tagger *tagger = mem_zalloc(1, sizeof(*tagger));

    if (model)
        tagger->model = *model;
    else
        tag_model_builtin(&tagger->model);
    tagger->sieve = tag_model_sieve(&tagger->model);
    tagger->memory = tag_memory_new();
    tagger->sums = tag_sums_new();
    return tagger;
}

void tagger_free(struct tagger *tagger)
{
    if (!tagger)
        return;
    tag_memory_free(tagger->memory);
    tag_sums_free(tagger->sums);
    free(tagger->sieve);
    free(tagger);
}

int tagger_read(struct tagger *tagger, const char *text, size_t len, const char *lang,
                mention_seen_fn seen, void *ctx)
{
    int rc = 0;

    tagger->text = text;
    tagger->len = len;
    tagger->lang = lang;
    tagger->guessed = TAG_PERSIAN;
    tagger->seen = seen;
    tagger->ctx = ctx;
    for (size_t at = 0; !rc && at < len;) {
        size_t end = tagger_part(text, len, at);

        rc = read_block(tagger, at, end - at);
        at = end;
    }
    return rc;
}
