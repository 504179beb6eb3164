#include "names/keys.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"

/* The class of each letter; a second one for a letter that is heard in two
 * ways; 0: left out. */
struct sound {
    char first, second;
};

#define SILENT                                                                                     \
    {                                                                                              \
        0, 0                                                                                       \
    }

static const struct sound latin_sounds[26] = {
    ['b' - 'a'] = {'b', 0},   ['c' - 'a'] = {'k', 's'}, ['d' - 'a'] = {'d', 0},
    ['f' - 'a'] = {'f', 0},   ['g' - 'a'] = {'k', 'j'}, ['j' - 'a'] = {'j', '-'},
    ['k' - 'a'] = {'k', 0},   ['l' - 'a'] = {'l', 0},   ['m' - 'a'] = {'m', 0},
    ['n' - 'a'] = {'n', 0},   ['p' - 'a'] = {'b', 0},   ['q' - 'a'] = {'k', 0},
    ['r' - 'a'] = {'r', 0},   ['s' - 'a'] = {'s', 0},   ['t' - 'a'] = {'t', 0},
    ['v' - 'a'] = {'f', '-'}, ['x' - 'a'] = {'k', 0},   ['z' - 'a'] = {'s', 0},
};

/* Two and three letters for one sound. A second reading of '-' leaves the sound
 * out. */
static const struct {
    char text[4];
    struct sound sound;
} digraphs[] = {
    {"sch", {'c', 0}},  {"tch", {'c', 0}},  {"dzh", {'j', 0}},  {"ch", {'c', 'k'}},
    {"sh", {'c', 0}},   {"kh", {'k', 0}},   {"gh", {'k', '-'}}, {"zh", {'j', 0}},
    {"dh", {'s', 'd'}}, {"th", {'t', 's'}}, {"dj", {'j', 0}},   {"ph", {'f', 0}},
    {"ck", {'k', 0}},   {"dg", {'j', 0}},   {"ts", {'s', 't'}}, {"tz", {'s', 't'}},
};

/* From alef on, in the order of letters.h. */
static const struct sound arabic_sounds[LETTER_COUNT - LETTER_ARABIC] = {
    SILENT,   {'b', 0},   {'b', 0},   {'t', 0},   {'t', 's'}, {'j', 0},   {'c', 0}, SILENT,
    {'k', 0}, {'d', 0},   {'s', 'd'}, {'r', 0},   {'s', 0},   {'j', 0},   {'s', 0}, {'c', 0},
    {'s', 0}, {'d', 's'}, {'t', 0},   {'s', 'd'}, SILENT,     {'k', 0},   {'f', 0}, {'k', 0},
    {'k', 0}, {'k', 0},   {'l', 0},   {'m', 0},   {'n', 0},   {'-', 'f'}, SILENT,   SILENT,
    SILENT,   {'f', 0},   {'t', 0},   {'d', 0},   {'r', 0},
};

struct skeletons {
    size_t count;
    struct name_key *out;
    size_t len[SKELETONS_MAX];
};

static void add(struct skeletons *skeletons, size_t which, char sound)
{
    if (sound && sound != '-' && skeletons->len[which] + 2 < KEY_BYTES_MAX / 2)
        skeletons->out[which].text[skeletons->len[which]++] = sound;
}

static void add_sound(struct skeletons *skeletons, struct sound sound)
{
    size_t count = skeletons->count;

    if (sound.second && count * 2 <= SKELETONS_MAX) {
        for (size_t i = 0; i < count; i++) {
            skeletons->out[count + i] = skeletons->out[i];
            skeletons->len[count + i] = skeletons->len[i];
            add(skeletons, count + i, sound.second);
        }
        skeletons->count = count * 2;
    }
    for (size_t i = 0; i < count; i++)
        add(skeletons, i, sound.first);
}

static char latin_at(const uint8_t *letters, size_t count, size_t at)
{
    return at < count && letter_is_latin(letters[at]) ? (char)('a' + letters[at] - LETTER_A) : 0;
}

/* The sound at a place and how many letters it takes. */
static size_t latin_sound(const uint8_t *letters, size_t count, size_t at, struct sound *ret_sound)
{
    char here = latin_at(letters, count, at);
    char next = latin_at(letters, count, at + 1);

    for (size_t i = 0; i < ARRAY_LEN(digraphs); i++) {
        const char *text = digraphs[i].text;
        size_t k = 0;

        if (text[0] != here || text[1] != next)
            continue;
        while (text[k] && latin_at(letters, count, at + k) == text[k])
            k++;
        if (!text[k]) {
            *ret_sound = digraphs[i].sound;
            return k;
        }
    }
    *ret_sound = latin_sounds[here - 'a'];
    bool soft = next == 'e' || next == 'i' || next == 'y';
    if (here == 'c')
        *ret_sound = soft ? (struct sound){'s', 'c'} : (struct sound){'k', 'j'};
    if (here == 'c' && !soft)
        ret_sound->second = 0;
    if (here == 'g' && !soft)
        ret_sound->second = 0;
    size_t taken = 1;
    while (latin_at(letters, count, at + taken) == here)
        taken++;
    return taken;
}

static size_t sound_at(const uint8_t *letters, size_t count, size_t at, struct sound *ret_sound)
{
    uint8_t letter = letters[at];

    *ret_sound = (struct sound){0, 0};
    if (letter_is_latin(letter))
        return latin_sound(letters, count, at, ret_sound);
    if (letter_is_digit(letter)) {
        ret_sound->first = (char)('0' + letter - LETTER_0);
        return 1;
    }
    if (letter >= LETTER_COUNT)
        return 1;
    /* Arabic writes ch as تش and has no other letter for it */
    if (letter == LETTER_TEH && at + 1 < count && letters[at + 1] == LETTER_SHEEN) {
        ret_sound->first = 'c';
        return 2;
    }
    *ret_sound = arabic_sounds[letter - LETTER_ARABIC];
    return at + 1 < count && letters[at + 1] == letter ? 2 : 1;
}

static size_t skeletons_of(const uint8_t *letters, size_t count, struct name_key *out)
{
    struct skeletons skeletons = {.count = 1, .out = out};

    memset(out, 0, SKELETONS_MAX * sizeof *out);
    for (size_t at = 0; at < count;) {
        struct sound sound;
        at += sound_at(letters, count, at, &sound);
        add_sound(&skeletons, sound);
    }
    for (size_t i = 0; i < skeletons.count; i++)
        out[i].text[skeletons.len[i]] = 0;
    return skeletons.count;
}

size_t token_skeletons(const struct token *token, struct name_key out[SKELETONS_MAX])
{
    if (token->count == 0)
        return 0;
    return skeletons_of(token->letters + token->stripped, token->count - (size_t)token->stripped,
                        out);
}

struct keys {
    size_t count;
    struct name_key *out;
};

static void put(struct keys *keys, char kind, const char *first, const char *second)
{
    struct name_key key = {.text = {kind}};
    size_t len = 1;

    if (keys->count == NAME_KEYS_MAX || (!first[0] && kind != '0'))
        return;
    for (const char *from = first; *from && len + 1 < KEY_BYTES_MAX; from++)
        key.text[len++] = *from;
    if (second && len + 1 < KEY_BYTES_MAX)
        key.text[len++] = '+';
    for (const char *from = second ? second : ""; *from && len + 1 < KEY_BYTES_MAX; from++)
        key.text[len++] = *from;
    for (size_t i = 0; i < keys->count; i++)
        if (strcmp(keys->out[i].text, key.text) == 0)
            return;
    keys->out[keys->count++] = key;
}

/* Each key less one of its letters: what two spellings that differ in one have
 * in common. */
static void put_damaged(struct keys *keys, const char *skeleton)
{
    size_t len = strlen(skeleton);

    if (len < 4)
        return;
    for (size_t drop = 0; drop < len; drop++) {
        char shorter[KEY_BYTES_MAX];
        memcpy(shorter, skeleton, drop);
        memcpy(shorter + drop, skeleton + drop + 1, len - drop);
        put(keys, '3', shorter, NULL);
    }
    put(keys, '3', skeleton, NULL);
}

/* A token of the name with its skeletons. */
struct word_keys {
    size_t count;
    struct name_key skeletons[SKELETONS_MAX];
};

static void put_pair(struct keys *keys, const struct word_keys *a, const struct word_keys *b)
{
    for (size_t i = 0; i < a->count; i++) {
        for (size_t k = 0; k < b->count; k++) {
            const char *x = a->skeletons[i].text;
            const char *y = b->skeletons[k].text;

            if (!x[0] || !y[0])
                continue;
            put(keys, '2', strcmp(x, y) <= 0 ? x : y, strcmp(x, y) <= 0 ? y : x);
        }
    }
}

static bool has_keys(const struct token *token)
{
    return (token->kind == TOKEN_NAME || token->kind == TOKEN_WEAK ||
            token->kind == TOKEN_NUMBER) &&
           token->count > 0;
}

static void put_whole(struct keys *keys, const struct name *name)
{
    uint8_t letters[4 * TOKEN_LETTERS_MAX];
    struct name_key whole[SKELETONS_MAX];
    size_t count = 0;

    for (size_t i = 0; i < name->count; i++) {
        const struct token *token = &name->tokens[i];
        for (size_t k = token->stripped; has_keys(token) && k < token->count; k++)
            if (count < sizeof letters)
                letters[count++] = token->letters[k];
    }
    size_t found = count ? skeletons_of(letters, count, whole) : 0;
    for (size_t i = 0; i < found && i < 2; i++)
        put(keys, '0', whole[i].text, NULL);
}

size_t name_keys(const struct name *name, struct name_key out[NAME_KEYS_MAX])
{
    struct keys keys = {.out = out};
    struct word_keys words[NAME_TOKENS_MAX];
    size_t count = 0;

    for (size_t i = 0; i < name->count && count < 8; i++)
        if (has_keys(&name->tokens[i])) {
            words[count].count = token_skeletons(&name->tokens[i], words[count].skeletons);
            count++;
        }
    put_whole(&keys, name);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < words[i].count; k++)
            put(&keys, '1', words[i].skeletons[k].text, NULL);
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++)
            put_pair(&keys, &words[i], &words[k]);
    for (size_t i = 0; i < name->count; i++)
        if (name->tokens[i].concept) {
            char number[8];
            snprintf(number, sizeof number, "%u", (unsigned)name->tokens[i].concept);
            put(&keys, '4', number, NULL);
        }
    for (size_t i = 0; i < count; i++)
        put_damaged(&keys, words[i].skeletons[0].text);
    return keys.count;
}
