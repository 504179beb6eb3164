/*
 * The names that people call languages by.
 */
#ifndef TEXT_LANGUAGE_NAMES_H
#define TEXT_LANGUAGE_NAMES_H

/* ISO 639-3 code of the language with this ISO 639-1 code, English name or bibliographic code
 * ("fa", "Persian", "farsi", "per" all give "fas"), in any case; NULL for any other name, and for
 * what is such a code already. A static string. */
const char *language_code(const char *name);

#endif
