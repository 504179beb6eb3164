#include "worker/web/html_render.h"

#include "worker/web/html_main.h"

struct stream {
    struct buf *out;
    bool space; /* white space was met and not yet written */
};

struct render {
    const struct html_tree *tree;
    const bool *story;
    struct stream main, rest;
    unsigned preformatted; /* open <pre> and <textarea> */
};

static bool at_line_start(const struct buf *out)
{
    return out->len == 0 || out->data[out->len - 1] == '\n';
}

static void line_break(struct stream *stream)
{
    stream->space = false;
    while (stream->out->len && stream->out->data[stream->out->len - 1] == '\t')
        stream->out->data[--stream->out->len] = '\0';
    if (!at_line_start(stream->out))
        (void)buf_append_char(stream->out, '\n');
}

static void cell_break(struct stream *stream)
{
    stream->space = false;
    if (!at_line_start(stream->out))
        (void)buf_append_char(stream->out, '\t');
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static void put_text(struct stream *stream, const char *text, size_t len)
{
    if (!stream->out)
        return;
    for (size_t at = 0; at < len;) {
        size_t start = at;
        while (at < len && !is_blank(text[at]))
            at++;
        if (at > start) {
            size_t used = stream->out->len;
            if (stream->space && used && !is_blank(stream->out->data[used - 1]))
                (void)buf_append_char(stream->out, ' ');
            (void)buf_append(stream->out, text + start, at - start);
            stream->space = false;
        }
        while (at < len && is_blank(text[at])) {
            stream->space = true;
            at++;
        }
    }
}

static void put_node(struct render *render, uint32_t i)
{
    const struct html_node *node = &render->tree->nodes[i];
    const char *text = render->tree->text.data + node->text_at;
    struct stream *stream = !render->story || render->story[i] ? &render->main : &render->rest;

    if (!stream->out)
        return;
    if (render->preformatted)
        (void)buf_append(stream->out, text, node->text_len);
    else
        put_text(stream, text, node->text_len);
}

static void both(struct render *render, void (*what)(struct stream *))
{
    what(&render->main);
    if (render->rest.out)
        what(&render->rest);
}

static void enter(struct render *render, uint32_t i)
{
    const struct html_node *node = &render->tree->nodes[i];

    if (node->tag == TAG_TEXT || (node->tag == TAG_IMG && node->text_len)) {
        if (node->tag == TAG_IMG)
            put_text(render->story ? &render->rest : &render->main, " ", 1);
        put_node(render, i);
        if (node->tag == TAG_IMG)
            put_text(render->story ? &render->rest : &render->main, " ", 1);
        return;
    }
    if (html_tag_is_block((enum html_tag)node->tag))
        both(render, line_break);
    render->preformatted += node->tag == TAG_PRE || node->tag == TAG_TEXTAREA;
}

static void leave(struct render *render, uint32_t i)
{
    const struct html_node *node = &render->tree->nodes[i];

    if (node->tag == TAG_PRE || node->tag == TAG_TEXTAREA)
        render->preformatted--;
    if (node->tag == TAG_TD || node->tag == TAG_TH)
        both(render, cell_break);
    else if (node->tag != TAG_BR && html_tag_is_block((enum html_tag)node->tag))
        both(render, line_break);
    else if (node->tag == TAG_BUTTON)
        put_text(render->story ? &render->rest : &render->main, " ", 1);
}

static void render_below(struct render *render, uint32_t top)
{
    const struct html_tree *tree = render->tree;
    uint32_t i = top;

    for (;;) {
        const struct html_node *node = &tree->nodes[i];
        bool shown = html_is_shown(node);
        if (shown)
            enter(render, i);
        if (shown && node->first) {
            i = node->first;
            continue;
        }
        if (shown)
            leave(render, i);
        while (i != top && !tree->nodes[i].next) {
            i = tree->nodes[i].parent;
            leave(render, i);
        }
        if (i == top)
            return;
        i = tree->nodes[i].next;
    }
}

void html_render(const struct html_tree *tree, const bool *story, struct buf *main,
                 struct buf *rest)
{
    struct render render = {.tree = tree, .story = story, .main.out = main, .rest.out = rest};

    if (tree->count)
        render_below(&render, 0);
}

void html_render_part(const struct html_tree *tree, uint32_t top, const bool *story,
                      struct buf *out)
{
    struct render render = {.tree = tree, .story = story, .main.out = out};

    if (top < tree->count)
        render_below(&render, top);
}
