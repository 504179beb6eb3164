/*
 * Fields of Word, in DOC, RTF and DOCX: an instruction, which is hidden, and a result, which shows.
 */
#ifndef WORKER_WORD_FIELD_H
#define WORKER_WORD_FIELD_H

#include <stdbool.h>

#include "worker/emit.h"

/* Gives the addresses that an instruction names (HYPERLINK "address" \o "hint") to the rest, and a
 * warning for what is fetched from elsewhere (INCLUDEPICTURE "address"). */
void word_field_address(const char *instruction, struct emit *emit);

/* Whether the instruction is itself what is shown: an equation, which is how readings above Chinese
 * and Japanese words are written. */
bool word_field_is_equation(const char *instruction);

#endif
