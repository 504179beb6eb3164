/* Numbers in words: "twenty-first", "nineteen seventy eight", "بیست و سوم", "ألف وتسعمائة وثمانية
 * وسبعون". */
#include <string.h>

#include "events/date_tokens.h"

/* A number as far as it is read. */
struct count {
    int total; /* thousands */
    int group; /* below a thousand */
    int parts; /* of enum part, in the group */
    bool ordinal;
    bool any;
};

enum part { PART_UNIT = 1, PART_TEN = 2, PART_HUNDRED = 4 };

static bool add_unit(struct count *count, int value)
{
    if (count->parts & PART_UNIT)
        return false;
    count->group += value;
    count->parts |= PART_UNIT;
    return true;
}

static bool add_ten(struct count *count, int value, bool whole)
{
    if (count->parts & PART_TEN || (whole && count->parts & PART_UNIT))
        return false;
    count->group += value;
    count->parts |= whole ? PART_UNIT | PART_TEN : PART_TEN;
    return true;
}

static bool add_hundred(struct count *count, int value)
{
    if (count->parts & PART_HUNDRED)
        return false;
    if (value == 100 && count->parts == PART_UNIT)
        count->group *= 100;
    else if (count->parts)
        return false;
    else
        count->group += value;
    count->parts = PART_HUNDRED;
    return true;
}

static bool add_thousand(struct count *count, int value)
{
    if (count->total)
        return false;
    count->total = value > 1000 ? value : 1000 * (count->group ? count->group : 1);
    if (count->total > 9000)
        return false;
    count->group = 0;
    count->parts = 0;
    return true;
}

/* "nineteen seventy", "twenty sixteen", "nineteen zero one": hundreds without the word. */
static bool add_century(struct count *count, const struct date_word *next)
{
    bool ten = next->kind == WORD_teen || next->kind == WORD_tens ||
               (next->kind == WORD_unit && next->value == 0);

    if (!ten || !(next->langs & DATE_ENGLISH) || count->total || count->group < 10 ||
        count->group > 29 || !(count->parts & PART_TEN))
        return false;
    count->group = count->group * 100;
    count->parts = PART_HUNDRED;
    return true;
}

static bool add_nth(struct count *count, int value)
{
    bool added = value < 10    ? add_unit(count, value)
                 : value < 20  ? add_ten(count, value, true)
                 : value < 100 ? add_ten(count, value, false)
                               : false;

    count->ordinal |= added;
    return added;
}

static bool add(struct count *count, const struct date_token *token, bool linked)
{
    for (size_t i = 0; i < token->sense_count; i++) {
        const struct date_word *word = &token->senses[i];
        bool added = false;
        if (token->arabic && !(word->langs & DATE_ARABIC))
            continue;
        /* Nothing is added to an ordinal but what Arabic links to it: "الحادي والعشرين", "الثالث
         * عشر". */
        if (count->ordinal && !(word->langs & DATE_ARABIC && (word->kind == WORD_plusten ||
                                                              (linked && word->kind == WORD_tens))))
            continue;
        if (count->any && add_century(count, word) && word->kind == WORD_unit)
            return count->parts &= ~PART_UNIT, true;
        switch (word->kind) {
        case WORD_unit:
            added = add_unit(count, word->value);
            break;
        case WORD_teen:
            added = add_ten(count, word->value, true);
            break;
        case WORD_plusten:
            added = add_ten(count, word->value, false);
            break;
        case WORD_tens:
            /* After a unit only as Arabic counts, and linked to it. */
            added = (!(count->parts & PART_UNIT) || (linked && word->langs & DATE_ARABIC)) &&
                    add_ten(count, word->value, false);
            break;
        case WORD_hundreds:
            added = add_hundred(count, word->value);
            break;
        case WORD_thousands:
            added = add_thousand(count, word->value);
            break;
        case WORD_nth:
            added = add_nth(count, word->value);
            break;
        default:
            break;
        }
        if (added)
            return count->any = true;
    }
    return false;
}

/* Whether the token only links two words of a number: و, and, the hyphen of twenty-first. */
static bool links(const struct date_token *token)
{
    if (token->kind == TOKEN_MARK)
        return token->value == '-' && token->glued && token[1].glued;
    const struct date_word *to = date_token_sense(token, WORD_to, DATE_LANGS);
    return to && (strcmp(to->form, "و") == 0 || strcmp(to->form, "and") == 0);
}

/* Reads a number from token `first`; returns how many tokens it has. */
static size_t read_number(const struct date_tokens *tokens, size_t first, struct count *count)
{
    size_t at = first, end = first;
    bool linked = false;

    *count = (struct count){0};
    while (at < tokens->count) {
        const struct date_token *token = &tokens->at[at];
        struct count before = *count;
        if (token->kind == TOKEN_WORD && (!token->joined || count->any || at == first) &&
            add(count, token, linked || token->joined)) {
            end = ++at;
            linked = false;
            continue;
        }
        *count = before;
        if (!count->any || linked || at + 1 >= tokens->count || !links(token))
            break;
        linked = true;
        at++;
    }
    return end - first;
}

void date_tokens_count(struct date_tokens *tokens)
{
    size_t kept = 0;

    for (size_t at = 0; at < tokens->count;) {
        struct count count;
        struct date_token token = tokens->at[at];
        size_t taken = token.kind == TOKEN_WORD ? read_number(tokens, at, &count) : 0;
        if (taken) {
            token.kind = TOKEN_NUMBER;
            token.value = count.total + count.group;
            token.ordinal = count.ordinal;
            token.end = tokens->at[at + taken - 1].end;
            if (taken > 1)
                token.sense_count = 0;
        }
        tokens->at[kept++] = token;
        at += taken ? taken : 1;
    }
    tokens->count = kept;
}
