/* Keys, objects, the custody log and a disk that fails, in a real case. */
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
#include "store/object.h"
#include "store_case.h"

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
    struct sanad_case *kase = store_open(CASE_READ);
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
    CLEANUP(cleanup_passphrase) struct passphrase *wrong = store_passphrase("open barley");
    struct sanad_case *kase = NULL;
    struct err err = {0};

    (void)state;
    assert_int_equal(case_open(store_case_path, wrong, CASE_READ, &kase, &err), ERR_PASSPHRASE);
    assert_null(kase);
    err_clear(&err);
    kase = store_open(CASE_WRITE);
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
    struct sanad_case *kase = store_open(CASE_WRITE);
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
    struct sanad_case *kase = store_open(CASE_WRITE);
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
    snprintf(out, 256, "%s/objects/%s", store_case_path, name);
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
            struct sanad_case *kase = store_open(CASE_WRITE);
            assert_int_equal(db_begin(case_db(kase), &err), 0);
            put_object(kase, data, sizes[i], &ref);
            assert_int_equal(case_commit(kase, &err), 0);
            object_path(kase, &ref, path);
            case_close(kase);

            assert_int_equal(missing ? unlink(path) : truncate(path, 50), 0);
            kase = store_open(CASE_WRITE);
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

/* ---- the custody log ---- */

static void test_custody(void **state)
{
    struct sanad_case *kase = store_open(CASE_WRITE);
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
    struct sanad_case *kase = store_open(CASE_WRITE);
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
    CLEANUP(cleanup_passphrase) struct passphrase *passphrase = store_passphrase("open sesame");
    char path[128];

    (void)state;
    snprintf(path, sizeof(path), "%s/half.sanad", store_folder);
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
        cmocka_unit_test(test_key_memory),       cmocka_unit_test(test_keys),
        cmocka_unit_test(test_objects),          cmocka_unit_test(test_object_abort),
        cmocka_unit_test(test_lost_transaction), cmocka_unit_test(test_object_repair),
        cmocka_unit_test(test_failed_init),      cmocka_unit_test(test_custody),
    };

    return cmocka_run_group_tests(tests, store_set_up, store_tear_down);
}
