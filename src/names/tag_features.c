#include "names/tag_features.h"

#include <string.h>

#include "base/utf8.h"

enum { SEED_WORD = 1, SEED_AFFIX = 2, SEED_SHAPE = 3, SEED_STEM = 4, SEED_RAW = 5 };

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

/* The keys of the phrases that begin at a token, the shortest first. */
static size_t phrase_keys(const struct tag_view *view, size_t at, uint64_t keys[TAG_PHRASE_MAX])
{
    const struct tag_sentence *sentence = view->sentence;
    uint64_t key = 0;
    size_t count = 0;

    for (size_t i = at; i < sentence->count && count < TAG_PHRASE_MAX; i++) {
        if (sentence->tokens[i].style == CASE_SIGN)
            break;
        key = tag_phrase_key(key, view->looks[i].word);
        keys[count++] = key;
    }
    return count;
}

/* Marks the tokens of the longest listed phrase that begins at a token. */
static void look_up(const struct tag_table *list, struct tag_view *view, size_t at)
{
    uint64_t keys[TAG_PHRASE_MAX];
    size_t count = phrase_keys(view, at, keys);
    unsigned found = 0;
    size_t last = at;

    for (size_t i = 0; i < count; i++) {
        struct tag_cluster cluster;
        unsigned classes = tag_classes(list, keys[i], &cluster);

        if (i == 0) {
            view->looks[at].cluster = cluster;
            view->looks[at].classes |= (uint16_t)classes;
        } else if (classes) {
            found = classes;
            last = at + i;
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
    struct tag_cluster cluster;

    if (!token->arabic || token->folded_len < 8)
        return;
    look->classes |= (uint16_t)tag_classes(
        list, tag_word_key(letters + before, token->folded_len - before), &cluster);
    if (!look->cluster.narrow)
        look->cluster = cluster;
}

/* The affixes are those of the word. */
static uint64_t look_id(const struct tag_look *look, enum tag_language language)
{
    uint64_t marks = (uint64_t)look->classes << 48 | (uint64_t)look->begins << 32 |
                     (uint64_t)look->goes_on << 16 | (uint64_t)look->style << 2 | language;
    uint64_t cluster = (uint64_t)look->cluster.narrow << 8 | look->cluster.wide;

    return tag_mix(tag_mix(tag_mix(look->word, look->stem), look->shape),
                   tag_mix(tag_mix(look->raw, cluster), marks));
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
        tag_classes_soon(list, look->word);
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
    for (size_t i = 0; i < sentence->count; i++)
        view->looks[i].id = look_id(&view->looks[i], language);
}
