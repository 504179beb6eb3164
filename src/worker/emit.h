/*
 * What readers say, in the words of their trade; turned into frames, with the caps kept. Once a cap
 * is reached or the pipe is gone, emitting stops quietly and `emit->stop` tells the reader's loops
 * to end; the verdict is then limit-size.
 */
#ifndef WORKER_EMIT_H
#define WORKER_EMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "wire/frame.h"

enum { FLOW_RUN_BYTES = 64 << 10 };

/* One stream of flowing text: what has not yet been sent as a run. */
struct flow {
    struct buf text;
    char carry[4]; /* the start of a character that the next portion goes on with */
    uint8_t carry_len;
    bool after_cr;
};

struct emit {
    struct frame_writer *writer;
    uint64_t output_max; /* bytes of frames in all */
    uint32_t pages;      /* pages (not runs) so far */
    uint32_t runs;       /* runs of flowing text so far */
    uint32_t children;
    uint32_t metas, warnings;
    uint64_t words_sent; /* see emit_words() */
    bool ocr_used;
    bool stop; /* nothing more will be taken */
    enum reason stop_reason;
    struct flow flow[2];                                /* by enum text_part */
    char label[sizeof(((struct page_head *)0)->label)]; /* of the runs to come */
    bool in_child;
};

void emit_init(struct emit *emit, struct frame_writer *writer, uint64_t output_max);
void emit_release(struct emit *emit);

void emit_type(struct emit *emit, const char *mime, const char *reader);
/* Values are made valid UTF-8 and cut at META_VALUE_MAX; empty ones are skipped. Keys in use:
 * title, author, subject, date, modified, from, to, cc, bcc, message-id, in-reply-to, references,
 * keywords, description, producer, creator, language, charset, sheet, sheet-lines, hidden-sheet,
 * hidden-rows, hidden-columns, url, warning, headline, story, saved, security, certificate. */
void emit_meta(struct emit *emit, const char *key, const char *value);
void emit_meta_len(struct emit *emit, const char *key, const char *value, size_t len);
void emit_warning(struct emit *emit, enum reason reason, const char *format, ...) PRINTF_LIKE(3, 4);

/* Flowing text in any portions: sent as runs of about FLOW_RUN_BYTES, cut at a line's end. Bytes
 * that are not UTF-8 become U+FFFD, control characters but tab and newline become spaces. */
void emit_flow(struct emit *emit, enum text_part part, const char *text, size_t len);
void emit_flow_str(struct emit *emit, enum text_part part, const char *text);
/* Sends what is left: a run ends here. Called after the reader returns, before pages and children,
 * and by emit_words(); harmless twice. */
void emit_flow_end(struct emit *emit);

/* Ends the run before; those that follow carry this label (a story's headline), cut to its space.
 */
void emit_flow_label(struct emit *emit, const char *label, size_t len);

/* A page with its text and words at once. `page->number` is set here. Bytes that are not UTF-8 and
 * control characters are replaced one for one, so that the words' places stay right; words that are
 * outside the text or whose box is turned over are left out. */
void emit_page(struct emit *emit, struct page_head *page, const char *text, size_t len,
               const struct word_box *words, size_t word_count);
/* The same, and what the page holds besides: words that it does not show. */
void emit_page_rest(struct emit *emit, struct page_head *page, const char *text, size_t len,
                    const struct word_box *words, size_t word_count, const char *rest,
                    size_t rest_len);

/* A rough count of the words in all text so far, main and rest: letters after a non-letter. */
uint64_t emit_words(struct emit *emit);

/* A child: begin, data in any portions, end. With an `end_reason` other than NONE it becomes an
 * item that failed for that reason (its data, if any, is kept). `name` may be any bytes. */
void emit_child(struct emit *emit, const char *name, size_t name_len, const char *mime,
                int64_t mtime);
void emit_child_data(struct emit *emit, const void *data, size_t len);
void emit_child_end(struct emit *emit, enum reason end_reason, const char *detail);

/* A rendered page: PNG bytes. */
void emit_image(struct emit *emit, const char *mime, uint32_t width, uint32_t height,
                const void *data, size_t len);

#endif
