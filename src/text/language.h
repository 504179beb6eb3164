/*
 * Which script and which language a text is written in: enough to choose a direction, an OCR
 * model and a `lang` for the ledger. By script, function words and letters that only one of the
 * Arabic-script languages uses (پ چ ژ گ ک ی for Persian; ة ى ي for Arabic; ...).
 */
#ifndef TEXT_LANGUAGE_H
#define TEXT_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

/* ISO 639-3 code of the text's main language ("eng", "fas", "ara", "deu", "fra", "rus", ...; see
 * language.c), or "" when the text is too short or nothing fits. A static string. */
const char *language_guess(const char *text, size_t len);

/* Whether the first strong character (UAX #9, P2) reads right to left. */
bool text_is_rtl(const char *text, size_t len);

#endif
