#include "text/fold.h"

#include <string.h>

#include <unicode/unorm2.h>

#include "base/utf8.h"
#include "text/fold_table.h"
#include "text/stem.h"

/* What is known of a word while it is read. */
struct run {
    size_t start, end; /* bytes in the text */
    size_t count;      /* bytes in `folded` */
    size_t room;       /* how many may be there; lowered to `count` when the word is cut */
    size_t last_at;    /* where the last character begins in `folded` */
    uint32_t last;     /* that character, for marks that compose with it */
    bool started;
    bool alone; /* of a script without spaces: the next letter is another word */
};

void words_init(struct words *words, const char *text, size_t len)
{
    memset(words, 0, sizeof *words);
    words->text = text;
    words->len = len;
}

/* Reads ASCII as far as it goes. True when the word has ended. */
static bool take_ascii(struct words *words, struct run *run)
{
    const unsigned char *text = (const unsigned char *)words->text;
    size_t at = words->at;
    size_t len = words->len;

    if (!run->started) {
        while (at < len && text[at] < 0x80 && !fold_ascii[text[at]])
            at++;
        run->start = at;
    }
    size_t first = at;
    size_t count = run->count;
    if (!run->alone) {
        while (at < len && fold_ascii[text[at]]) {
            if (count < run->room)
                words->folded[count++] = (char)fold_ascii[text[at]];
            at++;
        }
    }
    words->at = at;
    if (at > first) {
        words->script |= WORD_LATIN;
        run->started = true;
        run->end = at;
        run->last = 0;
        run->count = count;
    }
    return run->started && (at == len || text[at] < 0x80);
}

static void append(struct words *words, struct run *run, uint32_t rune)
{
    char bytes[4];
    size_t len = utf8_encode(rune, bytes);

    if (run->count + len > run->room) {
        run->room = run->count;
        run->last = 0;
        return;
    }
    memcpy(words->folded + run->count, bytes, len);
    run->last = rune;
    run->last_at = run->count;
    run->count += len;
    words->script |= rune < 0x80 ? WORD_LATIN : word_script_of(rune);
}

/* Joins a mark or a Hangul vowel or final to the character before it where Unicode has one
 * character for the two (и + breve, か + voiced mark). Decomposed and composed text fold alike.
 * Scripts whose marks all vanish have nothing to gain. */
static bool compose(struct words *words, struct run *run, uint32_t mark)
{
    if (run->last < 0x0400 || (run->last >= 0x0590 && run->last < 0x0900))
        return false;
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    if (U_FAILURE(status))
        return false;
    UChar32 both = unorm2_composePair(nfc, (UChar32)run->last, (UChar32)mark);
    if (both < 0)
        return false;
    uint32_t entry = fold_entry((uint32_t)both);
    if (fold_class_of(entry) == FOLD_EXPAND)
        return false;
    run->count = run->last_at;
    append(words, run, fold_value((uint32_t)both, entry));
    return true;
}

static void note_joiner(struct words *words, const struct run *run)
{
    uint8_t count = words->joiner_count;

    if (!run->started || run->count >= run->room || count == WORD_PARTS_MAX - 1)
        return;
    if (count == 0 || words->joiners[count - 1] < run->count)
        words->joiners[words->joiner_count++] = (uint8_t)run->count;
}

/* One folded character that stands at text[at..end). False when the word ended before it. */
static bool put(struct words *words, struct run *run, uint32_t rune, enum fold_class class,
                size_t at, size_t end)
{
    switch (class) {
    case FOLD_LETTER:
    case FOLD_ALONE:
        if (run->alone || (run->started && class == FOLD_ALONE))
            return false;
        if (!run->started)
            run->start = at;
        run->started = true;
        run->alone = class == FOLD_ALONE;
        append(words, run, rune);
        run->end = end;
        return true;
    case FOLD_COMBINE:
    case FOLD_MARK:
        if (run->started) {
            if (!compose(words, run, rune) && class == FOLD_COMBINE)
                append(words, run, rune);
            run->end = end;
        }
        return true;
    case FOLD_JOINER:
        note_joiner(words, run);
        return true;
    case FOLD_DROP:
        return true;
    default:
        return !run->started;
    }
}

/* Reads one character beyond ASCII. True when the word has ended. */
static bool take_rune(struct words *words, struct run *run)
{
    uint32_t rune;
    size_t at = words->at;
    size_t end = at + utf8_decode(words->text + at, words->len - at, &rune);
    uint32_t entry = fold_entry(rune);
    enum fold_class class = fold_class_of(entry);

    if (class == FOLD_EXPAND) {
        const uint32_t *list = fold_expansions + (entry & FOLD_VALUE_MASK);
        words->pending = list + 1;
        words->pending_count = list[0];
        words->pending_at = (uint32_t)at;
        words->at = end;
        return false;
    }
    if (!put(words, run, fold_value(rune, entry), class, at, end))
        return true;
    words->at = end;
    return false;
}

static bool take_pending(struct words *words, struct run *run)
{
    uint32_t entry = words->pending[0];

    if (!put(words, run, entry & FOLD_VALUE_MASK, fold_class_of(entry), words->pending_at,
             words->at))
        return true;
    words->pending++;
    words->pending_count--;
    return false;
}

bool words_next(struct words *words, struct word *ret_word)
{
    struct run run = {.room = WORD_BYTES_MAX};
    bool ended = false;

    words->script = 0;
    words->joiner_count = 0;
    while (!ended) {
        if (words->pending_count > 0) {
            ended = take_pending(words, &run);
            continue;
        }
        ended = take_ascii(words, &run);
        if (!ended && words->at == words->len)
            break;
        if (!ended)
            ended = take_rune(words, &run);
    }
    if (!run.started)
        return false;
    while (words->joiner_count > 0 && words->joiners[words->joiner_count - 1] >= run.count)
        words->joiner_count--;
    ret_word->at = (uint32_t)run.start;
    ret_word->len = (uint32_t)(run.end - run.start);
    ret_word->surface = words->folded;
    ret_word->surface_len = (uint32_t)run.count;
    return true;
}
