/* Taking files in and collecting what a reader says, without a worker. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "crypt/password_list.h"
#include "ingest/budget.h"
#include "ingest/collect.h"
#include "ingest/limits.h"
#include "ingest/take.h"
#include "store/db.h"
#include "store_case.h"

static struct sanad_case *kase;
static struct derive no_derivers;

static int setup(void **state)
{
    int rc = store_set_up_open(state);

    kase = rc ? NULL : *state;
    return rc;
}

static int begin(void **state)
{
    (void)state;
    return db_begin(case_db(kase), NULL);
}

static int rollback(void **state)
{
    (void)state;
    db_rollback(case_db(kase));
    return 0;
}

/* ---- taking in ---- */

static struct walk_entry make_file(char path[128], const char *name, const char *text)
{
    struct walk_entry entry = {.path = path};

    snprintf(path, 128, "%s/%s", store_folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
    assert_int_equal(lstat(path, &entry.stat), 0);
    return entry;
}

static enum taken take_one(const struct walk_entry *entry, int64_t *ret_item)
{
    enum taken taken;
    struct err err = {0};

    if (take(&no_derivers, kase, 1, entry, &taken, ret_item, &err))
        fail_msg("%s", err.message);
    return taken;
}

static enum item_kind kind_of(int64_t id)
{
    CLEANUP(item_release) struct item item = {0};

    assert_int_equal(item_load(kase, id, &item, NULL), 0);
    return item.kind;
}

static int64_t count_rows(const char *sql)
{
    return stmt_number(db_stmt(case_db(kase), sql, NULL));
}

/* What could not be opened stands in the ledger once. When it can be, though neither its size nor
 * its time has changed, the same row gets its bytes, and the custody log says so. */
static void test_unreadable(void **state)
{
    char path[128];
    struct walk_entry entry = make_file(path, "letter", "a letter");
    struct walk_entry kept = entry;
    struct reading_state reading;
    int64_t first, id;

    (void)state;
    kept.stat.st_ino++; /* as if another file stood there: it is not opened */
    assert_int_equal(take_one(&kept, &first), TAKEN_NEW);
    assert_int_equal(kind_of(first), ITEM_UNREADABLE);
    assert_int_equal(take_one(&kept, &id), TAKEN_UNCHANGED);
    int64_t custody = count_rows("SELECT count(*) FROM custody");
    assert_int_equal(take_one(&entry, &id), TAKEN_NEW);
    assert_int_equal(id, first);
    assert_int_equal(kind_of(id), ITEM_FILE);
    assert_false(reading_peek(kase, id, &reading)); /* it waits to be read */
    assert_int_equal(count_rows("SELECT count(*) FROM item"), 1);
    assert_int_equal(count_rows("SELECT count(*) FROM custody"), custody + 1);
    assert_int_equal(take_one(&entry, &id), TAKEN_UNCHANGED);
}

/* Another file at the path of one that could not be read is an item of its own. */
static void test_unreadable_replaced(void **state)
{
    char path[128];
    struct walk_entry kept = make_file(path, "report", "a report");
    struct walk_entry entry = make_file(path, "report", "another, longer report");
    int64_t first, id;

    (void)state;
    kept.stat.st_ino++;
    assert_int_equal(take_one(&kept, &first), TAKEN_NEW);
    assert_int_equal(take_one(&entry, &id), TAKEN_NEW);
    assert_int_not_equal(id, first);
    assert_int_equal(kind_of(first), ITEM_UNREADABLE);
}

/* What could not even be looked at has no time and size: whatever is found there later is it. */
static void test_unseen(void **state)
{
    char path[128];
    struct walk_entry entry = make_file(path, "unseen", "text");
    struct walk_entry hidden = {.path = path, .error = 13};
    int64_t first, id;

    (void)state;
    assert_int_equal(take_one(&hidden, &first), TAKEN_NEW);
    assert_int_equal(take_one(&entry, &id), TAKEN_NEW);
    assert_int_equal(id, first);
    assert_int_equal(take_one(&entry, &id), TAKEN_UNCHANGED);
}

/* A folder that cannot be listed is one row, however often it is met, and no failure any more once
 * it is listed; a folder that always could be has none. */
static void test_unlisted(void **state)
{
    struct walk_entry entry = {.path = "/a/folder", .error = 13};
    struct walk_entry listed = {.path = "/a/folder", .listed = true};
    struct walk_entry other = {.path = "/a/nother", .listed = true};
    struct reading_state reading;
    int64_t first, id;

    (void)state;
    assert_int_equal(take_one(&entry, &first), TAKEN_NEW);
    assert_int_equal(take_one(&entry, &id), TAKEN_UNCHANGED);
    assert_int_equal(take_one(&listed, &id), TAKEN_SETTLED);
    assert_true(reading_peek(kase, first, &reading));
    assert_int_equal(reading.outcome, OUTCOME_EMPTY);
    assert_int_equal(reading.reason, REASON_CONTAINER);
    assert_int_equal(take_one(&listed, &id), TAKEN_UNCHANGED);
    assert_int_equal(take_one(&other, &id), TAKEN_UNCHANGED);
    assert_int_equal(count_rows("SELECT count(*) FROM item"), 1);
}

/* No descriptor left for the sealed copy: an error, not a crash. */
static void test_no_descriptor(void **state)
{
    char path[128];
    struct walk_entry entry = make_file(path, "other", "another letter");
    struct rlimit before;
    struct rlimit few;
    enum taken taken;
    int64_t id;
    struct err err = {0};

    (void)state;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    int lowest = dup(0);
    close(lowest);
    few = before;
    few.rlim_cur = (rlim_t)lowest + 1; /* for the file itself, and no more */
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    int rc = take(&no_derivers, kase, 1, &entry, &taken, &id, &err);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_int_equal(rc, ERR_IO);
    assert_non_null(strstr(err.message, "objects"));
}

/* ---- collecting ---- */

static void put_child(struct frame_writer *writer, const char *name, const char *bytes)
{
    struct child_head child = {
        .name = name, .name_len = strlen(name), .mime = "", .mtime = INT64_MIN};

    assert_int_equal(frame_child(writer, &child), 0);
    assert_int_equal(frame_child_data(writer, bytes, strlen(bytes)), 0);
    assert_int_equal(frame_child_end(writer, REASON_NONE, ""), 0);
}

static int note_reason(void *ctx, const struct ledger_row *row)
{
    enum reason *reasons = ctx;

    assert_in_range(row->item.ordinal, 1, 3);
    reasons[row->item.ordinal - 1] = row->reason;
    assert_int_equal(row->reason == REASON_LIMIT_SIZE, row->item.object == 0);
    return 0;
}

/* The frames that a reader wrote to the memory file `fd`, collected for a new item; closes it. */
static struct collect *collect_frames(struct frame_writer *writer, int fd, uint64_t children_max,
                                      struct item *item, struct reading *ret_reading)
{
    static const struct deriver *const none[] = {NULL};
    struct job_end job_end = {.death = DEATH_EXIT};
    struct job_limits limits = {0};
    struct derive derive;
    char bytes[4096];
    struct err err = {0};

    assert_int_equal(frame_flush(writer), 0);
    frame_writer_release(writer);
    ssize_t len = pread(fd, bytes, sizeof(bytes), 0);
    close(fd);
    assert_in_range(len, 1, sizeof(bytes) - 1);
    assert_int_equal(item_add(kase, item, &err), 0);
    assert_int_equal(derive_start(&derive, kase, none, &err), 0);
    struct collect *collect = collect_new(kase, &derive, item, children_max);
    if (collect_feed(collect, bytes, (size_t)len, &err) ||
        collect_end(collect, &job_end, &limits, ret_reading, &err))
        fail_msg("%s", err.message);
    derive_finish(&derive);
    return collect;
}

/* Children beyond the budget are listed and not kept; the container's own text passes. */
static void test_children_max(void **state)
{
    struct item box = {.path = "box", .name = "box", .intake = 1, .mime_hint = ""};
    struct page_head head = {.number = 1, .method = PAGE_FLOW, .confidence = CONFIDENCE_NONE};
    struct end_frame end = {.outcome = OUTCOME_TEXT, .detail = "", .children = 3};
    struct ledger_filter filter = {.outcome = -1, .reason = -1};
    enum reason reasons[3] = {REASON_NONE};
    struct frame_writer writer;
    struct reading reading;
    struct err err = {0};

    (void)state;
    int fd = memfd_create("frames", MFD_CLOEXEC);
    frame_writer_init(&writer, fd);
    assert_int_equal(frame_hello(&writer), 0);
    assert_int_equal(frame_type(&writer, "message/rfc822", "mail"), 0);
    assert_int_equal(frame_page(&writer, &head), 0);
    assert_int_equal(frame_text(&writer, TEXT_MAIN, "dear minister", 13), 0);
    assert_int_equal(frame_page_end(&writer), 0);
    put_child(&writer, "a", "12345");
    put_child(&writer, "b", "1234567");
    put_child(&writer, "c", "1234");
    assert_int_equal(frame_end(&writer, &end), 0);
    struct collect *collect = collect_frames(&writer, fd, 10, &box, &reading);
    assert_int_equal(reading.outcome, OUTCOME_TEXT);
    assert_int_equal(reading.chars, 13);
    assert_int_equal(reading.children, 3);
    assert_int_equal(collect_child_bytes(collect), 9);
    collect_free(collect);
    filter.parent = box.id;
    assert_int_equal(ledger_each(kase, &filter, note_reason, reasons, &err), 0);
    assert_int_equal(reasons[0], REASON_NONE);
    assert_int_equal(reasons[1], REASON_LIMIT_SIZE);
    assert_int_equal(reasons[2], REASON_NONE);
}

static int64_t put_item(const char *path, int64_t root, uint64_t bytes)
{
    struct err err = {0};
    struct item item = {.path = path,
                        .name = path,
                        .intake = 1,
                        .mime_hint = "",
                        .parent = root,
                        .root = root,
                        .bytes = bytes};

    assert_int_equal(item_add(kase, &item, &err), 0);
    return item.id;
}

/* What came out of each of several containers is added up by itself, in whatever order. */
static void test_budgets(void **state)
{
    struct budgets budgets = {0};
    int64_t roots[2 * BUDGETS_KEPT];
    struct item child = {0};

    (void)state;
    assert_true(budget_left(&budgets, kase, &child) == UINT64_MAX);
    assert_true(budget_of(1, 1000, 20) == 1000);
    assert_true(budget_of(100, 1000, 20) == 2000);
    assert_true(budget_of(UINT64_MAX, 1000, 20) == UINT64_MAX);
    for (size_t i = 0; i < ARRAY_LEN(roots); i++) {
        roots[i] = put_item("box", 0, 10);
        put_item("box!/a", roots[i], i);
    }
    for (size_t i = 0; i < ARRAY_LEN(roots); i++) {
        child.root = roots[i];
        assert_true(budget_left(&budgets, kase, &child) == LIMIT_ROOT_BYTES - i);
        budget_use(&budgets, roots[i], 1000);
        budget_use(&budgets, roots[0], LIMIT_ROOT_BYTES); /* forgotten after many others */
        assert_true(budget_left(&budgets, kase, &child) == (i ? LIMIT_ROOT_BYTES - i - 1000 : 0));
    }
}

static void put_ocr_page(struct frame_writer *writer, uint32_t number, const char *text,
                         uint8_t confidence)
{
    struct page_head head = {
        .number = number, .method = PAGE_OCR, .width = 10, .height = 10, .confidence = confidence};

    assert_int_equal(frame_page(writer, &head), 0);
    assert_int_equal(frame_text(writer, TEXT_MAIN, text, strlen(text)), 0);
    assert_int_equal(frame_page_end(writer), 0);
}

/* Pages that OCR read badly are remarked; a remark of the reader's own goes before. */
static void test_unsure(void **state)
{
    static const struct {
        uint8_t confidence;
        enum reason said, want;
    } scans[] = {{79, REASON_NONE, REASON_LOW_CONFIDENCE},
                 {80, REASON_NONE, REASON_NONE},
                 {10, REASON_TRUNCATED, REASON_TRUNCATED}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(scans); i++) {
        struct item scan = {.path = "scan", .name = "scan", .intake = 1, .mime_hint = ""};
        struct end_frame end = {
            .outcome = OUTCOME_OCR, .reason = scans[i].said, .detail = "", .pages = 2};
        struct frame_writer writer;
        struct reading reading;
        int fd = memfd_create("frames", MFD_CLOEXEC);
        frame_writer_init(&writer, fd);
        assert_int_equal(frame_hello(&writer), 0);
        assert_int_equal(frame_type(&writer, "image/tiff", "image"), 0);
        put_ocr_page(&writer, 1, "sure", 95);
        put_ocr_page(&writer, 2, "unsure", scans[i].confidence);
        assert_int_equal(frame_end(&writer, &end), 0);
        struct collect *collect = collect_frames(&writer, fd, 10, &scan, &reading);
        assert_int_equal(reading.outcome, OUTCOME_OCR);
        assert_int_equal(reading.reason, scans[i].want);
        if (scans[i].want == REASON_LOW_CONFIDENCE)
            assert_non_null(strstr(reading.detail, "1 of 2 pages"));
        collect_free(collect);
    }
}

/* ---- passwords ---- */

/* What a worker says of a password, sent along with the list at `passwords_fd`. */
static void collect_number(const char *number, int passwords_fd, struct item *item)
{
    static const struct deriver *const none[] = {NULL};
    struct derive derive;
    struct frame_writer writer;
    char bytes[4096];
    struct err err = {0};
    int fd = memfd_create("frames", MFD_CLOEXEC);

    frame_writer_init(&writer, fd);
    assert_int_equal(frame_hello(&writer), 0);
    assert_int_equal(frame_meta(&writer, META_PASSWORD, number, strlen(number)), 0);
    assert_int_equal(frame_flush(&writer), 0);
    frame_writer_release(&writer);
    ssize_t len = pread(fd, bytes, sizeof(bytes), 0);
    close(fd);
    assert_int_equal(item_add(kase, item, &err), 0);
    assert_int_equal(derive_start(&derive, kase, none, &err), 0);
    struct collect *collect = collect_new(kase, &derive, item, 0);
    collect_passwords(collect, passwords_fd);
    assert_int_equal(collect_feed(collect, bytes, (size_t)len, &err), 0);
    collect_free(collect);
    derive_finish(&derive);
}

static void kept_password_is(int64_t object, const char *expected)
{
    char password[PASSWORD_BYTES_MAX + 1];
    struct password_list *list;
    struct err err = {0};

    assert_int_equal(object_password(kase, object, &list, &err), 0);
    if (!expected) {
        assert_null(list);
        return;
    }
    assert_non_null(list);
    assert_true(password_list_get(password_list_fd(list), 1, password));
    assert_string_equal(password, expected);
    assert_false(password_list_get(password_list_fd(list), 2, password));
    password_list_free(list);
}

/* The password that opened a document stays with its content; numbers that no password has keep
 * none. */
static void test_passwords(void **state)
{
    static const char *const nonsense[] = {"0", "3", "-1", "99999999999999999999", "x", ""};
    struct item locked = {
        .path = "p", .name = "p", .intake = 1, .mime_hint = "", .object = 4711, .bytes = 1};
    struct password_list *list;
    struct err err = {0};
    char path[128];

    (void)state;
    snprintf(path, sizeof(path), "%s/passwords", store_folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("geheim\n\xDA\xAF\xD9\x84\n", file);
    fclose(file);
    assert_int_equal(password_list_load(path, &list, &err), 0);
    for (size_t i = 0; i < ARRAY_LEN(nonsense); i++)
        collect_number(nonsense[i], password_list_fd(list), &locked);
    collect_number("1", 0, &locked);
    kept_password_is(locked.object, NULL);
    collect_number("2", password_list_fd(list), &locked);
    kept_password_is(locked.object, "\xDA\xAF\xD9\x84");
    collect_number("1", password_list_fd(list), &locked);
    kept_password_is(locked.object, "\xDA\xAF\xD9\x84");
    kept_password_is(locked.object + 1, NULL);
    password_list_free(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_unreadable, begin, rollback),
        cmocka_unit_test_setup_teardown(test_unreadable_replaced, begin, rollback),
        cmocka_unit_test_setup_teardown(test_unseen, begin, rollback),
        cmocka_unit_test_setup_teardown(test_unlisted, begin, rollback),
        cmocka_unit_test_setup_teardown(test_no_descriptor, begin, rollback),
        cmocka_unit_test_setup_teardown(test_children_max, begin, rollback),
        cmocka_unit_test_setup_teardown(test_budgets, begin, rollback),
        cmocka_unit_test_setup_teardown(test_unsure, begin, rollback),
        cmocka_unit_test_setup_teardown(test_passwords, begin, rollback),
    };

    return cmocka_run_group_tests(tests, setup, store_tear_down_open);
}
