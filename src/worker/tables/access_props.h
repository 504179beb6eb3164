/*
 * A guard before mdbtools' reading of property blocks (titles, authors; the LvProp column of the
 * catalogue of an Access database).
 *
 * The library goes on by the lengths that a block states: at one of 0 it goes on for ever, at one
 * too large it reads beyond the block. Calls of mdb_kkd_to_props are led here by the linker
 * (--wrap) and reach the library with the part of the block whose lengths make sense; what comes
 * after the first that does not is left out.
 *
 * The block, from reading such files: "KKD\0" (Jet 3) or "MR2\0", then chunks of a length in 32
 * bits that counts itself, a type in 16 and a body: type 0x80 is a list of names, each a length in
 * 16 bits and its bytes; types 0 to 2 are values: a length in 32 bits, the length of a name in 16,
 * the name, and records of a length (16 bits), a flag (8), a type (8), the number of the name (16),
 * the size of the value (16) and the value.
 */
#ifndef WORKER_ACCESS_PROPS_H
#define WORKER_ACCESS_PROPS_H

#include <stddef.h>

/* How many bytes of a property block are whole chunks that the library can read; 0 when it is no
 * such block. */
size_t access_props_sound(const unsigned char *block, size_t len);

#endif
