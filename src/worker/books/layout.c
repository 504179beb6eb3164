#include "worker/books/layout.h"

#include <stdlib.h>
#include <string.h>

#include "worker/mail/mime_decode.h"
#include "worker/archive/package.h"
#include "worker/web/prose.h"

/* ---- IDML: designmap.xml names the stories in order; a story's text is in <Content> ---- */

struct idml {
    struct package *package;
    struct prose prose;
    bool in_content;
};

static void on_story_start(void *ctx, const struct xml_element *element)
{
    struct idml *idml = ctx;

    idml->in_content = strcmp(element->name, "Content") == 0;
    if (strcmp(element->name, "Br") == 0)
        prose_paragraph_end(&idml->prose);
    else if (strcmp(element->name, "Footnote") == 0 || strcmp(element->name, "Note") == 0)
        prose_aside_start(&idml->prose);
}

static void on_story_end(void *ctx, const char *name)
{
    struct idml *idml = ctx;

    idml->in_content = false;
    if (strcmp(name, "Story") == 0)
        prose_paragraph_end(&idml->prose);
    else if (strcmp(name, "Cell") == 0)
        prose_cell_end(&idml->prose);
    else if (strcmp(name, "Table") == 0)
        prose_row_end(&idml->prose);
    else if (strcmp(name, "Footnote") == 0 || strcmp(name, "Note") == 0)
        prose_aside_end(&idml->prose);
}

static void on_story_text(void *ctx, const char *text, size_t len)
{
    struct idml *idml = ctx;

    if (idml->in_content)
        prose_text(&idml->prose, text, len);
}

static void read_story(struct idml *idml, const char *name)
{
    static const struct xml_handler handler = {on_story_start, on_story_end, on_story_text};
    struct part *part = package_part(idml->package, name);

    if (part && !part->taken)
        (void)package_read_xml(idml->package, name, &handler, idml);
}

static void on_map(void *ctx, const struct xml_element *element)
{
    char name[PART_NAME_MAX];

    if (strcmp(element->name, "Story") == 0 && xml_attribute(element, "src", name, sizeof(name)))
        read_story(ctx, name);
}

struct verdict idml_read(const struct input *input, struct emit *emit)
{
    static const struct xml_handler handler = {.start = on_map};
    struct package package;
    struct idml idml = {.package = &package};

    if (package_open(&package, input))
        return verdict_failed(REASON_CORRUPT, "it is no ZIP file inside");
    prose_init(&idml.prose, emit);
    (void)package_read_xml(&package, "designmap.xml", &handler, &idml);
    for (size_t i = 0; i < package.count && !emit->stop; i++)
        if (strncmp(package.parts[i].name, "Stories/", 8) == 0)
            read_story(&idml, package.parts[i].name);
    prose_end(&idml.prose);
    struct verdict verdict = package_verdict(&package, emit);
    package_release(&package);
    return verdict;
}

/* ---- MIF: nested <Name value> statements; the text is in <String `...'> and <Char Name> ---- */

/* Characters that MIF names. */
static const char *char_named(const char *name, size_t len)
{
    static const struct {
        const char *name, *text;
    } known[] = {
        {"Tab", "\t"},         {"HardReturn", "\n"},       {"HardSpace", " "},
        {"HardHyphen", "-"},   {"EmDash", "\xE2\x80\x94"}, {"EnDash", "\xE2\x80\x93"},
        {"EmSpace", " "},      {"EnSpace", " "},           {"ThinSpace", " "},
        {"NumberSpace", " "},  {"Bullet", "\xE2\x80\xA2"}, {"Cent", "\xC2\xA2"},
        {"Pound", "\xC2\xA3"}, {"Yen", "\xC2\xA5"},
    };

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (strlen(known[i].name) == len && memcmp(known[i].name, name, len) == 0)
            return known[i].text;
    return "";
}

/* A string between ` and ': "\t", "\>", "\q" ('), "\Q" (`), "\\", "\xHH " of FrameMaker's Roman
 * set, of which only what is ASCII is sure. */
static const char *put_string(struct prose *prose, const char *at, const char *end)
{
    for (; at < end && *at != '\''; at++) {
        if (*at != '\\' || end - at < 2) {
            prose_text(prose, at, 1);
            continue;
        }
        char c = *++at;
        if (c == 'x' && end - at >= 4 && mime_hex(at[1]) >= 0 && mime_hex(at[2]) >= 0) {
            char byte = (char)(mime_hex(at[1]) << 4 | mime_hex(at[2]));
            prose_str(prose, (unsigned char)byte < 0x80 && byte >= ' ' ? (char[]){byte, 0} : " ");
            at += at[3] == ' ' ? 3 : 2;
        } else {
            const char shown[] = {c == 't' ? '\t' : c == 'q' ? '\'' : c == 'Q' ? '`' : c, 0};
            prose_str(prose, shown);
        }
    }
    return at;
}

static bool is_statement(const char *at, const char *end, const char *name)
{
    size_t len = strlen(name);

    return (size_t)(end - at) > len && memcmp(at, name, len) == 0 &&
           (at[len] == ' ' || at[len] == '\n' || at[len] == '\r' || at[len] == '\t');
}

static void read_mif(struct prose *prose, const char *at, const char *end)
{
    while (at < end && (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        at++;
        if (is_statement(at, end, "Para") || is_statement(at, end, "Notes")) {
            prose_paragraph_end(prose);
        } else if (is_statement(at, end, "Cell")) {
            prose_cell_end(prose);
        } else if (is_statement(at, end, "Row")) {
            prose_row_end(prose);
        } else if (is_statement(at, end, "String")) {
            const char *quote = memchr(at, '`', (size_t)(end - at));
            at = quote ? put_string(prose, quote + 1, end) : end;
        } else if (is_statement(at, end, "Char")) {
            const char *name = at + strlen("Char ");
            const char *close = memchr(name, '>', (size_t)(end - name));
            size_t len = close ? (size_t)(close - name) : 0;
            while (len && name[len - 1] == ' ')
                len--;
            prose_str(prose, char_named(name, len));
        }
    }
}

struct verdict mif_read(const struct input *input, struct emit *emit)
{
    const char *data = (const char *)input->data;
    size_t len = input->len < MIF_BYTES_MAX ? input->len : MIF_BYTES_MAX;
    struct prose prose;

    if (len >= 10 && memcmp(data, "<MakerFile", 10) == 0)
        return verdict_empty(REASON_UNSUPPORTED, "FrameMaker's own binary format is not read");
    prose_init(&prose, emit);
    read_mif(&prose, data, data + len);
    prose_end(&prose);
    return verdict_by_words(emit);
}
