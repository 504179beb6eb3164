/*
 * Numbers in the attributes of drawings ([SVG 1.1] 8.3.9, 9.7.1), as MuPDF can read them.
 *
 * The library stays for ever at a number's plus sign, which the standard allows, and among points
 * at whatever is no number.
 */
#ifndef WORKER_SVG_OUTLINE_H
#define WORKER_SVG_OUTLINE_H

/* "d" of a path. In place, in as many bytes: a plus sign before a number means a space. */
void svg_outline_mend(char *value);

/* "points" of a polygon or polyline. In place: the same, and it ends before the first error, up to
 * which a drawing is to be shown ([SVG 1.1] F.2). */
void svg_points_mend(char *value);

#endif
