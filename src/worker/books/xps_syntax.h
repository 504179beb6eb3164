/*
 * What attributes of fixed pages may say: outlines ([ECMA-388] 11.2.3, abbreviated geometry), lists
 * of points, numbers of glyphs ([ECMA-388] 12.1.3), references to resources ([ECMA-388] 14.2.3).
 *
 * MuPDF takes what it can use and is lost in what it cannot: among numbers that are missing, left
 * over or none it stays for ever, or reads from no memory. What keeps to these grammars it reads to
 * the end.
 *
 * Limits: a number is at most 1e7 either way; XPS_CLUSTER_DIGITS.
 */
#ifndef WORKER_XPS_SYNTAX_H
#define WORKER_XPS_SYNTAX_H

#include <stdbool.h>

/* So many characters shown by few glyphs, or the reverse, are a bomb. */
enum { XPS_CLUSTER_DIGITS = 3, XPS_GLYPH_DIGITS = 9 };

/* "F1 M 1,2 L 3,4 5,6 Z": letters that are commands, each with its numbers once or several times.
 */
bool xps_is_outline(const char *text);

/* "1,2 3,4": pairs; or nothing at all. */
bool xps_is_points(const char *text);

/* "36;(2:1)40,50,,;" */
bool xps_is_indices(const char *text);

/* "{StaticResource name}" */
bool xps_is_reference(const char *text);

#endif
