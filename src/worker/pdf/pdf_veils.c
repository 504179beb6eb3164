#include "worker/pdf/pdf_veils.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "worker/pdf/visual.h"

enum { VEILS_TOLD_MAX = 200, SHOWN_BYTES = 700 };

/* Whether the word, without what stands around it, only says that something was taken away. */
static bool is_placeholder(const char *word, size_t len)
{
    static const char *const SAYING[] = {"redacted", "sealed", "confidential", "privileged", "x"};
    const char *AROUND = "()[]{}<>-_.,;:*\"'xX";

    while (len && strchr("()[]{}<>-_.,;:*\"'", *word)) {
        word++;
        len--;
    }
    for (size_t i = 0; i < ARRAY_LEN(SAYING); i++) {
        size_t part = strlen(SAYING[i]);
        if (len >= part && strncasecmp(word, SAYING[i], part) == 0 &&
            part + strspn(word + part, AROUND) >= len)
            return true;
    }
    return false;
}

static bool has_letter(const char *word, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint32_t rune;
        at += utf8_decode(word + at, len - at, &rune);
        enum direction direction = rune_direction(rune);
        if (direction == DIRECTION_LTR || direction == DIRECTION_RTL ||
            direction == DIRECTION_NUMBER)
            return true;
    }
    return false;
}

static bool says_something(const char *text)
{
    while (*text) {
        size_t len = strcspn(text, " \n\t");
        if (has_letter(text, len) && !is_placeholder(text, len))
            return true;
        text += len + strspn(text + len, " \n\t");
    }
    return false;
}

/* FNV-1a; never 0. */
static uint32_t sum_of(const struct buf *text)
{
    uint32_t sum = 2166136261U;

    for (size_t i = 0; i < text->len; i++)
        sum = (sum ^ (unsigned char)text->data[i]) * 16777619U;
    return sum ? sum : 1;
}

static void tell_one(const struct buf *text, const char *how, uint32_t page, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf line = {0};
    size_t shown = utf8_prefix(text->data, text->len, SHOWN_BYTES);

    buf_init(&line, SHOWN_BYTES);
    (void)buf_append(&line, text->data, shown);
    while (line.len && line.data[line.len - 1] == '\n')
        line.data[--line.len] = '\0';
    for (size_t i = 0; i < line.len; i++)
        if (line.data[i] == '\n' || line.data[i] == '\t')
            line.data[i] = ' ';
    emit_warning(emit, REASON_NONE, "page %u: %s: %s%s", page, how, line.data,
                 shown < text->len ? " ..." : "");
}

void veils_tell(struct veils *veils, const struct pdf_words *words, uint32_t page,
                struct pdf_told *told, struct emit *emit)
{
    static const char *const HOW[VEIL_COUNT] = {
        [VEIL_COVER] = "words hidden under what is drawn over them",
        [VEIL_COLOUR] = "words hidden in the colour of the page behind them",
        [VEIL_INVISIBLE] = "words hidden by not being painted",
        [VEIL_OUTSIDE] = "words outside the part of the page that is shown",
        [VEIL_LAYER] = "words on a layer that is switched off",
    };

    for (size_t veil = VEIL_NONE + 1; veil < VEIL_COUNT; veil++) {
        const struct buf *text = &words->veiled[veil];
        if (!says_something(text->data))
            continue;
        uint32_t sum = sum_of(text);
        if (veils->last[veil] != sum && veils->told < VEILS_TOLD_MAX) {
            tell_one(text, HOW[veil], page, emit);
            veils->told++;
        } else {
            told_page(told, page, REASON_NONE, HOW[veil], NULL);
        }
        veils->last[veil] = sum;
    }
}
