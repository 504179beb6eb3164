#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/attr.h"
#include "worker/office/numfmt.h"

enum { DAYS_1900 = 25569, DAYS_1904 = 24107, DAY = 86400, LAST_DAY = 2958466 };

static bool parts_of(double serial, bool whole_days, bool from_1904, struct tm *ret)
{
    if (!(serial >= 0 && serial < LAST_DAY))
        return false;
    /* Excel believes in 29 February 1900: serials before it are a day behind. */
    if (!from_1904 && serial < 60 && whole_days)
        serial += 1;
    double seconds = floor(serial * DAY + 0.5);
    time_t when = (time_t)seconds - (time_t)DAY * (from_1904 ? DAYS_1904 : DAYS_1900);
    return gmtime_r(&when, ret) != NULL;
}

bool number_date(double serial, enum number_kind kind, bool from_1904, char out[32])
{
    struct tm parts;

    if (!parts_of(serial, kind != NUMBER_TIME, from_1904, &parts))
        return false;
    if (kind == NUMBER_TIME)
        return strftime(out, 32, "%H:%M:%S", &parts) > 0;
    if (kind == NUMBER_DATE && fmod(floor(serial * DAY + 0.5), DAY) == 0)
        return strftime(out, 32, "%Y-%m-%d", &parts) > 0;
    return strftime(out, 32, "%Y-%m-%d %H:%M:%S", &parts) > 0;
}

/* How often the letter at `at` repeats, in either case. */
static size_t run_of(const char *at, const char *end)
{
    size_t n = 1;

    while (at + n < end && (at[n] | 0x20) == (*at | 0x20))
        n++;
    return n;
}

/* Whether "m" at `at` is a minute: next to hours or seconds. */
static bool is_minute(const char *at, size_t n, const char *end, char before)
{
    const char *next = at + n;

    while (next < end && strchr(": .]", *next))
        next++;
    return before == 'h' || (next < end && (*next | 0x20) == 's');
}

static void put_two(struct buf *out, size_t places, int number)
{
    if (places == 1)
        (void)buf_printf(out, "%d", number);
    else
        (void)buf_printf(out, "%02d", number);
}

/* The first three letters, or all. */
static void put_name(struct buf *out, size_t places, const char *name)
{
    (void)buf_append(out, name, places == 3 ? 3 : strlen(name));
}

static void put_month(struct buf *out, size_t n, const struct tm *parts)
{
    static const char *const names[12] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};

    if (n <= 2)
        put_two(out, n, parts->tm_mon + 1);
    else
        put_name(out, n, names[parts->tm_mon]);
}

static void put_day(struct buf *out, size_t n, const struct tm *parts)
{
    static const char *const names[7] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                         "Thursday", "Friday", "Saturday"};

    if (n <= 2)
        put_two(out, n, parts->tm_mday);
    else
        put_name(out, n, names[parts->tm_wday]);
}

static void put_letter(struct buf *out, char letter, size_t n, bool half_days,
                       const struct tm *parts)
{
    int year = parts->tm_year + 1900;

    if (letter == 'y')
        put_two(out, 2, n <= 2 ? year % 100 : year);
    else if (letter == 'd')
        put_day(out, n, parts);
    else if (letter == 's')
        put_two(out, n, parts->tm_sec);
    else if (letter == 'h')
        put_two(out, n, half_days ? (parts->tm_hour + 11) % 12 + 1 : parts->tm_hour);
}

static const char *put_literal(const char *at, const char *next, const char *end, struct buf *out)
{
    if (next > end)
        next = end;
    if (*at == '"')
        (void)buf_append(out, at + 1, (size_t)(next - at) - (next[-1] == '"' && next - at > 1) - 1);
    else if (*at == '\\' && next - at == 2)
        (void)buf_append(out, at + 1, 1);
    else if (*at == '*')
        (void)buf_append_char(out, ' ');
    return next;
}

static bool has_half_days(const char *at, const char *end)
{
    for (; at + 3 <= end; at++)
        if (strncasecmp(at, "am/", 3) == 0 || strncasecmp(at, "a/p", 3) == 0)
            return true;
    return false;
}

void number_show_date(const char *section, const char *end, double serial, bool from_1904,
                      struct buf *out)
{
    struct tm parts;
    char before = 0; /* the last letter that stood for something */
    bool half_days = has_half_days(section, end);

    if (!parts_of(serial, true, from_1904, &parts)) {
        (void)buf_printf(out, "%.15g", serial);
        return;
    }
    for (const char *at = section; at < end;) {
        const char *next = number_skip_literal(at);
        if (next != at) {
            at = put_literal(at, next, end, out);
            continue;
        }
        char letter = (char)(*at | 0x20);
        if (half_days && (strncasecmp(at, "am/pm", 5) == 0 || strncasecmp(at, "a/p", 3) == 0)) {
            (void)buf_append_str(out, parts.tm_hour < 12 ? "AM" : "PM");
            at += letter == 'a' && (at[1] | 0x20) == 'm' ? 5 : 3;
            continue;
        }
        size_t n = run_of(at, end);
        if (letter == 'm') {
            if (is_minute(at, n, end, before))
                put_two(out, n, parts.tm_min);
            else
                put_month(out, n, &parts);
            before = 'm';
        } else if (letter && strchr("ydhs", letter)) {
            put_letter(out, letter, n, half_days, &parts);
            before = letter;
        } else {
            n = 1;
            (void)buf_append_char(out, *at);
        }
        at += n;
    }
}
