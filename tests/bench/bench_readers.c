/*
 * Memory of the worker's children: every file below the folders is read by the real nursery, one
 * after the other, without OCR, and the peak of each child is what the system says of it.
 *
 *     bench_readers WORKER FOLDER...
 */
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/io.h"
#include "nursery_drive.h"
#include "stopwatch.h"

enum { FILE_MAX = 256 << 20, MEMORY_MIB = 512, OUTPUT_MAX = 256 << 20, SECONDS = 60 };

struct sums {
    unsigned files, refused, late;
    uint32_t peak_kib;
    char largest[JOB_NAME_MAX]; /* the file whose reader took most */
};

static void read_one(const struct nursery_drive *drive, const FTSENT *entry, struct sums *sums)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    struct job job = drive_job(entry->fts_name, "");
    struct answer answer;

    buf_init(&bytes, FILE_MAX);
    if (io_read_file(AT_FDCWD, entry->fts_path, &bytes, NULL)) /* too large, or not to be read */
        return;
    job.limits.memory_mib = MEMORY_MIB;
    job.limits.output_bytes = OUTPUT_MAX;
    job.limits.total_seconds = SECONDS;
    drive_read(drive, &job, bytes.data, bytes.len, &answer);
    sums->files++;
    sums->refused += answer.end.death == DEATH_MEMORY || answer.reason == REASON_LIMIT_MEMORY;
    sums->late += answer.end.death == DEATH_TIME;
    if (answer.end.peak_kib > sums->peak_kib) {
        sums->peak_kib = answer.end.peak_kib;
        (void)snprintf(sums->largest, sizeof(sums->largest), "%s", entry->fts_name);
    }
}

int main(int argc, char **argv)
{
    struct nursery_drive drive = {0};
    struct sums sums = {0};

    if (argc < 3) {
        (void)fprintf(stderr, "usage: bench_readers WORKER FOLDER...\n");
        return 2;
    }
    drive_start(&drive, argv[1]);
    FTS *walk = fts_open(argv + 2, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    int64_t start = wall_us();
    for (FTSENT *entry = NULL; walk && (entry = fts_read(walk));)
        if (entry->fts_info == FTS_F)
            read_one(&drive, entry, &sums);
    if (walk)
        (void)fts_close(walk);
    (void)drive_stop(&drive);
    printf("%u files in %.1f s: peak %.1f MiB (%s), %u ended at the memory limit of %d MiB, "
           "%u at the time limit\n",
           sums.files, (double)(wall_us() - start) / 1e6, (double)sums.peak_kib / 1024,
           sums.largest, sums.refused, MEMORY_MIB, sums.late);
    return 0;
}
