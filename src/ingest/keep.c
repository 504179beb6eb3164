#include "ingest/keep.h"

#include <stdio.h>
#include <string.h>

#include "ingest/derive.h"
#include "store/kept.h"
#include "store/page.h"
#include "text/fold.h"

enum { DOUBT = 50, CERTAIN = 100, LETTER = 2, DIGIT = 1 };

/* What the row says of a retry; the words before come from the reading. */
static const char again[] = "read again";

/* ---- what a reading is worth ---- */

static int64_t count_letters(const char *text, size_t len)
{
    struct words words;
    struct word word;
    int64_t count = 0;

    words_init(&words, text, len);
    while (words_next(&words, &word))
        for (uint32_t i = 0; i < word.surface_len; i++) {
            unsigned char c = (unsigned char)word.surface[i];
            bool first = (c & 0xC0) != 0x80;
            count += !first ? 0 : c >= '0' && c <= '9' ? DIGIT : LETTER;
        }
    return count;
}

static void weigh(struct worth *worth, const char *text, size_t len, int confidence)
{
    int64_t letters = count_letters(text, len);

    worth->weight += letters * confidence;
    if (confidence > DOUBT)
        worth->sure += letters * (confidence - DOUBT);
}

static int weigh_page(void *ctx, const struct page *page)
{
    struct worth *worth = ctx;

    if (page->head.method != PAGE_OCR) {
        weigh(worth, page->text, page->text_len, CERTAIN);
        weigh(worth, page->rest, page->rest_len, CERTAIN);
        return 0;
    }
    for (size_t i = 0; i < page->word_count; i++) {
        const struct word_box *word = &page->words[i];
        if (word->at <= page->text_len && word->len <= page->text_len - word->at)
            weigh(worth, page->text + word->at, word->len,
                  word->confidence > CERTAIN ? CERTAIN : word->confidence);
    }
    return 0;
}

int keep_put(struct sanad_case *kase, int64_t item, bool wanted, struct err *err)
{
    struct worth worth = {0};
    int rc = page_each(kase, item, weigh_page, &worth, err);

    return rc ? rc : kept_put(kase, item, wanted, &worth, err);
}

/* ---- comparing ---- */

static bool has_text(enum outcome outcome, int64_t chars)
{
    return (outcome == OUTCOME_TEXT || outcome == OUTCOME_OCR) && chars > 0;
}

/* Whether what was read before is not to be given up for the new reading. */
static bool stays(const struct kept_state *before, const struct reading *reading,
                  const struct worth *now)
{
    const struct worth *then = &before->worth;

    if (!has_text(before->outcome, before->chars) || reading->outcome == OUTCOME_DUPLICATE)
        return false;
    if (!has_text(reading->outcome, reading->chars))
        return true;
    if (then->sure != now->sure)
        return then->sure > now->sure;
    if (then->weight != now->weight)
        return then->weight > now->weight;
    return reading->reason != REASON_NONE || before->reason == REASON_NONE;
}

static int rank(enum outcome outcome)
{
    return outcome == OUTCOME_FAILED ? 0 : outcome == OUTCOME_EMPTY ? 1 : 2;
}

/* Whether a reading that takes the place of the one before is a gain. */
static bool helps(const struct kept_state *before, const struct reading *reading)
{
    return rank(reading->outcome) > rank(before->outcome) ||
           has_text(before->outcome, before->chars) ||
           (rank(reading->outcome) == rank(before->outcome) && before->reason != REASON_NONE &&
            reading->reason == REASON_NONE);
}

/* ---- putting back ---- */

/* "OCR was unsure (...); read again with ell: no better, so this reading stays". What an earlier
 * retry left there goes. */
static void remark(const struct kept_state *before, const struct reading *reading,
                   const char *langs, char out[DETAIL_MAX])
{
    const char *old = strstr(before->detail, again);
    size_t len = old ? (size_t)(old - before->detail) : strlen(before->detail);
    char with[160] = "";
    const char *reason = reason_word(reading->reason);
    char how[64] = "no better";

    while (len && strchr("; ", before->detail[len - 1]))
        len--;
    if (langs && *langs)
        snprintf(with, sizeof(with), " with %s", langs);
    for (char *c = with; *c; c++)
        *c = *c == '+' ? ',' : *c;
    if (reading->outcome == OUTCOME_FAILED)
        snprintf(how, sizeof(how), "failed (%s)", reason ? reason : "");
    else if (!has_text(reading->outcome, reading->chars))
        snprintf(how, sizeof(how), "no text was found");
    snprintf(out, DETAIL_MAX, "%.*s%s%s%s: %s, so what was read before stays", (int)len,
             before->detail, len ? "; " : "", again, with, how);
}

static int put_back(struct derive *derive, struct sanad_case *kase, int64_t item,
                    const char *detail, struct err *err)
{
    int rc = derive_clear(derive, kase, item, err);

    if (!rc)
        rc = kept_restore(kase, item, detail, item_child_count(kase, item), err);
    return rc ? rc : derive_stored(derive, kase, item, err);
}

int keep_settle(struct derive *derive, struct sanad_case *kase, int64_t item,
                const struct reading *reading, bool *ret_stays, struct err *err)
{
    struct keep *keep = &derive->keep;
    struct kept_state before;
    struct worth now = {0};
    char detail[DETAIL_MAX];

    *ret_stays = false;
    int rc = keep->any ? kept_look(kase, item, &before, err) : 0;
    if (rc <= 0)
        return rc;
    rc = page_each(kase, item, weigh_page, &now, err);
    if (rc)
        return rc;
    *ret_stays = stays(&before, reading, &now);
    bool helped = !*ret_stays && helps(&before, reading);
    keep->helped += before.wanted && helped;
    keep->not_helped += before.wanted && !helped;
    keep->stayed += *ret_stays;
    if (!*ret_stays)
        return kept_drop(kase, item, err);
    if (before.wanted)
        remark(&before, reading, keep->langs, detail);
    else
        snprintf(detail, sizeof(detail), "%s", before.detail);
    return put_back(derive, kase, item, detail, err);
}

bool keep_children(struct derive *derive, struct sanad_case *kase, int64_t item,
                   enum outcome outcome, enum reason reason)
{
    struct kept_state before;
    bool whole = outcome != OUTCOME_FAILED && (reason == REASON_NONE || outcome == OUTCOME_EMPTY ||
                                               reason == REASON_LOW_CONFIDENCE);

    return !whole && derive->keep.any && kept_look(kase, item, &before, NULL) > 0;
}
