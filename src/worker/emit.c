#include "worker/emit.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { FLOW_CAP = PAGE_TEXT_MAX };

void emit_init(struct emit *emit, struct frame_writer *writer, uint64_t output_max)
{
    *emit = (struct emit){.writer = writer, .output_max = output_max};
    for (size_t i = 0; i < ARRAY_LEN(emit->flow); i++)
        buf_init(&emit->flow[i].text, FLOW_CAP);
}

void emit_release(struct emit *emit)
{
    for (size_t i = 0; i < ARRAY_LEN(emit->flow); i++)
        buf_release(&emit->flow[i].text);
}

static void stop(struct emit *emit, enum reason reason)
{
    if (!emit->stop)
        emit->stop_reason = reason;
    emit->stop = true;
}

/* Whether `len` more bytes of frames may be sent. */
static bool room(struct emit *emit, size_t len)
{
    if (emit->stop)
        return false;
    uint64_t output = emit->writer->sent + emit->writer->out.len;
    if (emit->writer->broken || output > emit->output_max || len > emit->output_max - output)
        stop(emit, REASON_LIMIT_SIZE);
    return !emit->stop;
}

static void sent(struct emit *emit, int rc)
{
    if (rc)
        stop(emit, REASON_LIMIT_SIZE);
}

void emit_type(struct emit *emit, const char *mime, const char *reader)
{
    sent(emit, frame_type(emit->writer, mime, reader));
}

/* What stands in place of a character that texts must not hold; 0 for one that may stay. */
static uint32_t replacement(uint32_t rune)
{
    if (rune == '\t' || rune == '\n')
        return 0;
    if (rune < 0x20 || rune == 0x7F || (rune >= 0x80 && rune < 0xA0))
        return ' ';
    return 0;
}

void emit_meta_len(struct emit *emit, const char *key, const char *value, size_t len)
{
    CLEANUP(cleanup_buf) struct buf clean = {0};
    size_t at = 0;

    buf_init(&clean, META_VALUE_MAX);
    while (at < len && (value[at] == ' ' || value[at] == '\n' || value[at] == '\t'))
        at++;
    while (at < len && !clean.full) {
        uint32_t rune;
        at += utf8_decode(value + at, len - at, &rune);
        uint32_t other = replacement(rune);
        (void)buf_append_rune(&clean, other ? other : rune);
    }
    while (clean.len && (clean.data[clean.len - 1] == ' ' || clean.data[clean.len - 1] == '\n'))
        clean.len--;
    if (clean.len == 0 || emit->metas >= META_MAX || !room(emit, clean.len))
        return;
    emit->metas++;
    sent(emit, frame_meta(emit->writer, key, clean.data, clean.len));
}

void emit_meta(struct emit *emit, const char *key, const char *value)
{
    if (value)
        emit_meta_len(emit, key, value, strlen(value));
}

void emit_warning(struct emit *emit, enum reason reason, const char *format, ...)
{
    char detail[DETAIL_MAX];
    va_list args;

    if (emit->warnings >= WARNINGS_MAX || !room(emit, sizeof(detail)))
        return;
    va_start(args, format);
    vsnprintf(detail, sizeof(detail), format, args);
    va_end(args);
    CLEANUP(cleanup_buf) struct buf clean = {0};
    buf_init(&clean, sizeof(detail) * 3);
    (void)utf8_escape(detail, strlen(detail), &clean);
    emit->warnings++;
    sent(emit, frame_warning(emit->writer, reason, clean.data));
}

static bool is_word_rune(uint32_t rune)
{
    if (rune < 0x80)
        return (rune >= '0' && rune <= '9') || ((rune | 0x20) >= 'a' && (rune | 0x20) <= 'z');
    if (rune < 0xC0 || rune == UTF8_REPLACEMENT || rune == 0xFEFF)
        return false;
    return (rune < 0x2000 || rune > 0x206F) && (rune < 0x2190 || rune > 0x2BFF) &&
           (rune < 0x3000 || rune > 0x303F);
}

static void count_words(struct emit *emit, const char *text, size_t len)
{
    bool before = false;

    for (size_t at = 0; at < len;) {
        uint32_t rune;
        at += utf8_decode(text + at, len - at, &rune);
        bool now = is_word_rune(rune);
        emit->words_sent += now && !before;
        before = now;
    }
}

/* Sends one run made of the first `main_len` and `rest_len` bytes of the two streams. */
static void send_run(struct emit *emit, size_t main_len, size_t rest_len)
{
    struct page_head page = {.method = PAGE_FLOW, .confidence = CONFIDENCE_NONE};
    const size_t lens[] = {[TEXT_MAIN] = main_len, [TEXT_REST] = rest_len};

    if (emit->pages + emit->runs >= PAGES_MAX)
        stop(emit, REASON_LIMIT_COUNT);
    if (room(emit, main_len + rest_len)) {
        page.number = emit->pages + ++emit->runs;
        memcpy(page.label, emit->label, sizeof(page.label));
        sent(emit, frame_page(emit->writer, &page));
        for (size_t part = 0; part < ARRAY_LEN(lens); part++) {
            count_words(emit, emit->flow[part].text.data, lens[part]);
            sent(emit, frame_text(emit->writer, (enum text_part)part, emit->flow[part].text.data,
                                  lens[part]));
        }
        sent(emit, frame_page_end(emit->writer));
    }
    for (size_t part = 0; part < ARRAY_LEN(lens); part++)
        buf_consume(&emit->flow[part].text, lens[part]);
}

/* Where a run ends: after the last newline, else the last space, else between two characters. */
static size_t run_cut(const struct buf *text)
{
    const char *at = memrchr(text->data, '\n', FLOW_RUN_BYTES);

    if (!at)
        at = memrchr(text->data, ' ', FLOW_RUN_BYTES);
    if (at)
        return (size_t)(at - text->data) + 1;
    return utf8_prefix(text->data, text->len, FLOW_RUN_BYTES);
}

static void send_full_runs(struct emit *emit, enum text_part part)
{
    struct buf *text = &emit->flow[part].text;

    while (text->len >= (size_t)2 * FLOW_RUN_BYTES) {
        size_t cut = run_cut(text);
        send_run(emit, part == TEXT_MAIN ? cut : 0, part == TEXT_REST ? cut : 0);
    }
}

static void flow_rune(struct flow *flow, uint32_t rune)
{
    if (rune == '\n' && flow->after_cr) {
        flow->after_cr = false;
        return;
    }
    flow->after_cr = rune == '\r';
    uint32_t other = rune == '\r' ? '\n' : replacement(rune);
    (void)buf_append_rune(&flow->text, other ? other : rune);
}

/* Appends at once what needs no change at the start of the text: valid UTF-8 without control
 * characters but tab and newline. Returns its length. */
static size_t flow_clean(struct flow *flow, const char *text, size_t len)
{
    size_t n = 0;

    if (flow->after_cr)
        return 0;
    while (n < len) {
        unsigned char c = (unsigned char)text[n];
        if ((c >= ' ' && c < 0x7F) || c == '\t' || c == '\n') {
            n++;
            continue;
        }
        uint32_t rune;
        size_t step = c < 0x80 ? 1 : utf8_decode(text + n, len - n, &rune);
        if (step == 1 || rune < 0xA0)
            break;
        n += step;
    }
    (void)buf_append(&flow->text, text, n);
    return n;
}

/* Bytes a character that starts with `lead` has. */
static size_t character_length(unsigned char lead)
{
    if (lead >= 0xF0 && lead < 0xF8)
        return 4;
    if (lead >= 0xE0 && lead < 0xF0)
        return 3;
    return lead >= 0xC2 && lead < 0xE0 ? 2 : 1;
}

/* Completes the character begun in the portion before; returns how many bytes that took. */
static size_t flow_carry(struct flow *flow, const char *text, size_t len)
{
    size_t need = character_length((unsigned char)flow->carry[0]);
    size_t used = 0;

    while (used < len && flow->carry_len < need && ((unsigned char)text[used] & 0xC0) == 0x80)
        flow->carry[flow->carry_len++] = text[used++];
    if (flow->carry_len < need && used == len)
        return used;
    for (size_t at = 0; at < flow->carry_len;) {
        uint32_t rune;
        at += utf8_decode(flow->carry + at, flow->carry_len - at, &rune);
        flow_rune(flow, rune);
    }
    flow->carry_len = 0;
    return used;
}

/* Whether text[0..len) is the beginning of a character and nothing else. */
static bool is_beginning(const char *text, size_t len)
{
    if (len >= character_length((unsigned char)text[0]))
        return false;
    for (size_t i = 1; i < len; i++)
        if (((unsigned char)text[i] & 0xC0) != 0x80)
            return false;
    return true;
}

static void flow_portion(struct flow *flow, const char *text, size_t len)
{
    size_t at = flow->carry_len ? flow_carry(flow, text, len) : 0;

    while (at < len) {
        at += flow_clean(flow, text + at, len - at);
        if (at == len)
            break;
        if (is_beginning(text + at, len - at)) {
            memcpy(flow->carry, text + at, len - at);
            flow->carry_len = (uint8_t)(len - at);
            break;
        }
        uint32_t rune;
        at += utf8_decode(text + at, len - at, &rune);
        flow_rune(flow, rune);
    }
}

void emit_flow(struct emit *emit, enum text_part part, const char *text, size_t len)
{
    while (len && !emit->stop) {
        size_t piece = len < FLOW_RUN_BYTES ? len : FLOW_RUN_BYTES;
        flow_portion(&emit->flow[part], text, piece);
        send_full_runs(emit, part);
        text += piece;
        len -= piece;
    }
}

void emit_flow_str(struct emit *emit, enum text_part part, const char *text)
{
    emit_flow(emit, part, text, strlen(text));
}

void emit_flow_end(struct emit *emit)
{
    for (size_t part = 0; part < ARRAY_LEN(emit->flow); part++) {
        struct flow *flow = &emit->flow[part];
        if (flow->carry_len)
            flow_rune(flow, UTF8_REPLACEMENT);
        flow->carry_len = 0;
    }
    if (emit->flow[TEXT_MAIN].text.len || emit->flow[TEXT_REST].text.len)
        send_run(emit, emit->flow[TEXT_MAIN].text.len, emit->flow[TEXT_REST].text.len);
}

uint64_t emit_words(struct emit *emit)
{
    emit_flow_end(emit);
    return emit->words_sent;
}

/* Replaces byte by byte what texts must not hold. */
static void clean_in_place(char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint32_t rune;
        size_t n = utf8_decode(text + at, len - at, &rune);
        if (n == 1 && rune == UTF8_REPLACEMENT)
            text[at] = '?';
        else if (replacement(rune))
            memset(text + at, ' ', n);
        at += n;
    }
}

void emit_flow_label(struct emit *emit, const char *label, size_t len)
{
    emit_flow_end(emit);
    len = utf8_prefix(label, len, sizeof(emit->label) - 1);
    memcpy(emit->label, label, len);
    emit->label[len] = '\0';
    clean_in_place(emit->label, len);
}

static bool word_fits(const char *text, size_t len, const struct word_box *word)
{
    if (word->x0 > word->x1 || word->y0 > word->y1 || word->at > len || word->len > len - word->at)
        return false;
    size_t end = (size_t)word->at + word->len;
    return ((unsigned char)text[word->at] & 0xC0) != 0x80 &&
           (end == len || ((unsigned char)text[end] & 0xC0) != 0x80);
}

static void send_words(struct emit *emit, const char *text, size_t len,
                       const struct word_box *words, size_t count)
{
    CLEANUP(cleanup_free) struct word_box *kept = NULL;
    size_t n = 0;

    if (count > PAGE_WORDS_MAX)
        count = PAGE_WORDS_MAX;
    if (count == 0 || !room(emit, count * WORD_BOX_BYTES))
        return;
    kept = mem_zalloc(count, sizeof(*kept));
    for (size_t i = 0; i < count; i++)
        if (words[i].len && word_fits(text, len, &words[i]))
            kept[n++] = words[i];
    sent(emit, frame_words(emit->writer, kept, n));
}

/* Sends a part of a page's text, made fit; returns the copy that was sent. */
static char *send_page_text(struct emit *emit, enum text_part part, const char *text, size_t len)
{
    char *copy = mem_strndup(len ? text : "", len);

    clean_in_place(copy, len);
    count_words(emit, copy, len);
    sent(emit, frame_text(emit->writer, part, copy, len));
    return copy;
}

void emit_page(struct emit *emit, struct page_head *page, const char *text, size_t len,
               const struct word_box *words, size_t word_count)
{
    emit_page_rest(emit, page, text, len, words, word_count, "", 0);
}

void emit_page_rest(struct emit *emit, struct page_head *page, const char *text, size_t len,
                    const struct word_box *words, size_t word_count, const char *rest,
                    size_t rest_len)
{
    size_t kept = utf8_prefix(text, len, PAGE_TEXT_MAX);
    size_t rest_kept = utf8_prefix(rest, rest_len, PAGE_TEXT_MAX);

    emit_flow_end(emit);
    if (emit->pages + emit->runs >= PAGES_MAX)
        stop(emit, REASON_LIMIT_COUNT);
    if (kept < len || rest_kept < rest_len || word_count > PAGE_WORDS_MAX)
        emit_warning(emit, REASON_LIMIT_SIZE, "page %u has too much text and was cut",
                     emit->pages + 1);
    if (!room(emit, kept + rest_kept))
        return;
    clean_in_place(page->label, strnlen(page->label, sizeof(page->label)));
    clean_in_place(page->lang, strnlen(page->lang, sizeof(page->lang)));
    page->number = ++emit->pages + emit->runs;
    emit->ocr_used |= page->method == PAGE_OCR && len > 0;

    sent(emit, frame_page(emit->writer, page));
    CLEANUP(cleanup_free) char *copy = send_page_text(emit, TEXT_MAIN, text, kept);
    if (rest_kept)
        free(send_page_text(emit, TEXT_REST, rest, rest_kept));
    send_words(emit, copy, kept, words, word_count);
    sent(emit, frame_page_end(emit->writer));
}

void emit_child(struct emit *emit, const char *name, size_t name_len, const char *mime,
                int64_t mtime)
{
    CLEANUP(cleanup_buf) struct buf clean = {0};
    CLEANUP(cleanup_buf) struct buf clean_mime = {0};

    BUG_IF(emit->in_child);
    emit_flow_end(emit);
    if (emit->children >= CHILDREN_MAX)
        stop(emit, REASON_LIMIT_COUNT);
    if (!room(emit, name_len))
        return;
    buf_init(&clean, NAME_MAX_BYTES);
    buf_init(&clean_mime, (size_t)MIME_MAX * 3);
    struct child_head child = {.mtime = mtime};
    child.name_escaped = utf8_escape(name, name_len, &clean);
    (void)utf8_escape(mime ? mime : "", strnlen(mime ? mime : "", MIME_MAX), &clean_mime);
    child.name = clean.data;
    child.name_len = clean.len;
    child.mime = clean_mime.data;
    sent(emit, frame_child(emit->writer, &child));
    emit->children++;
    emit->in_child = true;
}

void emit_child_data(struct emit *emit, const void *data, size_t len)
{
    if (emit->in_child && room(emit, len))
        sent(emit, frame_child_data(emit->writer, data, len));
}

void emit_child_end(struct emit *emit, enum reason end_reason, const char *detail)
{
    CLEANUP(cleanup_buf) struct buf clean = {0};

    if (!emit->in_child)
        return;
    buf_init(&clean, (size_t)DETAIL_MAX * 3);
    (void)utf8_escape(detail ? detail : "", strnlen(detail ? detail : "", DETAIL_MAX), &clean);
    emit->in_child = false;
    if (emit->stop && end_reason == REASON_NONE)
        sent(emit, frame_child_end(emit->writer, emit->stop_reason,
                                   "its container reached a limit here"));
    else
        sent(emit, frame_child_end(emit->writer, end_reason, clean.data));
}

void emit_image(struct emit *emit, const char *mime, uint32_t width, uint32_t height,
                const void *data, size_t len)
{
    if (!room(emit, len))
        return;
    sent(emit, frame_image(emit->writer, mime, width, height));
    sent(emit, frame_image_data(emit->writer, data, len));
}
