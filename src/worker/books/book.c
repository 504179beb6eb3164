#include "worker/books/book.h"

#include <ctype.h>
#include <string.h>

#include "base/bytes.h"
#include "base/err.h"
#include "worker/plain/charset.h"
#include "worker/web/html.h"

/* Copies a link without its query and place, "%XX" decoded. */
static void decode_link(const char *href, char out[BOOK_PATH_MAX])
{
    size_t n = 0;

    for (; *href && *href != '#' && *href != '?' && n < BOOK_PATH_MAX - 1; href++) {
        unsigned char byte;
        char pair[3] = {href[0], href[0] ? href[1] : '\0', '\0'};
        if (*href == '%' && href[1] && href[2]) {
            memcpy(pair, href + 1, 2);
            if (hex_decode(pair, &byte, 1) == 0 && byte) {
                out[n++] = (char)byte;
                href += 2;
                continue;
            }
        }
        out[n++] = *href == '\\' ? '/' : *href;
    }
    out[n] = '\0';
}

/* "http:", "ms-its:", ...: a scheme of two letters or more. */
static bool has_scheme(const char *link)
{
    size_t n = strspn(link, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    return n > 1 && link[n] == ':';
}

void book_path(const char *base, const char *href, char out[BOOK_PATH_MAX])
{
    char link[BOOK_PATH_MAX];
    const char *slash = strrchr(base, '/');
    size_t n = 0;

    decode_link(href, link);
    out[0] = '\0';
    if (has_scheme(link) || !link[0])
        return;
    if (link[0] != '/' && slash && (size_t)(slash - base) < BOOK_PATH_MAX - 1) {
        n = (size_t)(slash - base);
        memcpy(out, base, n);
        out[n] = '\0';
    }
    for (const char *step = link; *step;) {
        size_t len = strcspn(step, "/");
        if (len == 2 && step[0] == '.' && step[1] == '.') {
            char *up = strrchr(out, '/');
            n = up ? (size_t)(up - out) : 0;
        } else if (len && !(len == 1 && step[0] == '.') && n + len + 2 < BOOK_PATH_MAX) {
            if (n)
                out[n++] = '/';
            memcpy(out + n, step, len);
            n += len;
        }
        out[n] = '\0';
        step += len;
        step += strspn(step, "/");
    }
}

static int keep(void *ctx, const void *data, size_t len)
{
    return buf_append(ctx, data, len);
}

int book_part_read(struct package *package, struct part *part, struct buf *out)
{
    buf_init(out, BOOK_PART_BYTES);
    return package_read(package, part, keep, out);
}

static bool has_words(const struct buf *text)
{
    for (size_t i = 0; i < text->len; i++)
        if (!isspace((unsigned char)text->data[i]))
            return true;
    return false;
}

/* Where a page that starts at `at` ends: behind a line if it is not the last. */
static size_t page_end(const struct buf *text, size_t at)
{
    enum { ROOM = PAGE_TEXT_MAX - 1 };

    if (text->len - at <= ROOM)
        return text->len;
    const char *newline = memrchr(text->data + at, '\n', ROOM);
    if (newline)
        return (size_t)(newline - text->data) + 1;
    size_t end = at + ROOM;
    while (((unsigned char)text->data[end] & 0xC0) == 0x80)
        end--;
    return end;
}

/* Copies a label, cut between characters. */
static void set_label(struct page_head *page, const char *label)
{
    size_t len = strlen(label);

    if (len >= sizeof(page->label))
        len = sizeof(page->label) - 1;
    while (len && ((unsigned char)label[len] & 0xC0) == 0x80)
        len--;
    memcpy(page->label, label, len);
    page->label[len] = '\0';
}

void book_chapter(struct emit *emit, const char *label, const char *charset, const char *html,
                  size_t len)
{
    CLEANUP(cleanup_buf) struct buf utf8 = {0};
    CLEANUP(cleanup_buf) struct buf text = {0};
    char declared[HTML_CHARSET_MAX];

    if (len == 0)
        return;
    html_declared_charset(html, len, declared);
    buf_init(&utf8, (size_t)4 * BOOK_PART_BYTES);
    buf_init(&text, (size_t)4 * BOOK_PART_BYTES);
    (void)charset_text(declared[0] ? declared : charset, html, len, &utf8);
    for (size_t i = 0; i < utf8.len; i++)
        if (utf8.data[i] == '\0')
            utf8.data[i] = ' ';
    html_text(utf8.data, utf8.len, &text);
    if (!has_words(&text))
        return;
    for (size_t at = 0; at < text.len && !emit->stop;) {
        struct page_head page = {.method = PAGE_TEXT, .confidence = CONFIDENCE_NONE};
        size_t end = page_end(&text, at);
        set_label(&page, label);
        emit_page(emit, &page, text.data + at, end - at, NULL, 0);
        at = end;
    }
}
