/*
 * The kinds of OOXML documents; called by ooxml.c with the name of the main part.
 */
#ifndef WORKER_OOXML_PARTS_H
#define WORKER_OOXML_PARTS_H

#include "worker/emit.h"
#include "worker/archive/package.h"

/* Reads an open package: properties, main part, links, files. */
struct verdict ooxml_package_read(struct package *package, const struct input *input,
                                  struct emit *emit);

void ooxml_word_read(struct package *package, const char *main_part, struct emit *emit);
void ooxml_sheets_read(struct package *package, const char *main_part, struct emit *emit);
void ooxml_binary_read(struct package *package, const char *main_part, struct emit *emit);
void ooxml_visio_read(struct package *package, const char *main_part, struct emit *emit);
void ooxml_slides_read(struct package *package, const char *main_part, struct emit *emit);

/* Gives every address outside the package to the rest, and a warning for those that are fetched
 * when the document is opened: all but hyperlinks. */
void ooxml_links_send(struct package *package, struct emit *emit);

/* Those who comment on slides. */
struct comment_author {
    char id[64], name[256], initials[32];
};
struct comment_authors {
    struct comment_author *items;
    size_t count;
};

/* Reads a part of authors; free(ret->items) afterwards. */
void ooxml_authors_read(struct package *package, const char *part, struct comment_authors *ret);
/* Appends the comments of a part: "[author (initials), date] text", a line a paragraph. */
void ooxml_comments_text(struct package *package, const char *part,
                         const struct comment_authors *authors, struct buf *out);

/* Appends the text of a DrawingML part (slide, notes, chart, diagram): a line a paragraph, tabs
 * between a table's cells. */
void ooxml_drawing_text(struct package *package, const char *part, struct buf *out);

#endif
