#include "web/row_csv.h"

static void csv_optional(struct csv_writer *csv, int64_t value, bool known)
{
    if (known)
        csv_int(csv, value);
    else
        csv_text(csv, "");
}

void row_csv_head(struct csv_writer *csv)
{
    static const char *const names[] = {"item",    "parent", "path",   "name",         "sha256",
                                        "bytes",   "type",   "lang",   "pages",        "chars",
                                        "outcome", "reason", "detail", "duplicate_of", "children",
                                        "title",   "date",   "from",   "to",           "source"};

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        csv_text(csv, names[i]);
    csv_end_row(csv);
}

void row_csv_put(struct csv_writer *csv, const struct ledger_row *row)
{
    csv_int(csv, row->item.id);
    csv_optional(csv, row->item.parent, row->item.parent);
    csv_text(csv, row->item.path);
    csv_text(csv, row->item.name);
    csv_text(csv, row->sha256);
    csv_int(csv, (int64_t)row->item.bytes);
    csv_text(csv, row->type);
    csv_text(csv, row->lang);
    csv_optional(csv, row->pages, row->pages >= 0);
    csv_optional(csv, row->chars, row->chars >= 0);
    csv_text(csv, outcome_word(row->outcome));
    csv_text(csv, reason_word(row->reason));
    csv_text(csv, row->detail);
    csv_optional(csv, row->duplicate_of, row->duplicate_of);
    csv_int(csv, row->children);
    csv_text(csv, row->title);
    csv_text(csv, row->date);
    csv_text(csv, row->from);
    csv_text(csv, row->to);
    csv_text(csv, row->source);
    csv_end_row(csv);
}
