#include "web/row.h"

#include <string.h>

#include "base/clock.h"
#include "web/utf16.h"

static void put_known(struct json_writer *json, const char *key, int64_t value, int64_t unknown)
{
    if (value == unknown)
        json_put_null(json, key);
    else
        json_put_int(json, key, value);
}

/* Texts that are "" when unknown. */
static void put_text(struct json_writer *json, const char *key, const char *text)
{
    json_put_str(json, key, text != NULL && text[0] != '\0' ? text : NULL);
}

static void put_mtime(struct json_writer *json, int64_t mtime_ns)
{
    char text[32] = "";
    if (mtime_ns != INT64_MIN)
        clock_format(mtime_ns / 1000000000, text);
    put_text(json, "modified", text);
}

void row_put(struct json_writer *json, const struct ledger_row *row)
{
    const struct item *item = &row->item;

    json_put_int(json, "item", item->id);
    put_known(json, "parent", item->parent, 0);
    json_put_str(json, "path", item->path);
    json_put_str(json, "name", item->name);
    json_put_bool(json, "name_escaped", item->name_escaped);
    put_text(json, "sha256", row->sha256);
    json_put_int(json, "bytes", (int64_t)item->bytes);
    put_mtime(json, item->mtime_ns);
    put_text(json, "type", row->type);
    put_text(json, "lang", row->lang);
    put_known(json, "pages", row->pages, -1);
    put_known(json, "chars", row->chars, -1);
    json_put_str(json, "outcome", outcome_word(row->outcome));
    json_put_str(json, "reason", reason_word(row->reason));
    put_text(json, "detail", row->detail);
    put_known(json, "duplicate_of", row->duplicate_of, 0);
    json_put_int(json, "children", row->children_rows);
    json_put_int(json, "announced", row->children);
    put_text(json, "title", row->title);
    put_text(json, "date", row->date);
    put_text(json, "from", row->from);
    put_text(json, "to", row->to);
    put_text(json, "source", row->source);
}

void sums_put_outcomes(struct json_writer *json, const struct ledger_sums *sums)
{
    json_open_object(json, "outcomes");
    for (int i = 0; i < OUTCOME_COUNT; i++)
        json_put_int(json, outcome_word((enum outcome)i), sums->outcomes[i]);
    json_close_object(json);

    json_open_array(json, "reasons");
    for (int i = 0; i < OUTCOME_COUNT; i++) {
        for (int j = REASON_NONE + 1; j < REASON_COUNT; j++) {
            if (sums->reasons[i][j] == 0)
                continue;
            json_open_object(json, NULL);
            json_put_str(json, "outcome", outcome_word((enum outcome)i));
            json_put_str(json, "reason", reason_word((enum reason)j));
            json_put_int(json, "items", sums->reasons[i][j]);
            json_close_object(json);
        }
    }
    json_close_array(json);
}

void row_put_link(struct json_writer *json, const struct ledger_row *row)
{
    json_open_object(json, NULL);
    json_put_int(json, "item", row->item.id);
    json_put_str(json, "name", row->item.name);
    json_put_str(json, "path", row->item.path);
    put_text(json, "type", row->type);
    json_put_str(json, "outcome", outcome_word(row->outcome));
    json_close_object(json);
}

void marks_put(struct json_writer *json, const char *key, const char *text, size_t len,
               const struct mark *marks, size_t count)
{
    struct utf16_map map;

    utf16_map_init(&map, text, len);
    json_open_array(json, key);
    for (size_t i = 0; i < count; i++) {
        json_open_array(json, NULL);
        json_put_int(json, NULL, utf16_at(&map, marks[i].at));
        json_put_int(json, NULL, utf16_at(&map, (size_t)marks[i].at + marks[i].len));
        json_close_array(json);
    }
    json_close_array(json);
    utf16_map_release(&map);
}

void misread_put(struct json_writer *json, const struct mark *marks, size_t count)
{
    json_open_array(json, "misread");
    for (size_t i = 0; i < count; i++)
        if (marks[i].misread)
            json_put_int(json, NULL, (int64_t)i);
    json_close_array(json);
}
