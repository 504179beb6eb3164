/*
 * Speed of the fold: reads text files named on the command line into memory, splits and folds them
 * several times, and prints MB/s of words alone and of words with their index keys, and keys a
 * word.
 */
#include <stdio.h>
#include <stdlib.h>
#include <fcntl.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/io.h"
#include "text/fold.h"
#include "text/language.h"

enum { TEXT_MAX = 256 << 20, MILLISECONDS = 700 };

struct totals {
    size_t words, keys, bytes;
};

static void run(const struct buf *text, int with_keys, struct totals *totals)
{
    struct words words;
    struct word word;
    struct loose_key keys[INDEX_KEYS_MAX];

    words_init(&words, text->data, text->len);
    while (words_next(&words, &word)) {
        totals->words++;
        totals->bytes += word.surface_len;
        if (with_keys)
            totals->keys += words_index_keys(&words, &word, keys);
    }
}

static void measure(const struct buf *text, int with_keys, const char *name)
{
    struct totals totals = {0};
    int64_t start = clock_ms();
    int64_t spent = 0;
    size_t rounds = 0;

    while (spent < MILLISECONDS) {
        run(text, with_keys, &totals);
        rounds++;
        spent = clock_ms() - start;
    }
    printf("%-10s %7.1f MB/s  %zu words  %.3f keys a word\n", name,
           (double)text->len * (double)rounds / 1e3 / (double)spent, totals.words / rounds,
           totals.words ? (double)totals.keys / (double)totals.words : 0.0);
}

int main(int argc, char **argv)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    struct err err = {0};

    buf_init(&text, TEXT_MAX);
    for (int i = 1; i < argc; i++) {
        if (io_read_file(AT_FDCWD, argv[i], &text, &err) != 0) {
            (void)fprintf(stderr, "bench_fold: %s\n", err.message);
            return 1;
        }
    }
    if (text.len == 0) {
        (void)fprintf(stderr, "usage: bench_fold FILE...\n");
        return 2;
    }
    printf("%.1f MB, language %s\n", (double)text.len / 1e6, language_guess(text.data, text.len));
    measure(&text, 0, "words");
    measure(&text, 1, "with keys");
    return 0;
}
