#include "events/date_grammar.h"

#include <limits.h>
#include <string.h>

bool date_is_mark(const struct date_grammar *grammar, size_t at, const char *marks)
{
    const struct date_token *token = date_at(grammar, at);

    return token->kind == TOKEN_MARK && strchr(marks, token->value);
}

int date_value(const struct date_grammar *grammar, size_t at, enum date_word_kind kind,
               int otherwise)
{
    const struct date_word *word = date_token_sense(date_at(grammar, at), kind, grammar->accept);

    return word ? word->value : otherwise;
}

bool date_is_number(const struct date_grammar *grammar, size_t at, int least, int most)
{
    const struct date_token *token = date_at(grammar, at);

    return token->kind == TOKEN_NUMBER && token->value >= least && token->value <= most;
}

bool date_at_end(const struct date_grammar *grammar, size_t at)
{
    const struct date_token *token = date_at(grammar, at);

    bool stop = date_is_mark(grammar, at, ".,") &&
                !(token->glued && date_is_number(grammar, at + 1, 0, INT_MAX) &&
                  date_at(grammar, at + 1)->glued); /* of "20.25" */

    return token->kind == TOKEN_BREAK || stop ||
           (token->kind == TOKEN_OTHER && strchr("!?;", grammar->text[token->start]));
}

bool date_is_namesake(const struct date_grammar *grammar, size_t at, bool weekday_alone)
{
    int namesake = at > 0 ? date_value(grammar, at - 1, WORD_namesake, 0) : 0;

    return namesake == NAMESAKE_PLACE || (namesake == NAMESAKE_PRAYER && weekday_alone);
}

bool date_is_parted(const struct date_grammar *grammar, size_t at)
{
    while (at > 0 && (date_is_mark(grammar, at - 1, "-.") || date_has(grammar, at - 1, WORD_of) ||
                      date_has(grammar, at - 1, WORD_the)))
        at--;
    return at > 0 && date_has(grammar, at - 1, WORD_part);
}

bool date_is_unit(const struct date_grammar *grammar, size_t at, enum date_word_kind *ret_kind,
                  int *ret_value)
{
    for (enum date_word_kind kind = WORD_day; kind <= WORD_century; kind++) {
        if (date_has(grammar, at, kind)) {
            *ret_kind = kind;
            *ret_value = date_value(grammar, at, kind, 1);
            return true;
        }
    }
    return false;
}

size_t date_read_year_shift(const struct date_grammar *grammar, size_t at, int *ret_shift)
{
    if (date_has(grammar, at, WORD_thisyear)) {
        *ret_shift = date_value(grammar, at, WORD_thisyear, 0);
        return 1;
    }
    for (size_t shift = at; shift < at + 2; shift++) {
        size_t year = shift == at ? at + 1 : at;
        if (date_has(grammar, shift, WORD_shift) && date_has(grammar, year, WORD_year)) {
            *ret_shift = date_value(grammar, shift, WORD_shift, 0);
            return 2;
        }
    }
    return 0;
}

bool date_read_longest(const struct date_grammar *grammar, size_t at, const date_reader *readers,
                       size_t count, struct date_read *ret)
{
    struct date_read best = {.from = at, .to = at};

    for (size_t i = 0; i < count; i++) {
        struct date_read read = {.from = at, .to = at};
        if (readers[i](grammar, at, &read) && read.to > best.to)
            best = read;
    }
    *ret = best;
    return best.to > at;
}
