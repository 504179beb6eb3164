#include "export/originals.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/clock.h"
#include "crypt/seal.h"
#include "export/manifest.h"
#include "export/safe_path.h"
#include "store/custody.h"
#include "store/item.h"
#include "store/visit.h"

enum { WHICH_MAX = 64 << 10, DETAIL_ROOM = 128 << 10 };

/* ---- how much, and for the record ---- */

static int by_number(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;

    return (left > right) - (left < right);
}

size_t originals_distinct(int64_t *items, size_t count)
{
    size_t kept = 0;

    qsort(items, count, sizeof(*items), by_number);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || items[i] != items[i - 1])
            items[kept++] = items[i];
    return kept;
}

static int add_to_sums(void *ctx, const struct ledger_row *row)
{
    struct originals_sums *sums = ctx;

    if (row->item.object) {
        sums->files++;
        sums->bytes += row->item.bytes;
    }
    return 0;
}

int originals_sum(struct sanad_case *kase, const struct originals_order *order,
                  struct originals_sums *ret_sums, struct err *err)
{
    int rc = 0;

    *ret_sums = (struct originals_sums){0};
    if (order->count > ORIGINALS_MAX)
        return err_set(err, ERR_LIMIT,
                       "at most %d originals are taken at a time: narrow the search down, by year "
                       "or folder, and take them in parts",
                       ORIGINALS_MAX);
    for (size_t i = 0; i < order->count && !rc; i++)
        rc = ledger_one(kase, order->items[i], add_to_sums, ret_sums, err);
    return rc;
}

/* "3-17, 20": which items, as far as there is room. */
static void put_which(const struct originals_order *order, struct buf *out)
{
    size_t start = out->len;

    for (size_t i = 0; i < order->count;) {
        size_t last = i;
        while (last + 1 < order->count && order->items[last + 1] == order->items[last] + 1)
            last++;
        if (out->len - start > WHICH_MAX) {
            (void)buf_append_str(out, ", ...");
            return;
        }
        (void)buf_printf(out, "%s%" PRId64, i ? ", " : "", order->items[i]);
        if (last > i)
            (void)buf_printf(out, "-%" PRId64, order->items[last]);
        i = last + 1;
    }
}

int original_record(struct sanad_case *kase, int64_t item, const char *sha256, const char *who,
                    const char *why, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf detail = {0};

    buf_init(&detail, DETAIL_ROOM);
    (void)buf_printf(&detail, "item %" PRId64 ", sha256 %s, taken out of the case by %s%s%s", item,
                     sha256, who, why[0] ? "; why: " : "", why);
    return custody_add(kase, "download", detail.data, err);
}

int originals_record(struct sanad_case *kase, struct originals_order *order,
                     const struct originals_sums *sums, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf detail = {0};

    buf_init(&detail, DETAIL_ROOM);
    (void)buf_printf(&detail, "%" PRId64 " originals of %" PRIu64 " bytes as ZIP, by %s",
                     sums->files, sums->bytes, order->who);
    if (order->why[0])
        (void)buf_printf(&detail, "; why: %s", order->why);
    if (order->query[0])
        (void)buf_printf(&detail, "; found by: %s", order->query);
    (void)buf_append_str(&detail, "; items ");
    put_which(order, &detail);
    order->at = clock_now();
    int rc = custody_add(kase, "export", detail.data, err);
    order->entry = acts_last(kase);
    return rc;
}

/* ---- the ZIP ---- */

struct original {
    struct sanad_case *kase;
    int64_t object, mtime;
    unsigned char sha256[SHA256_BYTES];
    bool hashed;
    struct buf path;
};

static int note_original(void *ctx, const struct ledger_row *row)
{
    struct original *original = ctx;

    original->object = row->item.object;
    original->mtime = row->item.mtime_ns == INT64_MIN ? INT64_MIN : row->item.mtime_ns / 1000000000;
    original->hashed = strlen(row->sha256) == SHA256_HEX &&
                       hex_decode(row->sha256, original->sha256, SHA256_BYTES) == 0;
    buf_clear(&original->path);
    safe_path(row->item.id, row->item.path, &original->path);
    return 0;
}

struct hashing {
    zip_sink *sink;
    void *sink_ctx;
    struct sha256_state state;
};

static int hash_through(void *ctx, const void *data, size_t len)
{
    struct hashing *hashing = ctx;

    sha256_add(&hashing->state, data, len);
    return hashing->sink(hashing->sink_ctx, data, len);
}

/* The bytes, which are those that the manifest's hash is of. */
static int give_original(void *ctx, zip_sink *sink, void *sink_ctx, struct err *err)
{
    const struct original *original = ctx;
    struct hashing hashing = {.sink = sink, .sink_ctx = sink_ctx};
    unsigned char sha256[SHA256_BYTES];

    sha256_start(&hashing.state);
    int rc = object_read(original->kase, original->object, hash_through, &hashing, err);
    if (rc)
        return rc;
    sha256_end(&hashing.state, sha256);
    return original->hashed && bytes_equal(sha256, original->sha256, SHA256_BYTES)
               ? 0
               : err_set(err, ERR_CORRUPT, "an original does not have its SHA-256");
}

/* One that is damaged is left out, as long as nothing of it was written. */
static int add_original(struct zip_writer *zip, struct original *original, unsigned char *ret_given,
                        struct err *err)
{
    struct err damage = {0};

    *ret_given = GIVEN_NO_BYTES;
    if (!original->object)
        return 0;
    int rc = zip_add(zip, original->path.data, original->mtime, give_original, original, &damage);
    bool damaged = rc == ERR_CORRUPT || rc == ERR_NOT_FOUND || rc == ERR_IO;
    *ret_given = rc ? GIVEN_DAMAGED : GIVEN;
    if (!rc || (damaged && !zip_broken(zip)))
        return 0;
    return damage.code ? err_set(err, rc, "%s", damage.message) : rc;
}

static int add_originals(struct zip_writer *zip, struct sanad_case *kase,
                         const struct originals_order *order, unsigned char *given,
                         int64_t *ret_left_out, struct err *err)
{
    struct original original = {.kase = kase};
    int rc = 0;

    buf_init(&original.path, SAFE_PATH_MAX);
    for (size_t i = 0; i < order->count && !rc; i++) {
        rc = ledger_one(kase, order->items[i], note_original, &original, err);
        if (!rc)
            rc = add_original(zip, &original, &given[i], err);
        *ret_left_out += given[i] != GIVEN;
    }
    buf_release(&original.path);
    return rc;
}

/* Both tell of the ledger at one moment, though each may be gone through twice. */
static int add_manifest(struct zip_writer *zip, struct manifest *manifest, struct err *err)
{
    struct db *db = case_db(manifest->kase);
    int64_t at = manifest->order->at;
    int rc = db_exec(db, "SAVEPOINT manifest", err);

    if (rc)
        return rc;
    rc = zip_add(zip, "manifest.csv", at, manifest_csv, manifest, err);
    if (!rc)
        rc = zip_add(zip, "manifest.json", at, manifest_json, manifest, err);
    int released = db_exec(db, "RELEASE manifest", rc ? NULL : err);
    return rc ? rc : released;
}

int originals_write(struct sanad_case *kase, const struct originals_order *order, zip_sink *out,
                    void *ctx, int64_t *ret_left_out, struct err *err)
{
    CLEANUP(cleanup_zip) struct zip_writer *zip = zip_new(out, ctx);
    CLEANUP(cleanup_free) unsigned char *given = mem_zalloc(order->count + 1, 1);
    struct manifest manifest = {kase, order, given};

    *ret_left_out = 0;
    int rc = zip_add(zip, "READ-FIRST.txt", order->at, manifest_warning, &manifest, err);
    if (!rc)
        rc = add_originals(zip, kase, order, given, ret_left_out, err);
    if (!rc)
        rc = add_manifest(zip, &manifest, err);
    return rc ? rc : zip_end(zip, err);
}
