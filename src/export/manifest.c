#include "export/manifest.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "export/safe_path.h"
#include "fmt/csv.h"
#include "fmt/json.h"
#include "store/item.h"

enum {
    FLUSH_BYTES = 32 << 10,
    ROW_MAX = 1 << 20, /* bytes of an item */
};

/* ---- the warning ---- */

static const char warning[] =
    "These files are originals of a leak, as they were received.\r\n"
    "\r\n"
    "- Opened with another program one may run scripts, macros or attacks against that program.\r\n"
    "  Open it on a machine without a network, or not at all.\r\n"
    "- It may fetch pictures or pages from elsewhere, and so tell its sender who reads it.\r\n"
    "- It is not encrypted, and stays on a disk after it is deleted.\r\n"
    "\r\n"
    "manifest.csv and manifest.json tell where each came from, with its SHA-256.\r\n"
    "The custody log of the case keeps that they were taken, by whom and when.\r\n"
    "\r\n"
    "این‌ها اصل سندهای یک درز است، همان‌گونه که رسیده. "
    "باز کردن هر یک شاید کد یا حمله‌ای را\r\n"
    "اجرا کند، و شاید به فرستنده بگوید چه کسی آن را "
    "می‌خواند. "
    "روی دستگاهی بی‌شبکه باز کنید.\r\n"
    "رمزشده نیست.\r\n"
    "\r\n"
    "هذه أصول وثائق مسرّبة كما وردت. قد يُشغّل فتح أحدها شيفرة أو هجومًا،\r\n"
    "وقد يخبر مرسله بمن يقرؤه. افتحها على جهاز بلا شبكة. وهي غير مشفّرة.\r\n";

int manifest_warning(void *ctx, zip_sink *sink, void *sink_ctx, struct err *err)
{
    (void)ctx;
    (void)err;
    return sink(sink_ctx, warning, strlen(warning));
}

/* ---- items ---- */

struct listing {
    const struct manifest *manifest;
    zip_sink *sink;
    void *sink_ctx;
    struct buf out;
    struct csv_writer csv;
    struct json_writer json;
    enum given given;  /* of the item that is put */
    char exported[32]; /* when */
    struct buf file;   /* its path in the ZIP */
};

static void listing_start(struct listing *listing, const struct manifest *manifest, zip_sink *sink,
                          void *sink_ctx)
{
    *listing = (struct listing){.manifest = manifest, .sink = sink, .sink_ctx = sink_ctx};
    buf_init(&listing->out, FLUSH_BYTES + ROW_MAX);
    buf_init(&listing->file, SAFE_PATH_MAX);
    csv_start(&listing->csv, &listing->out);
    json_start(&listing->json, &listing->out);
    clock_format(manifest->order->at, listing->exported);
}

static int listing_flush(struct listing *listing, struct err *err)
{
    if (listing->out.full)
        return err_set(err, ERR_LIMIT, "an item's row is too long for the manifest");
    int rc = listing->sink(listing->sink_ctx, listing->out.data, listing->out.len);
    buf_clear(&listing->out);
    return rc;
}

static int listing_each(struct listing *listing, ledger_fn *row, struct err *err)
{
    const struct manifest *manifest = listing->manifest;
    int rc = 0;

    for (size_t i = 0; i < manifest->order->count && !rc; i++) {
        listing->given = (enum given)manifest->given[i];
        rc = ledger_one(manifest->kase, manifest->order->items[i], row, listing, err);
        if (!rc && listing->out.len > FLUSH_BYTES)
            rc = listing_flush(listing, err);
    }
    return rc;
}

static int listing_end(struct listing *listing, int rc, struct err *err)
{
    if (!rc)
        rc = listing_flush(listing, err);
    buf_release(&listing->out);
    buf_release(&listing->file);
    return rc;
}

static const char *given_word(enum given given)
{
    static const char *const words[] = {[GIVEN] = "here",
                                        [GIVEN_NO_BYTES] = "left out: no bytes were received",
                                        [GIVEN_DAMAGED] = "left out: damaged"};

    return words[given];
}

static const char *file_of(struct listing *listing, const struct ledger_row *row)
{
    buf_clear(&listing->file);
    if (listing->given == GIVEN)
        safe_path(row->item.id, row->item.path, &listing->file);
    return listing->file.data;
}

static const char *modified_of(const struct ledger_row *row, char out[32])
{
    out[0] = '\0';
    if (row->item.mtime_ns != INT64_MIN)
        clock_format(row->item.mtime_ns / 1000000000, out);
    return out;
}

/* ---- CSV ---- */

static void csv_optional(struct csv_writer *csv, int64_t value)
{
    if (value)
        csv_int(csv, value);
    else
        csv_text(csv, "");
}

static int put_csv(void *ctx, const struct ledger_row *row)
{
    struct listing *listing = ctx;
    struct csv_writer *csv = &listing->csv;
    char modified[32];

    csv_int(csv, row->item.id);
    csv_text(csv, file_of(listing, row));
    csv_text(csv, given_word(listing->given));
    csv_text(csv, row->item.path);
    csv_text(csv, row->sha256);
    csv_int(csv, (int64_t)row->item.bytes);
    csv_text(csv, modified_of(row, modified));
    csv_text(csv, row->type);
    csv_text(csv, outcome_word(row->outcome));
    csv_text(csv, reason_word(row->reason));
    csv_optional(csv, row->duplicate_of);
    csv_optional(csv, row->item.parent);
    csv_int(csv, row->item.intake);
    csv_text(csv, row->source);
    csv_text(csv, row->title);
    csv_text(csv, row->date);
    csv_text(csv, listing->exported);
    csv_text(csv, listing->manifest->order->who);
    csv_end_row(csv);
    return 0;
}

int manifest_csv(void *ctx, zip_sink *sink, void *sink_ctx, struct err *err)
{
    static const char *const names[] = {"item",         "file",     "given",  "path",    "sha256",
                                        "bytes",        "modified", "type",   "outcome", "reason",
                                        "duplicate_of", "parent",   "intake", "source",  "title",
                                        "date",         "exported", "by"};
    struct listing listing;

    listing_start(&listing, ctx, sink, sink_ctx);
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        csv_text(&listing.csv, names[i]);
    csv_end_row(&listing.csv);
    return listing_end(&listing, listing_each(&listing, put_csv, err), err);
}

/* ---- JSON ---- */

static void json_text(struct json_writer *json, const char *key, const char *text)
{
    json_put_str(json, key, text && text[0] ? text : NULL);
}

static void json_optional(struct json_writer *json, const char *key, int64_t value)
{
    if (value)
        json_put_int(json, key, value);
    else
        json_put_null(json, key);
}

static int put_json(void *ctx, const struct ledger_row *row)
{
    struct listing *listing = ctx;
    struct json_writer *json = &listing->json;
    char modified[32];

    json_open_object(json, NULL);
    json_put_int(json, "item", row->item.id);
    json_text(json, "file", file_of(listing, row));
    json_put_str(json, "given", given_word(listing->given));
    json_put_str(json, "path", row->item.path);
    json_text(json, "sha256", row->sha256);
    json_put_int(json, "bytes", (int64_t)row->item.bytes);
    json_text(json, "modified", modified_of(row, modified));
    json_text(json, "type", row->type);
    json_put_str(json, "outcome", outcome_word(row->outcome));
    json_put_str(json, "reason", reason_word(row->reason));
    json_optional(json, "duplicate_of", row->duplicate_of);
    json_optional(json, "parent", row->item.parent);
    json_put_int(json, "intake", row->item.intake);
    json_text(json, "source", row->source);
    json_text(json, "title", row->title);
    json_text(json, "date", row->date);
    json_close_object(json);
    return 0;
}

static const char *case_name(const struct sanad_case *kase)
{
    const char *slash = strrchr(case_path(kase), '/');

    return slash && slash[1] ? slash + 1 : case_path(kase);
}

int manifest_json(void *ctx, zip_sink *sink, void *sink_ctx, struct err *err)
{
    const struct manifest *manifest = ctx;
    const struct originals_order *order = manifest->order;
    struct listing listing;
    struct json_writer *json = &listing.json;

    listing_start(&listing, manifest, sink, sink_ctx);
    json_open_object(json, NULL);
    json_put_int(json, "v", 1);
    json_put_str(json, "program", "sanad " SANAD_VERSION);
    json_put_str(json, "case", case_name(manifest->kase));
    json_put_str(json, "exported", listing.exported);
    json_put_str(json, "by", order->who);
    json_text(json, "why", order->why);
    json_text(json, "query", order->query);
    json_put_int(json, "custody_entry", order->entry);
    json_open_array(json, "items");
    int rc = listing_each(&listing, put_json, err);
    json_close_array(json);
    json_close_object(json);
    json_end_line(json);
    return listing_end(&listing, rc, err);
}
