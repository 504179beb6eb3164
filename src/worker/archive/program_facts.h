/*
 * What a program for Windows says of itself: the strings of its version information (who made it,
 * what it is called and is for), as text.
 *
 * Source: "VS_VERSIONINFO structure", MSDN. Limits: 1,000 strings.
 */
#ifndef WORKER_PROGRAM_FACTS_H
#define WORKER_PROGRAM_FACTS_H

#include "worker/reader.h"

void program_facts(const struct input *input, struct emit *emit);

#endif
