/* When: what dates a document, and the dates of a case in order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "events/events.h"
#include "store/dated.h"
#include "store_case.h"
#include "text/day.h"

/* ---- what dates a text ---- */

struct claims {
    const char *text;
    char out[512];
};

static int claim(void *ctx, const struct date_found *found)
{
    struct claims *claims = ctx;
    enum own_source source;
    size_t len = strlen(claims->out);

    if (own_source_of(claims->text, strlen(claims->text), found->start, found->end, &source))
        snprintf(claims->out + len, sizeof(claims->out) - len, "%s%s %s", len ? " | " : "",
                 own_source_word(source), found->edtf);
    return 0;
}

struct example {
    const char *lang, *text, *wanted;
};

static void what_dates_a_text(void **state)
{
    static const struct example examples[] = {
        {"fa", "شماره: ۱۲/۳\nتاریخ: ۱۳۹۳/۰۸/۱۲\nپیوست: دارد", "letterhead 2014-11-03"},
        {"fa", "بسمه تعالی\nشماره: ۱۲   تاریخ: ۱۳۹۳/۰۸/۱۲\n", "letterhead 2014-11-03"},
        {"fa", "تاریخ\n۱۳۹۳/۰۸/۱۲\n", "letterhead 2014-11-03"},
        {"fa", "تهران، ۱۲ آبان ۱۳۹۳\nمتن", "dateline 2014-11-03"},
        {"ar", "العدد: 12\nالتاريخ: 3/11/2014\n", "letterhead 2014-11-03"},
        {"ar", "بغداد في 14 تموز 1958\nسيادة", "dateline 1958-07-14"},
        {"en", "Telegram\nBAGHDAD, July 14, 1958\nSecret", "dateline 1958-07-14"},
        {"en", "Washington, D.C., July 20, 1958.\nThe best", "dateline 1958-07-20"},
        {"en", "Tehran, May 29, 1958, 5 p.m. \n2200. Paris", "dateline 1958-05-29"},
        {"en",
         "New York, May 30, 1961, 4:45\xE2\x80\x93"
         "6 p.m. \nSUBJECT",
         "dateline 1961-05-30"},
        {"en", "BAGHDAD, Nov. 18, 2019 (AP) \xE2\x80\x94 The army said on Monday that it would",
         "dateline 2019-11-18"},
        {"en", "7. Memorandum to the President, Paris, March 6, 1969[1] \nText",
         "heading 1969-03-06"},
        {"en", "THE WHITE HOUSE\nMay 13, 1970\nMEMORANDUM", "line 1970-05-13"},
        {"en", "SECRET\nO P 121530Z NOV 79\nFM AMEMBASSY TEHRAN", "letterhead 1979-11-12"},
        {"en", "R 301330Z SEP 71 FM KUWAIT", "letterhead 1971-09-30"},
        {"en", "DTG: 301330Z SEP 71\n", "letterhead 1971-09-30"},
        {"en", "Date: 3 November 2014\nSubject: oil", "letterhead 2014-11-03"},
    };
    static const struct example none[] = {
        {"en", "On July 14, 1958, the army took Baghdad.", ""},
        {"en", "In Baghdad, July 14, 1958, was a day that nobody who was there forgets.", ""},
        {"en", "The estimate of NIE 34, dated 28 February 1961, remains valid.", ""},
        {"en", "It was sent as 121530Z NOV 79 to Tehran", ""},
        {"fa", "نامه مورخ ۱۳۹۳/۰۸/۱۲ رسید و پاسخ داده شد", ""},
        {"en", "he met them in Baghdad and, July 14, 1958 notwithstanding,\nleft", ""},
    };

    (void)state;
    for (size_t i = 0; i < 2 * sizeof(examples) / sizeof(examples[0]); i++) {
        size_t half = sizeof(examples) / sizeof(examples[0]);
        if (i >= half && i - half >= sizeof(none) / sizeof(none[0]))
            break;
        const struct example *example = i < half ? &examples[i] : &none[i - half];
        struct claims claims = {.text = example->text};
        struct date_settings settings = {.lang = example->lang};
        (void)dates_find(example->text, strlen(example->text), &settings, claim, &claims);
        if (strcmp(claims.out, example->wanted) != 0)
            fail_msg("%s\n  got    %s\n  wanted %s", example->text, claims.out, example->wanted);
    }
}

/* ---- days as people write them ---- */

static void spans(void **state)
{
    static const struct {
        const char *text;
        int32_t first, last;
    } fine[] = {
        {"1970-01-01", 0, 0},         {"1970", 0, 364},     {"1970-02", 31, 58},
        {"1348-10-11", 0, 0},         {"۱۳۴۸/۱۰/۱۱", 0, 0}, {"2014-11-03", 16377, 16377},
        {"1393-08-12", 16377, 16377},
    };
    static const char *const wrong[] = {"",         "14",    "2014-13",   "2014-02-30",
                                        "2014-1-1", "2014-", "yesterday", "2014-11-03-01",
                                        "20141103"};
    int32_t first, last;

    (void)state;
    for (size_t i = 0; i < sizeof(fine) / sizeof(fine[0]); i++) {
        assert_true(day_span(fine[i].text, strlen(fine[i].text), &first, &last));
        assert_int_equal(first, fine[i].first);
        assert_int_equal(last, fine[i].last);
    }
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_false(day_span(wrong[i], strlen(wrong[i]), &first, &last));
}

static void days_in_irans_calendar(void **state)
{
    char out[SOLAR_TEXT_MAX];
    int32_t first, last;

    (void)state;
    solar_text(16377, 16377, out);
    assert_string_equal(out, "1393-08-12");
    assert_true(day_span("1393-08", 7, &first, &last));
    solar_text(first, last, out);
    assert_string_equal(out, "1393-08");
    assert_true(day_span("1393", 4, &first, &last));
    solar_text(first, last, out);
    assert_string_equal(out, "1393");
    solar_text(16377, 16378, out);
    assert_string_equal(out, "1393-08-12/1393-08-13");
}

/* ---- a case ---- */

struct fixture {
    struct sanad_case *kase;
    void *state; /* of the deriver */
};

static int set_up(void **state)
{
    struct fixture *f = mem_zalloc(1, sizeof(*f));
    struct err err = {0};

    f->kase = *state;
    store_begin(f->kase, &events_deriver);
    must(events_deriver.start(f->kase, &f->state, &err), &err);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    events_deriver.finish(f->state);
    db_rollback(case_db(f->kase));
    free(f);
    return 0;
}

static int64_t begin(struct fixture *f)
{
    struct err err = {0};
    struct item item = {.path = "a", .name = "a", .mime_hint = ""};

    must(item_add(f->kase, &item, &err), &err);
    return item.id;
}

static void page(struct fixture *f, int64_t item, uint32_t number, const char *text)
{
    struct err err = {0};
    struct page made = {.item = item, .text = text, .text_len = strlen(text)};

    made.head.number = number;
    made.rest = "";
    must(page_put(f->kase, &made, 1, &err), &err);
    must(events_deriver.page(f->state, &made, &err), &err);
}

static void finish(struct fixture *f, int64_t item, const char *type, const char *date)
{
    struct err err = {0};
    struct reading reading = {.outcome = OUTCOME_TEXT,
                              .detail = "",
                              .type = type,
                              .lang = "",
                              .title = "",
                              .date = date,
                              .from = "",
                              .to = "",
                              .reader = "",
                              .chars = 9};

    must(reading_put(f->kase, item, &reading, &err), &err);
    must(events_deriver.document(f->state, item, &reading, &err), &err);
}

static int write_event(void *ctx, const struct event *event)
{
    struct buf *out = ctx;

    assert_true(event->known);
    buf_printf(out, "%s%lld %s %s %s", out->len ? " | " : "", (long long)event->item, event->edtf,
               event->source < 0 ? "text" : own_source_word(event->source),
               date_certainty_word(event->certainty));
    return 0;
}

static void is_timeline(struct fixture *f, const struct timeline_filter *filter, const char *wanted)
{
    struct err err = {0};
    struct buf out;

    buf_init(&out, 1 << 16);
    must(events_timeline(f->kase, filter, write_event, &out, &err), &err);
    assert_string_equal(out.data, wanted);
    buf_release(&out);
}

static void a_timeline(void **state)
{
    struct fixture *f = *state;
    struct timeline_filter filter = {0};
    struct timeline_counts counts;
    struct dated dated;
    struct err err = {0};
    int64_t a = begin(f);
    int64_t b = begin(f);
    int64_t c = begin(f);

    /* Pages of two documents in turns; the second speaks relative to a date that comes last. */
    page(f, a, 1, "Baghdad, July 14, 1958\nThe army met on July 10, 1958.");
    page(f, b, 1, "We met yesterday. Nothing else.");
    page(f, a, 2, "It was over by 1960.");
    finish(f, b, "message/rfc822", "2014-11-03T10:00:00Z");
    finish(f, a, "application/pdf", "2003-05-01");
    page(f, c, 1, "We met yesterday, and on 3 May.");
    finish(f, c, "text/plain", "");
    is_timeline(f, &filter,
                "1 1958-07-10 text exact | 1 1958-07-14 dateline exact | 1 1958-07-14 text exact | "
                "1 1960 text exact | 2 2014-11-02? text inferred | 2 2014-11-03 mail exact");
    filter.documents = true;
    is_timeline(f, &filter, "1 1958-07-14 dateline exact | 2 2014-11-03 mail exact");
    filter.has_first = true;
    assert_true(day_span("1960-05", 7, &filter.first, &filter.last));
    filter.documents = false;
    filter.has_last = true;
    is_timeline(f, &filter, "1 1960 text exact");
    must(events_count(f->kase, &counts, &err), &err);
    assert_int_equal(counts.documents, 3);
    assert_int_equal(counts.undated, 1);
    assert_int_equal(counts.unplaced, 2);
    assert_int_equal(dated_get(case_db(f->kase), a, &dated, &err), 1);
    assert_string_equal(dated.iso, "1958-07-14");
    assert_string_equal(dated.source, "dateline");
    assert_int_equal(dated_get(case_db(f->kase), c, &dated, &err), 0);
}

static void claims_that_differ_are_kept(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};
    struct buf out;
    int64_t item = begin(f);

    must(item_meta_put(f->kase, item, "modified", "2016-01-02", 10, &err), &err);
    page(f, item, 1,
         "تاریخ: ۱۳۹۳/۰۸/۱۲\n"
         "این نامه درباره نفت است");
    finish(f, item, "application/pdf", "2015-05-01");
    buf_init(&out, 1 << 16);
    must(events_own(f->kase, item, write_event, &out, &err), &err);
    assert_string_equal(out.data, "1 2014-11-03 letterhead exact | 1 2015-05-01 metadata exact | "
                                  "1 2016-01-02 modified exact");
    buf_release(&out);
}

static int write_place(void *ctx, const struct event *event)
{
    struct buf *out = ctx;

    buf_printf(out, "%s%u %s %s %s", out->len ? " | " : "", event->page, event->text,
               event->known ? event->edtf : "?",
               event->source < 0 ? "spoken" : own_source_word(event->source));
    return 0;
}

static void names(struct fixture *f, int64_t item, unsigned offset, unsigned limit,
                  const char *wanted)
{
    struct err err = {0};
    struct buf out;

    buf_init(&out, 1 << 16);
    must(events_named(f->kase, item, offset, limit, write_place, &out, &err), &err);
    assert_string_equal(out.len ? out.data : "", wanted);
    buf_release(&out);
}

static void dates_that_a_text_names(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};
    int64_t count = -1;
    int64_t other = begin(f);
    int64_t item = begin(f);

    page(f, other, 1, "1 May 2001");
    finish(f, other, "text/plain", "");
    page(f, item, 1, "Baghdad, July 14, 1958\nThe army met on 3/4/1958.");
    page(f, item, 2, "It was over by 1960.");
    finish(f, item, "application/pdf", "2003-05-01");
    names(f, item, 0, 9,
          "1 July 14, 1958 1958-07-14 dateline | 1 3/4/1958 1958-03-04? spoken | "
          "1 3/4/1958 1958-04-03? spoken | 2 1960 1960 spoken");
    /* A place comes with all its readings. */
    names(f, item, 1, 1, "1 3/4/1958 1958-03-04? spoken | 1 3/4/1958 1958-04-03? spoken");
    names(f, item, 3, 9, "");
    must(events_named_count(f->kase, item, &count, &err), &err);
    assert_int_equal(count, 3);
}

static void what_is_read_again_is_replaced(void **state)
{
    struct fixture *f = *state;
    struct timeline_filter filter = {0};
    struct err err = {0};
    int64_t item = begin(f);

    page(f, item, 1, "Baghdad, July 14, 1958\nyesterday");
    must(events_deriver.forget(NULL, f->kase, item, &err), &err);
    must(reading_clear(f->kase, item, &err), &err);
    page(f, item, 1, "Baghdad, July 15, 1958");
    finish(f, item, "text/plain", "");
    is_timeline(f, &filter, "1 1958-07-15 dateline exact | 1 1958-07-15 text exact");
    must(events_deriver.drop(f->kase, &err), &err);
    is_timeline(f, &filter, ""); /* a case without the tables has no dates, and no error */
    must(events_deriver.create(f->kase, &err), &err);
}

/* A deriver that is new to a case that holds readings is filled from stored text. */
static void new_to_a_case(void **state)
{
    struct fixture *f = *state;
    const struct deriver *const list[] = {&events_deriver, NULL};
    const struct deriver *stale[DERIVERS_MAX + 1];
    struct err err = {0};
    int64_t item = begin(f);

    finish(f, item, "text/plain", "");
    must(derivers_prepare(f->kase, list, stale, &err), &err);
    assert_null(stale[0]);
    must(db_exec(case_db(f->kase), "DELETE FROM deriver", &err), &err);
    must(derivers_prepare(f->kase, list, stale, &err), &err);
    assert_ptr_equal(stale[0], &events_deriver);
}

/* A table of dates does not fill the case. */
static void too_many(void **state)
{
    struct fixture *f = *state;
    struct timeline_filter filter = {0};
    struct err err = {0};
    struct buf text, out;
    int64_t item = begin(f);

    buf_init(&text, 4 << 20);
    for (int i = 0; i < 12000; i++)
        buf_printf(&text, "x 2014-11-%02d\n", i % 30 + 1);
    page(f, item, 1, text.data);
    page(f, item, 2, "and 1958-07-14");
    finish(f, item, "text/csv", "");
    buf_init(&out, 4 << 20);
    must(events_timeline(f->kase, &filter, write_event, &out, &err), &err);
    size_t lines = 1;
    for (const char *c = out.data; (c = strchr(c, '|')); c++)
        lines++;
    assert_int_equal(lines, 10000);
    buf_release(&text);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_dates_a_text),
        cmocka_unit_test(spans),
        cmocka_unit_test(days_in_irans_calendar),
        cmocka_unit_test_setup_teardown(a_timeline, set_up, tear_down),
        cmocka_unit_test_setup_teardown(claims_that_differ_are_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(dates_that_a_text_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_read_again_is_replaced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(new_to_a_case, set_up, tear_down),
        cmocka_unit_test_setup_teardown(too_many, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, store_set_up_open, store_tear_down_open);
}
