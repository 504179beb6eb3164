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
#include "events/question.h"
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

static void as_offices_write(void **state)
{
    static const struct example examples[] = {
        {"en", NULL, "R 121530Z NOV 79", "121530Z NOV 79=1979-11-12"},
        {"en", NULL, "032349Z Oct 61; Kennedy", "032349Z Oct 61=1961-10-03"},
        {"en", NULL, "031735Z FEB, 69", "031735Z FEB, 69=1969-02-03"},
        {"en", NULL, "301330ZSEP71", "301330ZSEP71=1971-09-30"},
        {"en", NULL, "301330 SEP 71", "301330 SEP 71=1971-09-30"},
        {"en", NULL, "30/1330Z SEP 71", "30/1330Z SEP 71=1971-09-30"},
        {"fa", NULL, "پیام 121530Z NOV 79", "121530Z NOV 79=1979-11-12"},
        {"en", "1979-11-14", "REF 121530Z", "121530Z=1979-11-12?"},
        {"en", "1971-07-12", "092104Z OF 9 JULY", "092104Z OF 9 JULY=1971-07-09?"},
        {"en", NULL, "part 121530A, 992530Z NOV, 121560Z", "NOV=-"},
        {"en", NULL, "787.00/6-1259. Secret", "787.00/6-1259=1959-06-12"},
        {"en", NULL, "788.5–MSP/12–3159", "788.5–MSP/12–3159=1959-12-31"},
        {"en", NULL, "886H.2612/7-460", "886H.2612/7-460=1960-07-04"},
        {"en", NULL, "787.00/6-1299, 787.00/13-159, 787/6-1259, 12.5/6-1259", ""},
    };

    (void)state;
    CHECK(examples);
}

/* Numbers of telegrams, hours and amounts are of no date. */
static void by_their_feast(void **state)
{
    static const struct example examples[] = {
        {"en", NULL, "before Christmas 2014.", "Christmas 2014=2014-12-25"},
        {"en", NULL, "at Nowruz 1394", "Nowruz 1394=2015-03-21"},
        {"en", NULL, "the Ashura battalion", ""},
        {"en", "1959-06-01", "on Christmas Eve he", "Christmas Eve=1958-12-24?"},
        {NULL, NULL, "نامه ۱۳۳۷/۰۴/۲۳ به سفارت", "۱۳۳۷/۰۴/۲۳=1958-07-14"},
        {"fa", NULL, "عاشورای ۱۳۸۸", "عاشورای ۱۳۸۸=2009-12-27~"},
        {"fa", NULL, "دهه فجر ۱۳۹۵", "دهه فجر ۱۳۹۵=2017-01-31/2017-02-10"},
        {"fa", "2015-06-01", "نوروز سال گذشته", "نوروز سال گذشته=2014-03-21?"},
        {"fa", NULL, "نوروز سال گذشته", "نوروز سال گذشته=-"},
        {"fa", NULL, "لشکر عاشورا", ""},
        {"ar", NULL, "عيد الفطر 1435", "عيد الفطر 1435=2014-07-28~"},
        {"ar", NULL, "غرة رمضان 1435", "غرة رمضان 1435=2014-06-28~"},
        {"ar", NULL, "سلخ شعبان 1435", "سلخ شعبان 1435=2014-06-27~"},
        /* twice in one Gregorian year */
        {"en", NULL, "Ashura 2009", "Ashura 2009=2009-01-07? | Ashura 2009=2009-12-27?"},
    };

    (void)state;
    CHECK(examples);
}

static void longer_than_a_month(void **state)
{
    static const struct example examples[] = {
        {"en", NULL, "in Q1 2015 and H2 2014",
         "Q1 2015=2015-01-01/2015-03-31 | H2 2014=2014-07-01/2014-12-31"},
        {"en", NULL, "Plan Q 3 2014", ""},
        {"en", NULL, "in the sixties", "sixties=1960-01-01/1969-12-31"},
        {NULL, NULL, "دهه شصت", "دهه شصت=1981-03-21/1991-03-20"},
        {"ar", NULL, "ثمانينات القرن الماضي", "ثمانينات القرن الماضي=1980-01-01/1989-12-31"},
        {"fa", "2015-06-01", "بهار سال گذشته", "بهار سال گذشته=2014-03-21?/2014-06-21?"},
    };

    (void)state;
    CHECK(examples);
}

static void questions(void **state)
{
    static const char *const examples[][2] = {
        {"who met whom in Baghdad in the spring of 1959?",
         "met Baghdad from:1959-03-01 to:1959-05-31"},
        {"Who is Qasem Soleimani", "Qasem Soleimani"},
        {"چه کسی در تهران در آبان ۱۳۹۳ بود", "کسی تهران from:2014-10-23 to:2014-11-21"},
        {"من التقى الوزير في بغداد", "التقى الوزير بغداد"},
        /* two dates: which is meant is not known */
        {"the coup of May 1958 or the one of July 1960", "coup May 1958 one July 1960"},
        /* no other search, no word left, or said exactly */
        {"Baghdad coup", ""},
        {"who is he", ""},
        {"in 1959", ""},
        {"\"the house\" of", ""},
        {"the house OR the car", ""},
        {"from:1959 the house", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
        struct buf got;
        buf_init(&got, 1 << 12);
        bool found = question_query(examples[i][0], &got);
        assert_int_equal(found, got.len > 0);
        assert_string_equal(got.len ? got.data : "", examples[i][1]);
        buf_release(&got);
    }
}

static void numbers_of_no_date(void **state)
{
    static const struct example examples[] = {
        {"en", NULL, "Telegram 1959 from Tehran", ""},
        {"en", NULL, "In telegram 1955, January 4, he", "January 4=-"},
        {"en", NULL, "Nos. 1968, 1974, and 2003 of No. 1967", ""},
        {"en", NULL, "telegram No. 1963 of July 1958", "July 1958=1958-07"},
        {"en", NULL, "see p. 12, January 1958", "January 1958=1958-01"},
        {"en", NULL, "despatch 15 May 1958", "15 May 1958=1958-05-15"},
        {"en", NULL, "until 2000 barrels by 1958", "1958=1958"},
        {"en", NULL, "at 16:30 Friday 3 May 2019", "Friday 3 May 2019=2019-05-03"},
        {"en", NULL, "the first of them, the second man, on the third", "the third=-"},
        {"fa", NULL, "شماره ۱۳۹۵ تا سال ۱۳۹۶", "سال ۱۳۹۶=2017-03-21/2018-03-20"},
        {"fa", NULL, "ساعت 18 یکشنبه هفتم شهریور 1395", "یکشنبه هفتم شهریور 1395=2016-08-28"},
        {"fa", NULL, "تا 1339 دلار و در 1344.4", ""},
        {"ar", NULL, "القرار رقم 1973 لسنة 2011", "لسنة 2011=2011"},
    };

    (void)state;
    CHECK(examples);
}

/* Of both Hijri calendars: which is meant is not said. */
#define SHORT_YEARS                                                                                \
    "سال های 92 تا 94=2013-03-21?/2016-03-19? | "                                          \
    "سال های 92 تا 94=1972-02-16?/1975-01-13?"

static void years_and_names(void **state)
{
    static const struct example examples[] = {
        {"fa", NULL, "المپیک 2016 ریو", "2016=2016"},
        {"fa", NULL, "(1301-1395)", "1301-1395=1922-03-22/2017-03-20"},
        {"en", NULL, "born 1989 in Rio (2016)", "1989=1989 | 2016=2016"},
        {"ar", NULL, "مواليد 1989", "1989=1989"},
        {"fa", NULL, "خیابان ۱۵ خرداد و میدان هفت تیر", ""},
        {"fa", NULL, "۱۵ خرداد ۱۳۴۲", "۱۵ خرداد ۱۳۴۲=1963-06-05"},
        {"ar", NULL, "شارع 14 تموز", ""},
        {"fa", NULL, "نماز جمعه و امام جمعه", ""},
        {"fa", NULL, "در خیابان های ۱۵ خرداد و نماز عبادی سیاسی جمعه", ""},
        {"fa", NULL, "دنیای امروز و تا به امروز", ""},
        {"fa", "2016-11-05", "امروز در جهان", "امروز=2016-11-05?"},
        {"ar", NULL, "قناة روسيا اليوم", ""},
        {"ar", "2016-11-05", "وصل اليوم", "اليوم=2016-11-05?"},
        {"en", NULL, "as USA Today wrote", ""},
        {"en", "2016-11-05", "in Russia today", "today=2016-11-05?"},
        {"fa", NULL, "رمضان عبدالله و برنامه رمضان", ""},
        {"fa", NULL, "در رمضان", "رمضان=-"},
        {"fa", NULL, "دور دوم می توان", ""},
        {"fa", NULL, "روز دوم می در رم", "روز دوم می=-"},
        {"fa", NULL, "انتشار در بهار 95", "بهار 95=2016-03-20/2016-06-20"},
        {"fa", "2016-11-05", "سال های 92 تا 94", SHORT_YEARS},
        {"fa", "2016-11-05", "چند سال پیش", ""},
        {"fa", "2016-11-05", "یک ماه بعد و روز بعد", ""},
        {"fa", "2016-11-05", "دو هفته قبل از آن", ""},
        {"fa", "2016-11-05", "دو هفته قبل", "دو هفته قبل=2016-10-22?"},
        {"fa", NULL, "از مهر ولی با مهر", "مهر=-"},
        {"fa", NULL, "سی دی، سه می، رجب طیب اردوغان", ""},
        {"fa", "2016-11-05", "تا پایان سال", "پایان سال=2016-11-19~/2017-03-20~"},
        {"en", "2016-11-05", "last summer", "last summer=2016-06-01?/2016-08-31?"},
        {"fa", "2016-11-05", "یک سال و نیم پیش", "یک سال و نیم پیش=2015-05-05?"},
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

/* What is said of a date by what stands beside it. */
static void beside(void **state)
{
    static const struct example examples[] = {
        {"fa", "2014-11-03", "اوایل دی", "اوایل دی=2014-12-22~/2014-12-31~"},
        {NULL, "2014-11-03", "اوایل دی", "اوایل دی=2014-12-22~/2014-12-31~"},
        {NULL, "2014-11-03", "اوايل دي", "اوايل دي=2014-12-22~/2014-12-31~"},
        {"fa", "2014-11-03", "کار آغاز می شود", ""},
        {"ar", NULL, "أوائل آب 2014", "أوائل آب 2014=2014-08-01~/2014-08-10~"},
        {"en", NULL, "by late 2014 he", "late 2014=2014-09-02~/2014-12-31~"},
        {"en", NULL, "the end of 1957", "the end of 1957=1957-09-02~/1957-12-31~"},
        {"en", "1960-01-01", "too late may I", ""},
        {"en", NULL, "Nov. 3, '14", "Nov. 3, '14=2014-11-03"},
        {"en", "2014-11-03", "from March to May 1958", "March to May 1958=1958-03-01/1958-05-31"},
        {"en", NULL, "June 30–July 2, 1958", "June 30–July 2, 1958=1958-06-30/1958-07-02"},
        {"en", "2014-11-03", "June 27 and July 1, 1960",
         "June 27=1960-06-27? | July 1, 1960=1960-07-01"},
        {"fa", NULL, "۲۶ اسفند تا ۲ فروردین ۱۳۹۴",
         "۲۶ اسفند تا ۲ فروردین ۱۳۹۴=2015-03-17/2015-03-22"},
        {"en", NULL, "2014-11-03/2014-11-10", "2014-11-03/2014-11-10=2014-11-03/2014-11-10"},
        {"fa", NULL, "۱۲ی گوڵان ١٣٩٩", "۱۲ی گوڵان ١٣٩٩=2020-05-01"},
        {"fa", NULL, "٣ی تشرینی دووەم ٢٠١٤", "٣ی تشرینی دووەم ٢٠١٤=2014-11-03"},
        {"ar", NULL, "21 آذار سنة ألف وتسعمائة وخمس وسبعين",
         "21 آذار سنة ألف وتسعمائة وخمس وسبعين=1975-03-21"},
        {NULL, NULL, "۱۳۹۳/۰۸/۱۲", "۱۳۹۳/۰۸/۱۲=2014-11-03"},
    };

    (void)state;
    check(examples, sizeof(examples) / sizeof(examples[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beside),
        cmocka_unit_test(in_english),
        cmocka_unit_test(in_persian),
        cmocka_unit_test(in_arabic),
        cmocka_unit_test(as_offices_write),
        cmocka_unit_test(by_their_feast),
        cmocka_unit_test(longer_than_a_month),
        cmocka_unit_test(questions),
        cmocka_unit_test(numbers_of_no_date),
        cmocka_unit_test(years_and_names),
        cmocka_unit_test(in_a_long_text),
        cmocka_unit_test(words_are_folded_and_sorted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
