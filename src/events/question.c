#include "events/question.h"

#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "events/dates.h"
#include "text/fold.h"

/* Folded, in the order of strcmp. */
static const char *const small_words[] = {
    /* clang-format off */
    "a", "about", "according", "after", "all", "also", "am", "an", "and", "any", "are",
    "as", "at", "be", "been", "before", "between", "by", "can", "could", "did", "do",
    "does", "during", "each", "find", "for", "from", "had", "has", "have", "he", "her",
    "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "me", "my", "not",
    "of", "on", "or", "our", "she", "show", "so", "than", "that", "the", "their", "them",
    "then", "there", "they", "this", "those", "to", "was", "we", "were", "what", "when",
    "where", "which", "who", "whom", "whose", "why", "will", "with", "would", "you", "your",
    "از", "است", "التی", "الذی", "الذین", "الی", "اما", "ان", "او", "اگر", "ای", "این",
    "با", "بر", "برای", "بعد", "به", "بود", "بودند", "بین", "تا", "تلک", "توسط", "ثم",
    "حول", "در", "درباره", "ذلک", "را", "شد", "شدند", "علی", "عن", "عند", "فی", "قبل", "قد",
    "لا", "لم", "لماذا", "ما", "ماذا", "متی", "مع", "من", "می", "میان", "نیز", "ها", "های",
    "هذا", "هذه", "هر", "هل", "هم", "هو", "هی", "و", "پس", "چرا", "چطور", "چند", "چه",
    "چگونه", "چیست", "کان", "کانت", "کجا", "کدام", "کل", "که", "کی", "کیست", "کیف", "یا",
    /* clang-format on */
};

/* The date that a query names. */
struct named {
    size_t start, end; /* bytes of it */
    int32_t earliest, latest;
    int count; /* of texts that name one */
};

static int note_date(void *ctx, const struct date_found *found)
{
    struct named *named = ctx;

    if (found->certainty == DATE_UNKNOWN || (named->count && found->start < named->end))
        return 0; /* a second reading of the same text */
    *named =
        (struct named){found->start, found->end, found->earliest, found->latest, named->count + 1};
    return 0;
}

static int by_word(const void *key, const void *entry)
{
    const struct word *word = key;
    const char *small = *(const char *const *)entry;
    int order = strncmp(word->surface, small, word->surface_len);

    return order ? order : small[word->surface_len] ? -1 : 0;
}

static bool is_small(const struct word *word)
{
    return bsearch(word, small_words, ARRAY_LEN(small_words), sizeof(*small_words), by_word);
}

/* Signs and words of the query language. */
static bool is_exact(const char *query)
{
    static const char *const operators[] = {"AND", "OR", "NOT", "NEAR"};

    if (strpbrk(query, "\"()*~:") || strstr(query, "«") || strstr(query, "“") ||
        strstr(query, " -") || query[0] == '-')
        return true;
    for (size_t i = 0; i < ARRAY_LEN(operators); i++) {
        const char *at = strstr(query, operators[i]);
        size_t len = strlen(operators[i]);
        if (at && (at == query || at[-1] == ' ') && (at[len] == ' ' || !at[len]))
            return true;
    }
    return false;
}

bool question_query(const char *query, struct buf *ret)
{
    static const struct date_settings settings = {0};
    struct named named = {0};
    struct words words;
    struct word word;
    size_t left_out = 0;
    char day[CALENDAR_TEXT_MAX];

    if (is_exact(query))
        return false;
    (void)dates_find(query, strlen(query), &settings, note_date, &named);
    bool dated = named.count == 1;
    words_init(&words, query, strlen(query));
    while (words_next(&words, &word)) {
        if (is_small(&word) || (dated && word.at >= named.start && word.at < named.end))
            left_out++;
        else
            (void)buf_printf(ret, "%s%.*s", ret->len ? " " : "", (int)word.len, query + word.at);
    }
    if (!left_out || !ret->len) {
        buf_clear(ret);
        return false;
    }
    if (dated)
        (void)buf_printf(ret, " from:%s", calendar_day_text(named.earliest, day));
    if (dated)
        (void)buf_printf(ret, " to:%s", calendar_day_text(named.latest, day));
    return true;
}
