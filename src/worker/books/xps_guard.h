/*
 * A guard before MuPDF's reading of outlines in XPS ([ECMA-388] 11.2.3, abbreviated geometry).
 *
 * The library takes numbers after a command as long as there are any, and at a number that fits no
 * command, or too few of them at the end, it stays where it is and never comes back; so it does at
 * a point that is no number. It asks for attributes with fz_xml_att(); the linker leads that call
 * here (--wrap), and an outline that would not end is not there.
 */
#ifndef WORKER_XPS_GUARD_H
#define WORKER_XPS_GUARD_H

#include <stdbool.h>

/* Whether the library comes to the end of this outline ("M 1,2 L 3,4 Z"), or list of points. */
bool xps_geometry_ends(const char *text);
bool xps_points_end(const char *text);

#endif
