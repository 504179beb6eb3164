/* Who writes to a case: one for documents, others for a moment; and what is noted beside it. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "store/custody.h"
#include "store/running.h"
#include "store/visit.h"
#include "store_case.h"

static struct sanad_case *writer_of(struct sanad_case *first, enum case_mode mode)
{
    struct sanad_case *kase = NULL;
    struct err err = {0};

    must(case_open_writer(first, mode, &kase, &err), &err);
    return kase;
}

static void test_one_for_documents(void **state)
{
    struct sanad_case *reader = store_open(CASE_READ);
    struct sanad_case *other = NULL;
    struct err err = {0};
    pid_t pid;

    (void)state;
    assert_false(case_is_written(reader, &pid));
    struct sanad_case *writer = writer_of(reader, CASE_WRITE);
    assert_true(case_is_written(reader, &pid));
    assert_int_equal(pid, 0); /* this process */
    assert_int_equal(case_open_writer(reader, CASE_WRITE, &other, &err), ERR_LOCKED);
    assert_null(other);
    case_close(writer);
    assert_false(case_is_written(reader, &pid));
    case_close(reader);
}

/* A turn in a thread of its own: a row of custody. */
static void *take_turn(void *arg)
{
    struct err err = {0};
    struct sanad_case *kase = writer_of(arg, CASE_TURN);

    must(db_begin(case_db(kase), &err), &err);
    must(custody_add(kase, "test", "a turn", &err), &err);
    must(case_commit(kase, &err), &err);
    case_close(kase);
    return NULL;
}

static void test_lent(void **state)
{
    struct sanad_case *reader = store_open(CASE_READ);
    struct sanad_case *writer = writer_of(reader, CASE_WRITE);
    struct err err = {0};
    pthread_t thread;

    (void)state;
    assert_false(case_is_asked(writer));
    must(db_begin(case_db(writer), &err), &err);
    must(custody_add(writer, "test", "a group", &err), &err);
    int64_t before = acts_last(reader);
    assert_int_equal(pthread_create(&thread, NULL, take_turn, reader), 0);
    while (!case_is_asked(writer))
        ;
    must(case_commit(writer, &err), &err);
    must(case_lend(writer, &err), &err);
    must(db_begin(case_db(writer), &err), &err);
    assert_int_equal(acts_last(writer), before + 2);
    db_rollback(case_db(writer));
    pthread_join(thread, NULL);
    assert_false(case_is_asked(writer));
    case_close(writer);
    case_close(reader);
}

/* Nobody has it for documents: a turn needs no leave. */
static void test_turn_alone(void **state)
{
    struct sanad_case *reader = store_open(CASE_READ);
    pid_t pid;

    (void)state;
    struct sanad_case *turn = writer_of(reader, CASE_TURN);
    assert_false(case_is_written(reader, &pid));
    case_close(turn);
    case_close(reader);
}

static void test_running(void **state)
{
    struct sanad_case *reader = store_open(CASE_READ);
    struct running given = {.adds = true,
                            .started = 1000,
                            .left_ms = -1,
                            .files_total = 7,
                            .files_taken = 3,
                            .items_read = 2,
                            .waiting = 1,
                            .failed = 1};
    struct running got;
    struct err err = {0};

    (void)state;
    assert_int_equal(running_get(reader, &got, &err), 0);
    struct sanad_case *writer = writer_of(reader, CASE_WRITE);
    must(running_prepare(writer, &err), &err);
    assert_int_equal(running_get(reader, &got, &err), 0);
    must(running_put(writer, &given, &err), &err);
    assert_int_equal(running_get(reader, &got, &err), 1);
    assert_memory_equal(&got, &given, sizeof got);
    case_close(writer);
    /* What was killed left its row. */
    assert_int_equal(running_get(reader, &got, &err), 0);
    writer = writer_of(reader, CASE_WRITE);
    must(running_clear(writer, &err), &err);
    assert_int_equal(running_get(reader, &got, &err), 0);
    case_close(writer);
    case_close(reader);
}

static void test_visit(void **state)
{
    struct sanad_case *kase = writer_of(*state, CASE_TURN);
    struct seen seen;
    struct err err = {0};
    const struct seen first = {100, 5, 2};
    const struct seen more = {200, 9, 3};
    const struct seen next = {300, 9, 4};

    assert_int_equal(visit_before(kase, "Ali", &seen, &err), 0);
    must(visit_put(kase, "Ali", &first, true, &err), &err);
    assert_int_equal(visit_before(kase, "Ali", &seen, &err), 0);
    must(visit_put(kase, "Ali", &more, false, &err), &err);
    must(visit_put(kase, "Ali", &next, true, &err), &err);
    assert_int_equal(visit_before(kase, "Ali", &seen, &err), 1);
    assert_memory_equal(&seen, &more, sizeof seen);
    assert_int_equal(visit_before(kase, "Sara", &seen, &err), 0);
    case_close(kase);
}

static int open_reader(void **state)
{
    *state = store_open(CASE_READ);
    return 0;
}

static int close_reader(void **state)
{
    case_close(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_for_documents),
        cmocka_unit_test(test_lent),
        cmocka_unit_test(test_turn_alone),
        cmocka_unit_test(test_running),
        cmocka_unit_test_setup_teardown(test_visit, open_reader, close_reader),
    };

    return cmocka_run_group_tests(tests, store_set_up, store_tear_down);
}
