/* Keys, objects, items, pages and the custody log, in a real case. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "crypt/keys.h"
#include "crypt/seal.h"
#include "store/check.h"
#include "store/custody.h"
#include "store/item.h"
#include "store/object.h"
#include "store/page.h"

static char folder[64];
static char case_folder[128];

static struct passphrase *word(const char *text)
{
    return passphrase_new(text, strlen(text));
}

static struct sanad_case *open_case(enum case_mode mode)
{
    struct sanad_case *kase = NULL;
    struct err err = {0};
    CLEANUP(cleanup_passphrase) struct passphrase *passphrase = word("open sesame");

    if (case_open(case_folder, passphrase, mode, &kase, &err))
        fail_msg("%s", err.message);
    return kase;
}

static int setup(void **state)
{
    struct err err = {0};
    CLEANUP(cleanup_passphrase) struct passphrase *passphrase = NULL;

    (void)state;
    if (crypt_start(&err))
        return -1;
    snprintf(folder, sizeof(folder), "/tmp/sanad-store.XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(case_folder, sizeof(case_folder), "%s/c.sanad", folder);
    passphrase = word("open sesame");
    return case_init(case_folder, passphrase, &err);
}

static int teardown(void **state)
{
    char command[160];

    (void)state;
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    return system(command);
}

/* ---- keys in memory ---- */

struct mapping {
    uintptr_t from, to;
    bool readable, locked;
};

static size_t list_mappings(struct mapping *mappings, size_t max)
{
    FILE *smaps = fopen("/proc/self/smaps", "r");
    char line[1024];
    size_t count = 0;

    assert_non_null(smaps);
    while (fgets(line, sizeof(line), smaps)) {
        unsigned long from;
        unsigned long to;
        char rights[8];
        if (sscanf(line, "%lx-%lx %7s", &from, &to, rights) == 3 && count < max)
            mappings[count++] = (struct mapping){
                .from = from, .to = to, .readable = rights[0] == 'r' && !strstr(line, "[v")};
        else if (count && !strncmp(line, "VmFlags:", 8) && strstr(line, " lo"))
            mappings[count - 1].locked = true;
    }
    fclose(smaps);
    return count;
}

/* The database key stands in locked memory only, while a connection uses it; afterwards nowhere. */
static void test_key_memory(void **state)
{
    enum { MAPPINGS_MAX = 2048 };
    struct mapping *mappings = mem_zalloc(MAPPINGS_MAX, sizeof(*mappings));
    struct sanad_case *kase = open_case(CASE_READ);
    unsigned char masked[KEY_BYTES]; /* so that this copy is not found */
    size_t locked = 0;
    size_t elsewhere = 0;

    (void)state;
    if (UNDER_SANITIZER) {
        print_message("# skipped: the sanitizer's own memory cannot be walked\n");
        case_close(kase);
        free(mappings);
        return;
    }
    for (size_t i = 0; i < KEY_BYTES; i++)
        masked[i] = case_keys(kase)->database[i] ^ 0x5A;
    size_t count = list_mappings(mappings, MAPPINGS_MAX);
    assert_true(count > 10);
    for (size_t i = 0; i < count; i++) {
        if (!mappings[i].readable)
            continue;
        const unsigned char *p = (const unsigned char *)mappings[i].from;
        for (size_t left = mappings[i].to - mappings[i].from; left >= KEY_BYTES; p++, left--) {
            if ((p[0] ^ 0x5A) != masked[0] || (p[1] ^ 0x5A) != masked[1])
                continue;
            size_t same = 2;
            while (same < KEY_BYTES && (p[same] ^ 0x5A) == masked[same])
                same++;
            if (same == KEY_BYTES && mappings[i].locked)
                locked++;
            else if (same == KEY_BYTES)
                elsewhere++;
        }
    }
    assert_true(locked >= 2); /* ours and SQLite's */
    assert_int_equal(elsewhere, 0);
    case_close(kase);
    free(mappings);
}

static void test_keys(void **state)
{
    CLEANUP(cleanup_passphrase) struct passphrase *wrong = word("open barley");
    struct sanad_case *kase = NULL;
    struct err err = {0};

    (void)state;
    assert_int_equal(case_open(case_folder, wrong, CASE_READ, &kase, &err), ERR_PASSPHRASE);
    assert_null(kase);
    err_clear(&err);
    kase = open_case(CASE_WRITE);
    assert_int_equal(keys_remove(case_dirfd(kase), case_keys(kase), 1, &err), ERR_USAGE);
    err_clear(&err);
    assert_int_equal(keys_remove(case_dirfd(kase), case_keys(kase), 9, &err), ERR_NOT_FOUND);
    case_close(kase);
}

/* ---- objects ---- */

static int append_sink(void *ctx, const void *data, size_t len)
{
    return buf_append(ctx, data, len);
}

static void round_trip(struct sanad_case *kase, size_t len, bool noise)
{
    struct object_writer *writer;
    struct object_ref ref;
    struct object_ref again;
    struct err err = {0};
    CLEANUP(cleanup_free) char *data = mem_alloc(len);
    CLEANUP(cleanup_buf) struct buf back = {0};

    if (noise)
        random_bytes(data, len);
    else
        for (size_t i = 0; i < len; i++)
            data[i] = (char)("the ministry regrets "[i % 21] + (i >> 16));
    for (int pass = 0; pass < 2; pass++) {
        writer = object_writer_new(kase);
        for (size_t at = 0; at < len; at += 50000) /* in portions that fit no chunk */
            assert_int_equal(
                object_writer_add(writer, data + at, len - at < 50000 ? len - at : 50000, &err), 0);
        assert_int_equal(object_writer_finish(writer, pass ? &again : &ref, &err), 0);
    }
    assert_int_equal(again.id, ref.id); /* the same content is one object */
    assert_false(again.fresh);
    assert_int_equal(ref.bytes, len);
    buf_init(&back, len + 1);
    assert_int_equal(object_read(kase, ref.id, append_sink, &back, &err), 0);
    assert_int_equal(back.len, len);
    assert_memory_equal(back.data, data, len);
    assert_int_equal(object_verify(kase, ref.id, &err), 0);
}

static void test_objects(void **state)
{
    static const size_t sizes[] = {1,      20,     65535,  65536,  65537,   131071,
                                   131072, 131073, 196608, 262144, 1000003, 4 << 20};
    struct sanad_case *kase = open_case(CASE_WRITE);
    struct err err = {0};

    (void)state;
    assert_int_equal(db_begin(case_db(kase), &err), 0);
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        round_trip(kase, sizes[i], false);
        round_trip(kase, sizes[i], true);
    }
    assert_int_equal(case_commit(kase, &err), 0);
    case_close(kase);
}

/* A content given up half-way leaves nothing. */
static void test_object_abort(void **state)
{
    struct sanad_case *kase = open_case(CASE_WRITE);
    struct object_writer *writer;
    struct check_report report = {0};
    struct err err = {0};
    static char piece[300000];

    (void)state;
    writer = object_writer_new(kase);
    assert_int_equal(object_writer_add(writer, piece, sizeof(piece), &err), 0);
    object_writer_abort(writer);
    assert_int_equal(check_case(kase, &report, NULL, NULL, &err), 0);
    assert_int_equal(report.faults, 0);
    assert_int_equal(report.unused, 0);
    case_close(kase);
}

static void put_object(struct sanad_case *kase, const char *data, size_t len,
                       struct object_ref *ret_ref)
{
    struct object_writer *writer = object_writer_new(kase);
    struct err err = {0};

    assert_int_equal(object_writer_add(writer, data, len, &err), 0);
    assert_int_equal(object_writer_finish(writer, ret_ref, &err), 0);
}

static void object_path(struct sanad_case *kase, const struct object_ref *ref, char out[256])
{
    char name[80];

    object_file_name(kase, ref->sha256, name);
    snprintf(out, 256, "%s/objects/%s", case_folder, name);
}

/* An object that was damaged, or went away, is whole again when its content is added again. */
static void test_object_repair(void **state)
{
    static const size_t sizes[] = {1, 20000, 300000};
    struct err err = {0};
    struct object_ref ref;
    struct object_ref again;
    char path[256];
    int64_t rows;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        for (int missing = 0; missing < 2; missing++) {
            CLEANUP(cleanup_free) char *data = mem_alloc(sizes[i]);
            memset(data, 'a' + (int)i + 8 * missing, sizes[i]);
            struct sanad_case *kase = open_case(CASE_WRITE);
            assert_int_equal(db_begin(case_db(kase), &err), 0);
            put_object(kase, data, sizes[i], &ref);
            assert_int_equal(case_commit(kase, &err), 0);
            object_path(kase, &ref, path);
            case_close(kase);

            assert_int_equal(missing ? unlink(path) : truncate(path, 50), 0);
            kase = open_case(CASE_WRITE);
            assert_true(object_verify(kase, ref.id, &err) < 0);
            err_clear(&err);
            assert_int_equal(db_begin(case_db(kase), &err), 0);
            put_object(kase, data, sizes[i], &again);
            assert_int_equal(case_commit(kase, &err), 0);
            assert_int_equal(again.id, ref.id);
            assert_false(again.fresh);
            assert_int_equal(object_verify(kase, ref.id, &err), 0);
            assert_int_equal(custody_check(kase, &rows, &err), 0);
            case_close(kase);
        }
    }
}

/* ---- items and pages ---- */

/* What ingest does with a child: find it, or put it in the place of another. */
static int64_t dropped;

static int note_dropped(void *ctx, int64_t item, struct err *err)
{
    (void)ctx;
    (void)err;
    dropped = item;
    return 0;
}

static int64_t add_item(struct sanad_case *kase, int64_t parent, uint32_t ordinal, const char *name)
{
    struct err err = {0};
    struct item item = {.parent = parent,
                        .intake = 1,
                        .ordinal = ordinal,
                        .path = name,
                        .name = name,
                        .mtime_ns = 7,
                        .mime_hint = "",
                        .root = parent};

    if (parent && (item.id = item_same_child(kase, &item)))
        return item.id;
    if (parent)
        assert_int_equal(
            item_drop_children(kase, parent, ordinal, ordinal, note_dropped, NULL, &err), 0);
    assert_int_equal(item_add(kase, &item, &err), 0);
    return item.id;
}

static int count_row(void *ctx, const struct ledger_row *row)
{
    (void)row;
    ++*(int *)ctx;
    return 0;
}

static int children_of(struct sanad_case *kase, int64_t parent)
{
    struct ledger_filter filter = {.outcome = -1, .reason = -1, .parent = parent};
    int count = 0;

    assert_int_equal(ledger_each(kase, &filter, count_row, &count, NULL), 0);
    return count;
}

/* A container that is read again finds its children; what is no longer there goes, with what is
 * below it. */
static void test_children(void **state)
{
    struct sanad_case *kase = open_case(CASE_WRITE);
    struct err err = {0};
    int64_t intake;

    (void)state;
    assert_int_equal(db_begin(case_db(kase), &err), 0);
    assert_int_equal(intake_add(kase, "a bag", "/x", &intake, &err), 0);
    int64_t box = add_item(kase, 0, 0, "box.zip");
    int64_t first = add_item(kase, box, 1, "a");
    int64_t second = add_item(kase, box, 2, "b");
    (void)add_item(kase, second, 1, "below b");
    assert_int_equal(add_item(kase, box, 1, "a"), first);
    assert_true(add_item(kase, box, 2, "another b") > second); /* its number is not used again */
    assert_int_equal(dropped, second);
    assert_int_equal(children_of(kase, box), 2);
    assert_int_equal(children_of(kase, second), 0);
    assert_int_equal(item_drop_children(kase, box, 2, UINT32_MAX, note_dropped, NULL, &err), 0);
    assert_int_equal(children_of(kase, box), 1);
    assert_int_equal(item_unchanged(kase, "box.zip", 0, 7), box);
    assert_int_equal(item_unchanged(kase, "box.zip", 1, 7), 0);

    struct reading reading = {.outcome = OUTCOME_EMPTY,
                              .reason = REASON_CONTAINER,
                              .pages = -1,
                              .chars = -1,
                              .children = 2};
    struct ledger_sums sums;
    assert_int_equal(reading_put(kase, box, &reading, &err), 0);
    assert_int_equal(ledger_sum(kase, &sums, &err), 0);
    assert_int_equal(sums.unequal_containers, 1); /* two announced, one there */
    reading.children = 1;
    assert_int_equal(reading_put(kase, box, &reading, &err), 0);
    assert_int_equal(ledger_sum(kase, &sums, &err), 0);
    assert_int_equal(sums.unequal_containers, 0);
    assert_int_equal(sums.reasons[OUTCOME_EMPTY][REASON_CONTAINER], 1);
    db_rollback(case_db(kase));
    case_close(kase);
}

static void read_as(struct sanad_case *kase, int64_t item, enum outcome outcome, const char *reader,
                    int64_t duplicate_of)
{
    struct reading reading = {.outcome = outcome, .reader = reader, .duplicate_of = duplicate_of};

    assert_int_equal(reading_put(kase, item, &reading, NULL), 0);
}

/* A duplicate points to an item that something could read, and waits when that one goes. */
static void test_duplicates(void **state)
{
    struct sanad_case *kase = open_case(CASE_WRITE);
    struct item child = {.path = "b!/a", .name = "a", .ordinal = 1, .object = 70, .mime_hint = ""};
    struct item copy = {.path = "copy", .name = "copy", .object = 70, .mime_hint = ""};
    int64_t waiting[8];

    (void)state;
    assert_int_equal(db_begin(case_db(kase), NULL), 0);
    child.parent = add_item(kase, 0, 0, "b");
    assert_int_equal(item_add(kase, &child, NULL), 0);
    assert_int_equal(item_add(kase, &copy, NULL), 0);
    assert_int_equal(item_first_with_object(kase, 70, copy.id), child.id);
    read_as(kase, child.id, OUTCOME_FAILED, "", 0);
    assert_int_equal(item_first_with_object(kase, 70, copy.id), 0);
    read_as(kase, child.id, OUTCOME_FAILED, "text", 0);
    assert_int_equal(item_first_with_object(kase, 70, copy.id), child.id);

    read_as(kase, child.parent, OUTCOME_EMPTY, "archive", 0);
    read_as(kase, copy.id, OUTCOME_DUPLICATE, "", child.id);
    assert_int_equal(item_waiting_count(kase), 0);
    assert_int_equal(
        item_drop_children(kase, child.parent, 1, UINT32_MAX, note_dropped, NULL, NULL), 0);
    assert_int_equal(item_waiting(kase, 0, 0, waiting, 8, NULL), 1);
    assert_int_equal(waiting[0], copy.id);
    db_rollback(case_db(kase));
    case_close(kase);
}

/* Children of an earlier run wait for their container. */
static void test_waiting_order(void **state)
{
    struct sanad_case *kase = open_case(CASE_WRITE);
    int64_t waiting[8];

    (void)state;
    assert_int_equal(db_begin(case_db(kase), NULL), 0);
    int64_t box = add_item(kase, 0, 0, "box");
    int64_t old = add_item(kase, box, 1, "old");
    int64_t fresh = add_item(kase, box, 2, "fresh");
    assert_int_equal(item_last(kase), fresh);
    assert_int_equal(item_waiting(kase, 0, old, waiting, 8, NULL), 2);
    assert_int_equal(waiting[0], box);
    assert_int_equal(waiting[1], fresh);
    read_as(kase, box, OUTCOME_EMPTY, "archive", 0);
    assert_int_equal(item_waiting(kase, 0, fresh, waiting, 8, NULL), 2);
    assert_int_equal(waiting[0], old);
    db_rollback(case_db(kase));
    case_close(kase);
}

static void test_pages(void **state)
{
    struct sanad_case *kase = open_case(CASE_WRITE);
    struct word_box words[] = {
        {.at = 0, .len = 4, .x0 = 1, .y0 = 2, .x1 = 65535, .y1 = 4, .confidence = 91},
        {.at = 5, .len = 3, .confidence = CONFIDENCE_NONE}};
    struct page page = {
        .head = {.number = 3, .method = PAGE_OCR, .width = 59500, .confidence = 88, .label = "iii"},
        .text = "نامه one",
        .text_len = strlen("نامه one"),
        .words = words,
        .word_count = 2};
    struct page *back;
    struct err err = {0};

    (void)state;
    assert_int_equal(db_begin(case_db(kase), &err), 0);
    page.item = add_item(kase, 0, 0, "p");
    assert_int_equal(page_put(kase, &page, 6, &err), 0);
    assert_int_equal(page_id_size_class(page.id), 2); /* floor(log2(7)) */
    assert_int_equal(page_id_item(page.id), page.item);
    assert_int_equal(page_id_number(page.id), 3);
    assert_int_equal(page_load(kase, page.item, 3, &back, &err), 0);
    assert_string_equal(back->text, page.text);
    assert_string_equal(back->head.label, "iii");
    assert_int_equal(back->word_count, 2);
    assert_memory_equal(back->words, words, sizeof(words));
    page_free(back);
    assert_int_equal(page_load(kase, page.item, 4, &back, &err), ERR_NOT_FOUND);
    db_rollback(case_db(kase));
    case_close(kase);
}

/* A document may have pages and, beside them, text that flows: only the pages are counted. */
static void test_mixed_pages(void **state)
{
    struct sanad_case *kase = open_case(CASE_WRITE);
    struct page page = {.text = "x", .text_len = 1};
    struct reading reading = {.outcome = OUTCOME_TEXT, .pages = 1, .chars = 2};
    struct check_report report = {0};
    struct err err = {0};
    int64_t intake;

    (void)state;
    assert_int_equal(db_begin(case_db(kase), &err), 0);
    assert_int_equal(intake_add(kase, "", "/x", &intake, &err), 0);
    page.item = add_item(kase, 0, 0, "mixed");
    page.head = (struct page_head){.number = 1, .method = PAGE_TEXT};
    assert_int_equal(page_put(kase, &page, 1, &err), 0);
    page.head = (struct page_head){.number = 2, .method = PAGE_FLOW};
    assert_int_equal(page_put(kase, &page, 1, &err), 0);
    assert_int_equal(reading_put(kase, page.item, &reading, &err), 0);
    assert_int_equal(check_case(kase, &report, NULL, NULL, &err), 0);
    assert_int_equal(report.faults, 0);
    reading.pages = 2;
    assert_int_equal(reading_put(kase, page.item, &reading, &err), 0);
    assert_int_equal(check_case(kase, &report, NULL, NULL, &err), 0);
    assert_int_equal(report.faults, 1);
    db_rollback(case_db(kase));
    case_close(kase);
}

/* ---- the custody log ---- */

static void test_custody(void **state)
{
    struct sanad_case *kase = open_case(CASE_WRITE);
    struct err err = {0};
    int64_t rows;

    (void)state;
    assert_int_equal(db_begin(case_db(kase), &err), 0);
    assert_int_equal(custody_add(kase, "note", "one", &err), 0);
    assert_int_equal(custody_add(kase, "note", "two", &err), 0);
    assert_int_equal(custody_check(kase, &rows, &err), 0);
    assert_true(rows >= 3);
    assert_int_equal(
        db_exec(case_db(kase), "UPDATE custody SET detail = 'One' WHERE detail = 'one'", &err), 0);
    assert_int_equal(custody_check(kase, &rows, &err), ERR_CORRUPT);
    err_clear(&err);
    assert_int_equal(db_exec(case_db(kase), "DELETE FROM custody WHERE detail = 'One'", &err), 0);
    assert_int_equal(custody_check(kase, &rows, &err), ERR_CORRUPT);
    db_rollback(case_db(kase));
    case_close(kase);
}

/* ---- a disk that fails ---- */

static void allow_files_of(rlim_t bytes)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static int64_t count_notes(struct sanad_case *kase)
{
    struct stmt *stmt =
        db_stmt(case_db(kase), "SELECT count(*) FROM custody WHERE event = 'lost'", NULL);

    assert_non_null(stmt);
    assert_int_equal(stmt_step(stmt, NULL), 1);
    int64_t count = stmt_int(stmt, 0);
    stmt_reset(stmt);
    return count;
}

/* The database gives up the whole transaction when a write fails. What comes after must not be kept
 * by itself, even where nobody looked at that failure. */
static void test_lost_transaction(void **state)
{
    struct sanad_case *kase = open_case(CASE_WRITE);
    CLEANUP(cleanup_free) char *detail = mem_alloc(100001);
    struct err err = {0};
    int rc = 0;

    (void)state;
    memset(detail, 'x', 100000);
    detail[100000] = '\0';
    assert_int_equal(db_exec(case_db(kase), "PRAGMA cache_size=10", &err), 0);
    assert_int_equal(db_begin(case_db(kase), &err), 0);
    (void)signal(SIGXFSZ, SIG_IGN);
    allow_files_of(1 << 20);
    for (int i = 0; i < 100 && !rc; i++)
        rc = custody_add(kase, "lost", detail, NULL);
    allow_files_of(RLIM_INFINITY);
    assert_true(rc < 0);
    assert_true(custody_add(kase, "lost", "one more", &err) < 0);
    assert_true(err.message[0] != '\0');
    err_clear(&err);
    assert_true(case_commit(kase, &err) < 0);
    db_rollback(case_db(kase));
    assert_int_equal(count_notes(kase), 0);
    err_clear(&err);
    assert_int_equal(db_begin(case_db(kase), &err), 0); /* and then it goes on */
    assert_int_equal(custody_add(kase, "lost", "and found", &err), 0);
    assert_int_equal(case_commit(kase, &err), 0);
    assert_int_equal(count_notes(kase), 1);
    case_close(kase);
}

/* A case that could not be made leaves no half of one in the way of the next try. */
static void test_failed_init(void **state)
{
    static const rlim_t room[] = {0, 1000, 40000};
    CLEANUP(cleanup_passphrase) struct passphrase *passphrase = word("open sesame");
    char path[128];

    (void)state;
    snprintf(path, sizeof(path), "%s/half.sanad", folder);
    (void)signal(SIGXFSZ, SIG_IGN);
    for (size_t i = 0; i < ARRAY_LEN(room); i++) {
        struct err err = {0};
        allow_files_of(room[i]);
        int rc = case_init(path, passphrase, &err);
        allow_files_of(RLIM_INFINITY);
        assert_true(rc < 0);
        assert_int_not_equal(access(path, F_OK), 0);
    }
    assert_int_equal(case_init(path, passphrase, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_key_memory),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_objects),
        cmocka_unit_test(test_object_abort),
        cmocka_unit_test(test_lost_transaction),
        cmocka_unit_test(test_object_repair),
        cmocka_unit_test(test_failed_init),
        cmocka_unit_test(test_children),
        cmocka_unit_test(test_duplicates),
        cmocka_unit_test(test_waiting_order),
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_mixed_pages),
        cmocka_unit_test(test_custody),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
