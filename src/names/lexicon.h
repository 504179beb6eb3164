/*
 * Words with a part to play in a name: titles and ranks, articles, patronymic
 * links, legal forms, small words, numbers, short forms of given names. Looked
 * up by their letters as letters_spell gives them, Cyrillic and Greek in Latin
 * letters. The words stand in lexicon.tsv, which
 * lexicon_gen.c makes the tables of.
 */
#ifndef NAMES_LEXICON_H
#define NAMES_LEXICON_H

#include <stddef.h>
#include <stdint.h>

enum lexicon_role {
    ROLE_NONE,
    ROLE_TITLE,      /* Mr, General, دکتر: never part of the name */
    ROLE_WEAK_TITLE, /* Sayyid, Haji, شیخ: a title, or a name */
    ROLE_ARTICLE,    /* al, el, ash, ul ... before a name */
    ROLE_PATRONYMIC, /* ibn, bin, ben, ould, بن */
    ROLE_SERVANT,    /* abd, abdul, عبد: one name with what follows */
    ROLE_KUNYA,      /* abu, umm, ابو: one name with what follows */
    ROLE_ALLAH,      /* ullah, allah, الله: one name with what stands before */
    ROLE_DIN,        /* din, uddin, eddine, الدین: likewise */
    ROLE_FILLER,     /* of, the, and, de, و */
    ROLE_LEGAL,      /* Ltd, GmbH, شرکت; `value` is an enum legal_form */
    ROLE_NUMBER,     /* three, سه; `value` is the number */
    ROLE_LETTER,     /* the Persian or Arabic name of a Latin letter: بی; `value` is
                        the letter */
};

enum legal_form {
    LEGAL_LIMITED = 1,
    LEGAL_LLC,
    LEGAL_GMBH,
    LEGAL_AG,
    LEGAL_PLC,
    LEGAL_INC,
    LEGAL_CORP,
    LEGAL_COMPANY,
    LEGAL_SA,
    LEGAL_SRL,
    LEGAL_BV,
    LEGAL_NV,
    LEGAL_JSC,
    LEGAL_PARTNERSHIP,
    LEGAL_NORDIC,
    LEGAL_OTHER,
    LEGAL_VESSEL, /* MV, MT, SS before a ship's name */
};

struct lexicon_entry {
    const char *text; /* words of a phrase are separated by one space */
    uint8_t role;
    uint8_t value;
};

/* In the order of strcmp. */
extern const struct lexicon_entry lexicon_words[];
extern const size_t lexicon_count;

/* A name that is of a class of short forms, or of two; in the order of strcmp.
 */
struct lexicon_short {
    const char *text;
    uint16_t classes[2];
};
extern const struct lexicon_short lexicon_shorts[];
extern const size_t lexicon_short_count;

/* A common word of bodies' names, by a number that its translations share; in
 * the order of strcmp. Numbers are parts of keys (keys.h): a new concept goes
 * to the end. */
struct lexicon_concept {
    const char *text;
    uint16_t concept;
};
extern const struct lexicon_concept lexicon_concepts[];
extern const size_t lexicon_concept_count;

/* What a word means, or 0. */
uint16_t lexicon_meaning(const char *text);

/* Words of the longest phrase. */
enum { LEXICON_PHRASE_MAX = 6 };

/* The entry of a word or phrase, or NULL. */
const struct lexicon_entry *lexicon_find(const char *text);

/* The class of a given name that has short forms ("bob" and "robert" are of
 * one); 0 for none. A name may be of two classes (ret_classes[1], else 0). */
void lexicon_short_forms(const char *text, uint16_t ret_classes[2]);

#endif
