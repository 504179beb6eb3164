/*
 * The parts of sniffing; sniff() in reader.h puts them in order. Each returns a static MIME type
 * or NULL when it cannot say.
 */
#ifndef WORKER_SNIFF_H
#define WORKER_SNIFF_H

#include <stddef.h>

/* By the first bytes (and a few fixed places): a table of our own, without any library. */
const char *sniff_magic(const unsigned char *data, size_t len);

/* PDF whose header is not what it should be: PostScript's with PDF's behind it, in small letters,
 * or missing or late while objects and the end are there. */
const char *sniff_pdf(const unsigned char *data, size_t len);

/* Archives beyond the usual, disk images and programs. */
const char *sniff_archive(const unsigned char *data, size_t len);

/* Sound, film, and data files that have no magic but a header that has to fit together. */
const char *sniff_data(const unsigned char *data, size_t len, const char *name);

/* Old formats that only LibreOffice reads: wire/convert.h. */
const char *sniff_old(const unsigned char *data, size_t len);

/* What a ZIP archive is the shell of, by its `mimetype` entry or its parts' names;
 * application/zip when of nothing known. */
const char *sniff_zip(const unsigned char *data, size_t len);

/* An OOXML package by its list of types: templates and those with macros; `otherwise` for none of
 * these. OpenDocument whose type is not its first entry; NULL when it is none. */
const char *sniff_ooxml(const unsigned char *data, size_t len, const char *otherwise);
const char *sniff_odf(const unsigned char *data, size_t len);

/* What an OLE2 compound file holds, by the names in its directory. */
const char *sniff_ole(const unsigned char *data, size_t len);

/* Kinds of text: mail, mbox, HTML, XML, JSON, CSV by shape. `text` is UTF-8, the document's start.
 */
const char *sniff_text(const char *text, size_t len, const char *name);

/* By the extension of a name. */
const char *sniff_name(const char *name);

/* Formats without a reader that are common enough to be called by their names, by their first bytes
 * (and a few fixed places). */
const char *sniff_known(const unsigned char *data, size_t len);

/* libmagic's word, for types nothing here reads. sniff_library_open maps its database; called
 * before the sandbox closes, harmless when the database is missing. */
void sniff_library_open(void);
const char *sniff_library(const unsigned char *data, size_t len);

#endif
