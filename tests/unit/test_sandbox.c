/* The real nursery and the hostile reader: every attack is stopped, named, and followed by a
 * document that is read as if nothing had happened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/clock.h"
#include "nursery_drive.h"

static struct nursery_drive drive;

static int start(void **state)
{
    (void)state;
    drive_start(&drive, getenv("SANAD_WORKER_HOSTILE"));
    return 0;
}

static int stop(void **state)
{
    (void)state;
    return drive_stop(&drive) == 0 ? 0 : -1;
}

static bool filtered(void)
{
    return drive.ready.sandbox & SANDBOX_SECCOMP;
}

static void attack(const char *name, struct job *job, struct answer *answer)
{
    snprintf(job->mime, sizeof(job->mime), "text/x-sanad-hostile");
    drive_read(&drive, job, name, strlen(name), answer);
}

static void read_calmly(void)
{
    struct job job = drive_job("calm.txt", "");
    struct answer answer;

    drive_read(&drive, &job, "a calm text\n", 12, &answer);
    assert_int_equal(answer.end.death, DEATH_EXIT);
    assert_int_equal(answer.end.status, 0);
    assert_true(answer.done);
    assert_int_equal(answer.outcome, OUTCOME_TEXT);
    assert_string_equal(answer.mime, "text/plain");
    assert_string_equal(answer.text, "a calm text\n");
}

static void test_ready(void **state)
{
    (void)state;
    assert_int_equal(drive.ready.version, WIRE_VERSION);
    print_message("# sandbox features in force: %u\n", drive.ready.sandbox);
    assert_true(drive.ready.sandbox & SANDBOX_NO_NEW_PRIVS);
    assert_true(drive.ready.sandbox & SANDBOX_RLIMITS);
#if !UNDER_SANITIZER
    assert_true(drive.ready.sandbox & SANDBOX_SECCOMP);
#endif
    read_calmly();
}

/* A forbidden system call ends the child, and its number is known. */
static void forbidden(const char *name, int call)
{
    struct job job = drive_job("", "");
    struct answer answer;

    attack(name, &job, &answer);
    if (answer.done || answer.end.death != DEATH_SANDBOX)
        fail_msg("%s: death %d status %d, text '%s'", name, answer.end.death, answer.end.status,
                 answer.text);
    if (call >= 0 && answer.end.status != call)
        fail_msg("%s: stopped at call %d, not %d", name, answer.end.status, call);
    read_calmly();
}

static void test_forbidden_calls(void **state)
{
    (void)state;
    if (!filtered()) {
        print_message("# skipped: this build has no system call filter\n");
        return;
    }
    forbidden("open", SYS_openat);
    forbidden("create", SYS_openat);
    forbidden("stat", SYS_newfstatat);
    forbidden("unlink", -1);
    forbidden("socket", SYS_socket);
    forbidden("connect", SYS_connect);
    forbidden("exec", SYS_execve);
    forbidden("fork", SYS_clone);
    forbidden("thread", SYS_clone);
    forbidden("ptrace", -1); /* getppid comes first */
    forbidden("kill", SYS_kill);
    forbidden("tgkill", SYS_tgkill);
    forbidden("prctl", SYS_prctl);
    forbidden("mount", SYS_mount);
    forbidden("limits", SYS_prlimit64);
    forbidden("code", SYS_mmap);
    forbidden("shared", SYS_mmap);
    forbidden("handler", -1); /* killed by the kernel without a word */
}

/* What libraries look for in passing is not there, and no offence. */
static void test_probe(void **state)
{
    struct job job = drive_job("", "");
    struct answer answer;

    (void)state;
    if (!filtered()) {
        print_message("# skipped: this build has no system call filter\n");
        return;
    }
    attack("probe", &job, &answer);
    assert_int_equal(answer.end.death, DEATH_EXIT);
    assert_string_equal(answer.text, "the attack failed");
}

/* Without the system call filter, the file system and the network are still out of reach. */
static void test_landlock_alone(void **state)
{
    struct job job = drive_job("", "");
    struct answer answer;

    (void)state;
    if (filtered() || !(drive.ready.sandbox & SANDBOX_LANDLOCK)) {
        print_message("# skipped: the system call filter comes first, or there is no Landlock\n");
        return;
    }
    attack("open", &job, &answer);
    assert_string_equal(answer.text, "the attack failed");
    attack("create", &job, &answer);
    assert_string_equal(answer.text, "the attack failed");
}

static void test_memory(void **state)
{
    struct job job = drive_job("", "");
    struct answer answer;

    (void)state;
    if (!filtered()) {
        print_message("# skipped: sanitizers have limits and crashes of their own\n");
        return;
    }
    job.limits.memory_mib = 64;
    attack("allocate", &job, &answer);
    assert_int_equal(answer.end.death, DEATH_MEMORY);
    assert_false(answer.done);
    assert_true(answer.end.peak_kib < 96 << 10);
    read_calmly();
}

static void test_time(void **state)
{
    struct job job = drive_job("", "");
    struct answer answer;

    (void)state;
    job.limits.total_seconds = 1;
    int64_t from = clock_ms();
    attack("spin", &job, &answer);
    int64_t took = clock_ms() - from;
    assert_int_equal(answer.end.death, DEATH_TIME);
    assert_true(answer.end.cpu_ms <= 1500);
    assert_true(took >= 900 && took < 8500);

    job = drive_job("", "");
    job.limits.idle_seconds = 1;
    from = clock_ms();
    attack("wait", &job, &answer);
    took = clock_ms() - from;
    assert_int_equal(answer.end.death, DEATH_TIME);
    assert_true(took >= 900 && took < 5000);
    read_calmly();
}

static void test_crashes(void **state)
{
    struct job job = drive_job("", "");
    struct answer answer;

    (void)state;
    if (!filtered()) {
        print_message("# skipped: sanitizers have limits and crashes of their own\n");
        return;
    }
    attack("crash", &job, &answer);
    assert_int_equal(answer.end.death, DEATH_SIGNAL);
    assert_int_equal(answer.end.status, SIGSEGV);
    attack("abort", &job, &answer);
    assert_int_equal(answer.end.death, DEATH_SIGNAL);
    assert_int_equal(answer.end.status, SIGABRT);
    attack("stack", &job, &answer);
    assert_int_equal(answer.end.death, DEATH_SIGNAL);
    assert_int_equal(answer.end.status, SIGSEGV);
    read_calmly();
}

/* Says nothing and ends well: the missing END tells. */
static void test_early_exit(void **state)
{
    struct job job = drive_job("", "");
    struct answer answer;

    (void)state;
    attack("early-exit", &job, &answer);
    assert_int_equal(answer.end.death, DEATH_EXIT);
    assert_false(answer.done);
}

static void test_floods(void **state)
{
    struct job job = drive_job("", "");
    struct answer answer;

    (void)state;
    job.limits.output_bytes = 4 << 20;
    attack("flood", &job, &answer);
    assert_true(answer.done);
    assert_int_equal(answer.reason, REASON_LIMIT_SIZE);
    assert_true(answer.bytes <= (4 << 20) + (1 << 10));
    attack("flood-raw", &job, &answer);
    assert_true(answer.stopped);
    assert_false(answer.done);
    attack("bad-frames", &job, &answer);
    assert_true(answer.stopped);
    assert_non_null(strstr(answer.broken, "frame"));
    read_calmly();
}

/* A reader that is slow to take frames is not the child's fault. */
static void test_slow_taker(void **state)
{
    struct job job = drive_job("", "text/x-sanad-hostile");
    struct job_end end;
    struct nursery_ready ready;
    char byte;

    (void)state;
    job.limits.total_seconds = 1;
    job.limits.idle_seconds = 1;
    int frames = drive_send(&drive, &job, "flood-raw", 9);
    sleep(3);
    assert_int_equal(read(frames, &byte, 1), 1);
    close(frames); /* now it cannot go on and ends by itself */
    assert_int_equal(nursery_receive(drive.control, &end, &ready, NULL), 1);
    assert_int_equal(end.death, DEATH_EXIT);
}

/* Several children at once, one of them stuck: each is answered. */
static void test_at_once(void **state)
{
    enum { CALM = 8 };
    struct job job = drive_job("", "text/x-sanad-hostile");
    struct nursery_ready ready;
    struct job_end end;
    int frames[CALM + 1];
    bool seen[CALM + 1] = {0};

    (void)state;
    job.limits.total_seconds = 1;
    for (unsigned i = 0; i <= CALM; i++) {
        job.id = i;
        frames[i] = i == 0 ? drive_send(&drive, &job, "spin", 4) : drive_send(&drive, &job, "x", 1);
    }
    for (unsigned i = 0; i <= CALM; i++) {
        assert_int_equal(nursery_receive(drive.control, &end, &ready, NULL), 1);
        assert_true(end.id <= CALM && !seen[end.id]);
        seen[end.id] = true;
        assert_int_equal(end.death, end.id == 0 ? DEATH_TIME : DEATH_EXIT);
    }
    for (unsigned i = 0; i <= CALM; i++)
        close(frames[i]);
}

/* From sending a trivial document to the word of its end. */
static void test_cost(void **state)
{
    enum { ROUNDS = 400 };
    static double took[ROUNDS];
    struct job job = drive_job("t.txt", "");
    struct answer answer;

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct timespec from;
        struct timespec to;
        clock_gettime(CLOCK_MONOTONIC, &from);
        drive_read(&drive, &job, "one\n", 4, &answer);
        clock_gettime(CLOCK_MONOTONIC, &to);
        took[i] =
            (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
    }
    for (int i = 1; i < ROUNDS; i++)
        for (int j = i; j > 0 && took[j] < took[j - 1]; j--) {
            double swap = took[j];
            took[j] = took[j - 1];
            took[j - 1] = swap;
        }
    print_message("# fork to end of a trivial document: p10 %.2f ms, median %.2f ms, p95 %.2f ms\n",
                  took[ROUNDS / 10], took[ROUNDS / 2], took[ROUNDS * 95 / 100]);
#if !UNDER_SANITIZER
    assert_true(took[ROUNDS / 10] <= 2.0); /* the machine may be busy with other things */
#endif
}

/* The nursery's end is its children's end. */
static void test_children_die_with_it(void **state)
{
    struct nursery_drive other;
    struct job job = drive_job("", "text/x-sanad-hostile");
    char byte;

    (void)state;
    drive_start(&other, getenv("SANAD_WORKER_HOSTILE"));
    int frames = drive_send(&other, &job, "spin", 4);
    usleep(100000);
    assert_int_equal(drive_stop(&other), 0);
    assert_true(read(frames, &byte, 1) <= 0); /* every writing end is closed */
    close(frames);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ready),
        cmocka_unit_test(test_forbidden_calls),
        cmocka_unit_test(test_probe),
        cmocka_unit_test(test_landlock_alone),
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_time),
        cmocka_unit_test(test_crashes),
        cmocka_unit_test(test_early_exit),
        cmocka_unit_test(test_floods),
        cmocka_unit_test(test_slow_taker),
        cmocka_unit_test(test_at_once),
        cmocka_unit_test(test_cost),
        cmocka_unit_test(test_children_die_with_it),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
