#include "worker/describe.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/io.h"
#include "worker/document.h"
#include "worker/reader.h"

enum { TEXT_SHOWN = 400, WORDS_SHOWN = 4 };

struct printer {
    bool whole_text;
    size_t shown; /* bytes of the page's text shown */
    size_t text;  /* bytes of the page's text */
    size_t words;
    uint64_t child_bytes;
};

static int on_type(void *ctx, const char *mime, const char *reader)
{
    (void)ctx;
    printf("type     %s (reader: %s)\n", mime, reader[0] ? reader : "none");
    return 0;
}

static int on_meta(void *ctx, const char *key, const char *value, size_t len)
{
    (void)ctx;
    printf("meta     %s = %.*s\n", key, (int)(len < 1000 ? len : 1000), value);
    return 0;
}

static int on_warning(void *ctx, enum reason reason, const char *detail)
{
    const char *word = reason_word(reason);

    (void)ctx;
    printf("warning  %s: %s\n", word ? word : "-", detail);
    return 0;
}

static int on_page(void *ctx, const struct page_head *page)
{
    static const char *const METHODS[] = {"flow", "text", "ocr"};
    struct printer *printer = ctx;

    printf("page %u   %s", page->number, METHODS[page->method]);
    if (page->method != PAGE_FLOW)
        printf(" %ux%u", page->width, page->height);
    if (page->confidence != CONFIDENCE_NONE)
        printf(" confidence %u", page->confidence);
    if (page->lang[0])
        printf(" lang %s", page->lang);
    if (page->label[0])
        printf(" label '%s'", page->label);
    putchar('\n');
    printer->shown = printer->text = printer->words = 0;
    return 0;
}

static int on_text(void *ctx, enum text_part part, const char *text, size_t len)
{
    struct printer *printer = ctx;
    size_t shown = len;

    if (!printer->whole_text)
        shown = printer->shown >= TEXT_SHOWN ? 0 : TEXT_SHOWN - printer->shown;
    if (shown > len)
        shown = len;
    printer->text += len;
    printer->shown += shown;
    if (shown)
        printf("--- %s\n%.*s%s\n", part == TEXT_MAIN ? "main" : "rest", (int)shown, text,
               shown < len ? "..." : "");
    return 0;
}

static int on_words(void *ctx, const struct word_box *words, size_t count)
{
    struct printer *printer = ctx;

    for (size_t i = 0; i < count && printer->words + i < WORDS_SHOWN; i++)
        printf("    word at %u+%u box %u,%u-%u,%u confidence %u\n", words[i].at, words[i].len,
               words[i].x0, words[i].y0, words[i].x1, words[i].y1, words[i].confidence);
    printer->words += count;
    return 0;
}

static int on_page_end(void *ctx)
{
    const struct printer *printer = ctx;

    printf("---      %zu bytes, %zu word boxes\n", printer->text, printer->words);
    return 0;
}

static int on_child(void *ctx, const struct child_head *child)
{
    struct printer *printer = ctx;
    char when[32] = "";

    if (child->mtime != INT64_MIN)
        clock_format(child->mtime, when);
    printf("child    %s%s %s %s", child->name, child->name_escaped ? " (escaped)" : "", child->mime,
           when);
    printer->child_bytes = 0;
    return 0;
}

static int on_child_data(void *ctx, const void *data, size_t len)
{
    struct printer *printer = ctx;

    (void)data;
    printer->child_bytes += len;
    return 0;
}

static int on_child_end(void *ctx, enum reason reason, const char *detail)
{
    const struct printer *printer = ctx;

    printf(" %llu bytes", (unsigned long long)printer->child_bytes);
    if (reason != REASON_NONE)
        printf(" FAILED %s: %s", reason_word(reason), detail);
    putchar('\n');
    return 0;
}

static int on_end(void *ctx, const struct end_frame *end)
{
    const char *reason = reason_word(end->reason);

    (void)ctx;
    printf("end      %s%s%s%s%s, %u pages, %u children\n", outcome_word(end->outcome),
           reason ? " because " : "", reason ? reason : "", end->detail[0] ? ": " : "", end->detail,
           end->pages, end->children);
    return 0;
}

/* Feeds the pipe to a frame reader; returns an exit code. */
static int print_frames(int fd, bool whole_text)
{
    static const struct frame_handler HANDLER = {
        .type = on_type,
        .meta = on_meta,
        .warning = on_warning,
        .page = on_page,
        .text = on_text,
        .words = on_words,
        .page_end = on_page_end,
        .child = on_child,
        .child_data = on_child_data,
        .child_end = on_child_end,
        .end = on_end,
    };
    struct printer printer = {.whole_text = whole_text};
    struct frame_reader *reader = frame_reader_new(&HANDLER, &printer);
    struct err err = {0};
    char bytes[65536];
    ssize_t n;
    int rc = 0;

    while (rc == 0 && (n = read(fd, bytes, sizeof(bytes))) > 0)
        rc = frame_reader_feed(reader, bytes, (size_t)n, &err);
    if (rc)
        printf("broken   %s\n", err.message);
    else if (!frame_reader_done(reader))
        printf("broken   the frames end without END\n");
    rc = rc || !frame_reader_done(reader);
    frame_reader_free(reader);
    return rc;
}

static void report_death(pid_t child, int64_t start)
{
    int status = 0;

    if (waitpid(child, &status, 0) < 0)
        return;
    if (WIFSIGNALED(status))
        printf("died     by signal %d (%s)\n", WTERMSIG(status), strsignal(WTERMSIG(status)));
    else if (WEXITSTATUS(status))
        printf("died     with exit code %d\n", WEXITSTATUS(status));
    printf("took     %lld ms\n", (long long)(clock_ms() - start));
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* The passwords as sanad would send them. */
static int passwords_memory(const struct describe_options *options)
{
    int fd = options->password_count ? memfd_create("passwords", MFD_CLOEXEC) : -1;

    for (size_t i = 0; fd >= 0 && i < options->password_count; i++)
        (void)io_write(fd, options->passwords[i], strlen(options->passwords[i]) + 1);
    if (fd >= 0)
        (void)io_write(fd, "", 1);
    return fd;
}

static int open_volumes(const struct describe_options *options, struct job_load *load)
{
    load->volumes = mem_zalloc(options->volume_count + 1, sizeof(*load->volumes));
    for (size_t i = 0; i < options->volume_count; i++) {
        int fd = open(options->volumes[i], O_RDONLY | O_CLOEXEC);
        off_t bytes = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
        if (bytes < 0)
            return -1;
        struct job_volume *volume = &load->volumes[load->volume_count++];
        *volume = (struct job_volume){.fd = (uint32_t)i, .bytes = (uint64_t)bytes};
        snprintf(volume->name, sizeof(volume->name), "%s", base_name(options->volumes[i]));
        load->volume_fds[load->volume_fd_count++] = fd;
    }
    return 0;
}

int describe_file(const char *path, const struct describe_options *options)
{
    struct job_load load = job_load_of(open(path, O_RDONLY | O_CLOEXEC), -1);
    struct job job = {
        .kind = JOB_READ, .ocr = options->ocr, .limits = {.output_bytes = (uint64_t)4 << 30}};
    int frames[2];

    if (load.document_fd < 0 || open_volumes(options, &load) || pipe2(frames, O_CLOEXEC)) {
        fprintf(stderr, "sanad-worker: cannot open %s or its volumes: %s\n", path, strerror(errno));
        job_load_release(&load);
        return 1;
    }
    load.passwords_fd = passwords_memory(options);
    load.frames_fd = frames[1];
    snprintf(job.langs, sizeof(job.langs), "%s", options->langs);
    snprintf(job.name, sizeof(job.name), "%s", base_name(path));
    int64_t start = clock_ms();
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        close(frames[0]);
        _exit(document_run(&job, &load));
    }
    job_load_release(&load);
    int rc = child < 0 ? 1 : print_frames(frames[0], options->whole_text);
    close(frames[0]);
    if (child > 0)
        report_death(child, start);
    return rc;
}

void describe_formats(void)
{
    printf("# Formats\n\n"
           "What sanad reads, generated by `sanad-worker --formats` from `src/worker/readers.c`.\n"
           "Every other type is kept and listed in the ledger as `empty`, reason `unsupported`, "
           "with its MIME type.\n\n"
           "| reader | formats | MIME types | by | yields | limits | since |\n"
           "|---|---|---|---|---|---|---|\n");
    for (const struct reader *r = readers; r->name; r++)
        printf("| %s | %s | %s | %s | %s | %s | %s |\n", r->name, r->formats, r->mimes, r->library,
               r->yields, r->limits, r->since);
}
