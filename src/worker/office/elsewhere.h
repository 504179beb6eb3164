/*
 * Formats that nothing in the worker reads and LibreOffice does (wire/convert.h): the reader names
 * them, and sanad has them converted and read again as what comes out.
 */
#ifndef WORKER_ELSEWHERE_H
#define WORKER_ELSEWHERE_H

#include "worker/reader.h"

struct verdict elsewhere_read(const struct input *input, struct emit *emit);

#endif
