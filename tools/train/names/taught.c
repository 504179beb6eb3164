#include "taught.h"

#include <string.h>

#include "base/attr.h"
#include "names/name.h"

/* How Persian and Dari, the Gulf and the Maghreb say letters that Arabic says otherwise (Gaddafi).
 */
void taught_letters(struct em_pairs *pairs)
{
    static const struct {
        const char *arabic, *latin;
        float weight;
    } sounds[] = {
        {"ض", "z", 300},  {"ظ", "z", 300},  {"ذ", "z", 300}, {"ث", "s", 200},  {"ق", "gh", 300},
        {"و", "v", 500},  {"گ", "g", 800},  {"گ", "gh", 50}, {"گ", "gu", 50},  {"چ", "ch", 600},
        {"چ", "tch", 60}, {"چ", "c", 30},   {"چ", "č", 30},  {"پ", "p", 1500}, {"پ", "pp", 150},
        {"ژ", "zh", 300}, {"ژ", "j", 200},  {"ژ", "g", 80},  {"ت", "th", 300}, {"و", "w", 300},
        {"ذ", "d", 200},  {"ذ", "dd", 60},  {"ق", "g", 200}, {"ش", "sch", 80}, {"ج", "j", 600},
        {"ج", "g", 200},  {"ک", "ck", 100}, {"ک", "c", 300},
    };

    for (size_t i = 0; i < ARRAY_LEN(sounds); i++) {
        struct name arabic;
        struct name latin;
        name_letters(sounds[i].arabic, strlen(sounds[i].arabic), &arabic);
        name_letters(sounds[i].latin, strlen(sounds[i].latin), &latin);
        em_add(pairs, &arabic.tokens[0], &latin.tokens[0], sounds[i].weight);
    }
}

/* Letters of one shape, as OCR takes them for one another. */
void taught_shapes(struct em_pairs tables[MODEL_TABLES])
{
    static const struct {
        const char *a, *b;
        float weight;
    } shapes[] = {
        {"rn", "m", 8}, {"i", "l", 20}, {"1", "l", 20}, {"1", "i", 20}, {"0", "o", 30},
        {"5", "s", 10}, {"8", "b", 8},  {"9", "g", 8},  {"cl", "d", 6}, {"vv", "w", 4},
        {"u", "n", 6},  {"c", "e", 10}, {"h", "b", 5},  {"3", "e", 5},  {"4", "a", 5},
        {"ب", "ت", 20}, {"ب", "پ", 20}, {"ب", "ن", 15}, {"ت", "ث", 15}, {"ت", "ن", 20},
        {"ب", "ی", 15}, {"ت", "ی", 15}, {"ن", "ی", 20}, {"ج", "ح", 20}, {"ج", "خ", 20},
        {"ح", "خ", 25}, {"ج", "چ", 20}, {"د", "ذ", 25}, {"ر", "ز", 30}, {"ز", "ژ", 10},
        {"س", "ش", 30}, {"ص", "ض", 25}, {"ط", "ظ", 20}, {"ع", "غ", 25}, {"ف", "ق", 30},
        {"ک", "گ", 30}, {"ه", "م", 3},  {"د", "ر", 5},  {"ر", "و", 5},
    };

    for (size_t i = 0; i < ARRAY_LEN(shapes); i++) {
        struct name a;
        struct name b;
        name_letters(shapes[i].a, strlen(shapes[i].a), &a);
        name_letters(shapes[i].b, strlen(shapes[i].b), &b);
        struct em_pairs *to =
            &tables[a.tokens[0].script == SCRIPT_ARABIC ? TABLE_ARABIC : TABLE_LATIN];
        em_add(to, &a.tokens[0], &b.tokens[0], shapes[i].weight);
        em_add(to, &b.tokens[0], &a.tokens[0], shapes[i].weight);
    }
}

static bool has(const struct token *token, uint8_t letter)
{
    return memchr(token->letters, letter, token->count) != NULL;
}

/* Persian writes p, ch, g and v with letters of their own: of an Arabic
 * spelling, where the Latin one leaves no doubt, the Persian is made. */
static void as_persian(struct em_pairs *pairs, const struct token *latin, struct token arabic)
{
    enum {
        BEH = LETTER_ARABIC + 1,
        PEH,
        TEH,
        JEEM = LETTER_ARABIC + 5,
        CHEH,
        SHEEN = LETTER_ARABIC + 15,
        GHAIN = LETTER_ARABIC + 21,
        FEH,
        KAF = LETTER_ARABIC + 24,
        GAF,
        WAW = LETTER_ARABIC + 29
    };
    const uint8_t b = LETTER_A + 1, c = LETTER_A + 2, f = LETTER_A + 5, g = LETTER_A + 6,
                  h = LETTER_A + 7, j = LETTER_A + 9, p = LETTER_A + 15, s = LETTER_A + 18,
                  v = LETTER_A + 21;
    bool changed = false;
    uint8_t used = 0;

    for (uint8_t i = 0; i < arabic.count; i++) {
        uint8_t letter = arabic.letters[i];
        uint8_t next = i + 1 < arabic.count ? arabic.letters[i + 1] : 0;
        uint8_t to = letter;

        if (letter == BEH && has(latin, p) && !has(latin, b))
            to = PEH;
        else if (letter == TEH && next == SHEEN && has(latin, c) && has(latin, h) &&
                 !has(latin, s)) {
            to = CHEH;
            i++;
        } else if ((letter == GHAIN || letter == JEEM) && has(latin, g) && !has(latin, j) &&
                   !has(latin, h))
            to = GAF;
        else if (letter == FEH && has(latin, v) && !has(latin, f) && !has(latin, p))
            to = WAW;
        changed |= to != letter;
        arabic.letters[used++] = to;
    }
    arabic.count = used;
    if (changed)
        em_add(pairs, &arabic, latin, 0.5f);
}

void taught_spellings(struct em_pairs *pairs)
{
    size_t count = pairs->count;

    for (size_t i = 0; i < count; i++) {
        struct token latin = em_token(pairs->at[i].right, pairs->at[i].right_count, SCRIPT_LATIN);
        as_persian(pairs, &latin,
                   em_token(pairs->at[i].left, pairs->at[i].left_count, SCRIPT_ARABIC));
    }
}
