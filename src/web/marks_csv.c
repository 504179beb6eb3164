#include "web/marks_csv.h"

#include "base/attr.h"
#include "base/clock.h"

enum { CLOCK_MAX = 32 };

void marks_csv_head(struct csv_writer *csv)
{
    static const char *const names[] = {
        "mark", "kind", "label", "item", "page",    "path",    "title",      "quote",
        "text", "lang", "by",    "at",   "done_by", "done_at", "checked_by", "checked_at"};

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        csv_text(csv, names[i]);
    csv_end_row(csv);
}

static void csv_time(struct csv_writer *csv, int64_t at)
{
    char text[CLOCK_MAX] = "";

    if (at > 0)
        clock_format(at, text);
    csv_text(csv, text);
}

void marks_csv_put(struct csv_writer *csv, const struct annotation *mark)
{
    csv_int(csv, mark->id);
    csv_text(csv, marks_kind_word(mark->kind));
    csv_text(csv, mark->label.name);
    csv_int(csv, mark->target.item);
    csv_int(csv, mark->target.page);
    csv_text(csv, mark->path);
    csv_text(csv, mark->title);
    csv_text(csv, mark->target.quote);
    csv_text(csv, mark->text);
    csv_text(csv, mark->lang);
    csv_text(csv, mark->who);
    csv_time(csv, mark->at);
    csv_text(csv, mark->done_by);
    csv_time(csv, mark->done_at);
    csv_text(csv, mark->checked_by);
    csv_time(csv, mark->checked_at);
    csv_end_row(csv);
}
