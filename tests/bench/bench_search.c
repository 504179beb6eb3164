/*
 * Speed of queries on a case that bench_index made: each query many times, with its snippets, as
 * the reading room asks it. Prints a Markdown row a query: times that passed, and of the processor.
 *
 *     bench_search CASE [QUERY...]
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "search/search.h"
#include "stopwatch.h"

enum { TIMES = 41, HITS_SHOWN = 20 };

struct question {
    const char *kind, *query;
    bool facets;
};

static const struct question USUAL[] = {
    {"rare word", "caviar", false},
    {"rare word", "Kassem", false},
    {"common word", "government", false},
    {"commonest word", "the", false},
    {"phrase", "\"Prime Minister\"", false},
    {"phrase of common words", "\"of the United States\"", false},
    {"prefix", "govern*", false},
    {"wide prefix", "pre*", false},
    {"boolean", "Nasser AND petroleum", false},
    {"boolean", "(oil OR petroleum) AND Baghdad NOT Kuwait", false},
    {"boolean of common words", "government AND the AND united AND states", false},
    {"words near each other", "NEAR(oil company, 5)", false},
    {"typo", "petrolium~", false},
    {"word and filters", "government type:pdf date:1958", false},
    {"filter alone", "type:pdf", false},
    {"common word, with facets", "government", true},
};

static void ask(struct sanad_case *kase, const struct question *question)
{
    int64_t wall[TIMES], cpu[TIMES];
    struct err err = {0};
    int64_t total = 0;

    for (int i = 0; i < TIMES; i++) {
        struct search_request request = {.query = question->query,
                                         .limit = HITS_SHOWN,
                                         .snippets = true,
                                         .facets = question->facets};
        struct search_result *result = NULL;
        int64_t wall_start = wall_us();
        int64_t cpu_start = cpu_us();
        if (search_run(kase, &request, &result, &err)) {
            (void)fprintf(stderr, "bench_search: %s: %s\n", question->query, err.message);
            exit(1);
        }
        wall[i] = wall_us() - wall_start;
        cpu[i] = cpu_us() - cpu_start;
        total = result->total;
        search_result_free(result);
    }
    double first = (double)wall[0] / 1e3;
    printf("| %s | `%s` | %lld | %.1f | %.1f | %.1f | %.1f | %.1f |\n", question->kind,
           question->query, (long long)total, first, percentile_ms(wall, TIMES, 50),
           percentile_ms(wall, TIMES, 95), percentile_ms(cpu, TIMES, 50),
           percentile_ms(cpu, TIMES, 95));
}

int main(int argc, char **argv)
{
    struct sanad_case *kase = NULL;
    struct err err = {0};

    if (argc < 2 || crypt_start(&err)) {
        (void)fprintf(stderr, "usage: bench_search CASE [QUERY...]\n");
        return 2;
    }
    struct passphrase *passphrase = passphrase_new("bench", 5);
    if (case_open(argv[1], passphrase, CASE_READ, &kase, &err)) {
        (void)fprintf(stderr, "bench_search: %s\n", err.message);
        return 1;
    }
    for (int i = 2; i < argc; i++) {
        struct question question = {.kind = "", .query = argv[i]};
        ask(kase, &question);
    }
    for (size_t i = 0; argc == 2 && i < ARRAY_LEN(USUAL); i++)
        ask(kase, &USUAL[i]);
    case_close(kase);
    passphrase_free(passphrase);
    return 0;
}
