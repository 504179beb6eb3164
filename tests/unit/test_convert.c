/*
 * The room in which LibreOffice converts a document, with a program in its place that tries to
 * leave it (tests/convert/program).
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/io.h"
#include "wire/convert.h"

static bool no_rooms; /* this kernel or container has none */

struct said {
    int end;
    char result[64];
};

static int memory_file(const void *data, size_t len)
{
    int fd = memfd_create("test", MFD_CLOEXEC);

    assert_true(fd >= 0);
    assert_int_equal(io_write(fd, data, len), 0);
    return fd;
}

static void become_convert(int document, int result, const char *mime, const char *seconds,
                           const char *memory)
{
    const char *program = getenv("SANAD_CONVERT");
    const char *soffice = getenv("FAKE_SOFFICE");
    int high_document = fcntl(document, F_DUPFD, 10);
    int high_result = fcntl(result, F_DUPFD, 10);

    if (!program || !soffice || dup2(high_document, CONVERT_DOCUMENT_FD) < 0 ||
        dup2(high_result, CONVERT_RESULT_FD) < 0)
        _exit(99);
    execl(program, program, soffice, mime, seconds, memory, "8388608", (char *)NULL);
    _exit(98);
}

static struct said convert(const char *word, const char *seconds, const char *memory)
{
    struct said said = {0};
    CLEANUP(cleanup_fd) int document = memory_file(word, strlen(word));
    CLEANUP(cleanup_fd) int result = memory_file("", 0);
    int status = 0;

    if (no_rooms)
        skip();
    pid_t pid = fork();
    if (pid == 0)
        become_convert(document, result, "application/x-t602", seconds, memory);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    said.end = WEXITSTATUS(status);
    assert_true(pread(result, said.result, sizeof(said.result) - 1, 0) >= 0);
    return said;
}

static void result_comes_back(void **state)
{
    (void)state;
    struct said said = convert("a plain document", "20", "256");
    if (said.end == CONVERT_NO_SANDBOX)
        no_rooms = true;
    if (no_rooms)
        skip();
    assert_int_equal(said.end, CONVERT_DONE);
    assert_string_equal(said.result, "a plain document");
}

static void attacks_fail(void **state)
{
    static const char *const ATTACKS[] = {"read", "list", "write",       "socket",
                                          "fork", "exec", "rooms",       "others",
                                          "kill", "fill", "descriptors", "restart"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(ATTACKS); i++) {
        struct said said = convert(ATTACKS[i], "20", "256");
        if (said.end != CONVERT_DONE || strcmp(said.result, "held") != 0)
            fail_msg("%s: ended with %d and \"%s\"", ATTACKS[i], said.end, said.result);
    }
}

static void ends_are_named(void **state)
{
    static const struct {
        const char *word, *seconds, *memory;
        enum convert_end end;
    } ENDS[] = {
        {"spin", "1", "256", CONVERT_TIME},
        {"wait", "1", "256", CONVERT_TIME},
#if !UNDER_SANITIZER
        {"allocate", "20", "64", CONVERT_MEMORY},
#endif
        {"crash", "20", "256", CONVERT_CRASHED},
        {"nothing", "20", "256", CONVERT_REFUSED},
        {"large", "20", "256", CONVERT_SIZE},
        {"link", "20", "256", CONVERT_REFUSED},
        {"folder", "20", "256", CONVERT_REFUSED},
        {"restart-for-ever", "20", "256", CONVERT_REFUSED},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(ENDS); i++) {
        struct said said = convert(ENDS[i].word, ENDS[i].seconds, ENDS[i].memory);
        if (said.end != (int)ENDS[i].end)
            fail_msg("%s: ended with %d, not %d", ENDS[i].word, said.end, ENDS[i].end);
        assert_string_not_equal(said.result, "broken");
    }
}

static void nothing_is_left_running(void **state)
{
    CLEANUP(cleanup_fd) int document = memory_file("wait", 4);
    CLEANUP(cleanup_fd) int result = memory_file("", 0);
    int alive[2];
    char none;

    (void)state;
    if (no_rooms)
        skip();
    /* who holds the pipe's end is still there */
    assert_int_equal(pipe2(alive, 0), 0);
    pid_t pid = fork();
    if (pid == 0) {
        close(alive[0]);
        become_convert(document, result, "application/x-t602", "60", "256");
    }
    close(alive[1]);
    usleep(300000);
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    assert_int_equal(read(alive[0], &none, 1), 0);
    close(alive[0]);
}

static void mistakes_are_refused(void **state)
{
    CLEANUP(cleanup_fd) int document = memory_file("wait", 4);
    CLEANUP(cleanup_fd) int result = memory_file("", 0);
    static const char *const BAD[][3] = {{"text/plain", "20", "256"},
                                         {"application/x-t602", "-1", "256"},
                                         {"application/x-t602", "20", "1x"},
                                         {"application/x-t602", "", "256"}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(BAD); i++) {
        int status = 0;
        pid_t pid = fork();
        if (pid == 0) {
            int null = open("/dev/null", O_WRONLY);
            (void)dup2(null, STDERR_FILENO);
            become_convert(document, result, BAD[i][0], BAD[i][1], BAD[i][2]);
        }
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_int_equal(WEXITSTATUS(status), CONVERT_TROUBLE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(result_comes_back),    cmocka_unit_test(attacks_fail),
        cmocka_unit_test(ends_are_named),       cmocka_unit_test(nothing_is_left_running),
        cmocka_unit_test(mistakes_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
