/*
 * Adding files with some of the derivers: what names and dates cost.
 *
 *     bench_add CASE text|all FOLDER...
 *
 * `text` indexes words only. Prints the seconds that passed and those of all processors, its
 * children's too. To be started from a folder in which sanad finds its worker.
 */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "events/events.h"
#include "ingest/ingest.h"
#include "names/entities.h"
#include "search/search.h"
#include "stopwatch.h"

static int die(const struct err *err, const char *what)
{
    fprintf(stderr, "%s: %s\n", what, err->message);
    return 1;
}

static double processor_seconds(int who)
{
    struct rusage usage;

    if (getrusage(who, &usage))
        return 0;
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

int main(int argc, char **argv)
{
    static const struct deriver *const words[] = {&search_deriver, NULL};
    static const struct deriver *const all[] = {&search_deriver, &names_deriver, &events_deriver,
                                                NULL};
    struct ingest_options options = {.langs = "eng", .derivers = all};
    struct ingest_progress progress;
    struct sanad_case *kase;
    struct err err = {0};

    if (argc < 4) {
        fprintf(stderr, "usage: bench_add CASE text|all FOLDER...\n");
        return 2;
    }
    if (!strcmp(argv[2], "text"))
        options.derivers = words;
    if (crypt_start(&err))
        return die(&err, "crypt");
    struct passphrase *passphrase = passphrase_new("bench", 5);
    if (case_init(argv[1], passphrase, &err) ||
        case_open(argv[1], passphrase, CASE_WRITE, &kase, &err))
        return die(&err, "case");
    passphrase_free(passphrase);
    double processor = processor_seconds(RUSAGE_SELF);
    int64_t wall = wall_us();
    if (ingest_add(kase, (const char *const *)argv + 3, (size_t)argc - 3, "bench", &options,
                   &progress, &err))
        return die(&err, "add");
    wall = wall_us() - wall;
    processor = processor_seconds(RUSAGE_SELF) + processor_seconds(RUSAGE_CHILDREN) - processor;
    case_close(kase);
    printf("%.3f %.3f\n", (double)wall / 1e6, processor);
    return 0;
}
