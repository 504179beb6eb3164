/* Dates in texts: where they stand and which days they mean, in three languages and calendars. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "events/date_words.h"
#include "events/dates.h"
#include "text/edtf.h"
#include "text/fold.h"

/* Readings as "text=edtf" with blanks between. */
struct told {
    const char *text;
    struct buf out;
};

static int tell(void *ctx, const struct date_found *found)
{
    struct told *told = ctx;
    const char *shown = found->certainty == DATE_UNKNOWN ? "-" : found->edtf;

    assert_true(found->start < found->end && found->end <= strlen(told->text));
    buf_printf(&told->out, "%s%.*s=%s", told->out.len ? " | " : "",
               (int)(found->end - found->start), told->text + found->start, shown);
    if (found->certainty != DATE_UNKNOWN) {
        struct edtf edtf;
        assert_true(found->earliest <= found->latest);
        /* What is written is what is meant. */
        assert_true(edtf_read(found->edtf, strlen(found->edtf), &edtf));
        assert_int_equal(edtf.earliest, found->earliest);
        assert_int_equal(edtf.latest, found->latest);
    }
    return 0;
}

static char *dates_of(const char *lang, const char *ref, const char *text)
{
    struct date_settings settings = {.lang = lang};
    struct told told = {.text = text};
    struct edtf edtf;

    if (ref) {
        assert_true(edtf_read(ref, strlen(ref), &edtf));
        settings.has_ref = true;
        settings.ref = edtf.earliest;
    }
    buf_init(&told.out, 1 << 20);
    assert_int_equal(dates_find(text, strlen(text), &settings, tell, &told), 0);
    return buf_take(&told.out);
}

struct example {
    const char *lang, *ref, *text, *wanted;
};

static void check(const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *got = dates_of(examples[i].lang, examples[i].ref, examples[i].text);
        if (strcmp(got, examples[i].wanted) != 0)
            fail_msg("%s\n  got    %s\n  wanted %s", examples[i].text, got, examples[i].wanted);
        free(got);
    }
}

#define CHECK(examples) check(examples, sizeof(examples) / sizeof((examples)[0]))

static void in_english(void **state)
{
    static const struct example examples[] = {
        {"en", NULL, "Baghdad, November 3, 1959.", "November 3, 1959=1959-11-03"},
        {"en", NULL, "on 3 Nov. 1959 at noon", "3 Nov. 1959=1959-11-03"},
        {"en", NULL, "2014-11-03 and 13.5.2015", "2014-11-03=2014-11-03 | 13.5.2015=2015-05-13"},
        {"en", NULL, "on 3/4/2015", "3/4/2015=2015-03-04? | 3/4/2015=2015-04-03?"},
        {"en", NULL, "in spring of 1959", "spring of 1959=1959-03-01/1959-05-31"},
        {"en", NULL, "during the 1980s", "1980s=1980-01-01/1989-12-31"},
        {"en", NULL, "early December 2014", "early December 2014=2014-12-01~/2014-12-10~"},
        {"en", NULL, "the twenty-first of May nineteen seventy eight",
         "the twenty-first of May nineteen seventy eight=1978-05-21"},
        {"en", "2016-11-07", "two weeks ago", "two weeks ago=2016-10-24?"},
        {"en", "2016-11-07", "last Sunday", "last Sunday=2016-11-06?"},
        {"en", "2018-03-20", "the second Monday of next month",
         "the second Monday of next month=2018-04-09?"},
        {"en", NULL, "yesterday", "yesterday=-"},
        {"en", NULL, "We may march on; he scored 22-4 of 1/2 in 500 of 2000 people.", ""},
        {"en", NULL, "call 020 7946 0958 or 192.168.10.12", ""},
    };

    (void)state;
    CHECK(examples);
}

static void in_persian(void **state)
{
    static const struct example examples[] = {
        {"fa", NULL, "مورخ ۱۳۹۳/۰۸/۱۲", "۱۳۹۳/۰۸/۱۲=2014-11-03"},
        {"fa", NULL, "سه شنبه سوم شهریور ۱۳۹۴", "سه شنبه سوم شهریور ۱۳۹۴=2015-08-25"},
        {"fa", NULL, "جمعه سی‌ام اسفند ۱۳۸۷",
         "جمعه سی‌ام اسفند ۱۳۸۷=2009-03-20"},
        {"fa", NULL, "پنجشنبه 26 شهریور 94", "پنجشنبه 26 شهریور 94=2015-09-17"},
        {"fa", NULL, "اوایل دی ۱۳۹۳", "اوایل دی ۱۳۹۳=2014-12-22~/2014-12-31~"},
        {"fa", NULL, "در سال ۱۳۹۳", "سال ۱۳۹۳=2014-03-21/2015-03-20"},
        {"fa", NULL, "دهه شصت شمسی", "دهه شصت شمسی=1981-03-21/1991-03-20"},
        {"fa", NULL, "۱۷ محرم ۱۴۳۷", "۱۷ محرم ۱۴۳۷=2015-10-30~"},
        {"fa", NULL, "جمعه ۱۷ محرم ۱۴۳۷", "جمعه ۱۷ محرم ۱۴۳۷=2015-10-30"},
        {"fa", NULL, "۱۵ تا ۱۷ اردیبهشت ۱۳۹۵", "۱۵ تا ۱۷ اردیبهشت ۱۳۹۵=2016-05-04/2016-05-06"},
        {"fa", "2014-11-03", "سه روز پیش", "سه روز پیش=2014-10-31?"},
        {"fa", "2014-11-03", "دی ماه سال گذشته", "دی ماه سال گذشته=2013-12-22?/2014-01-20?"},
        {"fa", NULL, "۱۲ جدی ۱۳۶۰", "۱۲ جدی ۱۳۶۰=1982-01-02"},
        {"fa", NULL, "او می دهم و مهر و تیر", ""},
    };

    (void)state;
    CHECK(examples);
}

static void in_arabic(void **state)
{
    static const struct example examples[] = {
        {"ar", NULL, "في 29 يوليو 1938", "29 يوليو 1938=1938-07-29"},
        {"ar", NULL, "٧ كانون الثاني ٢٠١٥", "٧ كانون الثاني ٢٠١٥=2015-01-07"},
        {"ar", NULL, "الحادي والعشرين من أغسطس 2014", "الحادي والعشرين من أغسطس 2014=2014-08-21"},
        {"ar", NULL, "20-02-1430 هـ", "20-02-1430 هـ=2009-02-15~"},
        {"ar", NULL, "عام 2016", "عام 2016=2016"},
        {"ar", "2016-11-07", "قبل شهرين", "قبل شهرين=2016-09-07?"},
        {"ar", "2016-11-07", "الأسبوع القادم يوم الجمعة", "الأسبوع القادم يوم الجمعة=2016-11-18?"},
        {"ar", "2016-11-07", "بعد غد", "بعد غد=2016-11-09?"},
    };

    (void)state;
    CHECK(examples);
}

/* A long text is read in pieces; no date is lost or told twice at their seams. */
static void in_a_long_text(void **state)
{
    enum { COUNT = 6000 };
    struct buf text;
    size_t found = 0;

    (void)state;
    buf_init(&text, 1 << 20);
    for (int i = 0; i < COUNT; i++)
        buf_printf(&text, "on %d November 1959 ", i % 28 + 1);
    char *got = dates_of("en", NULL, text.data);
    for (const char *at = got; (at = strstr(at, "=1959-11-")); at++)
        found++;
    assert_int_equal(found, COUNT);
    free(got);
    buf_release(&text);
}

static void words_are_folded_and_sorted(void **state)
{
    (void)state;
    assert_true(date_word_count > 500);
    for (size_t i = 0; i < date_word_count; i++) {
        struct words words;
        struct word word;
        const char *form = date_words[i].form;
        if (i)
            assert_true(strcmp(date_words[i - 1].form, form) <= 0);
        words_init(&words, form, strlen(form));
        while (words_next(&words, &word)) {
            assert_int_equal(word.surface_len, word.len);
            assert_memory_equal(word.surface, form + word.at, word.len);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_english),
        cmocka_unit_test(in_persian),
        cmocka_unit_test(in_arabic),
        cmocka_unit_test(in_a_long_text),
        cmocka_unit_test(words_are_folded_and_sorted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
