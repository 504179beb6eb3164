#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/io.h"
#include "cmd/command.h"
#include "cmd/terminal.h"
#include "events/dates.h"
#include "fmt/json.h"
#include "text/edtf.h"

enum {
    INPUT_MAX = 1 << 30,
    READ_STEP = 1 << 16,
    FLUSH_AT = 1 << 16,
};

struct listing {
    const char *text;
    struct buf out;
    bool json;
};

static int read_input(struct buf *text, struct err *err)
{
    for (;;) {
        char *room = buf_reserve(text, READ_STEP);
        if (!room)
            return err_set(err, ERR_LIMIT, "the text is longer than 1 GiB; give it in parts");
        ssize_t got = io_read(STDIN_FILENO, room, READ_STEP);
        if (got < 0)
            return err_set(err, ERR_IO, "standard input cannot be read: %s", strerror(errno));
        text->len += (size_t)got;
        if (got < READ_STEP)
            return 0;
    }
}

static void put_json(struct listing *listing, const struct date_found *found)
{
    bool known = found->certainty != DATE_UNKNOWN;
    struct json_writer json;
    char day[CALENDAR_TEXT_MAX];

    json_start(&json, &listing->out);
    json_open_object(&json, NULL);
    json_put_int(&json, "start", (int64_t)found->start);
    json_put_int(&json, "end", (int64_t)found->end);
    json_put_str(&json, "edtf", known ? found->edtf : NULL);
    json_put_str(&json, "earliest", known ? calendar_day_text(found->earliest, day) : NULL);
    json_put_str(&json, "latest", known ? calendar_day_text(found->latest, day) : NULL);
    json_put_str(&json, "calendar", calendar_name(found->calendar));
    json_put_str(&json, "certainty", date_certainty_word(found->certainty));
    json_put_str_len(&json, "text", listing->text + found->start, found->end - found->start);
    json_close_object(&json);
    json_end_line(&json);
}

/* The text of a date as one field: without tabs and line ends. */
static void put_field(struct buf *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        buf_append_char(out, (unsigned char)text[i] < ' ' ? ' ' : text[i]);
}

static void put_tsv(struct listing *listing, const struct date_found *found)
{
    bool known = found->certainty != DATE_UNKNOWN;
    char first[CALENDAR_TEXT_MAX], last[CALENDAR_TEXT_MAX];

    buf_printf(&listing->out, "%zu\t%zu\t%s\t%s\t%s\t%s\t%s\t", found->start, found->end,
               found->edtf, known ? calendar_day_text(found->earliest, first) : "",
               known ? calendar_day_text(found->latest, last) : "", calendar_name(found->calendar),
               date_certainty_word(found->certainty));
    put_field(&listing->out, listing->text + found->start, found->end - found->start);
    buf_append_char(&listing->out, '\n');
}

static int list(void *ctx, const struct date_found *found)
{
    struct listing *listing = ctx;

    (listing->json ? put_json : put_tsv)(listing, found);
    if (listing->out.len >= FLUSH_AT)
        term_flush(&listing->out);
    return 0;
}

/* --ref: one day. */
static int read_ref(const struct cmd *cmd, struct date_settings *settings, struct err *err)
{
    const char *given = cmd_option(cmd, "ref");
    struct edtf edtf;

    if (!given)
        return 0;
    if (!edtf_read(given, strlen(given), &edtf) || edtf.open_start || edtf.open_end ||
        edtf.earliest != edtf.latest)
        return err_set(err, ERR_USAGE, "--ref is a day, as 2014-11-03");
    settings->has_ref = true;
    settings->ref = edtf.earliest;
    return 0;
}

int cmd_dates(struct cmd *cmd, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    struct date_settings settings = {.lang = cmd_option(cmd, "lang")};
    struct listing listing = {.json = cmd_has(cmd, "json")};
    int rc = read_ref(cmd, &settings, err);

    buf_init(&text, INPUT_MAX);
    if (!rc)
        rc = read_input(&text, err);
    if (rc)
        return rc;
    listing.text = text.data;
    buf_init(&listing.out, 2 * FLUSH_AT);
    (void)dates_find(text.data, text.len, &settings, list, &listing);
    term_flush(&listing.out);
    buf_release(&listing.out);
    return 0;
}
