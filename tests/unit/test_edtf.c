/* EDTF: which expressions are dates, and which days they may mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/calendar.h"
#include "text/edtf.h"

static void spell(int32_t day, char *out, size_t size)
{
    struct calendar_date date = {0};

    calendar_date(CALENDAR_GREGORIAN, day, &date);
    snprintf(out, size, "%04d-%02d-%02d", date.year, date.month, date.day);
}

static void days_it_may_mean(void **state)
{
    static const struct {
        const char *text, *earliest, *latest;
    } cases[] = {
        {"2014-11-03", "2014-11-03", "2014-11-03"},
        {"2014-11-03T23:59:59Z", "2014-11-03", "2014-11-03"},
        {"2014-11", "2014-11-01", "2014-11-30"},
        {"2014", "2014-01-01", "2014-12-31"},
        {"201", "2010-01-01", "2019-12-31"},
        {"19", "1900-01-01", "1999-12-31"},
        {"2012-XX-3X", "2012-01-30", "2012-12-31"},
        {"15XX-02-29", "1504-02-29", "1596-02-29"},
        {"2014-X2", "2014-02-01", "2014-12-31"},
        {"2014-24", "2014-12-01", "2015-02-28"},
        {"2014-34", "2014-04-01", "2014-06-30"},
        {"1950S2", "1900-01-01", "1999-12-31"},
        {"2004-02-01/2005", "2004-02-01", "2005-12-31"},
        {"[1667, 1668, 1670..1672]", "1667-01-01", "1672-12-31"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct edtf edtf;
        char earliest[16], latest[16];
        if (!edtf_read(cases[i].text, strlen(cases[i].text), &edtf))
            fail_msg("%s is no date", cases[i].text);
        spell(edtf.earliest, earliest, sizeof(earliest));
        spell(edtf.latest, latest, sizeof(latest));
        assert_string_equal(earliest, cases[i].earliest);
        assert_string_equal(latest, cases[i].latest);
    }
}

static struct edtf read_one(const char *text)
{
    struct edtf edtf;

    if (!edtf_read(text, strlen(text), &edtf))
        fail_msg("%s is no date", text);
    return edtf;
}

static void marks_and_open_ends(void **state)
{
    (void)state;
    assert_true(read_one("2014?").uncertain && !read_one("2014?").approximate);
    assert_true(read_one("2014-~11").approximate && !read_one("2014-~11").uncertain);
    assert_true(read_one("2014%").approximate && read_one("2014%").uncertain);
    assert_true(read_one("2014/..").open_end && !read_one("2014/..").open_start);
    assert_true(read_one("/2014").open_start);
    assert_true(read_one("{..1760}").open_start);
    assert_true(read_one("Y170002").open_end);
}

static void no_dates(void **state)
{
    static const char *const cases[] = {
        "",      "2014-02-30", "2014/2013", "2014-11-03 ", "2014-11-03T", "201X-21",
        "[2014", "2014..2015", "Y1E",       "2014-1",      "XX-XX",       "2014-11-03/x"};
    struct edtf edtf;
    char many[EDTF_MAX + 2];

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        if (edtf_read(cases[i], strlen(cases[i]), &edtf))
            fail_msg("%s is taken for a date", cases[i]);
    memset(many, '1', sizeof(many));
    assert_false(edtf_read(many, sizeof(many), &edtf));
}

static void cases_of_another_program(void **state)
{
    const char *shared = getenv("SANAD_SHARED");
    char path[4096], line[512];
    int count = 0;

    (void)state;
    snprintf(path, sizeof(path), "%s/data/names/edtf_vectors/edtf.tsv", shared ? shared : "");
    FILE *file = fopen(path, "r");
    if (!file)
        skip();
    while (fgets(line, sizeof(line), file)) {
        char *tab = strchr(line, '\t');
        struct edtf edtf;
        if (!tab || strncmp(line, "edtf\t", 5) == 0)
            continue;
        bool wanted = strncmp(tab + 1, "accept", 6) == 0;
        if (edtf_read(line, (size_t)(tab - line), &edtf) != wanted)
            fail_msg("%.*s: %s expected", (int)(tab - line), line, wanted ? "accept" : "reject");
        count++;
    }
    fclose(file);
    assert_true(count > 150);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_it_may_mean),
        cmocka_unit_test(marks_and_open_ends),
        cmocka_unit_test(no_dates),
        cmocka_unit_test(cases_of_another_program),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
