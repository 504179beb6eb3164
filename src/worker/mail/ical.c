#include "worker/mail/ical.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "worker/mail/content_file.h"
#include "worker/mail/content_line.h"
#include "worker/web/html.h"

enum kind { KIND_TEXT, KIND_TIME, KIND_PERSON, KIND_HTML };

static const struct {
    const char *property, *shown;
    enum kind kind;
} PROPERTIES[] = {
    {"SUMMARY", "Summary", KIND_TEXT},
    {"DTSTART", "Start", KIND_TIME},
    {"DTEND", "End", KIND_TIME},
    {"DUE", "Due", KIND_TIME},
    {"COMPLETED", "Completed", KIND_TIME},
    {"DURATION", "Duration", KIND_TEXT},
    {"LOCATION", "Place", KIND_TEXT},
    {"ORGANIZER", "Organiser", KIND_PERSON},
    {"ATTENDEE", "Attendee", KIND_PERSON},
    {"CONTACT", "Contact", KIND_TEXT},
    {"DESCRIPTION", "Description", KIND_TEXT},
    {"COMMENT", "Comment", KIND_TEXT},
    {"CATEGORIES", "Categories", KIND_TEXT},
    {"STATUS", "Status", KIND_TEXT},
    {"URL", "Web", KIND_TEXT},
    {"ATTACH", "Attached", KIND_TEXT},
    {"RESOURCES", "Resources", KIND_TEXT},
    {"RRULE", "Repeats", KIND_TEXT},
    {"EXDATE", "Except", KIND_TIME},
    {"RECURRENCE-ID", "Instead of", KIND_TIME},
    {"FREEBUSY", "Busy", KIND_TEXT},
    {"X-WR-CALNAME", "Calendar", KIND_TEXT},
    {"X-WR-CALDESC", "Description", KIND_TEXT},
    {"METHOD", "Method", KIND_TEXT},
    {"X-ALT-DESC", "Description", KIND_HTML}, /* mostly the description once more */
};

struct calendar {
    struct emit *emit;
    struct content_files files;
    unsigned components; /* events, tasks, notes */
    unsigned hidden;     /* inside time zones and alarms */
    bool begun;          /* a calendar was opened */
    bool titled;
};

/* "20091117T103000Z" as "2009-11-17 10:30 UTC"; anything else as it is. */
static void put_time(const struct content_line *line, struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf zone = {0};
    const char *text = line->value.data;
    size_t digits = strspn(text, "0123456789");
    bool time = digits == 8 && text[8] == 'T' && strspn(text + 9, "0123456789") >= 4;

    if (digits != 8 || strchr(text, ',')) {
        (void)buf_append(out, line->value.data, line->value.len);
        return;
    }
    (void)buf_printf(out, "%.4s-%.2s-%.2s", text, text + 4, text + 6);
    if (!time)
        return;
    (void)buf_printf(out, " %.2s:%.2s", text + 9, text + 11);
    buf_init(&zone, 256);
    if (text[line->value.len - 1] == 'Z')
        (void)buf_append_str(out, " UTC");
    else if (content_parameter(line, "TZID", &zone))
        (void)buf_printf(out, " (%s)", zone.data);
}

/* CN="A. Person":mailto:a@example.org as "A. Person <a@example.org>, accepted". */
static void put_person(const struct content_line *line, struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf name = {0};
    CLEANUP(cleanup_buf) struct buf answer = {0};
    const char *address = line->value.data;

    buf_init(&name, 4096);
    buf_init(&answer, 256);
    if (strncasecmp(address, "mailto:", 7) == 0)
        address += 7;
    if (content_parameter(line, "CN", &name) && strcmp(name.data, address) != 0)
        (void)buf_printf(out, "%s <%s>", name.data, address);
    else
        (void)buf_append_str(out, address);
    if (!content_parameter(line, "PARTSTAT", &answer) ||
        strcasecmp(answer.data, "NEEDS-ACTION") == 0)
        return;
    for (size_t i = 0; i < answer.len; i++)
        answer.data[i] = (char)tolower((unsigned char)answer.data[i]);
    (void)buf_printf(out, ", %s", answer.data);
}

static void note_meta(struct calendar *calendar, const struct content_line *line)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    bool title = strcmp(line->name, "SUMMARY") == 0 || strcmp(line->name, "X-WR-CALNAME") == 0;

    buf_init(&text, META_VALUE_MAX);
    if (title && !calendar->titled) {
        content_unescape(&line->value, 0, &text);
        emit_meta_len(calendar->emit, "title", text.data, text.len);
        calendar->titled = true;
    } else if (strcmp(line->name, "PRODID") == 0) {
        emit_meta_len(calendar->emit, "producer", line->value.data, line->value.len);
    } else if (strcmp(line->name, "DTSTART") == 0 && calendar->components == 1 &&
               line->value.len >= 8 && strspn(line->value.data, "0123456789") == 8) {
        const char *day = line->value.data;
        (void)buf_printf(&text, "%.4s-%.2s-%.2s", day, day + 4, day + 6);
        emit_meta_len(calendar->emit, "date", text.data, text.len);
    }
}

static void put_property(struct calendar *calendar, const struct content_line *line)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    size_t i = 0;

    while (i < ARRAY_LEN(PROPERTIES) && strcmp(PROPERTIES[i].property, line->name) != 0)
        i++;
    if (i == ARRAY_LEN(PROPERTIES) || !line->value.len)
        return;
    buf_init(&out, CONTENT_LINE_MAX);
    if (PROPERTIES[i].kind == KIND_HTML) {
        CLEANUP(cleanup_buf) struct buf html = {0};
        buf_init(&html, CONTENT_LINE_MAX);
        content_unescape(&line->value, 0, &html);
        html_text(html.data, html.len, &out);
        emit_flow(calendar->emit, TEXT_REST, out.data, out.len);
        return;
    }
    (void)buf_printf(&out, "%s: ", PROPERTIES[i].shown);
    if (PROPERTIES[i].kind == KIND_TIME)
        put_time(line, &out);
    else if (PROPERTIES[i].kind == KIND_PERSON)
        put_person(line, &out);
    else
        content_unescape(&line->value, 0, &out);
    (void)buf_append_char(&out, '\n');
    emit_flow(calendar->emit, TEXT_MAIN, out.data, out.len);
}

static bool is_hidden(const struct content_line *line)
{
    return strcasecmp(line->value.data, "VTIMEZONE") == 0 ||
           strcasecmp(line->value.data, "VALARM") == 0;
}

static void take_line(struct calendar *calendar, const struct content_line *line)
{
    bool begins = strcmp(line->name, "BEGIN") == 0;

    if (begins || strcmp(line->name, "END") == 0) {
        if (is_hidden(line) && (begins || calendar->hidden))
            calendar->hidden += begins ? 1 : -1U;
        bool whole = strcasecmp(line->value.data, "VCALENDAR") == 0;
        calendar->begun |= begins && whole;
        if (begins && !whole && !calendar->hidden && calendar->components++)
            emit_flow_str(calendar->emit, TEXT_MAIN, "\n");
        return;
    }
    if (calendar->hidden)
        return;
    note_meta(calendar, line);
    if (strcmp(line->name, "ATTACH") == 0 && content_is_binary(line))
        content_file_keep(&calendar->files, line, calendar->components);
    else
        put_property(calendar, line);
}

struct verdict ical_read(const struct input *input, struct emit *emit)
{
    struct calendar calendar = {.emit = emit};
    struct content_lines lines;
    struct content_line line;

    content_lines_init(&lines, input);
    content_line_init(&line);
    while (!emit->stop && content_lines_next(&lines, &line))
        take_line(&calendar, &line);
    content_files_send(&calendar.files, emit);
    content_line_release(&line);
    content_lines_release(&lines);
    return calendar.begun ? verdict_by_words(emit)
                          : verdict_failed(REASON_CORRUPT, "no calendar in it");
}
