#include "worker/web/html_stories.h"

#include <stdlib.h>
#include <string.h>

#include "worker/web/html_main.h"
#include "worker/web/html_render.h"
#include "worker/web/story_emit.h"

enum { CHARS_MIN = 700, PARAGRAPHS_MIN = 3, HEADLINE_MAX = 1024, BYLINE_MAX = 160 };

struct parts {
    uint32_t tops[HTML_STORIES_MAX];
    uint32_t heads[HTML_STORIES_MAX]; /* the heading inside each */
    uint32_t chars[HTML_STORIES_MAX];
    size_t count;
};

/* The node after `i` and all that is in it; 0 behind the last one. */
static uint32_t skip(const struct html_tree *tree, uint32_t i)
{
    while (i && !tree->nodes[i].next)
        i = tree->nodes[i].parent;
    return i ? tree->nodes[i].next : 0;
}

/* The first node in [top, end of top) that has one of these tags; 0 for none. Nodes are numbered in
 * the order of the page, so what is inside an element follows it. */
static uint32_t find_heading(const struct html_tree *tree, uint32_t top, uint32_t end)
{
    for (uint32_t i = top + 1; i < end; i++)
        if (tree->nodes[i].tag >= TAG_H1 && tree->nodes[i].tag <= TAG_H3 && tree->nodes[i].first)
            return i;
    return 0;
}

static uint32_t end_of(const struct html_tree *tree, uint32_t top)
{
    uint32_t next = skip(tree, top);

    return next ? next : tree->count;
}

static void part_add(struct parts *parts, uint32_t top, uint32_t head)
{
    if (!head || parts->count == HTML_STORIES_MAX)
        return;
    parts->tops[parts->count] = top;
    parts->heads[parts->count++] = head;
}

static void find_articles(const struct html_tree *tree, struct parts *parts)
{
    for (uint32_t i = 1; i < tree->count;) {
        if (tree->nodes[i].tag != TAG_ARTICLE) {
            i++;
            continue;
        }
        uint32_t end = end_of(tree, i);
        part_add(parts, i, find_heading(tree, i, end));
        i = end;
    }
}

/* For each <h1> the widest element around it that holds no other. */
static void find_h1(const struct html_tree *tree, struct parts *parts)
{
    CLEANUP(cleanup_free) uint32_t *held = mem_zalloc(tree->count, sizeof(*held));

    for (uint32_t i = tree->count - 1; i > 0; i--) {
        held[i] += tree->nodes[i].tag == TAG_H1 && tree->nodes[i].first;
        held[tree->nodes[i].parent] += held[i];
    }
    for (uint32_t i = 1; i < tree->count; i++) {
        uint32_t top = i;
        if (tree->nodes[i].tag != TAG_H1 || !tree->nodes[i].first)
            continue;
        while (tree->nodes[top].parent && held[tree->nodes[top].parent] == 1)
            top = tree->nodes[top].parent;
        part_add(parts, top, i);
    }
}

static unsigned paragraphs_in(const struct html_tree *tree, uint32_t top, const bool *story)
{
    unsigned count = 0;

    for (uint32_t i = top, end = end_of(tree, top); i < end; i++)
        count += tree->nodes[i].tag == TAG_P && tree->nodes[i].first &&
                 (story[tree->nodes[i].first] || story[tree->nodes[i].last]);
    return count;
}

static void forget(const struct html_tree *tree, uint32_t top, bool *story)
{
    uint32_t end = end_of(tree, top);

    memset(story + top, 0, end - top);
}

/* Keeps those with enough text; true when two are left. */
static bool keep_whole(const struct html_tree *tree, struct parts *parts, bool *story)
{
    size_t kept = 0;

    if (parts->count < 2)
        return false;
    html_main_parts(tree, parts->tops, parts->count, story, parts->chars);
    for (size_t k = 0; k < parts->count; k++) {
        uint32_t top = parts->tops[k];
        if (parts->chars[k] < CHARS_MIN || paragraphs_in(tree, top, story) < PARAGRAPHS_MIN) {
            forget(tree, top, story);
            continue;
        }
        parts->tops[kept] = top;
        parts->heads[kept++] = parts->heads[k];
    }
    parts->count = kept;
    return kept >= 2;
}

/* An element's text on one line. */
static void line_of(const struct html_tree *tree, uint32_t top, struct buf *out)
{
    html_render_part(tree, top, NULL, out);
    while (out->len && out->data[out->len - 1] == '\n')
        out->data[--out->len] = '\0';
    for (size_t i = 0; i < out->len; i++)
        if (out->data[i] == '\n' || out->data[i] == '\t')
            out->data[i] = ' ';
}

static void byline_of(const struct html_tree *tree, uint32_t top, struct buf *out)
{
    for (uint32_t i = top + 1, end = end_of(tree, top); i < end && !out->len; i++)
        if (tree->nodes[i].tag != TAG_TEXT && (tree->nodes[i].hints & HINT_BYLINE))
            line_of(tree, i, out);
    if (out->len > BYLINE_MAX)
        buf_clear(out);
}

static void send_part(const struct html_tree *tree, uint32_t top, uint32_t heading,
                      const bool *story, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf headline = {0};
    CLEANUP(cleanup_buf) struct buf byline = {0};
    CLEANUP(cleanup_buf) struct buf text = {0};

    buf_init(&headline, HEADLINE_MAX);
    buf_init(&byline, HEADLINE_MAX);
    buf_init(&text, HTML_TEXT_MAX);
    line_of(tree, heading, &headline);
    byline_of(tree, top, &byline);
    html_render_part(tree, top, story, &text);
    story_emit_head(emit, &(struct story_head){.headline = headline.data,
                                               .headline_len = headline.len,
                                               .byline = byline.data,
                                               .byline_len = byline.len});
    emit_flow_label(emit, headline.data, headline.len);
    emit_flow(emit, TEXT_MAIN, headline.data, headline.len);
    emit_flow_str(emit, TEXT_MAIN, "\n");
    emit_flow(emit, TEXT_MAIN, text.data, text.len);
    emit_flow_str(emit, TEXT_MAIN, "\n");
}

static void send_rest(const struct html_tree *tree, const bool *story, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf main_text = {0};
    CLEANUP(cleanup_buf) struct buf rest = {0};

    buf_init(&main_text, HTML_TEXT_MAX);
    buf_init(&rest, HTML_TEXT_MAX);
    html_render(tree, story, &main_text, &rest);
    emit_flow(emit, TEXT_REST, rest.data, rest.len);
    emit_flow_label(emit, "", 0);
}

bool html_stories_emit(const struct html_tree *tree, struct emit *emit)
{
    CLEANUP(cleanup_free) struct parts *parts = mem_zalloc(1, sizeof(*parts));
    CLEANUP(cleanup_free) bool *story = mem_zalloc(tree->count + 1, sizeof(*story));

    if (tree->count < 2)
        return false;
    find_articles(tree, parts);
    if (!keep_whole(tree, parts, story)) {
        parts->count = 0;
        memset(story, 0, tree->count);
        find_h1(tree, parts);
        if (!keep_whole(tree, parts, story))
            return false;
    }
    for (size_t k = 0; k < parts->count; k++) {
        /* its headline is shown with it: as the rest it would stand twice */
        uint32_t head = parts->heads[k];
        memset(story + head, true, end_of(tree, head) - head);
    }
    for (size_t k = 0; k < parts->count && !emit->stop; k++) {
        uint32_t head = parts->heads[k];
        memset(story + head, false, end_of(tree, head) - head);
        send_part(tree, parts->tops[k], head, story, emit);
        memset(story + head, true, end_of(tree, head) - head);
    }
    send_rest(tree, story, emit);
    return true;
}
