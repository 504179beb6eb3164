/* The model file's bytes, written by the build from tagger.model. */
#ifndef NAMES_TAGGER_DATA_H
#define NAMES_TAGGER_DATA_H

#include <stddef.h>

extern const unsigned char tagger_data[];
extern const size_t tagger_data_len;

#endif
