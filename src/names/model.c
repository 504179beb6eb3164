#include "names/model.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "names/keys.h"
#include "names/model_data.h"

enum {
    UNITS_MAX = 4096, /* of one script */
    SLOTS = 16384,    /* of the hash of units, a power of two */
    RARE_SLOTS = 65536,
    RARE_MAX = 40000,
    /* What the rows of a model do not say: a letter for another, a letter for
       none. */
    FLOOR_CHANGED = -450,
    FLOOR_DROPPED = -320,
    RARITY_MAX = 1200,
};

enum side { SIDE_LATIN, SIDE_ARABIC, SIDES };

struct unit {
    uint8_t count;
    uint8_t letters[UNIT_LETTERS_MAX];
};

struct units {
    size_t count;
    size_t pairs_end; /* units of two letters and fewer stand before */
    struct unit at[UNITS_MAX];
    uint16_t slots[SLOTS]; /* id + 1; 0 is free */
};

struct rare {
    uint32_t count;
    char skeleton[KEY_BYTES_MAX / 2];
};

struct names_model {
    struct units units[SIDES];
    int16_t *cells[MODEL_TABLES];
    size_t height[MODEL_TABLES], width[MODEL_TABLES];
    int16_t typical[MODEL_TABLES][2][LETTER_COUNT];
    uint32_t names; /* that rarity was counted over */
    struct rare *rare;
    int weights[MODEL_FITS][MODEL_WEIGHTS];
};

static const struct {
    const char *word;
    enum side left, right;
} tables[MODEL_TABLES] = {
    {"al", SIDE_ARABIC, SIDE_LATIN},
    {"ll", SIDE_LATIN, SIDE_LATIN},
    {"aa", SIDE_ARABIC, SIDE_ARABIC},
};

static const char *const fit_words[MODEL_FITS] = {"fit", "rank"};

static uint32_t unit_hash(const uint8_t *letters, size_t count)
{
    uint32_t hash = (uint32_t)count;

    for (size_t i = 0; i < count; i++)
        hash = hash * 131 + letters[i];
    return hash * 2654435761u >> 16;
}

static uint16_t unit_find(const struct units *units, const uint8_t *letters, size_t count)
{
    for (uint32_t slot = unit_hash(letters, count);; slot++) {
        uint16_t id = units->slots[slot % SLOTS];
        if (!id)
            return UNIT_NONE;
        const struct unit *unit = &units->at[id - 1];
        if (unit->count == count && memcmp(unit->letters, letters, count) == 0)
            return (uint16_t)(id - 1);
    }
}

static bool unit_add(struct units *units, const struct unit *unit)
{
    uint32_t slot = unit_hash(unit->letters, unit->count);

    if (unit_find(units, unit->letters, unit->count) != UNIT_NONE)
        return true;
    if (units->count == UNITS_MAX)
        return false;
    while (units->slots[slot % SLOTS])
        slot++;
    units->at[units->count++] = *unit;
    units->slots[slot % SLOTS] = (uint16_t)units->count;
    return true;
}

/* A line of the file, cut at its spaces. */
struct line {
    const char *word[4];
    size_t len[4];
    size_t count;
};

static const char *next_line(const char *text, const char *end, struct line *line)
{
    const char *stop = memchr(text, '\n', (size_t)(end - text));

    line->count = 0;
    if (!stop)
        stop = end;
    while (text < stop && line->count < ARRAY_LEN(line->word)) {
        const char *space = memchr(text, ' ', (size_t)(stop - text));
        const char *word_end = space ? space : stop;
        line->word[line->count] = text;
        line->len[line->count++] = (size_t)(word_end - text);
        text = space ? space + 1 : stop;
    }
    return stop < end ? stop + 1 : end;
}

static bool is(const struct line *line, size_t word, const char *text)
{
    return line->len[word] == strlen(text) && memcmp(line->word[word], text, line->len[word]) == 0;
}

static bool number(const struct line *line, size_t word, int min, int max, int *ret_value)
{
    char digits[16] = "";
    char *end;

    if (word >= line->count || !line->len[word] || line->len[word] >= sizeof digits)
        return false;
    memcpy(digits, line->word[word], line->len[word]);
    long value = strtol(digits, &end, 10);
    *ret_value = (int)value;
    return !*end && value >= min && value <= max;
}

static bool unit_read(const struct line *line, size_t word, enum side side, struct unit *ret_unit)
{
    struct name name;

    *ret_unit = (struct unit){0};
    if (is(line, word, "-"))
        return true;
    name_letters(line->word[word], line->len[word], &name);
    const struct token *token = &name.tokens[0];
    bool arabic = token->script == SCRIPT_ARABIC;
    if (name.count != 1 || token->count == 0 || token->count > UNIT_LETTERS_MAX ||
        arabic != (side == SIDE_ARABIC))
        return false;
    ret_unit->count = token->count;
    memcpy(ret_unit->letters, token->letters, token->count);
    return true;
}

static int table_of(const struct line *line)
{
    for (int i = 0; i < MODEL_TABLES; i++)
        if (line->count == 4 && is(line, 0, tables[i].word))
            return i;
    return -1;
}

/* Units of each script by length: first the single letters, so that a letter is
 * always a unit. */
static bool collect_units(struct names_model *model, const char *text, const char *end)
{
    for (int side = 0; side < SIDES; side++) {
        uint8_t first = side == SIDE_ARABIC ? LETTER_ARABIC : LETTER_A;
        uint8_t last = side == SIDE_ARABIC ? LETTER_COUNT - 1 : LETTER_9;
        struct unit unit = {0};

        unit_add(&model->units[side], &unit);
        unit.count = 1;
        for (unit.letters[0] = first; unit.letters[0] <= last; unit.letters[0]++)
            unit_add(&model->units[side], &unit);
    }
    for (size_t count = 2; count <= UNIT_LETTERS_MAX; count++) {
        struct line line;
        for (const char *at = text; at < end;) {
            at = next_line(at, end, &line);
            int table = table_of(&line);
            struct unit left;
            struct unit right;

            if (table < 0)
                continue;
            if (!unit_read(&line, 1, tables[table].left, &left) ||
                !unit_read(&line, 2, tables[table].right, &right))
                return false;
            if (left.count == count && !unit_add(&model->units[tables[table].left], &left))
                return false;
            if (right.count == count && !unit_add(&model->units[tables[table].right], &right))
                return false;
        }
        for (int side = 0; side < SIDES && count == 2; side++)
            model->units[side].pairs_end = model->units[side].count;
    }
    return true;
}

static void floor_cells(struct names_model *model, enum model_table table)
{
    int16_t *cells = model->cells[table];
    size_t width = model->width[table];
    const struct unit *left = model->units[tables[table].left].at;
    const struct unit *right = model->units[tables[table].right].at;

    for (size_t i = 0; i < model->height[table] * width; i++)
        cells[i] = WEIGHT_NONE;
    for (size_t i = 0; i < model->height[table] && left[i].count <= 1; i++)
        for (size_t k = 0; k < width && right[k].count <= 1; k++)
            if (left[i].count + right[k].count > 0)
                cells[i * width + k] =
                    left[i].count && right[k].count ? FLOOR_CHANGED : FLOOR_DROPPED;
}

static void make_tables(struct names_model *model)
{
    for (int table = 0; table < MODEL_TABLES; table++) {
        const struct units *left = &model->units[tables[table].left];
        const struct units *right = &model->units[tables[table].right];

        model->height[table] = left->pairs_end;
        model->width[table] = table == TABLE_ARABIC_LATIN ? right->count : right->pairs_end;
        model->cells[table] =
            mem_alloc(model->height[table] * model->width[table] * sizeof *model->cells[table]);
        floor_cells(model, (enum model_table)table);
    }
}

static bool rare_add(struct names_model *model, const struct line *line)
{
    int count;
    struct rare rare = {0};

    if (line->count != 3 || line->len[1] >= sizeof rare.skeleton ||
        !number(line, 2, 1, 1 << 30, &count))
        return false;
    memcpy(rare.skeleton, line->word[1], line->len[1]);
    rare.count = (uint32_t)count;
    uint32_t slot = unit_hash((const uint8_t *)rare.skeleton, line->len[1]);
    for (size_t tries = 0; model->rare[slot % RARE_SLOTS].count; slot++)
        if (++tries == RARE_MAX)
            return false;
    model->rare[slot % RARE_SLOTS] = rare;
    return true;
}

static bool cell_read(struct names_model *model, int table, const struct line *line)
{
    struct unit left;
    struct unit right;
    int weight;

    if (!unit_read(line, 1, tables[table].left, &left) ||
        !unit_read(line, 2, tables[table].right, &right) || !number(line, 3, -2000, 2000, &weight))
        return false;
    uint16_t i = unit_find(&model->units[tables[table].left], left.letters, left.count);
    uint16_t k = unit_find(&model->units[tables[table].right], right.letters, right.count);
    if (i >= model->height[table] || k >= model->width[table])
        return false;
    model->cells[table][(size_t)i * model->width[table] + k] = (int16_t)weight;
    return true;
}

/* "typ all ب 210": table al, left side. */
static bool typical_read(struct names_model *model, const struct line *line)
{
    struct unit unit;
    int weight;

    if (line->count != 4 || line->len[1] != 3 || !number(line, 3, -2000, 2000, &weight))
        return false;
    for (int table = 0; table < MODEL_TABLES; table++) {
        bool right = line->word[1][2] == 'r';
        if (memcmp(line->word[1], tables[table].word, 2) != 0)
            continue;
        if (!unit_read(line, 2, right ? tables[table].right : tables[table].left, &unit) ||
            unit.count != 1)
            return false;
        model->typical[table][right][unit.letters[0]] = (int16_t)weight;
        return true;
    }
    return false;
}

static bool read_line(struct names_model *model, const struct line *line)
{
    int table = table_of(line);
    int feature;
    int value;

    if (table >= 0)
        return cell_read(model, table, line);
    if (is(line, 0, "typ"))
        return typical_read(model, line);
    if (is(line, 0, "df"))
        return rare_add(model, line);
    if (is(line, 0, "names") && number(line, 1, 1, 1 << 30, &value)) {
        model->names = (uint32_t)value;
        return true;
    }
    for (int fit = 0; fit < MODEL_FITS; fit++)
        if (is(line, 0, fit_words[fit]) && number(line, 1, 0, MODEL_WEIGHTS - 1, &feature) &&
            number(line, 2, -1000000, 1000000, &value)) {
            model->weights[fit][feature] = value;
            return true;
        }
    return line->count == 0 || line->word[0][0] == '#';
}

int names_model_read(const char *text, size_t len, struct names_model **ret_model, struct err *err)
{
    struct names_model *model = mem_zalloc(1, sizeof *model);
    const char *end = text + len;
    struct line line;
    const char *at = next_line(text, end, &line);
    size_t number_of_line = 1;
    int version = 0;

    model->rare = mem_zalloc(RARE_SLOTS, sizeof *model->rare);
    model->names = 1;
    bool good = line.count == 2 && is(&line, 0, "sanad-names-model") &&
                number(&line, 1, MODEL_VERSION, MODEL_VERSION, &version) &&
                collect_units(model, at, end);
    if (good)
        make_tables(model);
    while (good && at < end) {
        number_of_line++;
        at = next_line(at, end, &line);
        good = read_line(model, &line);
    }
    if (!good) {
        names_model_free(model);
        return err_set(err, ERR_CORRUPT, "the names model is not readable at line %zu",
                       number_of_line);
    }
    *ret_model = model;
    return 0;
}

struct names_model *names_model_new(void)
{
    struct names_model *model = NULL;

    BUG_IF(names_model_read((const char *)names_model_data, names_model_data_len, &model, NULL) !=
           0);
    return model;
}

void names_model_free(struct names_model *model)
{
    if (!model)
        return;
    for (int table = 0; table < MODEL_TABLES; table++) {
        free(model->cells[table]);
    }
    free(model->rare);
    free(model);
}

void model_units(const struct names_model *model, const struct token *token,
                 struct token_units *ret_units)
{
    const struct units *units =
        &model->units[token->script == SCRIPT_ARABIC ? SIDE_ARABIC : SIDE_LATIN];

    for (size_t count = 1; count <= UNIT_LETTERS_MAX; count++)
        for (size_t at = 0; at < token->count; at++)
            ret_units->at[count - 1][at] = at + count <= token->count
                                               ? unit_find(units, token->letters + at, count)
                                               : UNIT_NONE;
}

const int16_t *model_table(const struct names_model *model, enum model_table table)
{
    return model->cells[table];
}

size_t model_width(const struct names_model *model, enum model_table table)
{
    return model->width[table];
}

size_t model_height(const struct names_model *model, enum model_table table)
{
    return model->height[table];
}

int model_typical(const struct names_model *model, enum model_table table, int right,
                  uint8_t letter)
{
    return letter < LETTER_COUNT ? model->typical[table][right][letter] : 0;
}

/* log(x) in hundredths of a nat, by bits and a table of the fraction: the same
 * everywhere. */
static int log_hundredths(uint32_t x)
{
    static const uint8_t fraction[17] = {0,  6,  12, 17, 22, 27, 32, 36, 41,
                                         45, 49, 52, 56, 60, 63, 66, 69};
    int bits = 0;

    if (x == 0)
        return 0;
    for (uint32_t rest = x; rest > 1; rest >>= 1)
        bits++;
    uint32_t part = (uint32_t)(((uint64_t)x << 4 >> bits) & 15);
    return bits * 693 / 10 + fraction[part];
}

int model_rarity(const struct names_model *model, const struct token *token)
{
    struct name_key skeletons[SKELETONS_MAX];
    uint32_t count = 1;

    if (token_skeletons(token, skeletons) > 0) {
        const char *key = skeletons[0].text;
        uint32_t slot = unit_hash((const uint8_t *)key, strlen(key));
        for (; model->rare[slot % RARE_SLOTS].count; slot++)
            if (strcmp(model->rare[slot % RARE_SLOTS].skeleton, key) == 0) {
                count = model->rare[slot % RARE_SLOTS].count + 1;
                break;
            }
    }
    int rarity = log_hundredths(model->names) - log_hundredths(count);
    return rarity < 100 ? 100 : rarity > RARITY_MAX ? RARITY_MAX : rarity;
}

int model_weight(const struct names_model *model, enum model_fit fit, unsigned feature)
{
    return feature < MODEL_WEIGHTS ? model->weights[fit][feature] : 0;
}
