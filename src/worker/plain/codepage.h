/*
 * Code pages of Windows as old office documents name them: by number (1256), by the character set
 * of a font (\fcharset178), by the language of a document (LCID 0x0429, [MS-LCID]).
 */
#ifndef WORKER_CODEPAGE_H
#define WORKER_CODEPAGE_H

#include <stddef.h>

#include "base/buf.h"

enum {
    CODEPAGE_WESTERN = 1252,
    CODEPAGE_UTF16 = 1200,
    CODEPAGE_SYMBOL = 42, /* a font of signs: its bytes are not letters */
};

/* The ANSI code page of a language; 1252 when unknown. */
unsigned codepage_of_language(unsigned lcid);

/* The code page of a font's character set (LOGFONT.lfCharSet); 0 for "the default". */
unsigned codepage_of_font(unsigned charset);

/* Appends the bytes as UTF-8; signs of CODEPAGE_SYMBOL become bullets and Greek letters as far as
 * they have any. Returns 0 or ERR_LIMIT. */
int codepage_text(unsigned codepage, const void *data, size_t len, struct buf *out);

#endif
