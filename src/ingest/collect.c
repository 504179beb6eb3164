#include "ingest/collect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "crypt/password_list.h"
#include "ingest/children.h"
#include "ingest/death.h"
#include "ingest/limits.h"
#include "ingest/take.h"
#include "text/language.h"

enum {
    PAGE_NUMBER_MAX = 0xFFFFF,
    LANGUAGE_SAMPLE = 2048, /* bytes of text by which the language is guessed */
    HEADER_MAX = 1024,      /* bytes kept of a title, sender, recipient in the ledger's row */
};

struct collect {
    struct sanad_case *kase;
    struct derive *derive;
    struct frame_reader *frames;
    struct err broken;   /* how the worker broke the protocol, if it did */
    struct err *failure; /* where a failure of the case goes, during collect_feed */
    bool case_failed;

    struct item item;
    char *path, *mime_hint;
    int passwords_fd; /* 0: none */
    /* what is known of the document so far */
    char type[128], reader[64];
    char title[HEADER_MAX], date[64], from[HEADER_MAX], to[HEADER_MAX];
    struct buf sample;
    const struct conversion *through; /* what comes is LibreOffice's; NULL: the document's own */
    bool ended;
    enum outcome outcome;
    enum reason reason;
    char detail[DETAIL_MAX];
    int64_t pages, runs, chars;
    int64_t unsure_pages; /* of those read by OCR */
    int64_t new_pages;
    /* the page being received */
    struct page_head head;
    struct buf text, rest;
    struct word_box *words;
    size_t word_count;
    struct children children;
};

static void copy_text(char *to, size_t size, const char *from, size_t len)
{
    len = utf8_prefix(from, len, size - 1);
    memcpy(to, from, len);
    to[len] = '\0';
}

/* ---- frames ---- */

static int on_type(void *ctx, const char *mime, const char *reader)
{
    struct collect *collect = ctx;

    if (collect->through)
        return 0;
    copy_text(collect->type, sizeof(collect->type), mime, strlen(mime));
    copy_text(collect->reader, sizeof(collect->reader), reader, strlen(reader));
    return 0;
}

/* Facts that stand in the ledger's row itself; the first value counts. */
static void note_header(struct collect *collect, const char *key, const char *value, size_t len)
{
    const struct {
        const char *key;
        char *to;
        size_t size;
    } places[] = {
        {"title", collect->title, sizeof(collect->title)},
        {"date", collect->date, sizeof(collect->date)},
        {"from", collect->from, sizeof(collect->from)},
        {"to", collect->to, sizeof(collect->to)},
    };

    for (size_t i = 0; i < ARRAY_LEN(places); i++)
        if (!strcmp(key, places[i].key) && !places[i].to[0])
            copy_text(places[i].to, places[i].size, value, len);
}

/* A number that no password has is a fault of a worker that nobody believes; it opens nothing. */
static int keep_password(struct collect *collect, const char *number, size_t len)
{
    char password[PASSWORD_BYTES_MAX + 1];
    char digits[16];
    int rc = 0;

    copy_text(digits, sizeof(digits), number, len);
    size_t wanted = strtoul(digits, NULL, 10);
    if (collect->passwords_fd > 0 && collect->item.object && wanted >= 1 &&
        wanted <= PASSWORDS_MAX && password_list_get(collect->passwords_fd, wanted, password))
        rc = object_password_put(collect->kase, collect->item.object, password, collect->failure);
    explicit_bzero(password, sizeof(password));
    return rc;
}

static int on_meta(void *ctx, const char *key, const char *value, size_t len)
{
    struct collect *collect = ctx;

    if (collect->through && !strcmp(key, "producer"))
        key = "converter"; /* LibreOffice's own name, not the document's program */
    if (strcmp(key, META_PASSWORD) == 0)
        return keep_password(collect, value, len);
    note_header(collect, key, value, len);
    return item_meta_put(collect->kase, collect->item.id, key, value, len, collect->failure);
}

static int on_warning(void *ctx, enum reason reason, const char *detail)
{
    struct collect *collect = ctx;
    char text[DETAIL_MAX + 64];
    const char *word = reason_word(reason);

    snprintf(text, sizeof(text), "%s%s%s", word ? word : "", word ? ": " : "", detail);
    return item_meta_put(collect->kase, collect->item.id, "warning", text, strlen(text),
                         collect->failure);
}

static int on_page(void *ctx, const struct page_head *page)
{
    struct collect *collect = ctx;

    if (page->number > PAGE_NUMBER_MAX)
        return err_set(&collect->broken, ERR_WORKER, "more pages than sanad can number");
    collect->head = *page;
    buf_clear(&collect->text);
    buf_clear(&collect->rest);
    collect->word_count = 0;
    return 0;
}

static int on_text(void *ctx, enum text_part part, const char *text, size_t len)
{
    struct collect *collect = ctx;

    /* The frame reader has checked the cap already. */
    BUG_IF(buf_append(part == TEXT_MAIN ? &collect->text : &collect->rest, text, len));
    return 0;
}

static int on_words(void *ctx, const struct word_box *words, size_t count)
{
    struct collect *collect = ctx;

    collect->words =
        mem_realloc(collect->words, collect->word_count + count, sizeof(*collect->words));
    memcpy(collect->words + collect->word_count, words, count * sizeof(*words));
    collect->word_count += count;
    return 0;
}

static int on_page_end(void *ctx)
{
    struct collect *collect = ctx;
    struct page page = {.item = collect->item.id,
                        .head = collect->head,
                        .text = collect->text.data,
                        .text_len = collect->text.len,
                        .rest = collect->rest.data,
                        .rest_len = collect->rest.len,
                        .words = collect->words,
                        .word_count = collect->word_count};

    if (collect->sample.len < LANGUAGE_SAMPLE) {
        size_t room = LANGUAGE_SAMPLE - collect->sample.len;
        (void)buf_append(&collect->sample, page.text, utf8_prefix(page.text, page.text_len, room));
    }
    if (page.head.method == PAGE_FLOW) {
        collect->runs++;
    } else {
        collect->pages++;
        collect->new_pages++;
    }
    if (page.head.method == PAGE_OCR && page.text_len > 0 && page.head.confidence < OCR_UNSURE)
        collect->unsure_pages++;
    collect->chars += (int64_t)utf8_count(page.text, page.text_len);
    return derive_page(collect->derive, collect->kase, &page, collect->failure);
}

static int on_child(void *ctx, const struct child_head *child)
{
    struct collect *collect = ctx;

    children_begin(&collect->children, child);
    return 0;
}

static int on_child_data(void *ctx, const void *data, size_t len)
{
    struct collect *collect = ctx;

    return children_data(&collect->children, data, len, collect->failure);
}

static int on_child_end(void *ctx, enum reason reason, const char *detail)
{
    struct collect *collect = ctx;

    return children_end(&collect->children, reason, detail, collect->failure);
}

/* A page read badly is better than none, but the ledger says so. */
static void note_unsure(struct collect *collect)
{
    if (collect->outcome != OUTCOME_OCR || collect->reason != REASON_NONE ||
        collect->unsure_pages == 0)
        return;
    collect->reason = REASON_LOW_CONFIDENCE;
    if (collect->pages == 1)
        snprintf(collect->detail, sizeof(collect->detail),
                 "OCR was unsure (under %d %%): compare the page with its picture", OCR_UNSURE);
    else
        snprintf(collect->detail, sizeof(collect->detail),
                 "OCR was unsure (under %d %%) of %lld of %lld pages: compare with their pictures",
                 OCR_UNSURE, (long long)collect->unsure_pages, (long long)collect->pages);
}

/* A remark of the reader comes first. */
static void note_way(struct collect *collect)
{
    size_t len = strlen(collect->detail);

    if (collect->through)
        snprintf(collect->detail + len, sizeof(collect->detail) - len, "%sread through LibreOffice",
                 len ? "; " : "");
}

static int on_end(void *ctx, const struct end_frame *end)
{
    struct collect *collect = ctx;

    collect->ended = true;
    collect->outcome = end->outcome;
    collect->reason = end->reason;
    copy_text(collect->detail, sizeof(collect->detail), end->detail, strlen(end->detail));
    note_unsure(collect);
    note_way(collect);
    return 0;
}

static const struct frame_handler handler = {
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

/* ---- the document ---- */

struct collect *collect_new(struct sanad_case *kase, struct derive *derive, const struct item *item,
                            uint64_t children_max)
{
    struct collect *collect = mem_zalloc(1, sizeof(*collect));

    collect->kase = kase;
    collect->derive = derive;
    collect->item = *item;
    collect->item.path = collect->path = mem_strdup(item->path);
    collect->item.mime_hint = collect->mime_hint = mem_strdup(item->mime_hint);
    collect->item.name = path_name(collect->path);
    children_start(&collect->children, kase, derive, &collect->item, children_max);
    collect->frames = frame_reader_new(&handler, collect);
    buf_init(&collect->text, PAGE_TEXT_MAX);
    buf_init(&collect->rest, PAGE_TEXT_MAX);
    buf_init(&collect->sample, LANGUAGE_SAMPLE);
    return collect;
}

void collect_passwords(struct collect *collect, int fd)
{
    collect->passwords_fd = fd;
}

void collect_free(struct collect *collect)
{
    if (!collect)
        return;
    children_release(&collect->children);
    frame_reader_free(collect->frames);
    buf_release(&collect->text);
    buf_release(&collect->rest);
    buf_release(&collect->sample);
    free(collect->words);
    free(collect->path);
    free(collect->mime_hint);
    free(collect);
}

int collect_feed(struct collect *collect, const void *data, size_t len, struct err *err)
{
    struct err protocol = {0};

    if (collect->broken.code || collect->case_failed)
        return 0; /* the rest is of no use; it is read so that the child can end */
    collect->failure = err;
    int rc = frame_reader_feed(collect->frames, data, len, &protocol);
    collect->failure = NULL;
    if (rc && !err->code) {
        (void)err_set(&collect->broken, ERR_WORKER, "%s", protocol.message);
        return 0;
    }
    collect->case_failed = rc != 0;
    return rc;
}

const struct conversion *collect_wants(const struct collect *collect, const struct job_end *end)
{
    bool named = collect->ended && !collect->broken.code && end->death == DEATH_EXIT &&
                 collect->outcome == OUTCOME_FAILED && collect->reason == REASON_NO_CONVERTER;

    return named ? conversion_for(collect->type) : NULL;
}

void collect_through(struct collect *collect, const struct conversion *how)
{
    collect->through = how;
    copy_text(collect->type, sizeof(collect->type), how->mime, strlen(how->mime));
    copy_text(collect->reader, sizeof(collect->reader), "LibreOffice", strlen("LibreOffice"));
}

static void fail(struct collect *collect, enum reason reason, const char *detail)
{
    collect->outcome = OUTCOME_FAILED;
    collect->reason = reason;
    snprintf(collect->detail, sizeof(collect->detail), "%s", detail);
}

void collect_fail(struct collect *collect, enum reason reason, const char *detail)
{
    fail(collect, reason, detail);
}

static void judge(struct collect *collect, const struct job_end *end,
                  const struct job_limits *limits)
{
    char text[DETAIL_MAX];
    enum reason reason;

    if (collect->broken.code) {
        snprintf(text, sizeof(text), "the reader's answer was refused: %.400s",
                 collect->broken.message);
        fail(collect, REASON_PROTOCOL, text);
    } else if (!death_was_natural(end, collect->ended, limits, &reason, text)) {
        fail(collect, reason, text);
    }
}

int collect_end(struct collect *collect, const struct job_end *end, const struct job_limits *limits,
                struct reading *ret_reading, struct err *err)
{
    judge(collect, end, limits);
    bool keep_old = keep_children(collect->derive, collect->kase, collect->item.id,
                                  collect->outcome, collect->reason);
    int rc = children_finish(&collect->children, keep_old, err);
    *ret_reading = (struct reading){
        .outcome = collect->outcome,
        .reason = collect->reason,
        .detail = collect->detail,
        .type = collect->type[0] ? collect->type : collect->item.mime_hint,
        .lang = language_guess(collect->sample.data, collect->sample.len),
        .title = collect->title,
        .date = collect->date,
        .from = collect->from,
        .to = collect->to,
        .reader = collect->reader,
        .pages = collect->pages ? collect->pages : -1,
        .chars = collect->chars,
        .children = collect->children.count,
    };
    return rc ? rc
              : derive_reading(collect->derive, collect->kase, collect->item.id, ret_reading, err);
}

int64_t collect_take_pages(struct collect *collect)
{
    int64_t pages = collect->new_pages;

    collect->new_pages = 0;
    return pages;
}

int64_t collect_take_children(struct collect *collect)
{
    int64_t children = collect->children.new_rows;

    collect->children.new_rows = 0;
    return children;
}

uint64_t collect_child_bytes(const struct collect *collect)
{
    return collect->children.all_bytes;
}
