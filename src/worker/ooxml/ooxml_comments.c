/* Comments on slides: of the first edition (p:cm) and the later threads of them (p188:cm, reply).
 */
#include <stdlib.h>

#include "worker/ooxml/ooxml_parts.h"

enum { AUTHORS_MAX = 10000 };

static void on_author(void *ctx, const struct xml_element *element)
{
    struct comment_authors *authors = ctx;

    if ((!xml_is(element->name, "cmAuthor") && !xml_is(element->name, "author")) ||
        authors->count >= AUTHORS_MAX)
        return;
    authors->items = mem_room(authors->items, authors->count, sizeof(*authors->items));
    struct comment_author *author = &authors->items[authors->count++];
    xml_attribute(element, "id", author->id, sizeof(author->id));
    xml_attribute(element, "name", author->name, sizeof(author->name));
    xml_attribute(element, "initials", author->initials, sizeof(author->initials));
}

void ooxml_authors_read(struct package *package, const char *part, struct comment_authors *ret)
{
    static const struct xml_handler handler = {.start = on_author};

    (void)package_read_xml(package, part, &handler, ret);
}

struct comments {
    const struct comment_authors *authors;
    struct buf *out;
    unsigned texts; /* open p:text, a:t */
};

static void put_head(struct comments *comments, const struct xml_element *element)
{
    char id[64];
    char date[40];

    xml_attribute(element, "authorId", id, sizeof(id));
    if (!xml_attribute(element, "dt", date, sizeof(date)))
        xml_attribute(element, "created", date, sizeof(date));
    const struct comment_author *author = NULL;
    for (size_t i = 0; !author && i < comments->authors->count; i++)
        if (xml_is(comments->authors->items[i].id, id))
            author = &comments->authors->items[i];
    (void)buf_append_char(comments->out, '[');
    if (author)
        (void)buf_append_str(comments->out, author->name);
    if (author && *author->initials)
        (void)buf_printf(comments->out, " (%s)", author->initials);
    (void)buf_append_str(comments->out, author && *date ? ", " : "");
    (void)buf_append_str(comments->out, date);
    (void)buf_append_str(comments->out, "] ");
}

static void on_start(void *ctx, const struct xml_element *element)
{
    struct comments *comments = ctx;

    if (xml_is(element->name, "cm") || xml_is(element->name, "reply"))
        put_head(comments, element);
    else if (xml_is(element->name, "text") || xml_is(element->name, "t"))
        comments->texts++;
}

static void on_end(void *ctx, const char *name)
{
    struct comments *comments = ctx;

    if (xml_is(name, "text") || xml_is(name, "t"))
        comments->texts--;
    if (xml_is(name, "text") || xml_is(name, "p"))
        (void)buf_append_char(comments->out, '\n');
}

static void on_text(void *ctx, const char *text, size_t len)
{
    struct comments *comments = ctx;

    if (comments->texts)
        (void)buf_append(comments->out, text, len);
}

void ooxml_comments_text(struct package *package, const char *part,
                         const struct comment_authors *authors, struct buf *out)
{
    static const struct xml_handler handler = {on_start, on_end, on_text};
    struct comments comments = {.authors = authors, .out = out};

    (void)package_read_xml(package, part, &handler, &comments);
}
