/*
 * Conversions: old formats that nothing in the worker reads and LibreOffice does. The worker names
 * such a document by its MIME type and ends with REASON_NO_CONVERTER; sanad then has it converted
 * by sanad-convert, a program that runs LibreOffice in a sandbox, and gives what came out to the
 * worker instead. Three programs share what stands here.
 *
 * sanad-convert's arguments: the path of soffice.bin, the MIME type, seconds, MiB of memory, bytes
 * of output. Descriptors: the document to read, and a file for the result. Its exit status is an
 * enum convert_end.
 */
#ifndef WIRE_CONVERT_H
#define WIRE_CONVERT_H

#include <stdint.h>

enum { CONVERT_DOCUMENT_FD = 3, CONVERT_RESULT_FD = 4 };

enum convert_end {
    CONVERT_DONE = 0,
    CONVERT_NO_SANDBOX = 10, /* the kernel refuses the sandbox: nothing was run */
    CONVERT_REFUSED = 11,    /* it ended well and there is no result */
    CONVERT_CRASHED = 12,
    CONVERT_TIME = 13,
    CONVERT_MEMORY = 14,
    CONVERT_SIZE = 15, /* the document or the result is larger than allowed */
    CONVERT_TROUBLE = 16,
};

struct conversion {
    const char *mime;
    const char *words;     /* "Lotus Word Pro" */
    const char *extension; /* that LibreOffice expects */
    const char *filter;    /* LibreOffice's name of its import filter: nothing else is tried */
    const char *target;    /* extension of the result: "fodt" */
    const char *module;    /* LibreOffice's part that has the filter: "writer" */
    const char *package;   /* Debian's name of that part */
};

/* The conversion for a MIME type, or NULL. */
const struct conversion *conversion_for(const char *mime);
/* The one at a place from 0 on, or NULL behind the last. */
const struct conversion *conversion_at(unsigned place);

#endif
