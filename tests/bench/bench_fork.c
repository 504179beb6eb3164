/*
 * What a document costs before anything is read in it: a text of one line is handed to the real
 * nursery again and again, from the job's sending to the word of its child's end.
 *
 *     bench_fork WORKER [TIMES]
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "nursery_drive.h"
#include "stopwatch.h"

enum { TIMES_USUAL = 2000, TIMES_MAX = 1000000, WARM_UP = 20 };

static const char TRIVIAL[] = "One line of text.\n";

static int64_t read_once(const struct nursery_drive *drive, const struct job *job)
{
    struct answer answer;
    int64_t start = wall_us();

    drive_read(drive, job, TRIVIAL, sizeof(TRIVIAL) - 1, &answer);
    int64_t took = wall_us() - start;
    if (answer.outcome != OUTCOME_TEXT || answer.end.death != DEATH_EXIT) {
        (void)fprintf(stderr, "bench_fork: the document was not read: %s\n", answer.detail);
        exit(1);
    }
    return took;
}

int main(int argc, char **argv)
{
    struct nursery_drive drive = {0};
    struct job job = drive_job("trivial.txt", "");
    int times = argc > 2 ? atoi(argv[2]) : TIMES_USUAL;
    int64_t sum = 0;

    if (argc < 2 || times < 1 || times > TIMES_MAX) {
        (void)fprintf(stderr, "usage: bench_fork WORKER [TIMES]\n");
        return 2;
    }
    int64_t *took = mem_zalloc((size_t)times, sizeof(*took));
    drive_start(&drive, argv[1]);
    for (int i = 0; i < WARM_UP; i++)
        (void)read_once(&drive, &job);
    for (int i = 0; i < times; i++) {
        took[i] = read_once(&drive, &job);
        sum += took[i];
    }
    (void)drive_stop(&drive);
    printf("%d documents: mean %.2f p50 %.2f p95 %.2f max %.2f ms\n", times,
           (double)sum / times / 1e3, percentile_ms(took, (size_t)times, 50),
           percentile_ms(took, (size_t)times, 95), percentile_ms(took, (size_t)times, 100));
    free(took);
    return 0;
}
