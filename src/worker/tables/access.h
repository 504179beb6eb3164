/*
 * Microsoft Access databases, Jet 3 and 4 (.mdb) and ACE (.accdb), by mdbtools from memory.
 *
 * Each table of the user is a run of pages (tables.h). Texts are decoded here, by the code page
 * that the database names, since the library would look for converters that the sandbox has put
 * out of reach. OLE fields that hold a document give it as a child. A database locked with a
 * password of Access 2007 or later is named; older passwords lock nothing.
 */
#ifndef WORKER_ACCESS_H
#define WORKER_ACCESS_H

#include "worker/reader.h"

struct verdict access_read(const struct input *input, struct emit *emit);

#endif
