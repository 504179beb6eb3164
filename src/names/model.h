/*
 * The trained model: how likely one spelling is written for another.
 *
 * Three tables, of the same form: Arabic script against Latin, Latin against
 * Latin, Arabic against Arabic (Persian, Dari, Urdu spelling among them). A row
 * is a unit, one or two letters on the left and up to three on the right, or
 * none on one side, with its weight: the logarithm of how much more often the
 * two are written for one another than by chance, in hundredths of a nat. Two
 * words are scored by the best way to cut both into units (pair.h).
 *
 * Besides: how rare names are (by consonant key, keys.h), and the weights that
 * turn what two names share into a probability (match.h).
 *
 * The model is a text file, written by tools/train and embedded by the build:
 * docs/NAMES.md has its format. It is the same for everyone; nothing is learnt
 * from a case.
 */
#ifndef NAMES_MODEL_H
#define NAMES_MODEL_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "names/name.h"

enum model_table { TABLE_ARABIC_LATIN, TABLE_LATIN, TABLE_ARABIC, MODEL_TABLES };

enum {
    MODEL_VERSION = 1,
    UNIT_LETTERS_MAX = 3,
    UNIT_NONE = 0xFFFF, /* letters that are no unit of the model */
    UNIT_EMPTY = 0,
    MODEL_WEIGHTS = 64, /* of the calibration */
    WEIGHT_NONE = -32768,
};

struct names_model;

/* The model that was built in. Never fails but for a broken build. */
struct names_model *names_model_new(void);
/* A model from the text of a model file. ERR_CORRUPT says which line is wrong.
 */
int names_model_read(const char *text, size_t len, struct names_model **ret_model, struct err *err);
void names_model_free(struct names_model *model);

/* The units that begin at each letter, by their length less one. */
struct token_units {
    uint16_t at[UNIT_LETTERS_MAX][TOKEN_LETTERS_MAX];
};
void model_units(const struct names_model *model, const struct token *token,
                 struct token_units *ret_units);

/* The weights of a table: cell [left * model_width + right]. */
const int16_t *model_table(const struct names_model *model, enum model_table table);
size_t model_width(const struct names_model *model, enum model_table table);
size_t model_height(const struct names_model *model, enum model_table table);
/* What a letter adds to the score of two words that are the same, on average.
 */
int model_typical(const struct names_model *model, enum model_table table, int right,
                  uint8_t letter);

/* How rare a token is, in hundredths of a nat: -log of the share of names that
 * have it. */
int model_rarity(const struct names_model *model, const struct token *token);

/* What a probability is of: that two names are the same, or that of a list this
 * is the name sought, where a shorter or longer form of it is likelier than in
 * a pair taken by itself. */
enum model_fit { FIT_PAIR, FIT_RANK, MODEL_FITS };

/* Weight of a feature of a calibration, in thousandths. */
int model_weight(const struct names_model *model, enum model_fit fit, unsigned feature);

#endif
