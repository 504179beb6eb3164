#include "wire/frame.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/utf8.h"

/* Where in the grammar the stream stands. */
enum state {
    AT_START,
    AT_TYPE,  /* after HELLO: TYPE or an item */
    AT_ITEM,  /* between items */
    IN_TEXT,  /* in a page, before its words */
    IN_WORDS, /* in a page, after its text */
    IN_CHILD,
    IN_IMAGE,
    AT_END,
    BROKEN,
};

struct frame_reader {
    struct frame_handler handler;
    void *ctx;
    enum state state;
    char head[FRAME_HEADER];
    size_t head_len;
    uint32_t payload_len;
    struct buf payload;
    struct buf page_text; /* main text of the page being read: word boxes are checked against it */
    size_t rest_len;      /* bytes of its rest text */
    uint32_t words;       /* of the page */
    uint32_t numbers;     /* PAGE frames so far */
    uint32_t pages;       /* those that are no runs */
    uint32_t children, metas, warnings;
    bool images;     /* an IMAGE has come */
    struct err *err; /* of the feed under way */
};

/* A payload being taken apart; `bad` once something did not fit. */
struct cursor {
    char *at, *end;
    bool bad;
};

struct frame_reader *frame_reader_new(const struct frame_handler *handler, void *ctx)
{
    struct frame_reader *reader = mem_zalloc(1, sizeof(*reader));

    reader->handler = *handler;
    reader->ctx = ctx;
    buf_init(&reader->payload, FRAME_PAYLOAD_MAX);
    buf_init(&reader->page_text, PAGE_TEXT_MAX);
    return reader;
}

void frame_reader_free(struct frame_reader *reader)
{
    if (!reader)
        return;
    buf_release(&reader->payload);
    buf_release(&reader->page_text);
    free(reader);
}

bool frame_reader_done(const struct frame_reader *reader)
{
    return reader->state == AT_END;
}

static int broken(struct frame_reader *reader, const char *what)
{
    return err_set(reader->err, ERR_WORKER, "the worker broke the frame protocol: %s", what);
}

static char *take(struct cursor *cursor, size_t len)
{
    if (cursor->bad || (size_t)(cursor->end - cursor->at) < len) {
        cursor->bad = true;
        return NULL;
    }
    char *from = cursor->at;
    cursor->at += len;
    return from;
}

static uint8_t take8(struct cursor *cursor)
{
    const char *p = take(cursor, 1);

    return p ? (uint8_t)*p : 0;
}

static uint16_t take16(struct cursor *cursor)
{
    const char *p = take(cursor, 2);

    return p ? le16_get(p) : 0;
}

static uint32_t take32(struct cursor *cursor)
{
    const char *p = take(cursor, 4);

    return p ? le32_get(p) : 0;
}

static uint64_t take64(struct cursor *cursor)
{
    const char *p = take(cursor, 8);

    return p ? le64_get(p) : 0;
}

static bool text_ok(const char *text, size_t len)
{
    return !memchr(text, 0, len) && utf8_valid(text, len);
}

/* A string, NUL-terminated in place: it moves down over its own length field, which is read. */
static const char *take_str(struct cursor *cursor, size_t max, size_t *ret_len)
{
    uint32_t len = take32(cursor);
    char *text = len <= max ? take(cursor, len) : NULL;

    if (!text || !text_ok(text, len)) {
        cursor->bad = true;
        *ret_len = 0;
        return "";
    }
    memmove(text - 4, text, len);
    text[-4 + (ptrdiff_t)len] = '\0';
    *ret_len = len;
    return text - 4;
}

static enum reason take_reason(struct cursor *cursor)
{
    uint16_t reason = take16(cursor);

    if (reason >= REASON_COUNT)
        cursor->bad = true;
    return cursor->bad ? REASON_NONE : (enum reason)reason;
}

static bool finished(const struct cursor *cursor)
{
    return !cursor->bad && cursor->at == cursor->end;
}

#define CALL(reader, name, ...)                                                                    \
    ((reader)->handler.name ? (reader)->handler.name((reader)->ctx, __VA_ARGS__) : 0)

static int on_hello(struct frame_reader *reader, struct cursor *cursor)
{
    uint32_t version = take32(cursor);

    if (!finished(cursor))
        return broken(reader, "a malformed HELLO");
    if (version != WIRE_VERSION)
        return err_set(reader->err, ERR_WORKER,
                       "the worker speaks version %u of the frame protocol, not %d: install sanad "
                       "and sanad-worker of one version",
                       version, WIRE_VERSION);
    reader->state = AT_TYPE;
    return 0;
}

static int on_type(struct frame_reader *reader, struct cursor *cursor)
{
    size_t len;
    const char *mime = take_str(cursor, MIME_MAX, &len);
    const char *name = take_str(cursor, READER_NAME_MAX, &len);

    if (!finished(cursor))
        return broken(reader, "a malformed TYPE");
    reader->state = AT_ITEM;
    return CALL(reader, type, mime, name);
}

static int on_meta(struct frame_reader *reader, struct cursor *cursor)
{
    size_t key_len;
    size_t value_len;
    const char *key = take_str(cursor, META_KEY_MAX, &key_len);
    const char *value = take_str(cursor, META_VALUE_MAX, &value_len);

    if (!finished(cursor) || key_len == 0)
        return broken(reader, "a malformed META");
    if (reader->metas++ >= META_MAX)
        return broken(reader, "too many META frames");
    reader->state = AT_ITEM;
    return CALL(reader, meta, key, value, value_len);
}

static int on_warning(struct frame_reader *reader, struct cursor *cursor)
{
    size_t len;
    enum reason reason = take_reason(cursor);
    const char *detail = take_str(cursor, DETAIL_MAX - 1, &len);

    if (!finished(cursor))
        return broken(reader, "a malformed WARNING");
    if (reader->warnings++ >= WARNINGS_MAX)
        return broken(reader, "too many WARNING frames");
    reader->state = AT_ITEM;
    return CALL(reader, warning, reason, detail);
}

static bool page_plausible(const struct frame_reader *reader, const struct page_head *page,
                           uint8_t method)
{
    if (page->number != reader->numbers + 1 || method > PAGE_OCR)
        return false;
    if (page->confidence > 100 && page->confidence != CONFIDENCE_NONE)
        return false;
    if (page->width > PAGE_SIDE_MAX || page->height > PAGE_SIDE_MAX)
        return false;
    return method != PAGE_FLOW || (page->width == 0 && page->height == 0);
}

static int on_page(struct frame_reader *reader, struct cursor *cursor)
{
    struct page_head page = {.number = take32(cursor)};
    uint8_t method = take8(cursor);
    size_t lang_len;
    size_t label_len;

    page.width = take32(cursor);
    page.height = take32(cursor);
    page.confidence = take8(cursor);
    const char *lang = take_str(cursor, sizeof(page.lang) - 1, &lang_len);
    const char *label = take_str(cursor, sizeof(page.label) - 1, &label_len);
    if (!finished(cursor) || !page_plausible(reader, &page, method))
        return broken(reader, "a malformed PAGE");
    if (reader->numbers >= PAGES_MAX)
        return broken(reader, "too many PAGE frames");
    page.method = (enum page_method)method;
    memcpy(page.lang, lang, lang_len);
    memcpy(page.label, label, label_len);

    reader->numbers++;
    reader->pages += method != PAGE_FLOW;
    reader->rest_len = 0;
    reader->words = 0;
    buf_clear(&reader->page_text);
    reader->state = IN_TEXT;
    return CALL(reader, page, &page);
}

static int on_text(struct frame_reader *reader, struct cursor *cursor)
{
    uint8_t part = take8(cursor);
    size_t len = (size_t)(cursor->end - cursor->at);
    const char *text = cursor->at;

    if (cursor->bad || part > TEXT_REST)
        return broken(reader, "a malformed TEXT");
    if (!text_ok(text, len))
        return broken(reader, "a TEXT that is not UTF-8");
    if (part == TEXT_REST) {
        reader->rest_len += len;
        if (reader->rest_len > PAGE_TEXT_MAX)
            return broken(reader, "too much text on a page");
    } else if (buf_append(&reader->page_text, text, len)) {
        return broken(reader, "too much text on a page");
    }
    return CALL(reader, text, (enum text_part)part, text, len);
}

static bool starts_character(const struct buf *text, size_t at)
{
    return ((unsigned char)text->data[at] & 0xC0) != 0x80; /* the NUL at the end does, too */
}

static bool word_plausible(const struct buf *text, const struct word_box *word)
{
    if (word->at > text->len || word->len > text->len - word->at)
        return false;
    if (word->x0 > word->x1 || word->y0 > word->y1)
        return false;
    if (word->confidence > 100 && word->confidence != CONFIDENCE_NONE)
        return false;
    return starts_character(text, word->at) && starts_character(text, (size_t)word->at + word->len);
}

static int on_words(struct frame_reader *reader, struct cursor *cursor)
{
    size_t len = (size_t)(cursor->end - cursor->at);
    size_t count = len / WORD_BOX_BYTES;

    if (len % WORD_BOX_BYTES)
        return broken(reader, "a malformed WORDS");
    if (count > PAGE_WORDS_MAX - reader->words)
        return broken(reader, "too many words on a page");
    reader->words += (uint32_t)count;

    CLEANUP(cleanup_free) struct word_box *words = mem_zalloc(count, sizeof(*words));
    for (size_t i = 0; i < count; i++) {
        struct word_box *word = &words[i];
        word->at = take32(cursor);
        word->len = take16(cursor);
        word->x0 = take16(cursor);
        word->y0 = take16(cursor);
        word->x1 = take16(cursor);
        word->y1 = take16(cursor);
        word->confidence = take8(cursor);
        if (!word_plausible(&reader->page_text, word))
            return broken(reader, "a word outside its page");
    }
    reader->state = IN_WORDS;
    return CALL(reader, words, words, count);
}

static int on_page_end(struct frame_reader *reader, struct cursor *cursor)
{
    if (!finished(cursor))
        return broken(reader, "a malformed PAGE_END");
    reader->state = AT_ITEM;
    return reader->handler.page_end ? reader->handler.page_end(reader->ctx) : 0;
}

static int on_child(struct frame_reader *reader, struct cursor *cursor)
{
    struct child_head child = {.name = take_str(cursor, NAME_MAX_BYTES, &child.name_len)};
    uint8_t escaped = take8(cursor);
    size_t mime_len;

    child.mime = take_str(cursor, MIME_MAX, &mime_len);
    child.mtime = (int64_t)take64(cursor);
    if (!finished(cursor) || escaped > 1)
        return broken(reader, "a malformed CHILD");
    if (reader->children++ >= CHILDREN_MAX)
        return broken(reader, "too many CHILD frames");
    child.name_escaped = escaped;
    reader->state = IN_CHILD;
    return CALL(reader, child, &child);
}

static int on_child_data(struct frame_reader *reader, struct cursor *cursor)
{
    return CALL(reader, child_data, cursor->at, (size_t)(cursor->end - cursor->at));
}

static int on_child_end(struct frame_reader *reader, struct cursor *cursor)
{
    size_t len;
    enum reason reason = take_reason(cursor);
    const char *detail = take_str(cursor, DETAIL_MAX - 1, &len);

    if (!finished(cursor))
        return broken(reader, "a malformed CHILD_END");
    reader->state = AT_ITEM;
    return CALL(reader, child_end, reason, detail);
}

static int on_image(struct frame_reader *reader, struct cursor *cursor)
{
    size_t len;
    const char *mime = take_str(cursor, MIME_MAX, &len);
    uint32_t width = take32(cursor);
    uint32_t height = take32(cursor);

    if (!finished(cursor) || width > PAGE_SIDE_MAX || height > PAGE_SIDE_MAX)
        return broken(reader, "a malformed IMAGE");
    if (reader->images)
        return broken(reader, "a second IMAGE");
    reader->images = true;
    reader->state = IN_IMAGE;
    return CALL(reader, image, mime, width, height);
}

static int on_image_data(struct frame_reader *reader, struct cursor *cursor)
{
    return CALL(reader, image_data, cursor->at, (size_t)(cursor->end - cursor->at));
}

static int on_end(struct frame_reader *reader, struct cursor *cursor)
{
    uint8_t outcome = take8(cursor);
    struct end_frame end = {.reason = take_reason(cursor)};
    size_t len;

    end.detail = take_str(cursor, DETAIL_MAX - 1, &len);
    end.pages = take32(cursor);
    end.children = take32(cursor);
    if (!finished(cursor))
        return broken(reader, "a malformed END");
    if (outcome != OUTCOME_TEXT && outcome != OUTCOME_OCR && outcome != OUTCOME_EMPTY &&
        outcome != OUTCOME_FAILED)
        return broken(reader, "an outcome that is not a worker's to say");
    end.outcome = (enum outcome)outcome;
    if (end.reason == REASON_NONE && outcome != OUTCOME_TEXT && outcome != OUTCOME_OCR)
        return broken(reader, "no text and no reason");
    if (end.pages != reader->pages || end.children != reader->children)
        return broken(reader, "END counts other pages or children than were sent");
    reader->state = AT_END;
    return CALL(reader, end, &end);
}

/* The grammar: in which states a frame may come, and what takes it. */
static const struct {
    unsigned states; /* bits 1 << enum state */
    int (*take)(struct frame_reader *reader, struct cursor *cursor);
} FRAMES[] = {
    [FRAME_HELLO] = {1U << AT_START, on_hello},
    [FRAME_TYPE] = {1U << AT_TYPE, on_type},
    [FRAME_META] = {1U << AT_TYPE | 1U << AT_ITEM, on_meta},
    [FRAME_WARNING] = {1U << AT_TYPE | 1U << AT_ITEM, on_warning},
    [FRAME_PAGE] = {1U << AT_TYPE | 1U << AT_ITEM, on_page},
    [FRAME_TEXT] = {1U << IN_TEXT, on_text},
    [FRAME_WORDS] = {1U << IN_TEXT | 1U << IN_WORDS, on_words},
    [FRAME_PAGE_END] = {1U << IN_TEXT | 1U << IN_WORDS, on_page_end},
    [FRAME_CHILD] = {1U << AT_TYPE | 1U << AT_ITEM, on_child},
    [FRAME_CHILD_DATA] = {1U << IN_CHILD, on_child_data},
    [FRAME_CHILD_END] = {1U << IN_CHILD, on_child_end},
    [FRAME_IMAGE] = {1U << AT_TYPE | 1U << AT_ITEM, on_image},
    [FRAME_IMAGE_DATA] = {1U << IN_IMAGE, on_image_data},
    [FRAME_END] = {1U << AT_TYPE | 1U << AT_ITEM | 1U << IN_IMAGE, on_end},
};

static int take_header(struct frame_reader *reader)
{
    uint16_t type = le16_get(reader->head + 4);

    reader->payload_len = le32_get(reader->head);
    if (reader->payload_len > FRAME_PAYLOAD_MAX)
        return broken(reader, "a frame that is too long");
    if (type >= ARRAY_LEN(FRAMES) || !FRAMES[type].take || le16_get(reader->head + 6) != 0)
        return broken(reader, "an unknown frame");
    if (!(FRAMES[type].states & 1U << reader->state))
        return broken(reader, "a frame out of order");
    buf_clear(&reader->payload);
    return 0;
}

static int take_frame(struct frame_reader *reader)
{
    struct cursor cursor = {reader->payload.data, reader->payload.data + reader->payload.len,
                            false};

    reader->head_len = 0;
    return FRAMES[le16_get(reader->head + 4)].take(reader, &cursor);
}

/* Takes a portion of what is there; gives how much was used. */
static int step(struct frame_reader *reader, const char *data, size_t len, size_t *ret_used)
{
    if (reader->head_len < FRAME_HEADER) {
        size_t want = FRAME_HEADER - reader->head_len;
        size_t used = len < want ? len : want;
        memcpy(reader->head + reader->head_len, data, used);
        reader->head_len += used;
        *ret_used = used;
        if (reader->head_len < FRAME_HEADER)
            return 0;
        int rc = take_header(reader);
        return rc || reader->payload_len ? rc : take_frame(reader);
    }
    size_t want = reader->payload_len - reader->payload.len;
    size_t used = len < want ? len : want;
    BUG_IF(buf_append(&reader->payload, data, used));
    *ret_used = used;
    return used == want ? take_frame(reader) : 0;
}

int frame_reader_feed(struct frame_reader *reader, const void *data, size_t len, struct err *err)
{
    const char *at = data;

    reader->err = err;
    while (len) {
        size_t used = 0;
        int rc = reader->state == AT_END   ? broken(reader, "bytes after END")
                 : reader->state == BROKEN ? broken(reader, "bytes after a mistake")
                                           : step(reader, at, len, &used);
        if (rc) {
            reader->state = BROKEN;
            return rc;
        }
        at += used;
        len -= used;
    }
    return 0;
}
