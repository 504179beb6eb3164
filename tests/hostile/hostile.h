/*
 * A reader that attacks: its document's text names what it tries. It stands in sanad-worker-hostile
 * only, a program that the tests build, to prove what the sandbox stops.
 */
#ifndef TESTS_HOSTILE_H
#define TESTS_HOSTILE_H

#include "worker/reader.h"

struct verdict hostile_read(const struct input *input, struct emit *emit);

#endif
