#include "names/tag_features.h"

#include <string.h>

#include "base/utf8.h"

enum { SEED_WORD = 1, SEED_AFFIX = 2, SEED_SHAPE = 3, SEED_STEM = 4, SEED_RAW = 5, EDGE = 77 };

uint64_t tag_word_key(const char *letters, size_t len)
{
    return tag_key(SEED_WORD, letters, len);
}

uint64_t tag_known_key(const struct tag_sentence *sentence, size_t token,
                       enum tag_language language)
{
    const struct tag_token *at = &sentence->tokens[token];

    if (language == TAG_ARABIC && at->arabic)
        return tag_key(SEED_RAW, sentence->text + at->at, at->len);
    return tag_word_key(tag_letters(sentence, token), at->folded_len);
}

uint64_t tag_phrase_key(uint64_t before, uint64_t word)
{
    return before ? tag_mix(before, word) : word;
}

static bool begins_with(const char *letters, size_t len, const char *with)
{
    size_t size = strlen(with);

    return len > size && memcmp(letters, with, size) == 0;
}

static bool ends_with(const char *letters, size_t len, const char *with)
{
    size_t size = strlen(with);

    return len > size && memcmp(letters + len - size, with, size) == 0;
}

/* An Arabic word without و ف ب ل ك and ال in front, a Persian one without its plural and ی. Letters
 * are of two bytes; three of them remain at least. */
static uint64_t stem_key(const char *letters, size_t len, enum tag_language language)
{
    static const char *const ends[] = {"هایی", "های", "ها", "ی"};
    const char *from = letters;

    if (language == TAG_ARABIC) {
        static const char *const before[] = {"و", "ف", "ب", "ل", "ک"};

        for (size_t i = 0; i < 5; i++)
            if (len >= 12 && begins_with(from, len, before[i]) && memcmp(from + 2, "ال", 4) == 0) {
                from += 2;
                len -= 2;
                break;
            }
        if (len >= 10 && begins_with(from, len, "ال")) {
            from += 4;
            len -= 4;
        } else if (len >= 10 && begins_with(from, len, "لل")) {
            from += 4;
            len -= 4;
        }
    } else if (language == TAG_PERSIAN) {
        for (size_t i = 0; i < 4; i++)
            if (len >= 6 + strlen(ends[i]) && ends_with(from, len, ends[i])) {
                len -= strlen(ends[i]);
                break;
            }
    }
    return tag_key(SEED_STEM, from, len);
}

static void affixes(const char *letters, size_t len, struct tag_look *look)
{
    size_t front = 0, back = len;

    for (int i = 0; i < TAG_AFFIXES; i++) {
        uint32_t rune;

        if (front >= len)
            return;
        front += utf8_decode(letters + front, len - front, &rune);
        back--;
        while (back && ((unsigned char)letters[back] & 0xC0) == 0x80)
            back--;
        look->prefix[i] = tag_key(SEED_AFFIX, letters, front);
        look->suffix[i] = tag_key(SEED_AFFIX + 16, letters + back, len - back);
    }
}

/* Runs of capitals, small letters, digits and signs: X, x, 0 and the sign. Bytes beyond ASCII count
 * by their neighbours. */
static uint64_t shape_key(const struct tag_token *token, const char *letters)
{
    char shape[8];
    size_t count = 0;

    shape[count++] = (char)('a' + token->style);
    shape[count++] = token->point ? '.' : '-';
    if (token->style == CASE_NUMBER) {
        for (size_t i = 0; i < token->folded_len && count < sizeof(shape); i++)
            shape[count++] = letters[i] == '0' ? '0' : 'x';
    } else if (token->style == CASE_SIGN) {
        memcpy(shape + count, letters, token->folded_len < 4 ? token->folded_len : 4);
        count += token->folded_len < 4 ? token->folded_len : 4;
    } else {
        shape[count++] = (char)('0' + (token->folded_len > 6 ? 6 : token->folded_len));
    }
    return tag_key(SEED_SHAPE, shape, count);
}

/* Marks the tokens of the longest listed phrase that begins at a token. */
static void look_up(const struct tag_table *list, struct tag_view *view, size_t at)
{
    const struct tag_sentence *sentence = view->sentence;
    uint64_t key = 0;
    unsigned found = 0;
    size_t last = at;

    for (size_t i = at; i < sentence->count && i < at + TAG_PHRASE_MAX; i++) {
        unsigned classes;
        uint8_t cluster;

        if (sentence->tokens[i].style == CASE_SIGN)
            break;
        key = tag_phrase_key(key, view->looks[i].word);
        classes = tag_classes(list, key, &cluster);
        if (i == at)
            view->looks[at].cluster = cluster;
        if (classes && i == at)
            view->looks[at].classes |= (uint16_t)classes;
        if (classes && i > at) {
            found = classes;
            last = i;
        }
    }
    for (size_t i = at; found && i <= last; i++) {
        view->looks[i].classes |= (uint16_t)found;
        if (i == at)
            view->looks[i].begins |= (uint16_t)found;
        else
            view->looks[i].goes_on |= (uint16_t)found;
    }
}

/* A listed Arabic word with ال or a letter before it. */
static void look_inside(const struct tag_table *list, const struct tag_sentence *sentence,
                        size_t at, struct tag_look *look)
{
    const struct tag_token *token = &sentence->tokens[at];
    const char *letters = tag_letters(sentence, at);
    size_t before = begins_with(letters, token->folded_len, "ال") ? 4 : 2;
    uint8_t cluster;

    if (!token->arabic || token->folded_len < 8)
        return;
    look->classes |= (uint16_t)tag_classes(
        list, tag_word_key(letters + before, token->folded_len - before), &cluster);
    if (!look->cluster)
        look->cluster = cluster;
}

void tag_view(const struct tag_table *list, const struct tag_sentence *sentence,
              enum tag_language language, struct tag_view *view)
{
    view->sentence = sentence;
    view->language = language;
    for (size_t i = 0; i < sentence->count; i++) {
        const struct tag_token *token = &sentence->tokens[i];
        const char *letters = tag_letters(sentence, i);
        struct tag_look *look = &view->looks[i];

        *look = (struct tag_look){.style = token->style};
        look->word = tag_word_key(letters, token->folded_len);
        look->stem = stem_key(letters, token->stem, token->arabic ? language : TAG_ENGLISH);
        look->shape = shape_key(token, letters);
        if (language == TAG_ARABIC && token->arabic)
            look->raw = tag_known_key(sentence, i, language);
        if (token->style != CASE_SIGN)
            affixes(letters, token->folded_len, look);
    }
    for (size_t i = 0; i < sentence->count; i++)
        if (sentence->tokens[i].style != CASE_SIGN)
            look_up(list, view, i);
    if (language == TAG_ARABIC)
        for (size_t i = 0; i < sentence->count; i++)
            if (!view->looks[i].classes)
                look_inside(list, sentence, i, &view->looks[i]);
}

struct keys {
    uint64_t *at;
    size_t count;
};

static void put(struct keys *keys, unsigned form, uint64_t value)
{
    if (keys->count < TAG_FEATURES_MAX)
        keys->at[keys->count++] = tag_mix((uint64_t)form << 8, value);
}

static void put_two(struct keys *keys, unsigned form, uint64_t first, uint64_t second)
{
    put(keys, form, tag_mix(first, second));
}

static const struct tag_look *look_at(const struct tag_view *view, size_t token, int away)
{
    static const struct tag_look edge = {
        .word = EDGE, .stem = EDGE, .shape = EDGE, .style = TAG_CASES};
    size_t at = token + (size_t)away;

    return at < view->sentence->count ? &view->looks[at] : &edge;
}

static void put_classes(struct keys *keys, unsigned form, unsigned classes)
{
    for (unsigned i = 0; classes; i++, classes >>= 1)
        if (classes & 1)
            put(keys, form, i);
}

static void put_words(struct keys *keys, const struct tag_look *const around[5])
{
    for (unsigned i = 0; i < 5; i++)
        put(keys, 1 + i, around[i]->word);
    put_two(keys, 6, around[1]->word, around[2]->word);
    put_two(keys, 7, around[2]->word, around[3]->word);
    put_two(keys, 8, around[1]->word, around[3]->word);
    put_two(keys, 9, around[0]->word, around[1]->word);
    put_two(keys, 10, around[3]->word, around[4]->word);
    for (unsigned i = 0; i < 3; i++)
        put(keys, 11 + i, around[1 + i]->stem);
    put_two(keys, 14, around[1]->stem, around[2]->stem);
    put_two(keys, 15, around[2]->stem, around[3]->stem);
}

static void put_affixes(struct keys *keys, const struct tag_look *const around[5])
{
    const struct tag_look *look = around[2];

    for (unsigned i = 0; i < TAG_AFFIXES; i++) {
        if (look->prefix[i])
            put(keys, 20 + i, look->prefix[i]);
        if (look->suffix[i])
            put(keys, 24 + i, look->suffix[i]);
    }
    put_two(keys, 28, look->suffix[2], look->style);
    put(keys, 29, around[1]->suffix[2]);
    put(keys, 30, around[3]->suffix[2]);
    put(keys, 31, around[1]->prefix[2]);
    put(keys, 32, around[3]->prefix[2]);
}

static void put_shapes(struct keys *keys, const struct tag_look *const around[5], bool first)
{
    uint64_t three = around[1]->style * 400u + around[2]->style * 20u + around[3]->style;

    put(keys, 40, around[2]->shape);
    put_two(keys, 41, around[1]->shape, around[2]->shape);
    put_two(keys, 42, around[2]->shape, around[3]->shape);
    put_two(keys, 43, three, first);
    put_two(keys, 44, three, around[0]->style * 20u + around[4]->style);
    put_two(keys, 45, around[1]->word, around[2]->style);
    put_two(keys, 46, around[3]->word, around[2]->style);
    put_two(keys, 47, around[2]->word, around[2]->style * 2u + first);
}

static void put_list(struct keys *keys, const struct tag_look *const around[5])
{
    const struct tag_look *look = around[2];

    put_classes(keys, 50, look->classes);
    put_classes(keys, 51, around[1]->classes);
    put_classes(keys, 52, around[3]->classes);
    put_classes(keys, 53, look->begins);
    put_classes(keys, 54, look->goes_on);
    put_two(keys, 55, look->classes, look->style);
    put_two(keys, 56, around[1]->classes, look->classes);
    put_two(keys, 57, look->classes, around[3]->classes);
    put_two(keys, 58, around[1]->classes, look->style);
    put_two(keys, 59, around[3]->classes, look->style);
    put_two(keys, 60, look->begins, look->goes_on);
    put_two(keys, 61, around[0]->classes, around[1]->classes);
    put_two(keys, 62, tag_mix(around[1]->classes, look->classes), around[3]->classes);
}

static void put_clusters(struct keys *keys, const struct tag_look *const around[5])
{
    for (unsigned i = 0; i < 5; i++)
        if (around[i]->cluster)
            put(keys, 90 + i, around[i]->cluster);
    put_two(keys, 95, around[1]->cluster, around[2]->cluster);
    put_two(keys, 96, around[2]->cluster, around[3]->cluster);
    put_two(keys, 97, around[1]->cluster, around[3]->cluster);
    put_two(keys, 98, around[1]->cluster, around[2]->style);
}

size_t tag_features(const struct tag_view *view, size_t token, uint64_t at[TAG_FEATURES_MAX])
{
    struct keys keys = {at, 0};
    const struct tag_token *this = &view->sentence->tokens[token];
    const struct tag_token *next = token + 1 < view->sentence->count ? this + 1 : NULL;
    const struct tag_look *around[5];

    for (int i = -2; i <= 2; i++)
        around[i + 2] = look_at(view, token, i);
    put(&keys, 0, view->language);
    put_two(&keys, 70, view->language, around[2]->style);
    put_words(&keys, around);
    if (around[2]->raw) {
        put(&keys, 16, around[2]->raw);
        put_two(&keys, 17, around[2]->raw, around[3]->word);
    }
    put_affixes(&keys, around);
    put_shapes(&keys, around, token == 0);
    put_list(&keys, around);
    put_clusters(&keys, around);
    put_two(&keys, 71, (unsigned char)this->glue, next ? (unsigned char)next->glue : 1u);
    put_two(&keys, 72, (unsigned char)this->glue, around[1]->style * 20u + around[2]->style);
    if (around[2]->known) {
        put(&keys, 80, around[2]->known);
        put_two(&keys, 81, around[2]->known, around[2]->style);
        put_two(&keys, 82, around[2]->known, around[1]->known);
    }
    put(&keys, 83, around[1]->known);
    put(&keys, 84, around[3]->known);
    return keys.count;
}
