/*
 * The walk: over words, numbers and the few signs that a pattern has. Each place asks the families
 * that begin so; each looks a window ahead, so that the time is in proportion to the text.
 */
#include "names/patterns.h"

#include <string.h>

#include "base/utf8.h"
#include "names/pattern.h"

enum {
    KEY_MAX = 48, /* bytes of a folded word */
    NEAR = 40,    /* bytes between a word and the number it announces */
    FAR = 80,
    CONTEXTS = 5,
    FIRSTS = 64, /* of bits and rows of a filter of first letters */
};

enum action { ANNOUNCE, REFERENCE, REFERENCE_PLAIN, REGION };

/* Words that announce a pattern, folded, in the order of strcmp; of those with the same first word
 * the first that fits counts. */
static const struct keyword {
    const char *word;
    const char *next; /* the word behind, or NULL */
    enum action action;
    unsigned context;
    uint8_t reach; /* bytes */
    bool marked;   /* only with a colon or dot behind it: the word has other meanings */
} keywords[] = {
    {"cell", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, true},
    {"cellphone", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"fax", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"iban", NULL, ANNOUNCE, CONTEXT_IBAN, NEAR, false},
    {"licence", "plate", ANNOUNCE, CONTEXT_PLATE, NEAR, false},
    {"license", "plate", ANNOUNCE, CONTEXT_PLATE, NEAR, false},
    {"mob", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, true},
    {"mobile", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"national", "code", ANNOUNCE, CONTEXT_NATIONAL_ID, NEAR, false},
    {"national", "id", ANNOUNCE, CONTEXT_NATIONAL_ID, NEAR, false},
    {"national", "number", ANNOUNCE, CONTEXT_NATIONAL_ID, NEAR, false},
    {"no", NULL, REFERENCE, 0, 0, true},
    {"nr", NULL, REFERENCE, 0, 0, true},
    {"number", NULL, REFERENCE, 0, 0, true},
    {"passport", NULL, ANNOUNCE, CONTEXT_PASSPORT, FAR, false},
    {"ph", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, true},
    {"phone", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"plate", NULL, ANNOUNCE, CONTEXT_PLATE, NEAR, false},
    {"plates", NULL, ANNOUNCE, CONTEXT_PLATE, NEAR, false},
    {"ref", NULL, REFERENCE_PLAIN, 0, 0, false},
    {"reference", NULL, REFERENCE_PLAIN, 0, 0, false},
    {"tel", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"telefax", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"telephone", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"viber", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"whatsapp", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"الجوال", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"الرقم", NULL, REFERENCE_PLAIN, 0, 0, false},
    {"العدد", NULL, REFERENCE_PLAIN, 0, 0, false},
    {"المحمول", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"المرجع", NULL, REFERENCE, 0, 0, false},
    {"المرقم", NULL, REFERENCE_PLAIN, 0, 0, false},
    {"المرقمه", NULL, ANNOUNCE, CONTEXT_PLATE, NEAR, false},
    {"النقال", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"الهاتف", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"ایبان", NULL, ANNOUNCE, CONTEXT_IBAN, NEAR, false},
    {"ایران", NULL, REGION, 0, 0, false},
    {"بالرقم", NULL, REFERENCE, 0, 0, false},
    {"بالعدد", NULL, REFERENCE, 0, 0, false},
    {"بشماره", NULL, REFERENCE, 0, 0, false},
    {"تلفن", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"تلفکس", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"تماس", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, true},
    {"جواز", "السفر", ANNOUNCE, CONTEXT_PASSPORT, FAR, false},
    {"جواز", "سفر", ANNOUNCE, CONTEXT_PASSPORT, FAR, false},
    {"جواز", "سفره", ANNOUNCE, CONTEXT_PASSPORT, FAR, false},
    {"جوال", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, true},
    {"دورنگار", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"رقم", "الجواز", ANNOUNCE, CONTEXT_PASSPORT, FAR, false},
    {"رقم", NULL, REFERENCE, 0, 0, false},
    {"شبا", NULL, ANNOUNCE, CONTEXT_IBAN, NEAR, false},
    {"شبای", NULL, ANNOUNCE, CONTEXT_IBAN, NEAR, false},
    {"شماره", "ملی", ANNOUNCE, CONTEXT_NATIONAL_ID, NEAR, false},
    {"شماره", "تماس", ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"شماره", "پرونده", REFERENCE_PLAIN, 0, 0, false},
    {"شماره", "نامه", REFERENCE_PLAIN, 0, 0, false},
    {"شماره", "ثبت", REFERENCE_PLAIN, 0, 0, false},
    {"شماره", NULL, REFERENCE_PLAIN, 0, 0, false},
    {"فاکس", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"للاتصال", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"لوحه", NULL, ANNOUNCE, CONTEXT_PLATE, NEAR, false},
    {"محمول", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, true},
    {"موبایل", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"نمابر", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"هاتف", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, true},
    {"همراه", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, true},
    {"واتساب", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"واتساپ", NULL, ANNOUNCE, CONTEXT_PHONE, NEAR, false},
    {"پاسپورت", NULL, ANNOUNCE, CONTEXT_PASSPORT, FAR, false},
    {"پلاک", NULL, ANNOUNCE, CONTEXT_PLATE, NEAR, false},
    {"کد", "ملی", ANNOUNCE, CONTEXT_NATIONAL_ID, NEAR, false},
    {"کدملی", NULL, ANNOUNCE, CONTEXT_NATIONAL_ID, NEAR, false},
    {"گذرنامه", NULL, ANNOUNCE, CONTEXT_PASSPORT, FAR, false},
};

enum { KEYWORDS = sizeof(keywords) / sizeof(keywords[0]) };

struct walk {
    const char *text;
    size_t len, at;
    size_t done; /* where the last mention ended */
    size_t until[CONTEXTS];
    /* The keywords' first two letters: by the last six bits of the first, a bit for the second. */
    uint64_t firsts[FIRSTS];
    mention_seen_fn seen;
    void *ctx;
};

static unsigned announced(const struct walk *walk)
{
    unsigned context = 0;

    for (unsigned k = 0; k < CONTEXTS; k++)
        if (walk->at < walk->until[k])
            context |= 1U << k;
    return context;
}

static int tell(struct walk *walk, size_t from, size_t to, enum mention_kind kind, float score)
{
    struct mention mention = {.start = from, .end = to, .kind = kind, .score = score};

    walk->at = walk->done = to;
    return walk->seen(walk->ctx, &mention);
}

static int tell_pattern(struct walk *walk, const struct window *window,
                        const struct pattern *pattern)
{
    unsigned context = announced(walk);
    size_t start = window->start + window->from[pattern->from];
    size_t end = window->start + window->to[pattern->to - 1];
    int rc = tell(walk, start, end, pattern->kind, pattern->score);

    /* Where one phone is announced, others may follow: "Tel: 750123, 750124". */
    if (pattern->kind == MENTION_PHONE && context & CONTEXT_PHONE)
        walk->until[0] = end + NEAR / 2;
    return rc;
}

/* The character before a place, folded; what cannot be seen is passed over. */
static uint32_t rune_before(const struct walk *walk, size_t at)
{
    for (int tries = 0; at > 0 && tries < 4; tries++) {
        uint32_t rune;
        size_t step = 1;
        while (step < 4 && step < at && ((unsigned char)walk->text[at - step] & 0xC0) == 0x80)
            step++;
        (void)utf8_decode(walk->text + at - step, step, &rune);
        rune = pattern_fold(rune);
        if (rune)
            return rune;
        at -= step;
    }
    return 0;
}

static void look(const struct walk *walk, struct window *window)
{
    window_open(window, walk->text, walk->len, walk->at, rune_before(walk, walk->at));
}

/* Asks families in turn. 0: none begins here; 1: told; negative or other: what `seen` gave. */
static bool ask(struct window *window, unsigned context, pattern_fn *const *families, size_t count,
                struct pattern *ret)
{
    for (size_t i = 0; i < count; i++)
        if (families[i](window, context, ret))
            return true;
    return false;
}

static size_t skip_digits(const struct walk *walk, size_t at)
{
    while (at < walk->len) {
        uint32_t rune;
        size_t step = utf8_decode(walk->text + at, walk->len - at, &rune);
        if (!is_digit(pattern_fold(rune)))
            break;
        at += step;
    }
    return at;
}

static size_t skip_letters(const struct walk *walk, size_t at)
{
    while (at < walk->len) {
        uint32_t rune;
        size_t step = 1;
        if (is_latin((unsigned char)walk->text[at])) {
            at++;
            continue;
        }
        step = utf8_decode(walk->text + at, walk->len - at, &rune);
        rune = pattern_fold(rune);
        if (rune && !is_letter(rune))
            break;
        at += step;
    }
    return at;
}

/* A number, or the sign before one. */
static int at_number(struct walk *walk)
{
    static pattern_fn *const families[] = {pattern_coordinates, pattern_mgrs,        pattern_card,
                                           pattern_iban,        pattern_national_id, pattern_plate,
                                           pattern_phone,       pattern_passport};
    struct window window;
    struct pattern pattern;

    look(walk, &window);
    if (ask(&window, announced(walk), families, sizeof(families) / sizeof(families[0]), &pattern))
        return tell_pattern(walk, &window, &pattern);
    size_t behind = skip_digits(walk, walk->at);
    walk->at = behind == walk->at ? walk->at + 1 : behind;
    return 0;
}

/* Whether a digit of any script stands at a place. */
static bool digit_at(const struct walk *walk, size_t at)
{
    uint32_t rune;

    if (at >= walk->len)
        return false;
    (void)utf8_decode(walk->text + at, walk->len - at, &rune);
    return is_digit(pattern_fold(rune));
}

/* ---- words ---- */

/* The folded word at the window's start, and its characters; 0 if it is longer than any keyword. */
static size_t key_read(struct window *window, char key[KEY_MAX])
{
    size_t count = 0;
    size_t len = 0;

    for (;; count++) {
        uint32_t rune = window_at(window, count);
        if (!is_letter(rune))
            break;
        if (len + 4 >= KEY_MAX)
            return 0;
        len += utf8_encode(is_latin(rune) ? rune | 32 : rune, key + len);
    }
    key[len] = '\0';
    return count;
}

/* The first keyword that is not before the key. */
static size_t keyword_from(const char *key)
{
    size_t low = 0;
    size_t high = KEYWORDS;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(keywords[middle].word, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether the keyword of `count` characters fits; *ret_end is the character behind it. */
static bool keyword_fits(struct window *window, const struct keyword *keyword, size_t count,
                         size_t *ret_end)
{
    size_t at = count;

    if (keyword->next) {
        at += window_spaces(window, at, 2);
        size_t next = window_word(window, at, keyword->next);
        if (!next)
            return false;
        at += next;
    }
    *ret_end = at;
    at += window_spaces(window, at, 1);
    uint32_t mark = window_at(window, at);
    return !keyword->marked || mark == ':' || (mark == '.' && at == *ret_end) || mark == 0xB0;
}

static int keyword_act(struct walk *walk, struct window *window, const struct keyword *keyword,
                       size_t end)
{
    struct pattern pattern;
    bool found = false;

    if (keyword->action == ANNOUNCE) {
        for (unsigned k = 0; k < CONTEXTS; k++)
            if (keyword->context & 1U << k)
                walk->until[k] = window->start + window->to[end - 1] + keyword->reach;
        walk->at = window->start + window->to[end - 1];
        return 0;
    }
    if (keyword->action == REGION)
        found = pattern_plate_of_region(window, end, &pattern);
    else if (!announced(walk))
        found = pattern_reference(window, end, keyword->action == REFERENCE_PLAIN, &pattern);
    if (found)
        return tell_pattern(walk, window, &pattern);
    walk->at = window->start + window->to[end - 1];
    return 0;
}

static int at_keyword(struct walk *walk, struct window *window)
{
    char key[KEY_MAX];
    size_t count = key_read(window, key);
    size_t end;

    for (size_t i = count ? keyword_from(key) : KEYWORDS;
         i < KEYWORDS && !strcmp(keywords[i].word, key); i++)
        if (keyword_fits(window, &keywords[i], count, &end))
            return keyword_act(walk, window, &keywords[i], end);
    walk->at = skip_letters(walk, walk->at);
    return 0;
}

/* Latin capitals may begin an IBAN, a latitude, a passport's or plate's number. */
static bool at_capital(struct walk *walk, struct window *window, struct pattern *ret)
{
    static pattern_fn *const families[] = {pattern_iban, pattern_coordinates, pattern_passport,
                                           pattern_plate};
    unsigned context = announced(walk);
    size_t next = walk->at + 1;

    while (next < walk->len && next - walk->at < 4 &&
           (is_latin((unsigned char)walk->text[next]) || walk->text[next] == ' '))
        next++;
    return digit_at(walk, next) &&
           ask(window, context, families, sizeof(families) / sizeof(families[0]), ret);
}

/* A plate's place, a letter before a passport's number: told only where one is announced. */
static bool at_announced(struct walk *walk, struct window *window, struct pattern *ret)
{
    static pattern_fn *const families[] = {pattern_passport, pattern_plate};
    unsigned context = announced(walk) & (CONTEXT_PASSPORT | CONTEXT_PLATE);

    if (!context)
        return false;
    look(walk, window);
    return ask(window, context, families, sizeof(families) / sizeof(families[0]), ret);
}

static uint32_t letter_of(uint32_t rune)
{
    return is_latin(rune) ? rune | 32 : rune;
}

/* Whether a keyword begins with this letter, of which `at` is the end, and the next one. */
static bool may_be_keyword(const struct walk *walk, uint32_t first, size_t at)
{
    uint64_t seconds = walk->firsts[letter_of(first) % FIRSTS];
    uint32_t second;

    if (!seconds || at >= walk->len)
        return false;
    (void)utf8_decode(walk->text + at, walk->len - at, &second);
    second = pattern_fold(second);
    return !second || (seconds >> (letter_of(second) % FIRSTS) & 1);
}

/* A word whose first letter is `first`, folded, of some bytes. */
static int at_word(struct walk *walk, uint32_t first, size_t bytes)
{
    struct window window;
    struct pattern pattern;
    struct span span;
    bool capital = first >= 'A' && first <= 'Z';
    bool wanted = may_be_keyword(walk, first, walk->at + bytes);

    if (letter_of(first) == 'w' && walk->len - walk->at > 4 && walk->text[walk->at + 3] == '.' &&
        (walk->text[walk->at + 1] | 32) == 'w' && (walk->text[walk->at + 2] | 32) == 'w' &&
        pattern_www(walk->text, walk->len, walk->at, &span))
        return tell(walk, span.from, span.to, MENTION_URL, 0.95F);
    if (at_announced(walk, &window, &pattern))
        return tell_pattern(walk, &window, &pattern);
    if (capital || wanted) {
        look(walk, &window);
        if (capital && at_capital(walk, &window, &pattern))
            return tell_pattern(walk, &window, &pattern);
        if (wanted && !is_wordlike(window.before))
            return at_keyword(walk, &window);
    }
    walk->at = skip_letters(walk, walk->at);
    return 0;
}

/* ---- signs ---- */

static int at_sign(struct walk *walk, char sign)
{
    const char *text = walk->text;
    size_t at = walk->at;
    size_t len = walk->len;
    struct span span;

    walk->at++;
    switch (sign) {
    case '@':
    case '[':
    case '(':
        if (pattern_email(text, len, walk->done, at, &span))
            return tell(walk, span.from, span.to, MENTION_EMAIL, sign == '@' ? 0.98F : 0.85F);
        break;
    case ':':
        if (len - at > 3 && text[at + 1] == '/' && text[at + 2] == '/' &&
            pattern_url(text, len, walk->done, at, &span))
            return tell(walk, span.from, span.to, MENTION_URL, 0.98F);
        break;
    case '.':
        if (at > walk->done && is_latin((unsigned char)text[at + 1 < len ? at + 1 : at]) &&
            pattern_host(text, len, walk->done, at, &span))
            return tell(walk, span.from, span.to, MENTION_URL, 0.8F);
        break;
    default:
        break;
    }
    if ((sign == '+' || sign == '(' || sign == '-') &&
        (digit_at(walk, at + 1) || (sign == '(' && at + 1 < len && text[at + 1] == '+'))) {
        walk->at = at;
        return at_number(walk);
    }
    return 0;
}

static int step(struct walk *walk)
{
    unsigned char c = (unsigned char)walk->text[walk->at];
    uint32_t rune = c;
    size_t bytes = 1;

    if (c >= 0x80) {
        bytes = utf8_decode(walk->text + walk->at, walk->len - walk->at, &rune);
        rune = pattern_fold(rune);
    }
    if (is_digit(rune))
        return at_number(walk);
    if (is_letter(rune))
        return at_word(walk, rune, bytes);
    if (c < 0x80)
        return at_sign(walk, (char)c);
    walk->at += bytes;
    return 0;
}

static void note_firsts(struct walk *walk)
{
    for (size_t i = 0; i < KEYWORDS; i++) {
        const char *word = keywords[i].word;
        uint32_t first, second;
        size_t len = strlen(word);
        size_t at = utf8_decode(word, len, &first);

        (void)utf8_decode(word + at, len - at, &second);
        walk->firsts[first % FIRSTS] |= (uint64_t)1 << (second % FIRSTS);
    }
}

int patterns_find(const char *text, size_t len, mention_seen_fn seen, void *ctx)
{
    struct walk walk = {.text = text, .len = len, .seen = seen, .ctx = ctx};
    int rc = 0;

    note_firsts(&walk);
    while (walk.at < len && !rc)
        rc = step(&walk);
    return rc;
}
