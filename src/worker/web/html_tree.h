/*
 * A web page as a compact tree (libxml2's HTML parser, called by events; no tree of its own). Only
 * what readers of text need is kept: tags, text, and what attributes say about an element's role.
 *
 * Limits: HTML_NODES_MAX nodes and HTML_DEPTH_MAX levels (deeper elements become siblings); beyond
 * the first limit the rest of the page is text without elements.
 */
#ifndef WORKER_HTML_TREE_H
#define WORKER_HTML_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum { HTML_NODES_MAX = 4 << 20, HTML_DEPTH_MAX = 400, HTML_TEXT_MAX = 256 << 20 };

enum html_tag {
    TAG_TEXT = 0, /* a run of text, not an element */
    TAG_OTHER,    /* an element that means nothing here */
    TAG_A,
    TAG_ADDRESS,
    TAG_ARTICLE,
    TAG_ASIDE,
    TAG_BLOCKQUOTE,
    TAG_BODY,
    TAG_BR,
    TAG_BUTTON,
    TAG_CAPTION,
    TAG_DD,
    TAG_DETAILS,
    TAG_DIV,
    TAG_DL,
    TAG_DT,
    TAG_FIELDSET,
    TAG_FIGCAPTION,
    TAG_FIGURE,
    TAG_FOOTER,
    TAG_FORM,
    TAG_H1,
    TAG_H2,
    TAG_H3,
    TAG_H4,
    TAG_H5,
    TAG_H6,
    TAG_HEAD,
    TAG_HEADER,
    TAG_HR,
    TAG_HTML,
    TAG_IMG,
    TAG_INPUT,
    TAG_LI,
    TAG_LINK,
    TAG_MAIN,
    TAG_META,
    TAG_NAV,
    TAG_NOSCRIPT,
    TAG_OL,
    TAG_OPTION,
    TAG_P,
    TAG_PRE,
    TAG_SECTION,
    TAG_SELECT,
    TAG_SILENT, /* script, style, template, iframe, ...: never shown */
    TAG_SUMMARY,
    TAG_TABLE,
    TAG_TBODY,
    TAG_TD,
    TAG_TEXTAREA,
    TAG_TH,
    TAG_TIME,
    TAG_TITLE,
    TAG_TR,
    TAG_UL,
    TAG_COUNT
};

enum html_hint {
    HINT_POSITIVE = 1, /* class or id speaks of content: "article-body" */
    HINT_NEGATIVE = 2, /* ... of something else: "share-bar" */
    HINT_UNLIKELY = 4, /* ... of a part that is never the story: "sidebar" */
    HINT_BODY = 8,     /* marked as the story: itemprop="articleBody" */
    HINT_HIDDEN = 16,  /* not displayed */
    HINT_BYLINE = 32,  /* author and date */
};

struct html_node {
    uint8_t tag;
    uint8_t hints;
    uint16_t depth;
    uint32_t parent, first, last, next; /* 0 = none; node 0 is the root */
    uint32_t text_at, text_len;         /* TAG_TEXT; TAG_IMG: its alternative text */
};

/* One <meta>, <time>, <link> or <html lang> as it was met. */
struct html_fact {
    char name[48];    /* lower case: "article:published_time", "time", "lang", "canonical" */
    uint32_t at, len; /* its value in `text` */
};

enum { HTML_FACTS_MAX = 256 };

struct html_tree {
    struct html_node *nodes;
    uint32_t count;
    struct buf text; /* all text, in the order of the page */
    struct html_fact facts[HTML_FACTS_MAX];
    size_t fact_count;
    struct buf title;
};

/* Parses UTF-8. Never fails: whatever the bytes are, they make a tree. */
void html_tree_parse(struct html_tree *tree, const char *utf8, size_t len);
void html_tree_release(struct html_tree *tree);

/* Whether an element begins and ends a line. */
bool html_tag_is_block(enum html_tag tag);

#endif
