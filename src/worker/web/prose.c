#include "worker/web/prose.h"

#include <string.h>

void prose_init(struct prose *prose, struct emit *emit)
{
    *prose = (struct prose){.emit = emit};
    buf_init(&prose->main, PROSE_KEEP_BYTES + 2 * PROSE_ASIDE_MAX);
    buf_init(&prose->rest, PROSE_KEEP_BYTES + PROSE_ASIDE_MAX);
    buf_init(&prose->aside, PROSE_ASIDE_MAX);
}

static void send(struct prose *prose, struct buf *text, enum text_part part)
{
    emit_flow(prose->emit, part, text->data, text->len);
    buf_clear(text);
}

static void send_when_large(struct prose *prose)
{
    if (prose->main.len > PROSE_KEEP_BYTES)
        send(prose, &prose->main, TEXT_MAIN);
    if (prose->rest.len > PROSE_KEEP_BYTES)
        send(prose, &prose->rest, TEXT_REST);
}

static void place_asides(struct prose *prose)
{
    (void)buf_append(&prose->main, prose->aside.data, prose->aside.len);
    buf_clear(&prose->aside);
}

void prose_flush(struct prose *prose)
{
    place_asides(prose);
    send(prose, &prose->main, TEXT_MAIN);
    send(prose, &prose->rest, TEXT_REST);
}

void prose_end(struct prose *prose)
{
    prose_flush(prose);
    buf_release(&prose->main);
    buf_release(&prose->rest);
    buf_release(&prose->aside);
}

static struct buf *target(struct prose *prose)
{
    if (prose->deleted)
        return &prose->rest;
    return prose->asides ? &prose->aside : &prose->main;
}

void prose_text(struct prose *prose, const char *text, size_t len)
{
    struct buf *to = target(prose);

    prose->begun = true;
    if (buf_append(to, text, len) == 0 && to->len <= PROSE_KEEP_BYTES)
        return;
    if (to == &prose->aside && to->full) {
        place_asides(prose);
        emit_flow(prose->emit, TEXT_MAIN, prose->main.data, prose->main.len);
        buf_clear(&prose->main);
        (void)buf_append(to, text, len);
    }
    send_when_large(prose);
}

void prose_str(struct prose *prose, const char *text)
{
    prose_text(prose, text, strlen(text));
}

/* Ends a line; more than one empty line in a row says nothing. */
static void newline(struct buf *text)
{
    if (text->len >= 2 && text->data[text->len - 1] == '\n' && text->data[text->len - 2] == '\n')
        return;
    (void)buf_append_char(text, '\n');
}

static void strip(struct buf *text, char c)
{
    while (text->len && text->data[text->len - 1] == c)
        text->data[--text->len] = '\0';
}

void prose_paragraph_end(struct prose *prose)
{
    if (!prose->begun)
        return;
    newline(target(prose));
    if (!prose->asides && !prose->deleted && prose->aside.len)
        place_asides(prose);
    send_when_large(prose);
}

void prose_cell_end(struct prose *prose)
{
    struct buf *text = target(prose);

    if (text->len && text->data[text->len - 1] == '\n')
        text->data[--text->len] = '\0';
    prose_cell_mark(prose);
}

void prose_cell_mark(struct prose *prose)
{
    prose->begun = true;
    (void)buf_append_char(target(prose), '\t');
}

void prose_row_end(struct prose *prose)
{
    strip(target(prose), '\t');
    newline(target(prose));
    send_when_large(prose);
}

void prose_aside_start(struct prose *prose)
{
    prose->asides++;
}

void prose_aside_end(struct prose *prose)
{
    if (prose->asides == 0)
        return;
    if (prose->aside.len && prose->aside.data[prose->aside.len - 1] != '\n')
        (void)buf_append_char(&prose->aside, '\n');
    prose->asides--;
}

void prose_deleted_start(struct prose *prose)
{
    prose->deleted++;
}

void prose_deleted_end(struct prose *prose)
{
    if (prose->deleted == 0)
        return;
    if (--prose->deleted == 0 && prose->rest.len && prose->rest.data[prose->rest.len - 1] != '\n')
        newline(&prose->rest);
}
