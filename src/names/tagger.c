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

enum kept_mark {
    KEPT_LETTERS = 1, /* enough of them to be remembered */
    KEPT_POST = 2,
    KEPT_POST_GOES_ON = 4,
    KEPT_CAPITAL = 8, /* one, at the front */
    KEPT_OF = 16,
    KEPT_POINT = 32,
    KEPT_POST_BEGINS = 64,
};

/* What a reading found of a token, and what is asked of it afterwards. */
struct kept_token {
    uint64_t key;     /* under which its word is remembered */
    uint32_t at, end; /* bytes in the block */
    int32_t margin;
    uint8_t label;
    uint8_t known; /* what was known of it */
    uint8_t marks; /* enum kept_mark */
    uint8_t style;
    int16_t scores[TAG_LABELS]; /* without what is known */
};

struct kept_sentence {
    struct tag_reader from; /* to read it again */
    uint32_t first, count;  /* of its tokens */
    enum tag_language language;
    bool guessed; /* the language is its own; else that of the last one with a language */
    bool arabic;
};

/* What the first reading of a block found: where the second knows no more of a sentence, it would
 * find the same. A token has a byte at least. */
struct first_reading {
    size_t token_count, sentence_count;
    struct kept_token tokens[BLOCK];
    struct kept_sentence sentences[BLOCK + 1]; /* and the one that is not there */
};

struct tagger {
    struct tag_model model;
    void *quickened; /* what its model refers to */
    const char *text;
    size_t len;
    const char *lang;
    enum tag_language last_language; /* of the last sentence in Arabic script that showed one */
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

/* One mention as a range of the tokens of a sentence. */
struct range {
    size_t first, last;
    int kind;
    float score;
};

/* ---- reading a sentence ---- */

/* The language of the tagger's sentence, as far as it shows one. */
static void guess_language(struct tagger *tagger, size_t base, struct kept_sentence *kept)
{
    const struct tag_sentence *sentence = &tagger->sentence;
    const struct tag_token *last = &sentence->tokens[sentence->count - 1];
    const char *guess;

    kept->guessed = true;
    if (!sentence->arabic) {
        kept->language = TAG_ENGLISH;
        return;
    }
    if (tagger->lang) {
        kept->language = strcmp(tagger->lang, "ar") == 0 ? TAG_ARABIC : TAG_PERSIAN;
        return;
    }
    guess = language_guess(tagger->text + base + sentence->tokens[0].at,
                           last->at + last->len - sentence->tokens[0].at);
    kept->guessed = *guess != '\0';
    kept->language = strcmp(guess, "ara") == 0 ? TAG_ARABIC : TAG_PERSIAN;
}

/* The language in which a sentence is read. */
static enum tag_language language_of(struct tagger *tagger, const struct kept_sentence *kept)
{
    if (!kept->arabic || tagger->lang)
        return kept->language;
    if (kept->guessed)
        tagger->last_language = kept->language;
    return tagger->last_language;
}

static uint8_t marks_of(const struct tag_sentence *sentence, size_t i, const struct tag_look *look)
{
    const struct tag_token *token = &sentence->tokens[i];
    bool of = token->folded_len == 2 && memcmp(tag_letters(sentence, i), "of", 2) == 0;

    return (uint8_t)((token->folded_len >= KNOWN_LETTERS_MIN ? KEPT_LETTERS : 0) |
                     (look->classes & CLASS_POST ? KEPT_POST : 0) |
                     (look->goes_on & CLASS_POST ? KEPT_POST_GOES_ON : 0) |
                     (look->begins & CLASS_POST ? KEPT_POST_BEGINS : 0) |
                     (look->style == CASE_INITIAL ? KEPT_CAPITAL : 0) | (of ? KEPT_OF : 0) |
                     (token->point ? KEPT_POINT : 0));
}

/* Looks at the tagger's sentence and keeps its tokens; what is known of them is 0. */
static void view(struct tagger *tagger, const struct kept_sentence *kept,
                 enum tag_language language)
{
    const struct tag_sentence *sentence = &tagger->sentence;
    struct kept_token *tokens = tagger->first.tokens + kept->first;

    tag_view(&tagger->model.list, sentence, language, &tagger->view);
    tag_score(&tagger->model.scripts[kept->arabic], &tagger->view, tagger->sums, &tagger->scores);
    for (size_t i = 0; i < sentence->count; i++) {
        const struct tag_token *token = &sentence->tokens[i];
        const struct tag_look *look = &tagger->view.looks[i];

        tokens[i] = (struct kept_token){.key = look->raw ? look->raw : look->word,
                                        .at = token->at,
                                        .end = token->at + token->len,
                                        .marks = marks_of(sentence, i, look),
                                        .style = look->style};
        for (int k = 0; k < TAG_LABELS; k++)
            tokens[i].scores[k] = (int16_t)tagger->scores.label[i][k];
    }
}

/* What other sentences say of the tokens; false if it is what they said before. */
static bool recall(struct tagger *tagger, const struct kept_sentence *kept, uint32_t number)
{
    struct kept_token *tokens = tagger->first.tokens + kept->first;
    bool news = false;

    for (size_t i = 0; i < kept->count; i++) {
        unsigned known = tag_memory_known(tagger->memory, tokens[i].key, number);

        news |= known != tokens[i].known;
        tokens[i].known = (uint8_t)known;
    }
    return news;
}

/* The words of a listed post that would be a body by themselves are none: the minister of foreign
 * affairs is a post, if nothing more is said of the affairs. */
static void free_posts(struct kept_token *tokens, size_t count)
{
    for (size_t i = 0; i + 1 < count; i++) {
        size_t end = i + 1;

        if (!(tokens[i].marks & KEPT_POST_BEGINS) || tokens[i].label != LABEL_OUT)
            continue;
        while (end < count && tokens[end].marks & KEPT_POST_GOES_ON)
            end++;
        if (end < count && tokens[end].label == LABEL_I_ORGANISATION)
            continue;
        for (size_t k = i + 1; k < end; k++)
            if (tokens[k].label == LABEL_B_ORGANISATION || tokens[k].label == LABEL_I_ORGANISATION)
                tokens[k].label = LABEL_OUT;
    }
}

/* Labels the tokens of a sentence by what was kept of them, and by what is known. Of the tagger's
 * view only how the words are written is looked at. */
static void label(struct tagger *tagger, const struct kept_sentence *kept,
                  enum tag_language language)
{
    const struct tag_weights *weights = &tagger->model.scripts[kept->arabic];
    struct kept_token *tokens = tagger->first.tokens + kept->first;

    tagger->sentence.count = kept->count;
    tagger->view.language = language;
    for (size_t i = 0; i < kept->count; i++) {
        tagger->view.looks[i].style = tokens[i].style;
        tagger->view.looks[i].known = tokens[i].known;
        for (int k = 0; k < TAG_LABELS; k++)
            tagger->scores.label[i][k] = tokens[i].scores[k];
    }
    tag_score_known(weights, &tagger->view, tagger->sums, &tagger->scores);
    tag_decode(weights, &tagger->view, &tagger->scores, &tagger->reading);
    for (size_t i = 0; i < kept->count; i++) {
        tokens[i].label = tagger->reading.labels[i];
        tokens[i].margin = tagger->reading.margins[i];
    }
    free_posts(tokens, kept->count);
}

/* ---- what was found ---- */

/* The next mention behind `range` in a sentence. */
static bool next_range(const struct tagger *tagger, const struct kept_sentence *kept,
                       struct range *range)
{
    const struct kept_token *tokens = tagger->first.tokens + kept->first;
    size_t i = range->last + 1;
    int32_t margin;

    while (i < kept->count && tokens[i].label == LABEL_OUT)
        i++;
    if (i >= kept->count)
        return false;
    range->first = range->last = i;
    range->kind = label_kind(tokens[i].label);
    margin = tokens[i].margin;
    while (i + 1 < kept->count && tokens[i + 1].label != LABEL_OUT &&
           !label_begins(tokens[i + 1].label)) {
        range->last = ++i;
        if (tokens[i].margin < margin)
            margin = tokens[i].margin;
    }
    const int32_t *sure = tagger->model.scripts[kept->arabic].sure[range->kind];
    range->score =
        1 / (1 + expf(-(float)sure[0] / 1000 - (float)sure[1] * (float)margin / 1000000));
    return true;
}

static void remember(struct tagger *tagger, const struct kept_sentence *kept, uint32_t number)
{
    const struct kept_token *tokens = tagger->first.tokens + kept->first;
    struct range range = {.last = (size_t)-1};

    while (next_range(tagger, kept, &range))
        for (size_t i = range.first; range.score >= sure_enough && i <= range.last; i++) {
            unsigned known = 1u << range.kind;

            if (range.kind == 0 && i == range.last && range.first < range.last)
                known |= KNOWN_FAMILY;
            if (tokens[i].marks & KEPT_LETTERS)
                tag_memory_note(tagger->memory, tokens[i].key, known, number);
        }
}

/* A listed post at a token that is in no other mention: as far as its phrase goes, and what follows
 * an English "of" in capitals. */
static bool post_at(const struct tagger *tagger, const struct kept_sentence *kept, size_t first,
                    struct range *range)
{
    const struct kept_token *tokens = tagger->first.tokens + kept->first;
    size_t last = first;

    if (!(tokens[first].marks & KEPT_POST) || tokens[first].label != LABEL_OUT)
        return false;
    while (last + 1 < kept->count && tokens[last + 1].marks & KEPT_POST_GOES_ON &&
           tokens[last + 1].label == LABEL_OUT)
        last++;
    range->score = last > first || tokens[first].marks & KEPT_CAPITAL ? post_sure : post_unsure;
    range->first = first;
    range->last = last;
    if (last + 2 < kept->count && tokens[last + 1].marks & KEPT_OF)
        for (size_t i = last + 2; i < kept->count && i < last + 2 + POST_OF_MAX &&
                                  tokens[i].label == LABEL_OUT && tokens[i].marks & KEPT_CAPITAL;
             i++)
            range->last = i;
    return true;
}

static int tell_range(const struct tagger *tagger, size_t base, const struct kept_token *tokens,
                      const struct range *range, enum mention_kind kind)
{
    const struct kept_token *last = &tokens[range->last];
    struct mention mention = {.start = base + tokens[range->first].at,
                              .end = base + last->end,
                              .kind = kind,
                              .score = range->score};

    if (last->marks & KEPT_POINT && mention.end < tagger->len && tagger->text[mention.end] == '.')
        mention.end++; /* U.S. with its last point */
    return tagger->seen(tagger->ctx, &mention);
}

static int tell(const struct tagger *tagger, size_t base, const struct kept_sentence *kept)
{
    const struct kept_token *tokens = tagger->first.tokens + kept->first;
    struct range name = {.last = (size_t)-1};
    bool more = next_range(tagger, kept, &name);
    int rc = 0;

    for (size_t i = 0; !rc && i < kept->count; i++) {
        struct range post;

        if (more && i == name.first) {
            rc = tell_range(tagger, base, tokens, &name, (enum mention_kind)name.kind);
            i = name.last;
            more = next_range(tagger, kept, &name);
        } else if (post_at(tagger, kept, i, &post)) {
            rc = tell_range(tagger, base, tokens, &post, MENTION_POST);
            i = post.last;
        }
    }
    return rc;
}

/* ---- a block ---- */

static bool read_first(struct tagger *tagger, struct tag_reader *reader, size_t base)
{
    struct first_reading *first = &tagger->first;
    uint32_t number = (uint32_t)first->sentence_count;
    struct kept_sentence *kept = &first->sentences[number];

    *kept = (struct kept_sentence){.from = *reader, .first = (uint32_t)first->token_count};
    if (!tag_reader_next(reader, &tagger->sentence))
        return false;
    kept->count = (uint32_t)tagger->sentence.count;
    kept->arabic = tagger->sentence.arabic;
    guess_language(tagger, base, kept);
    kept->language = language_of(tagger, kept);
    view(tagger, kept, kept->language);
    (void)recall(tagger, kept, number);
    label(tagger, kept, kept->language);
    remember(tagger, kept, number);
    first->token_count += kept->count;
    first->sentence_count++;
    return true;
}

/* A sentence is looked at again only when what follows it showed another language. */
static void read_again(struct tagger *tagger, uint32_t number)
{
    struct kept_sentence *kept = &tagger->first.sentences[number];
    enum tag_language language = language_of(tagger, kept);
    bool other = language != kept->language;

    if (!recall(tagger, kept, number) && !other)
        return;
    if (other) {
        (void)tag_reader_next(&kept->from, &tagger->sentence);
        view(tagger, kept, language);
        (void)recall(tagger, kept, number);
    }
    label(tagger, kept, language);
}

/* Two readings of a block: one to remember, one to tell. */
static int read_block(struct tagger *tagger, size_t base, size_t len)
{
    struct first_reading *first = &tagger->first;
    struct tag_reader reader;
    int rc = 0;

    tag_reader_init(&reader, tagger->text + base, len);
    tag_memory_clear(tagger->memory);
    first->token_count = first->sentence_count = 0;
    while (read_first(tagger, &reader, base))
        ;
    for (uint32_t number = 0; !rc && number < first->sentence_count; number++) {
        read_again(tagger, number);
        rc = tell(tagger, base, &first->sentences[number]);
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
    tagger->quickened = tag_model_quicken(&tagger->model);
    tagger->view.sentence = &tagger->sentence;
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
    free(tagger->quickened);
    free(tagger);
}

int tagger_read(struct tagger *tagger, const char *text, size_t len, const char *lang,
                mention_seen_fn seen, void *ctx)
{
    int rc = 0;

    tagger->text = text;
    tagger->len = len;
    tagger->lang = lang;
    tagger->last_language = TAG_PERSIAN;
    tagger->seen = seen;
    tagger->ctx = ctx;
    for (size_t at = 0; !rc && at < len;) {
        size_t end = tagger_part(text, len, at);

        rc = read_block(tagger, at, end - at);
        at = end;
    }
    return rc;
}
