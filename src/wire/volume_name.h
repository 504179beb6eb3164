/*
 * Names of the volumes of a split file. sanad finds by them what belongs together, the worker which
 * one is missing.
 *
 *   cut       leak.7z.001 leak.7z.002 ...; leak.tgz.aa leak.tgz.ab ...: one file, cut anywhere
 *   ZIP       leak.z01 leak.z02 ... leak.zip: the last has the directory and leads
 *   RAR       leak.part1.rar leak.part2.rar ...; the first may be leak.part1.exe
 *   old RAR   leak.rar leak.r00 leak.r01 ... leak.r99 leak.s00 ...
 */
#ifndef WIRE_VOLUME_NAME_H
#define WIRE_VOLUME_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum volume_style {
    VOLUME_NONE = 0,
    VOLUME_CUT,    /* by number */
    VOLUME_CUT_AA, /* by letters */
    VOLUME_ZIP,
    VOLUME_RAR,
    VOLUME_RAR_OLD,
};

struct volume_name {
    enum volume_style style;
    size_t stem;     /* bytes of the name that all volumes share (but for case) */
    uint32_t number; /* from 1 in the order of the bytes; UINT32_MAX for leak.zip, the last */
    int width;       /* digits of the number, at least */
};

enum { VOLUME_NUMBER_MAX = 99999, VOLUME_NAME_SPACE = 1100 };

/* Takes a name apart. VOLUME_NONE for any other name; a lone leak.zip or leak.rar may well be
 * whole.
 */
struct volume_name volume_name_parse(const char *name);

/* Whether the volume is the one that stands for the set: read with the others, or alone when there
 * are none. */
bool volume_name_leads(const struct volume_name *volume);

/* The name of another volume of the set of `name`, in its spelling. */
void volume_name_make(const char *name, const struct volume_name *volume, uint32_t number,
                      char out[VOLUME_NAME_SPACE]);

#endif
