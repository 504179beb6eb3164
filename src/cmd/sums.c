#include "cmd/sums.h"

#include <stdio.h>
#include <string.h>

#include "cmd/terminal.h"

void sums_put(struct json_writer *json, const struct ledger_sums *sums)
{
    json_put_int(json, "items", sums->items);
    json_put_int(json, "bytes", sums->bytes);
    json_put_int(json, "objects", sums->objects);
    json_put_int(json, "pages", sums->pages);
    json_put_int(json, "chars", sums->chars);
    json_open_object(json, "outcomes");
    for (int i = 0; i < OUTCOME_COUNT; i++)
        json_put_int(json, outcome_word((enum outcome)i), sums->outcomes[i]);
    json_close_object(json);
    json_open_object(json, "reasons");
    for (int o = 0; o < OUTCOME_COUNT; o++) {
        json_open_object(json, outcome_word((enum outcome)o));
        for (int r = 1; r < REASON_COUNT; r++)
            if (sums->reasons[o][r])
                json_put_int(json, reason_word((enum reason)r), sums->reasons[o][r]);
        json_close_object(json);
    }
    json_close_object(json);
    json_put_int(json, "unequal_containers", sums->unequal_containers);
    json_put_bool(json, "sums_equal", sums->unequal_containers == 0);
}

static const char *outcome_label(enum outcome outcome)
{
    static const char *const labels[OUTCOME_COUNT] = {"waiting", "text",      "text by OCR",
                                                      "no text", "duplicate", "failed"};

    return labels[outcome];
}

/* At most 46 characters: with the numbers and the word a line has 80. */
static const char *reason_says(enum reason reason)
{
    static const char *const says[REASON_COUNT] = {
        [REASON_PASSWORD] = "locked: sanad retry CASE --password-file FILE",
        [REASON_TRUNCATED] = "the file ends before its content does",
        [REASON_CORRUPT] = "the bytes make no sense as what they claim",
        [REASON_MISSING_PART] = "needs another file that is not here: add it",
        [REASON_UNSUPPORTED] = "a kind of file that is kept and not read",
        [REASON_LIMIT_TIME] = "took too long: sanad retry CASE",
        [REASON_LIMIT_MEMORY] = "too large: sanad retry CASE --memory 2048",
        [REASON_LIMIT_SIZE] = "would expand to more than allowed",
        [REASON_LIMIT_DEPTH] = "too many files inside files",
        [REASON_LIMIT_COUNT] = "more parts or pages than are read",
        [REASON_CRASH] = "the reader crashed on it: please report it",
        [REASON_SANDBOX] = "did what is forbidden: treat it as hostile",
        [REASON_NO_LANGUAGE_MODEL] = "the OCR model of its language is missing",
        [REASON_NO_CONVERTER] = "LibreOffice would read it: see the ledger",
        [REASON_NO_BYTES] = "an empty file",
        [REASON_NO_WORDS] = "no words were found in it, as in photographs",
        [REASON_CONTAINER] = "what it holds are items of their own",
        [REASON_SYMLINK] = "a link: recorded, never followed",
        [REASON_SPECIAL] = "a device or a pipe: recorded, never opened",
        [REASON_UNREADABLE] = "the system refused to open it",
        [REASON_VANISHED] = "went away or changed meanwhile: add it again",
        [REASON_PROTOCOL] = "broke the rules: treat it as hostile",
        [REASON_NO_SPEECH_READER] = "sound or film: what is said is not read",
        [REASON_LOW_CONFIDENCE] = "OCR was unsure: compare with the picture",
    };

    return says[reason] ? says[reason] : "";
}

static void print_outcome(const struct ledger_sums *sums, enum outcome outcome)
{
    char count[32];

    if (!sums->outcomes[outcome])
        return;
    term_style(stdout, outcome == OUTCOME_FAILED ? TERM_RED : TERM_BOLD);
    printf("%9s  %s\n", term_count(sums->outcomes[outcome], count), outcome_label(outcome));
    term_style(stdout, 0);
    /* On texts a reason is a remark; it is counted with them and shown in the ledger. */
    for (int r = 1; r < REASON_COUNT; r++)
        if (sums->reasons[outcome][r])
            printf("%13s  %-17s  %s\n", term_count(sums->reasons[outcome][r], count),
                   reason_word((enum reason)r), reason_says((enum reason)r));
}

int sums_print(struct sanad_case *kase, struct err *err)
{
    static const enum outcome order[] = {OUTCOME_TEXT,      OUTCOME_OCR,    OUTCOME_EMPTY,
                                         OUTCOME_DUPLICATE, OUTCOME_FAILED, OUTCOME_WAITING};
    struct ledger_sums sums;
    char a[COUNTED_MAX];
    char b[32];
    char c[COUNTED_MAX];
    int rc = ledger_sum(kase, &sums, err);

    if (rc)
        return rc;
    if (!sums.items) {
        puts("The case is empty. Take files in with: sanad add CASE FOLDER");
        return 0;
    }
    printf("%s, %s, %s\n", term_counted(sums.items, "item", "items", a), term_bytes(sums.bytes, b),
           term_counted(sums.pages, "page", "pages", c));
    for (size_t i = 0; i < ARRAY_LEN(order); i++)
        print_outcome(&sums, order[i]);
    if (sums.unequal_containers) {
        term_style(stdout, TERM_RED);
        printf("The sums of %s are NOT equal; run: sanad check CASE\n",
               term_counted(sums.unequal_containers, "container", "containers", a));
        term_style(stdout, 0);
    } else if (sums.outcomes[OUTCOME_WAITING]) {
        puts("What waits is read by the same sanad add again.");
    } else {
        puts("Every item has its outcome, and the sums of all containers are equal.");
    }
    return 0;
}

static void print_next(const char *what, const char *command, const char *path, const char *rest)
{
    printf("  %-22s  sanad %s ", what, command);
    term_argument(stdout, path);
    printf("%s\n", rest);
}

int next_print(struct sanad_case *kase, const char *path, struct err *err)
{
    struct ledger_sums sums;
    int rc = ledger_sum(kase, &sums, err);

    if (rc || !sums.items)
        return rc;
    putchar('\n');
    if (sums.outcomes[OUTCOME_FAILED])
        print_next("what failed, and why:", "ledger", path, " --outcome failed");
    print_next("find words:", "search", path, " WORDS");
    print_next("who is named:", "names", path, "");
    print_next("what happened when:", "timeline", path, "");
    print_next("read in a browser:", "serve", path, "");
    return 0;
}
