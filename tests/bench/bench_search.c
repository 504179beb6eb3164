/*
 * Speed of queries on a case that bench_index made: each query many times, with its snippets, as
 * the reading room asks it.
 *
 *     bench_search CASE [QUERY...]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "search/search.h"

enum { TIMES = 21 };

static const char *const usual[] = {
    "Kassem",
    "petroleum",
    "government",
    "the",
    "\"Prime Minister\"",
    "\"of the United States\"",
    "govern*",
    "pre*",
    "Nasser AND petroleum",
    "(oil OR petroleum) AND Baghdad NOT Kuwait",
    "government AND the AND united AND states",
    "NEAR(oil company, 5)",
    "petrolium~",
    "government type:pdf date:1958",
    "type:pdf",
};

static int by_value(const void *left, const void *right)
{
    const double *a = left;
    const double *b = right;
    return (*a > *b) - (*a < *b);
}

static void run(struct sanad_case *kase, const char *query, bool facets)
{
    double ms[TIMES];
    struct err err = {0};
    int64_t total = 0;

    for (int i = 0; i < TIMES; i++) {
        struct search_request request = {
            .query = query, .limit = 20, .snippets = true, .facets = facets};
        struct search_result *result = NULL;
        if (search_run(kase, &request, &result, &err)) {
            fprintf(stderr, "%s: %s\n", query, err.message);
            exit(1);
        }
        ms[i] = result->ms;
        total = result->total;
        search_result_free(result);
    }
    double first = ms[0];
    qsort(ms, TIMES, sizeof(double), by_value);
    printf("%-46s %8lld documents  first %6.1f  p50 %6.1f  p95 %6.1f ms%s\n", query,
           (long long)total, first, ms[TIMES / 2], ms[TIMES - 2], facets ? " with facets" : "");
}

int main(int argc, char **argv)
{
    struct sanad_case *kase = NULL;
    struct err err = {0};

    if (argc < 2 || crypt_start(&err)) {
        fprintf(stderr, "usage: bench_search CASE [QUERY...]\n");
        return 2;
    }
    struct passphrase *passphrase = passphrase_new("bench", 5);
    if (case_open(argv[1], passphrase, CASE_READ, &kase, &err)) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    for (int i = 2; i < argc; i++)
        run(kase, argv[i], false);
    for (size_t i = 0; argc == 2 && i < ARRAY_LEN(usual); i++)
        run(kase, usual[i], false);
    if (argc == 2)
        run(kase, "government", true);
    case_close(kase);
    passphrase_free(passphrase);
    return 0;
}
