/* Scales of time, and how many documents lie where on them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"
#include "events/density.h"
#include "events/events.h"
#include "store/dated.h"
#include "store/item.h"
#include "store_case.h"
#include "text/day.h"

static int32_t first_of(const char *text)
{
    int32_t first = 0;
    int32_t last = 0;

    assert_true(day_span(text, strlen(text), &first, &last));
    return first;
}

static int32_t last_of(const char *text)
{
    int32_t first = 0;
    int32_t last = 0;

    assert_true(day_span(text, strlen(text), &first, &last));
    return last;
}

/* ---- scales ---- */

static void parts_of_a_scale(void **state)
{
    static const struct {
        enum calendar calendar;
        enum scale_unit unit;
        const char *from, *to;
        size_t count;
        const char *first, *last; /* the first days of the first and last part */
        const char *text;         /* of the first */
    } rows[] = {
        {CALENDAR_GREGORIAN, SCALE_DAY, "1958-07-14", "1958-07-16", 3, "1958-07-14", "1958-07-16",
         "1958-07-14"},
        {CALENDAR_GREGORIAN, SCALE_MONTH, "1958-07-14", "1959-01-01", 7, "1958-07-01", "1959-01-01",
         "1958-07"},
        {CALENDAR_GREGORIAN, SCALE_YEAR, "1958-07-14", "1960", 3, "1958-01-01", "1960-01-01",
         "1958"},
        {CALENDAR_GREGORIAN, SCALE_DECADE, "1958-07-14", "1960", 2, "1950-01-01", "1960-01-01",
         "1950"},
        {CALENDAR_SOLAR_HIJRI, SCALE_MONTH, "1393-08-12", "1393-08-12", 1, "1393-08-01",
         "1393-08-01", "1393-08"},
        {CALENDAR_SOLAR_HIJRI, SCALE_MONTH, "1393-12-01", "1394-01-01", 2, "1393-12-01",
         "1394-01-01", "1393-12"},
        {CALENDAR_SOLAR_HIJRI, SCALE_YEAR, "2014-01-01", "2014-12-31", 2, "1392-01-01",
         "1393-01-01", "1392"},
        {CALENDAR_SOLAR_HIJRI, SCALE_DECADE, "1393", "1400", 2, "1390-01-01", "1400-01-01", "1390"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct scale scale;
        struct err err = {0};
        char text[SCALE_TEXT_MAX];
        must(scale_init(&scale, rows[i].calendar, rows[i].unit, first_of(rows[i].from),
                        last_of(rows[i].to), &err),
             &err);
        assert_int_equal(scale.count, rows[i].count);
        assert_int_equal(scale.starts[0], first_of(rows[i].first));
        assert_int_equal(scale.starts[scale.count - 1], first_of(rows[i].last));
        assert_true(scale.starts[scale.count] > last_of(rows[i].to));
        scale_text(&scale, 0, text);
        assert_string_equal(text, rows[i].text);
        for (int32_t day = scale.starts[0]; day < scale.starts[scale.count]; day++) {
            size_t part = scale_part(&scale, day);
            assert_true(scale.starts[part] <= day && day < scale.starts[part + 1]);
        }
        scale_release(&scale);
    }
}

static void limits_of_a_scale(void **state)
{
    struct scale scale;
    struct err err = {0};

    (void)state;
    assert_int_equal(scale_init(&scale, CALENDAR_GREGORIAN, SCALE_DAY, 0, SCALE_PARTS_MAX, &err),
                     ERR_LIMIT);
    must(scale_init(&scale, CALENDAR_GREGORIAN, SCALE_DAY, 0, SCALE_PARTS_MAX - 1, &err), &err);
    assert_int_equal(scale.count, SCALE_PARTS_MAX);
    scale_release(&scale);
    must(scale_init(&scale, CALENDAR_GREGORIAN, SCALE_DECADE, 1, 0, &err), &err);
    assert_int_equal(scale.count, 0);
    scale_release(&scale);
    /* Days that the calendar does not know are left out, and the rest is there. */
    must(scale_init(&scale, CALENDAR_SOLAR_HIJRI, SCALE_DECADE, INT32_MIN, 0, &err), &err);
    assert_int_equal(scale.count, 135);
    scale_release(&scale);
    must(scale_init(&scale, CALENDAR_GREGORIAN, SCALE_DECADE, INT32_MIN, INT32_MAX, &err), &err);
    assert_int_equal(scale.count, 999);
    scale_release(&scale);
    assert_int_equal(scale_fitting(CALENDAR_GREGORIAN, 0, 99, 100), SCALE_DAY);
    assert_int_equal(scale_fitting(CALENDAR_GREGORIAN, 0, 100, 100), SCALE_MONTH);
    assert_int_equal(scale_fitting(CALENDAR_GREGORIAN, 0, 40000, 120), SCALE_YEAR);
    assert_int_equal(scale_fitting(CALENDAR_GREGORIAN, INT32_MIN, INT32_MAX, 120), SCALE_DECADE);
}

/* ---- documents ---- */

static int set_up(void **state)
{
    store_begin(*state, &events_deriver);
    return 0;
}

static int tear_down(void **state)
{
    db_rollback(case_db(*state));
    return 0;
}

/* A document of these days ("" undated). */
static int64_t add(struct sanad_case *kase, const char *path, const char *from, const char *to,
                   int64_t chars)
{
    struct item item = {.path = path, .name = "a", .mime_hint = ""};
    struct reading reading = reading_bare(OUTCOME_TEXT, REASON_NONE, "", "text/plain");
    struct err err = {0};

    reading.chars = chars;
    must(item_add(kase, &item, &err), &err);
    must(reading_put(kase, item.id, &reading, &err), &err);
    if (from[0] != '\0') {
        struct dated dated = {.item = item.id, .earliest = first_of(from), .latest = last_of(to)};
        must(dated_put(case_db(kase), &dated, &err), &err);
    }
    return item.id;
}

static void add_some(struct sanad_case *kase)
{
    add(kase, "leak/a.txt", "1958-07-14", "1958-07-14", 9);
    add(kase, "leak/b.txt", "1958-07-20", "1958-07-21", 9);
    add(kase, "leak/more/c.txt", "1958-07-31", "1958-08-01", 9);
    add(kase, "leak/more/box.zip!/in/d.txt", "1958", "1958", 9);
    add(kase, "e.txt", "1959-01-01", "1959-01-01", 9);
    add(kase, "leak/f.txt", "", "", 9);
    add(kase, "leak/picture.png", "1958-07-14", "1958-07-14", 0);
}

static void months(struct scale *scale, const char *from, const char *to)
{
    struct err err = {0};

    must(scale_init(scale, CALENDAR_GREGORIAN, SCALE_MONTH, first_of(from), last_of(to), &err),
         &err);
}

static void every_document_is_in_one_place(void **state)
{
    struct sanad_case *kase = *state;
    struct documents_days days;
    struct density density;
    struct scale scale;
    struct err err = {0};

    add_some(kase);
    must(documents_days_load(kase, &days, &err), &err);
    assert_int_equal(days.count, 6);
    assert_int_equal(days.undated, 1);
    assert_int_equal(days.first, first_of("1958"));
    assert_int_equal(days.last, first_of("1959-01-01"));
    months(&scale, "1958-07", "1958-08");
    density_count(&days, &scale, NULL, &density);
    assert_int_equal(density.documents, 6);
    assert_int_equal(density.parts[0], 2);
    assert_int_equal(density.parts[1], 0);
    assert_int_equal(density.on_parts, 2);
    assert_int_equal(density.on_stretches, 2);
    assert_int_equal(density.stretch_count, 2);
    assert_int_equal(density.stretches[0].first, first_of("1958"));
    assert_int_equal(density.stretches[0].documents, 1);
    assert_int_equal(density.beyond, 1);
    assert_int_equal(density.undated, 1);
    density_release(&density);
    scale_release(&scale);
    documents_days_release(&days);
}

static void equal_stretches_are_one(void **state)
{
    struct documents_days days;
    struct density density;
    struct scale scale;
    struct err err = {0};

    for (int i = 0; i < 3; i++)
        add(*state, "a", i == 1 ? "1957" : "1958", "1958", 9);
    must(documents_days_load(*state, &days, &err), &err);
    months(&scale, "1958-07", "1958-08");
    density_count(&days, &scale, NULL, &density);
    assert_int_equal(density.stretch_count, 2);
    assert_int_equal(density.stretches[0].documents, 1);
    assert_int_equal(density.stretches[1].documents, 2);
    density_release(&density);
    scale_release(&scale);
    documents_days_release(&days);
}

static void which_documents(void **state)
{
    struct documents_days days;
    struct density_list list;
    struct item_set set = {0};
    struct err err = {0};

    add_some(*state);
    must(documents_days_load(*state, &days, &err), &err);
    density_documents(&days, first_of("1958-07"), last_of("1958-07"), NULL, &list);
    assert_int_equal(list.count, 4);
    assert_int_equal(list.inside, 2);
    const int64_t wanted[] = {1, 2, 4, 3};
    for (size_t i = 0; i < list.count; i++)
        assert_int_equal(list.rows[i].item - days.rows[0].item + 1, wanted[i]);
    density_list_release(&list);
    item_set_add(&set, days.rows[1].item);
    item_set_add(&set, days.rows[5].item);
    density_documents(&days, first_of("1958-07"), last_of("1958-07"), &set, &list);
    assert_int_equal(list.count, 1);
    density_list_release(&list);
    density_undated(&days, NULL, &list);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.rows[0].item, days.rows[5].item);
    density_list_release(&list);
    item_set_release(&set);
    documents_days_release(&days);
}

static int put_folder(void *ctx, const char *path, int64_t documents)
{
    return buf_printf(ctx, "%s %lld;", path, (long long)documents);
}

static void folders_by_letters(void **state)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct err err = {0};

    add_some(*state);
    buf_init(&out, 4096);
    must(density_folders_like(*state, "", 2, put_folder, &out, &err), &err);
    assert_string_equal(out.data, "leak 3;leak/more 2;");
    buf_clear(&out);
    must(density_folders_like(*state, "K/MO", 9, put_folder, &out, &err), &err);
    must(density_folders_like(*state, "%", 9, put_folder, &out, &err), &err);
    assert_string_equal(out.data, "leak/more 2;");
}

static void folders(void **state)
{
    struct density_folder found[2];
    struct item_set set;
    struct err err = {0};
    size_t count;

    add_some(*state);
    must(density_folders(*state, 2, found, &count, &err), &err);
    assert_int_equal(count, 2);
    assert_string_equal(found[0].path, "leak");
    assert_int_equal(found[0].set.count, 3);
    assert_string_equal(found[1].path, "leak/more");
    assert_int_equal(found[1].set.count, 2);
    density_folders_release(found, count);
    must(density_folder(*state, "", &set, &err), &err);
    assert_int_equal(set.count, 1);
    item_set_release(&set);
    must(density_folder(*state, "' OR 1=1 --", &set, &err), &err);
    assert_int_equal(set.count, 0);
    item_set_release(&set);
}

static void a_case_without_dates(void **state)
{
    struct documents_days days;
    struct density density;
    struct scale scale;
    struct err err = {0};

    add(*state, "a", "", "", 9);
    must(events_deriver.drop(*state, &err), &err);
    must(documents_days_load(*state, &days, &err), &err);
    assert_int_equal(days.undated, 1);
    must(scale_init(&scale, CALENDAR_GREGORIAN, SCALE_DAY, 0, -1, &err), &err);
    density_count(&days, &scale, NULL, &density);
    assert_int_equal(density.undated, 1);
    density_release(&density);
    scale_release(&scale);
    documents_days_release(&days);
    must(events_deriver.create(*state, &err), &err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_of_a_scale),
        cmocka_unit_test(limits_of_a_scale),
        cmocka_unit_test_setup_teardown(every_document_is_in_one_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(equal_stretches_are_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(which_documents, set_up, tear_down),
        cmocka_unit_test_setup_teardown(folders, set_up, tear_down),
        cmocka_unit_test_setup_teardown(folders_by_letters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_case_without_dates, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, store_set_up_open, store_tear_down_open);
}
