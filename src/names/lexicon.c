#include "names/lexicon.h"

#include <stdlib.h>
#include <string.h>

static int compare_entry(const void *key, const void *entry)
{
    return strcmp(key, ((const struct lexicon_entry *)entry)->text);
}

static int compare_short(const void *key, const void *entry)
{
    return strcmp(key, ((const struct lexicon_short *)entry)->text);
}

static int compare_concept(const void *key, const void *entry)
{
    return strcmp(key, ((const struct lexicon_concept *)entry)->text);
}

uint16_t lexicon_meaning(const char *text)
{
    const struct lexicon_concept *found = bsearch(text, lexicon_concepts, lexicon_concept_count,
                                                  sizeof *lexicon_concepts, compare_concept);

    return found ? found->concept : 0;
}

const struct lexicon_entry *lexicon_find(const char *text)
{
    return bsearch(text, lexicon_words, lexicon_count, sizeof *lexicon_words, compare_entry);
}

void lexicon_short_forms(const char *text, uint16_t ret_classes[2])
{
    const struct lexicon_short *found =
        bsearch(text, lexicon_shorts, lexicon_short_count, sizeof *lexicon_shorts, compare_short);

    ret_classes[0] = found ? found->classes[0] : 0;
    ret_classes[1] = found ? found->classes[1] : 0;
}
