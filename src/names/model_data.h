/* The model file's bytes, written by the build from names.model. */
#ifndef NAMES_MODEL_DATA_H
#define NAMES_MODEL_DATA_H

#include <stddef.h>

extern const unsigned char names_model_data[];
extern const size_t names_model_data_len;

#endif
