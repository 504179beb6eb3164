#include "worker/books/fb2.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "worker/plain/charset.h"
#include "worker/web/html.h"
#include "worker/mail/mime_decode.h"
#include "worker/xml/xml.h"

enum { PAGE_ROOM = PAGE_TEXT_MAX / 2 };

struct book {
    struct emit *emit;
    struct buf page;    /* text of the open section */
    struct buf title;   /* of the open section, or of the open fact */
    struct buf picture; /* base64 of the open <binary> */
    char name[256];     /* of the picture */
    char type[MIME_MAX + 1];
    char label[64];   /* of the open section */
    const char *fact; /* key of the open element of the description, or NULL */
    int depth;        /* of nested sections */
    bool in_description, in_body, in_author, in_title, in_binary, in_notes;
};

/* ---- pages ---- */

static void page_send(struct book *book)
{
    struct page_head head = {.method = PAGE_TEXT, .confidence = CONFIDENCE_NONE};

    if (book->page.len && strspn(book->page.data, "\n\t ") < book->page.len) {
        snprintf(head.label, sizeof(head.label), "%s", book->label);
        emit_page(book->emit, &head, book->page.data, book->page.len, NULL, 0);
    }
    buf_clear(&book->page);
}

static void line_end(struct book *book)
{
    if (book->page.len && book->page.data[book->page.len - 1] != '\n')
        (void)buf_append_char(&book->page, '\n');
    if (book->page.len > PAGE_ROOM)
        page_send(book);
}

/* ---- description ---- */

static const char *fact_key(const char *element)
{
    static const struct {
        const char *element, *key;
    } known[] = {
        {"book-title", "title"},    {"genre", "subject"},   {"annotation", "description"},
        {"date", "date"},           {"lang", "language"},   {"keywords", "keywords"},
        {"publisher", "publisher"}, {"isbn", "identifier"}, {"program-used", "producer"},
        {"src-url", "url"},
    };

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (strcmp(element, known[i].element) == 0)
            return known[i].key;
    return NULL;
}

static void fact_end(struct book *book, const char *name)
{
    if (strcmp(name, "author") == 0 || strcmp(name, "translator") == 0) {
        emit_meta_len(book->emit, "author", book->title.data, book->title.len);
        book->in_author = false;
        buf_clear(&book->title);
    } else if (book->fact && fact_key(name) == book->fact) {
        emit_meta_len(book->emit, book->fact, book->title.data, book->title.len);
        book->fact = NULL;
    } else if (book->in_author && book->title.len) {
        (void)buf_append_char(&book->title, ' '); /* between first and last name */
    }
}

/* ---- pictures ---- */

static void picture_send(struct book *book)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};

    buf_init(&bytes, FB2_PICTURE_MAX);
    mime_decode_base64(book->picture.data, book->picture.len, &bytes);
    emit_child(book->emit, book->name, strlen(book->name), book->type, INT64_MIN);
    emit_child_data(book->emit, bytes.data, bytes.len);
    if (book->picture.full)
        emit_child_end(book->emit, REASON_LIMIT_SIZE, "the picture is too large");
    else
        emit_child_end(book->emit, REASON_NONE, "");
    buf_clear(&book->picture);
}

/* ---- events ---- */

static void on_start(void *ctx, const struct xml_element *element)
{
    struct book *book = ctx;
    const char *name = element->name;

    if (strcmp(name, "description") == 0) {
        book->in_description = true;
    } else if (book->in_description) {
        book->in_author |= strcmp(name, "author") == 0 || strcmp(name, "translator") == 0;
        if (!book->fact && fact_key(name) && !book->in_author) {
            book->fact = fact_key(name);
            buf_clear(&book->title);
        }
    } else if (strcmp(name, "body") == 0) {
        book->in_body = true;
        book->in_notes =
            xml_attribute(element, "name", book->label, sizeof(book->label)) && book->label[0];
    } else if (strcmp(name, "section") == 0 && book->in_body) {
        if (book->depth++ == 0 && !book->in_notes) {
            page_send(book);
            book->label[0] = '\0';
        }
    } else if (strcmp(name, "title") == 0) {
        book->in_title = book->depth <= 1;
        buf_clear(&book->title);
    } else if (strcmp(name, "binary") == 0) {
        book->in_binary = true;
        (void)xml_attribute(element, "id", book->name, sizeof(book->name));
        (void)xml_attribute(element, "content-type", book->type, sizeof(book->type));
    } else if (strcmp(name, "empty-line") == 0) {
        line_end(book);
    }
}

static void on_title_end(struct book *book)
{
    if (book->in_title && !book->in_notes && book->depth == 1)
        snprintf(book->label, sizeof(book->label), "%s", book->title.len ? book->title.data : "");
    book->in_title = false;
}

static void on_end(void *ctx, const char *name)
{
    static const char *const lines[] = {"p", "v", "subtitle", "text-author", "tr", "date"};
    struct book *book = ctx;

    if (strcmp(name, "description") == 0)
        book->in_description = false;
    else if (book->in_description)
        fact_end(book, name);
    else if (strcmp(name, "title") == 0)
        on_title_end(book);
    else if (strcmp(name, "section") == 0 && book->depth > 0)
        book->depth--;
    else if (strcmp(name, "td") == 0 || strcmp(name, "th") == 0)
        (void)buf_append_char(&book->page, '\t');
    if (strcmp(name, "body") == 0) {
        page_send(book);
        book->in_body = false;
        book->label[0] = '\0';
        book->depth = 0;
    }
    if (strcmp(name, "binary") == 0 && book->in_binary) {
        book->in_binary = false;
        picture_send(book);
    }
    for (size_t i = 0; i < ARRAY_LEN(lines) && book->in_body; i++)
        if (strcmp(name, lines[i]) == 0) {
            line_end(book);
            if (book->in_title && book->title.len)
                (void)buf_append_char(&book->title, ' ');
        }
}

static void append_words(struct buf *to, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        char c = strchr("\r\n\t ", text[i]) ? ' ' : text[i];
        if (c != ' ' || (to->len && !strchr(" \n\t", to->data[to->len - 1])))
            (void)buf_append_char(to, c);
    }
}

static void on_text(void *ctx, const char *text, size_t len)
{
    struct book *book = ctx;

    if (book->in_binary) {
        (void)buf_append(&book->picture, text, len);
        return;
    }
    if (book->in_description) {
        if (book->fact || book->in_author)
            append_words(&book->title, text, len);
        return;
    }
    if (book->in_body)
        append_words(&book->page, text, len);
    if (book->in_title)
        append_words(&book->title, text, len);
}

/* The document as UTF-8 without its declaration, which names what it was written in before. */
static const char *without_declaration(const struct buf *utf8)
{
    const char *end = strncmp(utf8->data, "<?xml", 5) == 0 ? strstr(utf8->data, "?>") : NULL;

    return end ? end + 2 : utf8->data;
}

static struct verdict conclude(int rc, const struct input *input, struct emit *emit)
{
    struct verdict verdict = verdict_by_words(emit);
    enum reason reason = rc == ERR_LIMIT ? REASON_LIMIT_DEPTH : REASON_CORRUPT;

    if (input->len > FB2_BYTES_MAX) {
        verdict.reason = REASON_LIMIT_SIZE;
        snprintf(verdict.detail, sizeof(verdict.detail), "only its first 128 MiB were read");
    } else if (rc && verdict.outcome == OUTCOME_EMPTY) {
        return verdict_failed(reason, "its XML makes no sense");
    } else if (rc) {
        verdict.reason = reason;
        snprintf(verdict.detail, sizeof(verdict.detail),
                 "its XML is damaged; what stands before was read");
    }
    return verdict;
}

struct verdict fb2_read(const struct input *input, struct emit *emit)
{
    static const struct xml_handler handler = {on_start, on_end, on_text};
    CLEANUP(cleanup_buf) struct buf utf8 = {0};
    struct book book = {.emit = emit};
    size_t len = input->len < FB2_BYTES_MAX ? input->len : FB2_BYTES_MAX;
    char declared[HTML_CHARSET_MAX];

    html_declared_charset((const char *)input->data, len, declared);
    buf_init(&utf8, (size_t)2 * FB2_BYTES_MAX);
    buf_init(&book.page, PAGE_TEXT_MAX);
    buf_init(&book.title, META_VALUE_MAX);
    buf_init(&book.picture, (size_t)2 * FB2_PICTURE_MAX);
    (void)charset_text(declared, input->data, len, &utf8);
    (void)buf_append_char(&utf8, '\0');
    struct xml_parser *parser = xml_parser_new(&handler, &book);
    const char *start = without_declaration(&utf8);
    int rc = xml_parser_feed(parser, start, strlen(start));
    if (rc == 0)
        rc = xml_parser_end(parser);
    xml_parser_free(parser);
    page_send(&book);
    buf_release(&book.page);
    buf_release(&book.title);
    buf_release(&book.picture);
    return conclude(rc, input, emit);
}
