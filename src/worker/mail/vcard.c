#include "worker/mail/vcard.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "worker/mail/content_line.h"
#include "worker/mail/content_file.h"

/* How a property is called in the text; those that say nothing to a reader have no name. */
static const struct {
    const char *property, *shown;
    bool fields; /* made of fields between semicolons */
} PROPERTIES[] = {
    {"FN", "Name", false},
    {"N", "Names", true},
    {"NICKNAME", "Nickname", false},
    {"ORG", "Organisation", true},
    {"TITLE", "Title", false},
    {"ROLE", "Role", false},
    {"TEL", "Telephone", false},
    {"EMAIL", "Email", false},
    {"ADR", "Address", true},
    {"LABEL", "Address", false},
    {"URL", "Web", false},
    {"BDAY", "Born", false},
    {"ANNIVERSARY", "Anniversary", false},
    {"NOTE", "Note", false},
    {"CATEGORIES", "Categories", false},
    {"IMPP", "Messages", false},
    {"GENDER", "Gender", true},
    {"RELATED", "Related", false},
    {"GEO", "Place", false},
    {"TZ", "Time zone", false},
    {"LANG", "Language", false},
    {"REV", "Revised", false},
    {"BEGIN", NULL, false},
    {"END", NULL, false},
    {"VERSION", NULL, false},
    {"PRODID", NULL, false},
    {"UID", NULL, false},
    {"X-ABLABEL", NULL, false},
    {"X-ABADR", NULL, false},
    {"X-ABUID", NULL, false},
};

static size_t property_of(const char *name)
{
    size_t i = 0;

    while (i < ARRAY_LEN(PROPERTIES) && strcmp(PROPERTIES[i].property, name) != 0)
        i++;
    return i;
}

/* " (home, voice)": TYPE=home,voice or, in version 2.1, ;HOME;VOICE */
static void put_types(const struct content_line *line, struct buf *out)
{
    static const char *const TYPES[] = {"home",  "work", "cell",   "voice",  "fax",   "pager",
                                        "video", "text", "main",   "msg",    "modem", "car",
                                        "isdn",  "pref", "postal", "parcel", "intl",  "dom"};
    bool any = false;

    for (size_t i = 0; i < ARRAY_LEN(TYPES); i++) {
        if (!content_has(line, TYPES[i]))
            continue;
        (void)buf_append_str(out, any ? ", " : " (");
        (void)buf_append_str(out, TYPES[i]);
        any = true;
    }
    if (any)
        (void)buf_append_char(out, ')');
}

static void put_property(const struct content_line *line, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    size_t known = property_of(line->name);

    if (!line->value.len || (known < ARRAY_LEN(PROPERTIES) && !PROPERTIES[known].shown))
        return;
    buf_init(&out, CONTENT_LINE_MAX);
    (void)buf_append_str(&out,
                         known < ARRAY_LEN(PROPERTIES) ? PROPERTIES[known].shown : line->name);
    put_types(line, &out);
    (void)buf_append_str(&out, ": ");
    size_t before = out.len;
    content_unescape(&line->value,
                     known < ARRAY_LEN(PROPERTIES) && PROPERTIES[known].fields ? ',' : 0, &out);
    if (out.len == before)
        return;
    (void)buf_append_char(&out, '\n');
    emit_flow(emit, TEXT_MAIN, out.data, out.len);
}

/* The first card's name is what the file is called by. */
static void note_name(const struct content_line *line, unsigned cards, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf name = {0};

    if (cards != 1 || strcmp(line->name, "FN") != 0)
        return;
    buf_init(&name, META_VALUE_MAX);
    content_unescape(&line->value, 0, &name);
    emit_meta_len(emit, "title", name.data, name.len);
}

struct verdict vcard_read(const struct input *input, struct emit *emit)
{
    struct content_lines lines;
    struct content_line line;
    struct content_files files = {0};
    unsigned cards = 0;

    content_lines_init(&lines, input);
    content_line_init(&line);
    while (!emit->stop && content_lines_next(&lines, &line)) {
        if (strcmp(line.name, "BEGIN") == 0 && strcasecmp(line.value.data, "VCARD") == 0 && cards++)
            emit_flow_str(emit, TEXT_MAIN, "\n");
        note_name(&line, cards, emit);
        if (content_is_binary(&line))
            content_file_keep(&files, &line, cards);
        else
            put_property(&line, emit);
    }
    content_files_send(&files, emit);
    content_line_release(&line);
    content_lines_release(&lines);
    return cards ? verdict_by_words(emit) : verdict_failed(REASON_CORRUPT, "no card in it");
}
