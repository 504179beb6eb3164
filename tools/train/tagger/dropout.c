#include "dropout.h"

#include <stddef.h>

/* Of a hundred sentences (lists, clusters) or tokens (word, affixes), and of 256 features. */
enum { LISTS = 14, CLUSTERS = 5, WORD = 10, AFFIXES = 50, ANY = 32 };

enum family dropout_family(unsigned form)
{
    static const struct {
        unsigned first, last;
        enum family family;
    } ranges[] = {
        {3, 3, FAMILY_WORD},   {6, 7, FAMILY_WORD},       {12, 12, FAMILY_WORD},
        {14, 17, FAMILY_WORD}, {20, 28, FAMILY_AFFIX},    {47, 47, FAMILY_WORD},
        {50, 62, FAMILY_LIST}, {90, 107, FAMILY_CLUSTER},
    };

    for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++)
        if (form >= ranges[i].first && form <= ranges[i].last)
            return ranges[i].family;
    return FAMILY_OTHER;
}

static uint64_t draw(struct dropout *dropout)
{
    dropout->state ^= dropout->state << 13;
    dropout->state ^= dropout->state >> 7;
    dropout->state ^= dropout->state << 17;
    return dropout->state;
}

static bool by_chance(struct dropout *dropout, unsigned in_hundred)
{
    return (draw(dropout) >> 16) % 100 < in_hundred;
}

void dropout_sentence(struct dropout *dropout)
{
    dropout->out[FAMILY_LIST] = by_chance(dropout, LISTS);
    dropout->out[FAMILY_CLUSTER] = by_chance(dropout, CLUSTERS);
}

void dropout_token(struct dropout *dropout)
{
    dropout->out[FAMILY_WORD] = by_chance(dropout, WORD);
    dropout->out[FAMILY_AFFIX] = dropout->out[FAMILY_WORD] && by_chance(dropout, AFFIXES);
}

bool dropout_skips(struct dropout *dropout, enum family family)
{
    uint64_t any;

    if (!dropout->bits_left) {
        dropout->bits = draw(dropout);
        dropout->bits_left = sizeof(dropout->bits);
    }
    dropout->bits_left--;
    any = dropout->bits & 0xFF;
    dropout->bits >>= 8;
    return dropout->out[family] || any < ANY;
}
