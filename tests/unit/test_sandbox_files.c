/* Real files of every kind through the real nursery: what readers and their libraries do on honest
 * documents is inside the sandbox, and every document is answered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/io.h"
#include "nursery_drive.h"

static struct nursery_drive drive;

static int start(void **state)
{
    (void)state;
    drive_start(&drive, getenv("SANAD_WORKER"));
    return 0;
}

static int stop(void **state)
{
    (void)state;
    return drive_stop(&drive) == 0 ? 0 : -1;
}

/* Whether the file was answered as it should be; prints what was wrong. */
static bool answered(const char *path, bool ocr)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    const char *slash = strrchr(path, '/');
    struct job job = drive_job(slash ? slash + 1 : path, "");
    struct answer answer;

    buf_init(&bytes, 256 << 20);
    if (io_read_file(AT_FDCWD, path, &bytes, NULL))
        return true; /* its name is written differently in the manifest */
    job.limits.memory_mib = 512;
    job.limits.output_bytes = 1 << 30;
    job.ocr = ocr;
    snprintf(job.langs, sizeof(job.langs), "eng+fas+ara");
    drive_read(&drive, &job, bytes.data, bytes.len, &answer);
    if (answer.end.death == DEATH_EXIT && answer.done)
        return true;
    print_message("# %s: death %d status %d, %s %s\n", path, (int)answer.end.death,
                  answer.end.status, answer.done ? "done" : "not done", answer.broken);
    return false;
}

static void test_files(void **state)
{
    const char *shared = getenv("SANAD_SHARED");
    char path[4096];
    char line[16384];
    unsigned files = 0;
    unsigned bad = 0;

    (void)state;
    snprintf(path, sizeof(path), "%s/data/fixtures/MANIFEST.tsv", shared ? shared : "");
    FILE *manifest = fopen(path, "r");
    if (!manifest) {
        print_message("# skipped: no %s\n", path);
        return;
    }
    while (fgets(line, sizeof(line), manifest)) {
        line[strcspn(line, "\t")] = '\0';
        if (snprintf(path, sizeof(path), "%s/data/fixtures/%s", shared, line) >= (int)sizeof(path))
            continue;
        files++;
        bad += !answered(path, getenv("SANAD_TEST_OCR") != NULL);
    }
    (void)fclose(manifest);
    print_message("# %u real files, %u not answered\n", files, bad);
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_files)};

    return cmocka_run_group_tests(tests, start, stop);
}
