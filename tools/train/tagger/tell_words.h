/* Words beside names that tell what they are, in three languages: tell_words.tsv. */
#ifndef TRAIN_TELL_WORDS_H
#define TRAIN_TELL_WORDS_H

#include <stddef.h>

struct tell_word {
    const char *text;
    unsigned classes; /* enum tag_class */
};

extern const struct tell_word tell_words[];
extern const size_t tell_word_count;

#endif
