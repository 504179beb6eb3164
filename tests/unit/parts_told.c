#include "parts_told.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/io.h"
#include "worker/plain/charset.h"
#include "worker/document.h"
#include "worker/parts.h"
#include "worker/sniff/sniff.h"

enum { TOLD_MAX = 64 << 20 };

static int on_type(void *ctx, const char *mime, const char *reader)
{
    struct told *told = ctx;

    (void)reader;
    snprintf(told->mime, sizeof(told->mime), "%s", mime);
    return 0;
}

static int on_meta(void *ctx, const char *key, const char *value, size_t len)
{
    struct told *told = ctx;

    return buf_printf(&told->metas, "%s=%.*s\n", key, (int)len, value);
}

static int on_warning(void *ctx, enum reason reason, const char *detail)
{
    struct told *told = ctx;
    const char *word = reason_word(reason);

    return buf_printf(&told->warnings, "%s: %s\n", word ? word : "", detail);
}

static int on_page(void *ctx, const struct page_head *page)
{
    struct told *told = ctx;

    return page->method == PAGE_FLOW && !page->label[0]
               ? 0
               : buf_printf(&told->pages, "%s\n", page->label);
}

static int on_text(void *ctx, enum text_part part, const char *text, size_t len)
{
    struct told *told = ctx;

    return buf_append(part == TEXT_MAIN ? &told->main : &told->rest, text, len);
}

static int on_child(void *ctx, const struct child_head *child)
{
    struct told *told = ctx;

    told->child_bytes = 0;
    return buf_printf(&told->children, "%s (%s)", child->name, child->mime);
}

static int on_child_data(void *ctx, const void *data, size_t len)
{
    struct told *told = ctx;

    told->child_bytes += len;
    (void)buf_append(&told->data, data, len);
    return 0;
}

static int on_child_end(void *ctx, enum reason reason, const char *detail)
{
    struct told *told = ctx;
    const char *word = reason_word(reason);

    return buf_printf(&told->children, " %llu%s%s%s%s\n", (unsigned long long)told->child_bytes,
                      word ? " " : "", word ? word : "", word ? ": " : "", word ? detail : "");
}

static int on_end(void *ctx, const struct end_frame *end)
{
    struct told *told = ctx;

    told->outcome = end->outcome;
    told->reason = end->reason;
    snprintf(told->detail, sizeof(told->detail), "%s", end->detail);
    return 0;
}

static void feed(int fd, struct told *told)
{
    static const struct frame_handler HANDLER = {.type = on_type,
                                                 .meta = on_meta,
                                                 .warning = on_warning,
                                                 .page = on_page,
                                                 .text = on_text,
                                                 .child = on_child,
                                                 .child_data = on_child_data,
                                                 .child_end = on_child_end,
                                                 .end = on_end};
    struct frame_reader *reader = frame_reader_new(&HANDLER, told);
    struct err err = {0};
    static char bytes[65536];
    ssize_t n;

    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    while ((n = read(fd, bytes, sizeof(bytes))) > 0)
        if (frame_reader_feed(reader, bytes, (size_t)n, &err))
            fail_msg("%s", err.message);
    assert_true(frame_reader_done(reader));
    frame_reader_free(reader);
}

void told_start(void)
{
    charset_open();
    sniff_library_open();
    parts_start();
}

static void read_load(struct told *told, struct job *job, const char *name, const void *data,
                      size_t len, struct job_load *load)
{
    struct buf *bufs[] = {&told->main,     &told->rest, &told->metas,   &told->pages,
                          &told->children, &told->data, &told->warnings};

    load->document_fd = memfd_create("document", MFD_CLOEXEC);
    load->frames_fd = memfd_create("frames", MFD_CLOEXEC);
    *told = (struct told){0};
    for (size_t i = 0; i < ARRAY_LEN(bufs); i++)
        buf_init(bufs[i], TOLD_MAX);
    assert_true(load->document_fd >= 0 && load->frames_fd >= 0);
    assert_int_equal(io_write(load->document_fd, data, len), 0);
    snprintf(job->name, sizeof(job->name), "%s", name);
    assert_int_equal(document_run(job, load), 0);
    feed(load->frames_fd, told);
    job_load_release(load);
}

void told_read(struct told *told, const char *name, const void *data, size_t len,
               uint64_t output_max)
{
    struct job job = {.kind = JOB_READ, .limits.output_bytes = output_max};
    struct job_load load = job_load_of(-1, -1);

    read_load(told, &job, name, data, len, &load);
}

void told_read_with(struct told *told, const char *name, const void *data, size_t len,
                    const char *const *passwords, const struct told_volume *volumes)
{
    struct job job = {.kind = JOB_READ, .limits.output_bytes = TOLD_MAX};
    struct job_load load = job_load_of(-1, -1);

    if (passwords) {
        load.passwords_fd = memfd_create("passwords", MFD_CLOEXEC);
        for (; *passwords; passwords++)
            assert_int_equal(io_write(load.passwords_fd, *passwords, strlen(*passwords) + 1), 0);
        assert_int_equal(io_write(load.passwords_fd, "", 1), 0);
    }
    if (volumes) {
        uint64_t offset = 0;
        load.volumes = mem_zalloc(JOB_VOLUMES_MAX, sizeof(*load.volumes));
        load.volume_fds[load.volume_fd_count++] = memfd_create("volumes", MFD_CLOEXEC);
        for (; volumes->name; volumes++) {
            struct job_volume *volume = &load.volumes[load.volume_count++];
            *volume = (struct job_volume){.offset = offset, .bytes = volumes->len};
            snprintf(volume->name, sizeof(volume->name), "%s", volumes->name);
            assert_int_equal(io_write(load.volume_fds[0], volumes->data, volumes->len), 0);
            offset += volumes->len;
        }
    }
    read_load(told, &job, name, data, len, &load);
}

bool told_read_shared(struct told *told, const char *path)
{
    return told_read_shared_with(told, path, NULL);
}

bool told_shared_bytes(const char *path, struct buf *ret_bytes)
{
    const char *shared = getenv("SANAD_SHARED");
    char full[1024];

    snprintf(full, sizeof(full), "%s/data/%s", shared ? shared : "../shared", path);
    buf_init(ret_bytes, TOLD_MAX);
    return io_read_file(AT_FDCWD, full, ret_bytes, NULL) == 0;
}

bool told_read_shared_with(struct told *told, const char *path, const char *const *passwords)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    const char *slash = strrchr(path, '/');

    if (!told_shared_bytes(path, &bytes))
        return false;
    const char *name = slash ? slash + 1 : path;
    if (passwords)
        told_read_with(told, name, bytes.data, bytes.len, passwords, NULL);
    else
        told_read(told, name, bytes.data, bytes.len, PLENTY);
    return true;
}

static void compare(const char *name, const char *what, const struct buf *said, const char *wanted,
                    const char *part)
{
    const char *text = said->data ? said->data : "";

    if (wanted && strcmp(text, wanted) != 0)
        fail_msg("%s: its %s is '%s', not '%s'", name, what, text, wanted);
    if (part && !strstr(text, part))
        fail_msg("%s: its %s is '%s', without '%s'", name, what, text, part);
}

static void compare_word(const char *name, const char *said, const char *wanted)
{
    if (wanted && strcmp(said, wanted) != 0)
        fail_msg("%s: '%s', not '%s'", name, said, wanted);
}

static void compare_all(const char *name, const struct told *told, const struct wanted *wanted)
{
    compare_word(name, told->mime, wanted->mime);
    compare(name, "text", &told->main, wanted->main, wanted->main_has);
    compare(name, "rest", &told->rest, wanted->rest, wanted->rest_has);
    compare(name, "metadata", &told->metas, wanted->metas, wanted->metas_have);
    compare(name, "pages", &told->pages, wanted->pages, NULL);
    compare(name, "children", &told->children, wanted->children, wanted->children_have);
    compare(name, "children's bytes", &told->data, wanted->data, NULL);
    compare_word(name, told->detail, wanted->detail);
    if (wanted->outcome && (told->outcome != wanted->outcome || told->reason != wanted->reason))
        fail_msg("%s: outcome %d for reason %d, not %d for %d", name, told->outcome, told->reason,
                 wanted->outcome, wanted->reason);
}

void told_expect(const char *name, const void *data, size_t len, const struct wanted *wanted)
{
    struct told told;

    told_read(&told, name, data, len, PLENTY);
    compare_all(name, &told, wanted);
    told_release(&told);
}

bool told_expect_shared(const char *path, const struct wanted *wanted)
{
    struct told told;

    if (!told_read_shared(&told, path))
        return false;
    compare_all(path, &told, wanted);
    told_release(&told);
    return true;
}

void told_cuts(const char *name, const void *data, size_t len)
{
    for (size_t cut = 1; cut < len; cut += 1 + len / 200) {
        struct told told;
        told_read(&told, name, data, cut, PLENTY);
        told_release(&told);
    }
}

void told_release(struct told *told)
{
    buf_release(&told->main);
    buf_release(&told->rest);
    buf_release(&told->metas);
    buf_release(&told->pages);
    buf_release(&told->children);
    buf_release(&told->data);
    buf_release(&told->warnings);
}
