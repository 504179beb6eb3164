#include "worker/web/html_tree.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/attr.h"
#include "worker/web/html_hints.h"
#include "worker/web/html_linked.h"

struct builder {
    struct html_tree *tree;
    uint32_t open;     /* the innermost open element */
    uint32_t too_deep; /* elements opened below HTML_DEPTH_MAX */
    struct buf script; /* of the open script, when it is JSON-LD */
    bool linked;
};

enum { LINKED_MAX = 1 << 20 };

/* Sorted by name. */
static const struct {
    const char *name;
    enum html_tag tag;
} TAGS[] = {
    {"a", TAG_A},
    {"address", TAG_ADDRESS},
    {"article", TAG_ARTICLE},
    {"aside", TAG_ASIDE},
    {"audio", TAG_SILENT},
    {"blockquote", TAG_BLOCKQUOTE},
    {"body", TAG_BODY},
    {"br", TAG_BR},
    {"button", TAG_BUTTON},
    {"canvas", TAG_SILENT},
    {"caption", TAG_CAPTION},
    {"center", TAG_DIV},
    {"dd", TAG_DD},
    {"details", TAG_DETAILS},
    {"dir", TAG_UL},
    {"div", TAG_DIV},
    {"dl", TAG_DL},
    {"dt", TAG_DT},
    {"fieldset", TAG_FIELDSET},
    {"figcaption", TAG_FIGCAPTION},
    {"figure", TAG_FIGURE},
    {"footer", TAG_FOOTER},
    {"form", TAG_FORM},
    {"h1", TAG_H1},
    {"h2", TAG_H2},
    {"h3", TAG_H3},
    {"h4", TAG_H4},
    {"h5", TAG_H5},
    {"h6", TAG_H6},
    {"head", TAG_HEAD},
    {"header", TAG_HEADER},
    {"hgroup", TAG_HEADER},
    {"hr", TAG_HR},
    {"html", TAG_HTML},
    {"iframe", TAG_SILENT},
    {"img", TAG_IMG},
    {"input", TAG_INPUT},
    {"li", TAG_LI},
    {"link", TAG_LINK},
    {"main", TAG_MAIN},
    {"menu", TAG_UL},
    {"meta", TAG_META},
    {"nav", TAG_NAV},
    {"noscript", TAG_NOSCRIPT},
    {"object", TAG_OTHER},
    {"ol", TAG_OL},
    {"option", TAG_OPTION},
    {"p", TAG_P},
    {"pre", TAG_PRE},
    {"script", TAG_SILENT},
    {"section", TAG_SECTION},
    {"select", TAG_SELECT},
    {"style", TAG_SILENT},
    {"summary", TAG_SUMMARY},
    {"table", TAG_TABLE},
    {"tbody", TAG_TBODY},
    {"td", TAG_TD},
    {"template", TAG_SILENT},
    {"textarea", TAG_TEXTAREA},
    {"tfoot", TAG_TBODY},
    {"th", TAG_TH},
    {"thead", TAG_TBODY},
    {"time", TAG_TIME},
    {"title", TAG_TITLE},
    {"tr", TAG_TR},
    {"ul", TAG_UL},
    {"video", TAG_SILENT},
};

static enum html_tag tag_of(const char *name)
{
    size_t low = 0;
    size_t high = ARRAY_LEN(TAGS);

    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(TAGS[middle].name, name);
        if (order == 0)
            return TAGS[middle].tag;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return TAG_OTHER;
}

bool html_tag_is_block(enum html_tag tag)
{
    switch (tag) {
    case TAG_TEXT:
    case TAG_OTHER:
    case TAG_A:
    case TAG_BUTTON:
    case TAG_IMG:
    case TAG_INPUT:
    case TAG_SILENT:
    case TAG_TIME:
    case TAG_TD:
    case TAG_TH:
    case TAG_COUNT:
        return false;
    default:
        return true;
    }
}

static uint32_t node_add(struct html_tree *tree, uint32_t parent, enum html_tag tag)
{
    if (tree->count >= HTML_NODES_MAX)
        return 0;
    tree->nodes = mem_room(tree->nodes, tree->count, sizeof(*tree->nodes));
    uint32_t index = tree->count++;
    struct html_node *above = &tree->nodes[parent];
    tree->nodes[index] = (struct html_node){
        .tag = (uint8_t)tag, .parent = parent, .depth = (uint16_t)(index ? above->depth + 1 : 0)};
    if (index == 0)
        return 0;
    if (above->last)
        tree->nodes[above->last].next = index;
    else
        above->first = index;
    above->last = index;
    return index;
}

static void fact_add(struct html_tree *tree, const char *name, const char *value)
{
    if (!name || !value || tree->fact_count >= HTML_FACTS_MAX)
        return;
    struct html_fact *fact = &tree->facts[tree->fact_count];
    size_t len = strlen(value);
    if (len > 4096 || strlen(name) >= sizeof(fact->name) || tree->text.cap - tree->text.len < len)
        return;
    for (size_t i = 0; i <= strlen(name); i++)
        fact->name[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] | 0x20 : name[i]);
    fact->at = (uint32_t)tree->text.len;
    fact->len = (uint32_t)len;
    if (buf_append(&tree->text, value, len) == 0)
        tree->fact_count++;
}

static const char *attribute(const xmlChar **attributes, const char *name)
{
    for (; attributes && attributes[0]; attributes += 2)
        if (strcmp((const char *)attributes[0], name) == 0)
            return attributes[1] ? (const char *)attributes[1] : "";
    return NULL;
}

static bool is_hidden(const xmlChar **attributes)
{
    const char *style = attribute(attributes, "style");
    const char *aria = attribute(attributes, "aria-hidden");

    if (attribute(attributes, "hidden") || (aria && strcmp(aria, "true") == 0))
        return true;
    if (!style)
        return false;
    const char *display = strcasestr(style, "display");
    const char *seen = strcasestr(style, "visibility");
    return (display && strncmp(display + 7 + strspn(display + 7, " :"), "none", 4) == 0) ||
           (seen && strncmp(seen + 10 + strspn(seen + 10, " :"), "hidden", 6) == 0);
}

static unsigned hints_of(const xmlChar **attributes)
{
    const char *itemprop = attribute(attributes, "itemprop");
    const char *rel = attribute(attributes, "rel");
    unsigned hints = html_hints_of(attribute(attributes, "class")) |
                     html_hints_of(attribute(attributes, "id")) |
                     html_hints_of(attribute(attributes, "role"));

    if (itemprop && strcasestr(itemprop, "articleBody"))
        hints |= HINT_BODY;
    if ((rel && strcmp(rel, "author") == 0) || (itemprop && strcasestr(itemprop, "author")))
        hints |= HINT_BYLINE;
    if (is_hidden(attributes))
        hints |= HINT_HIDDEN;
    return hints;
}

static void note_facts(struct html_tree *tree, enum html_tag tag, const xmlChar **attributes)
{
    if (tag == TAG_META) {
        const char *name = attribute(attributes, "name");
        const char *property = attribute(attributes, "property");
        const char *itemprop = attribute(attributes, "itemprop");
        fact_add(tree,
                 property ? property
                 : name   ? name
                          : itemprop,
                 attribute(attributes, "content"));
    } else if (tag == TAG_TIME) {
        fact_add(tree, "time", attribute(attributes, "datetime"));
    } else if (tag == TAG_HTML) {
        fact_add(tree, "lang", attribute(attributes, "lang"));
    } else if (tag == TAG_LINK) {
        const char *rel = attribute(attributes, "rel");
        if (rel && strcasecmp(rel, "canonical") == 0)
            fact_add(tree, "canonical", attribute(attributes, "href"));
    }
}

static void put_text(struct html_tree *tree, uint32_t index, const char *text, size_t len)
{
    struct html_node *node = &tree->nodes[index];

    node->text_at = (uint32_t)tree->text.len;
    if (buf_append(&tree->text, text, len) == 0)
        node->text_len = (uint32_t)len;
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar **attributes)
{
    struct builder *builder = ctx;
    struct html_tree *tree = builder->tree;
    enum html_tag tag = tag_of((const char *)name);

    if (tag == TAG_TITLE && tree->title.len)
        tag = TAG_OTHER; /* of a picture inside the page */
    note_facts(tree, tag, attributes);
    const char *type = tag == TAG_SILENT ? attribute(attributes, "type") : NULL;
    builder->linked = type && strcasecmp(type, "application/ld+json") == 0;
    if (builder->too_deep || tree->nodes[builder->open].depth >= HTML_DEPTH_MAX) {
        builder->too_deep++;
        return;
    }
    uint32_t index = node_add(tree, builder->open, tag);
    if (index == 0) {
        builder->too_deep++;
        return;
    }
    if (attributes)
        tree->nodes[index].hints = (uint8_t)hints_of(attributes);
    const char *alt = tag == TAG_IMG ? attribute(attributes, "alt") : NULL;
    if (alt)
        put_text(tree, index, alt, strlen(alt));
    builder->open = index;
}

static void on_linked(void *ctx, const char *name, const char *value)
{
    fact_add(ctx, name, value);
}

static void on_end(void *ctx, const xmlChar *name)
{
    struct builder *builder = ctx;
    struct html_tree *tree = builder->tree;

    (void)name;
    if (builder->linked) {
        html_linked_read(builder->script.data, builder->script.len, on_linked, tree);
        buf_clear(&builder->script);
        builder->linked = false;
    }
    if (builder->too_deep) {
        builder->too_deep--;
        return;
    }
    builder->open = tree->nodes[builder->open].parent;
}

static void on_text(void *ctx, const xmlChar *text, int len)
{
    struct builder *builder = ctx;
    struct html_tree *tree = builder->tree;
    struct html_node *open = &tree->nodes[builder->open];

    if (len > 0 && builder->linked)
        (void)buf_append(&builder->script, text, (size_t)len);
    if (len <= 0 || open->tag == TAG_SILENT)
        return;
    if (open->tag == TAG_TITLE) {
        (void)buf_append(&tree->title, text, (size_t)len);
        return;
    }
    struct html_node *last = open->last ? &tree->nodes[open->last] : NULL;
    if (last && last->tag == TAG_TEXT && last->text_at + last->text_len == tree->text.len) {
        if (buf_append(&tree->text, text, (size_t)len) == 0)
            last->text_len += (uint32_t)len;
        return;
    }
    uint32_t index = node_add(tree, builder->open, TAG_TEXT);
    if (index)
        put_text(tree, index, (const char *)text, (size_t)len);
}

static void sax_of(xmlSAXHandler *sax)
{
    memset(sax, 0, sizeof(*sax));
    sax->initialized = 1;
    sax->startElement = on_start;
    sax->endElement = on_end;
    sax->characters = on_text;
    sax->cdataBlock = on_text;
    sax->ignorableWhitespace = on_text;
}

void html_tree_parse(struct html_tree *tree, const char *utf8, size_t len)
{
    xmlSAXHandler sax;
    struct builder builder = {.tree = tree};

    buf_init(&builder.script, LINKED_MAX);
    memset(tree, 0, sizeof(*tree));
    buf_init(&tree->text, HTML_TEXT_MAX);
    buf_init(&tree->title, 8192);
    (void)node_add(tree, 0, TAG_OTHER);
    sax_of(&sax);
    htmlParserCtxtPtr context = htmlCreateMemoryParserCtxt(utf8, (int)len);
    if (!context) {
        buf_release(&builder.script);
        return;
    }
    htmlCtxtUseOptions(context, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                    HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    memcpy(context->sax, &sax, sizeof(sax));
    context->userData = &builder;
    xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8);
    htmlParseDocument(context);
    if (context->myDoc)
        xmlFreeDoc(context->myDoc);
    htmlFreeParserCtxt(context);
    buf_release(&builder.script);
}

void html_tree_release(struct html_tree *tree)
{
    free(tree->nodes);
    buf_release(&tree->text);
    buf_release(&tree->title);
}
