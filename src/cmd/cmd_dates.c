#include <string.h>

#include "cmd/filter.h"
#include "events/dates.h"
#include "text/edtf.h"

static void put_json(struct filter *filter, const struct date_found *found)
{
    bool known = found->certainty != DATE_UNKNOWN;
    struct json_writer json;
    char day[CALENDAR_TEXT_MAX];

    filter_json_open(filter, &json, found->start, found->end);
    json_put_str(&json, "edtf", known ? found->edtf : NULL);
    json_put_str(&json, "earliest", known ? calendar_day_text(found->earliest, day) : NULL);
    json_put_str(&json, "latest", known ? calendar_day_text(found->latest, day) : NULL);
    json_put_str(&json, "calendar", calendar_name(found->calendar));
    json_put_str(&json, "certainty", date_certainty_word(found->certainty));
    filter_json_close(filter, &json, found->start, found->end);
}

static void put_tsv(struct filter *filter, const struct date_found *found)
{
    bool known = found->certainty != DATE_UNKNOWN;
    char first[CALENDAR_TEXT_MAX], last[CALENDAR_TEXT_MAX];

    buf_printf(&filter->out, "%zu\t%zu\t%s\t%s\t%s\t%s\t%s\t", found->start, found->end,
               found->edtf, known ? calendar_day_text(found->earliest, first) : "",
               known ? calendar_day_text(found->latest, last) : "", calendar_name(found->calendar),
               date_certainty_word(found->certainty));
    filter_end_line(filter, found->start, found->end);
}

static int list(void *ctx, const struct date_found *found)
{
    struct filter *filter = ctx;

    (filter->json ? put_json : put_tsv)(filter, found);
    filter_flush_much(filter);
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
    struct date_settings settings = {.lang = cmd_option(cmd, "lang")};
    struct filter filter;
    int rc = read_ref(cmd, &settings, err);

    if (rc)
        return rc;
    rc = filter_start(cmd, &filter, err);
    if (!rc)
        (void)dates_find(filter.text.data, filter.text.len, &settings, list, &filter);
    filter_finish(&filter);
    return rc;
}
