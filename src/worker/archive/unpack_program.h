/*
 * Programs that unpack themselves: where in a program's file its archive begins.
 */
#ifndef WORKER_UNPACK_PROGRAM_H
#define WORKER_UNPACK_PROGRAM_H

#include <stddef.h>

/* The place of a RAR, 7Z, CAB or ZIP archive inside a PE or ELF file; `len` when there is none. A
 * ZIP's directory is found from the end, so its place is 0: the whole file. */
size_t program_archive_at(const unsigned char *data, size_t len);

#endif
