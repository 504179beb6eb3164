#include "worker/xml/xml_text.h"

#include <ctype.h>
#include <string.h>

#include "worker/plain/charset.h"
#include "worker/plain/text.h"
#include "worker/xml/xml.h"

enum {
    DECLARATION_MAX = 1024,
    VALUE_MAX = 4096,
    HEADING_MAX = 1024,
    NAME_MAX_HERE = 66,
    ATTRIBUTES_TEXT_MAX = 32 << 20,
};

struct reading {
    struct buf text;       /* of elements */
    struct buf attributes; /* "name=value" */
    struct buf heading;    /* of the open title or description */
    const char *heading_key;
    bool has_title, has_description;
    bool mixed[XML_DEPTH_MAX + 1]; /* by depth: text stands between the elements there */
    int depth;
    bool leaf;       /* no element was opened in the open one */
    size_t value_at; /* where its text starts */
};

/* Elements that only dress text. */
static bool is_dress(const char *name)
{
    static const char *const names[] = {"span", "strong", "emph", "bold", "italic", "para",
                                        "text", "font",   "sup",  "sub",  "ref",    "line"};

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return strlen(name) < 3;
}

/* A value that stands by itself is said with its name: "Latitude: 78.8". */
static void name_value(struct reading *reading, const char *name)
{
    struct buf *text = &reading->text;
    size_t len = strlen(name) + 2;
    size_t value = text->len - reading->value_at;

    if (value == 0 || len > NAME_MAX_HERE || !buf_reserve(text, len))
        return;
    memmove(text->data + reading->value_at + len, text->data + reading->value_at, value);
    memcpy(text->data + reading->value_at, name, len - 2);
    memcpy(text->data + reading->value_at + len - 2, ": ", 2);
    text->len += len;
    text->data[text->len] = '\0';
}

/* One line for each run of text between tags; white space is joined. */
static void end_line(struct reading *reading)
{
    struct buf *text = &reading->text;

    while (text->len && text->data[text->len - 1] == ' ')
        text->len--;
    if (text->len && text->data[text->len - 1] != '\n')
        (void)buf_append_char(text, '\n');
}

static void append_joined(struct buf *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bool space = isspace((unsigned char)text[i]) != 0;
        bool at_start = out->len == 0 || out->data[out->len - 1] == '\n';
        if (!space)
            (void)buf_append_char(out, text[i]);
        else if (!at_start && out->data[out->len - 1] != ' ')
            (void)buf_append_char(out, ' ');
    }
}

static void on_start(void *ctx, const struct xml_element *element)
{
    struct reading *reading = ctx;
    const char *const *fields = element->attributes; /* name, prefix, URI, value, its end */

    end_line(reading);
    if (++reading->depth <= XML_DEPTH_MAX)
        reading->mixed[reading->depth] = false;
    reading->leaf = true;
    reading->value_at = reading->text.len;
    for (int i = 0; i < element->attribute_count; i++, fields += 5) {
        size_t len = (size_t)(fields[4] - fields[3]);
        if (len == 0 || len > VALUE_MAX)
            continue;
        (void)buf_printf(&reading->attributes, "%s=", fields[0]);
        append_joined(&reading->attributes, fields[3], len);
        (void)buf_append_char(&reading->attributes, '\n');
    }
    reading->heading_key = NULL;
    if (!reading->has_title && strcmp(element->name, "title") == 0)
        reading->heading_key = "title";
    else if (!reading->has_description &&
             (strcmp(element->name, "description") == 0 || strcmp(element->name, "subtitle") == 0))
        reading->heading_key = "description";
    buf_clear(&reading->heading);
}

struct headed {
    struct reading reading;
    struct emit *emit;
};

static void on_end(void *ctx, const char *name)
{
    struct headed *headed = ctx;
    struct reading *reading = &headed->reading;

    int around = --reading->depth;
    if (reading->leaf && around > 0 && around <= XML_DEPTH_MAX && !reading->mixed[around] &&
        !is_dress(name))
        name_value(reading, name);
    reading->leaf = false;
    end_line(reading);
    if (reading->heading_key && reading->heading.len) {
        emit_meta_len(headed->emit, reading->heading_key, reading->heading.data,
                      reading->heading.len);
        reading->has_title |= strcmp(reading->heading_key, "title") == 0;
        reading->has_description |= strcmp(reading->heading_key, "description") == 0;
    }
    reading->heading_key = NULL;
}

static void on_text(void *ctx, const char *text, size_t len)
{
    struct reading *reading = ctx;

    append_joined(&reading->text, text, len);
    for (size_t i = 0; i < len && reading->depth <= XML_DEPTH_MAX; i++)
        reading->mixed[reading->depth] |= !isspace((unsigned char)text[i]);
    if (reading->heading_key)
        append_joined(&reading->heading, text, len);
}

/* The character set that the declaration names; "" for none. */
static void declared_charset(const struct input *input, char out[64])
{
    char head[DECLARATION_MAX];
    size_t len = input->len < sizeof(head) - 1 ? input->len : sizeof(head) - 1;

    out[0] = '\0';
    memcpy(head, input->data, len);
    head[len] = '\0';
    const char *end = strstr(head, "?>");
    const char *at = strstr(head, "encoding");
    if (!end || !at || at > end)
        return;
    at += strcspn(at, "\"'");
    size_t name = *at ? strcspn(at + 1, "\"'") : 0;
    if (name > 0 && name < 64) {
        memcpy(out, at + 1, name);
        out[name] = '\0';
    }
}

/* The document as UTF-8 without its declaration, which spoke of other bytes. */
static void to_utf8(const struct input *input, struct buf *out)
{
    char charset[64];
    const char *seen = charset_detect(input->data, input->len);

    declared_charset(input, charset);
    bool wide = seen && (strncmp(seen, "UTF-16", 6) == 0 || strncmp(seen, "UTF-32", 6) == 0);
    if (wide)
        (void)charset_to_utf8(seen, input->data, input->len, out);
    else
        (void)charset_text(charset, input->data, input->len, out);
    const char *start = strstr(out->data, "<?xml");
    const char *end = start ? strstr(start, "?>") : NULL;
    if (end && start - out->data < DECLARATION_MAX && end - start < DECLARATION_MAX)
        buf_consume(out, (size_t)(end + 2 - out->data));
    size_t blank = strspn(out->data, " \t\r\n");
    buf_consume(out, blank);
}

static bool parse(struct headed *headed, const struct buf *document)
{
    static const struct xml_handler handler = {on_start, on_end, on_text};

    return xml_read(document->data, document->len, &handler, headed) == 0;
}

static struct verdict read_document(const struct input *input, struct headed *headed)
{
    CLEANUP(cleanup_buf) struct buf document = {0};
    struct reading *reading = &headed->reading;
    struct emit *emit = headed->emit;

    buf_init(&document, (size_t)3 * XML_TEXT_MAX);
    to_utf8(input, &document);
    if (document.len == 0 || !parse(headed, &document) || reading->text.full)
        return text_read(input, emit);
    bool words = strspn(reading->text.data, "\n ") < reading->text.len;
    emit_flow(emit, TEXT_MAIN, reading->text.data, reading->text.len);
    emit_flow(emit, words ? TEXT_REST : TEXT_MAIN, reading->attributes.data,
              reading->attributes.len);
    return verdict_by_words(emit);
}

struct verdict xml_text_read(const struct input *input, struct emit *emit)
{
    struct headed headed = {.emit = emit};

    if (input->len > XML_TEXT_MAX)
        return text_read(input, emit);
    buf_init(&headed.reading.text, (size_t)2 * XML_TEXT_MAX);
    buf_init(&headed.reading.attributes, ATTRIBUTES_TEXT_MAX);
    buf_init(&headed.reading.heading, HEADING_MAX);
    struct verdict verdict = read_document(input, &headed);
    buf_release(&headed.reading.text);
    buf_release(&headed.reading.attributes);
    buf_release(&headed.reading.heading);
    return verdict;
}
