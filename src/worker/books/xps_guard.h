/*
 * A guard before MuPDF's reading of outlines ([ECMA-388] 11.2.3, abbreviated geometry) and of the
 * numbers of glyphs ([ECMA-388] 12.1.3) in XPS.
 *
 * The library takes numbers after a command as long as there are any, and at a number that fits no
 * command, or too few of them at the end, it stays where it is and never comes back; so it does at
 * a point that is no number, and among glyphs at anything unforeseen, which it draws without end.
 * It asks for attributes with fz_xml_att(); the linker leads that call here (--wrap), and a value
 * that would not end is not there; without numbers of glyphs the letters are taken from the text
 * beside them.
 */
#ifndef WORKER_XPS_GUARD_H
#define WORKER_XPS_GUARD_H

#include <stdbool.h>

/* Whether the library comes to the end of this outline ("M 1,2 L 3,4 Z"), or list of points. */
bool xps_geometry_ends(const char *text);
bool xps_points_end(const char *text);

/* The same for numbers of glyphs ("36;(2:1)40,50,,;"). */
bool xps_indices_end(const char *text);

#endif
