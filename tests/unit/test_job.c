/* Jobs on the control socket with all that may go along, as the worker finds it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/io.h"
#include "crypt/password_list.h"
#include "wire/job.h"
#include "worker/attached.h"

static int memory(const char *bytes, size_t len)
{
    int fd = memfd_create("test", MFD_CLOEXEC);

    assert_true(fd >= 0);
    assert_int_equal(io_write(fd, bytes, len), 0);
    return fd;
}

/* Sends a job and receives it; the sender's load is released. */
static void send_and_receive(struct job_load *load, struct job_load *ret_load)
{
    struct job job = {.id = 3, .kind = JOB_READ};
    struct job got;
    struct err err = {0};
    int pair[2];

    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
    if (job_send(pair[0], &job, load, &err))
        fail_msg("%s", err.message);
    job_load_release(load);
    if (job_receive(pair[1], &got, ret_load, &err) != 1)
        fail_msg("%s", err.message);
    assert_int_equal(got.id, 3);
    close(pair[0]);
    close(pair[1]);
}

static void test_plain_job(void **state)
{
    struct job_load load = job_load_of(memory("a", 1), memory("", 0));
    struct job_load got;
    struct input input = {0};

    (void)state;
    send_and_receive(&load, &got);
    assert_null(attached_open(&got, &input));
    assert_int_equal(input.password_count, 0);
    assert_int_equal(got.passwords_fd, -1);
    job_load_release(&got);
}

static void test_passwords(void **state)
{
    static const char list[] = "one\0\xD8\xAF\xD9\x88\0bad \xFF\0three\0";
    struct job_load load = job_load_of(memory("a", 1), memory("", 0));
    struct job_load got;
    struct input input = {0};

    (void)state;
    load.passwords_fd = memory(list, sizeof(list));
    send_and_receive(&load, &got);
    struct attached *attached = attached_open(&got, &input);
    assert_int_equal(input.password_count, 3);
    assert_string_equal(input.passwords[0], "one");
    assert_string_equal(input.passwords[1], "\xD8\xAF\xD9\x88");
    assert_string_equal(input.passwords[2], "three");
    attached_free(attached);
    job_load_release(&got);
}

/* Many volumes over many descriptors, two in each. */
static void test_volumes(void **state)
{
    struct job_load load = job_load_of(memory("a", 1), memory("", 0));
    struct job_load got;
    struct input input = {0};

    (void)state;
    load.volume_count = 2 * JOB_VOLUME_FDS_MAX;
    load.volumes = calloc(load.volume_count, sizeof(*load.volumes));
    assert_non_null(load.volumes);
    for (uint32_t i = 0; i < load.volume_count; i++) {
        struct job_volume *volume = &load.volumes[i];
        if (i % 2 == 0)
            load.volume_fds[load.volume_fd_count++] = memory("abcde", 5);
        *volume = (struct job_volume){.fd = i / 2, .offset = i % 2 ? 3 : 0, .bytes = i % 2 ? 2 : 3};
        (void)snprintf(volume->name, sizeof(volume->name), "v.%03u", i + 2);
    }
    send_and_receive(&load, &got);
    struct attached *attached = attached_open(&got, &input);
    assert_int_equal(input.volume_count, 2 * JOB_VOLUME_FDS_MAX);
    for (size_t i = 0; i < input.volume_count; i++) {
        assert_int_equal(input.volumes[i].len, i % 2 ? 2 : 3);
        assert_memory_equal(input.volumes[i].data, i % 2 ? "de" : "abc", i % 2 ? 2 : 3);
    }
    assert_string_equal(input.volumes[1].name, "v.003");
    attached_free(attached);
    job_load_release(&got);
}

/* A place beyond the descriptor is no volume, and nothing after it is. */
static void test_wrong_places(void **state)
{
    struct job_volume volumes[] = {{.fd = 0, .offset = 0, .bytes = 5},
                                   {.fd = 0, .offset = 4, .bytes = 2},
                                   {.fd = 0, .offset = 0, .bytes = 1}};
    struct job_load load = job_load_of(-1, -1);
    struct input input = {0};

    (void)state;
    load.volume_fds[load.volume_fd_count++] = memory("abcde", 5);
    load.volumes = volumes;
    load.volume_count = 3;
    struct attached *attached = attached_open(&load, &input);
    assert_int_equal(input.volume_count, 1);
    attached_free(attached);
    volumes[0] = (struct job_volume){.fd = 1, .bytes = 1};
    attached = attached_open(&load, &input);
    assert_int_equal(input.volume_count, 0);
    attached_free(attached);
    close(load.volume_fds[0]);
}

static void write_file(const char *path, const char *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void test_password_file(void **state)
{
    static const char text[] = "\xEF\xBB\xBFone\r\n\n two \nthree";
    char path[] = "/tmp/sanad-passwords-XXXXXX";
    struct password_list *list = NULL;
    struct input input = {0};
    struct err err = {0};
    char byte = 'x';

    (void)state;
    close(mkstemp(path));
    write_file(path, text, sizeof(text) - 1);
    assert_int_equal(password_list_load(path, &list, &err), 0);
    assert_int_equal(password_list_count(list), 3);
    assert_true(pwrite(password_list_fd(list), &byte, 1, 0) < 0);
    struct job_load load = job_load_of(-1, -1);
    load.passwords_fd = password_list_fd(list);
    struct attached *attached = attached_open(&load, &input);
    assert_int_equal(input.password_count, 3);
    assert_string_equal(input.passwords[0], "one");
    assert_string_equal(input.passwords[1], " two ");
    assert_string_equal(input.passwords[2], "three");
    attached_free(attached);
    int other = dup(password_list_fd(list));
    password_list_free(list);
    assert_int_equal(pread(other, &byte, 1, 0), 1);
    assert_int_equal(byte, 0); /* wiped for every holder */
    close(other);

    write_file(path, "fine\nbad \xFF\n", 11);
    assert_int_equal(password_list_load(path, &list, &err), ERR_USAGE);
    assert_non_null(strstr(err.message, "line 2"));
    err_clear(&err);
    write_file(path, "\n\n", 2);
    assert_int_equal(password_list_load(path, &list, &err), ERR_USAGE);
    err_clear(&err);
    FILE *file = fopen(path, "wb");
    for (int i = 0; i < 1001; i++)
        fprintf(file, "%d\n", i);
    fclose(file);
    assert_int_equal(password_list_load(path, &list, &err), ERR_LIMIT);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_job),     cmocka_unit_test(test_passwords),
        cmocka_unit_test(test_volumes),       cmocka_unit_test(test_wrong_places),
        cmocka_unit_test(test_password_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
