/*
 * Speed of the index alone: the texts below FOLDER, each with a changed line, COPIES times over,
 * into a fresh encrypted case.
 *
 *     bench_index CASE FOLDER COPIES
 */
#include <fts.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/io.h"
#include "base/utf8.h"
#include "search/search.h"
#include "stopwatch.h"

enum { FILE_MAX = 4 << 20, COMMIT_BYTES = 16 << 20 };

struct bench {
    struct sanad_case *kase;
    void *state;
    int64_t bytes, pages, index_us;
    size_t since_commit;
};

static void die(const struct err *err, const char *what)
{
    fprintf(stderr, "%s: %s\n", what, err->message);
    exit(1);
}

static void add_text(struct bench *bench, const char *path, const struct buf *text)
{
    struct err err = {0};
    struct item item = {.path = path, .name = strrchr(path, '/') + 1, .bytes = text->len};
    struct page page = {.text = text->data, .text_len = text->len, .head = {.number = 1}};
    struct reading reading = {.outcome = OUTCOME_TEXT,
                              .detail = "",
                              .type = bench->pages % 3 ? "text/plain" : "application/pdf",
                              .lang = "eng",
                              .title = "",
                              .date = "1958-11-03",
                              .from = "",
                              .to = "",
                              .reader = "text",
                              .pages = -1};

    if (item_add(bench->kase, &item, &err))
        die(&err, "item_add");
    page.item = item.id;
    int64_t start = cpu_us();
    uint32_t words = search_deriver.count(bench->state, page.text, page.text_len);
    int64_t counted = cpu_us();
    if (page_put(bench->kase, &page, words, &err) ||
        reading_put(bench->kase, item.id, &reading, &err))
        die(&err, "page_put");
    int64_t stored = cpu_us();
    if (search_deriver.page(bench->state, &page, &err) ||
        search_deriver.document(bench->state, item.id, &reading, &err))
        die(&err, "page");
    bench->since_commit += text->len;
    if (bench->since_commit > COMMIT_BYTES) {
        if (search_deriver.flush(bench->state, &err) || case_commit(bench->kase, &err) ||
            db_begin(case_db(bench->kase), &err))
            die(&err, "commit");
        bench->since_commit = 0;
    }
    bench->index_us += counted - start + cpu_us() - stored;
    bench->bytes += (int64_t)text->len;
    bench->pages++;
}

static void add_folder(struct bench *bench, char *folder, int copy)
{
    char *const folders[] = {folder, NULL};
    FTS *walk = fts_open(folders, FTS_PHYSICAL | FTS_NOCHDIR, NULL);

    for (FTSENT *entry = NULL; (entry = fts_read(walk));) {
        const char *dot = strrchr(entry->fts_name, '.');
        if (entry->fts_info != FTS_F || !dot || strcmp(dot, ".txt") != 0)
            continue;
        struct err err = {0};
        struct buf text;
        buf_init(&text, FILE_MAX);
        if (io_read_file(AT_FDCWD, entry->fts_path, &text, &err))
            die(&err, "read");
        if (!utf8_valid(text.data, text.len)) {
            buf_release(&text);
            continue;
        }
        buf_printf(&text, "\nCopy %d of this text, line changed%d.\n", copy, copy);
        add_text(bench, entry->fts_path, &text);
        buf_release(&text);
    }
    fts_close(walk);
}

/* Starts counting the peak of memory afresh: opening the case took 256 MiB for a moment. */
static void forget_peak(void)
{
    FILE *file = fopen("/proc/self/clear_refs", "w");

    if (file) {
        (void)fputs("5", file);
        (void)fclose(file);
    }
}

static long peak_kib(void)
{
    char line[256];
    long peak = 0;
    FILE *file = fopen("/proc/self/status", "r");

    while (file && fgets(line, sizeof(line), file))
        if (strncmp(line, "VmHWM:", 6) == 0)
            peak = strtol(line + 6, NULL, 10);
    if (file)
        (void)fclose(file);
    return peak;
}

int main(int argc, char **argv)
{
    struct bench bench = {0};
    struct err err = {0};

    if (argc < 4) {
        fprintf(stderr, "usage: bench_index CASE FOLDER COPIES\n");
        return 2;
    }
    if (crypt_start(&err))
        die(&err, "crypt");
    struct passphrase *passphrase = passphrase_new("bench", 5);
    if (case_init(argv[1], passphrase, &err) ||
        case_open(argv[1], passphrase, CASE_WRITE, &bench.kase, &err))
        die(&err, "case");
    const struct deriver *list[] = {&search_deriver, NULL};
    const struct deriver *stale[DERIVERS_MAX + 1];
    if (db_begin(case_db(bench.kase), &err) || derivers_prepare(bench.kase, list, stale, &err) ||
        search_deriver.start(bench.kase, &bench.state, &err))
        die(&err, "start");
    forget_peak();
    int64_t wall = wall_us();
    int64_t start = cpu_us();
    for (int copy = 0; copy < atoi(argv[3]); copy++)
        add_folder(&bench, argv[2], copy);
    int64_t end = cpu_us();
    if (search_deriver.flush(bench.state, &err) || case_commit(bench.kase, &err))
        die(&err, "commit");
    bench.index_us += cpu_us() - end;
    search_deriver.finish(bench.state);
    end = cpu_us();
    wall = wall_us() - wall;
    long peak = peak_kib();
    case_close(bench.kase);
    printf("%lld pages, %.1f MB: %.2f s, %.2f s of processor in all, index %.2f s = %.1f MB/s, "
           "peak %ld MiB\n",
           (long long)bench.pages, (double)bench.bytes / 1e6, (double)wall / 1e6,
           (double)(end - start) / 1e6, (double)bench.index_us / 1e6,
           (double)bench.bytes / (double)bench.index_us, peak / 1024);
    passphrase_free(passphrase);
    return 0;
}
