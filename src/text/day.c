#include "text/day.h"

#include "base/utf8.h"

/* The digit of any script that we read, or -1. */
static int digit_of(uint32_t rune)
{
    if (rune >= '0' && rune <= '9')
        return (int)(rune - '0');
    if (rune >= 0x660 && rune <= 0x669)
        return (int)(rune - 0x660);
    return rune >= 0x6F0 && rune <= 0x6F9 ? (int)(rune - 0x6F0) : -1;
}

/* Up to three numbers with - or / between; their count, or 0 when it is written otherwise. */
static int read_numbers(const char *text, size_t len, int numbers[3])
{
    static const int widths[] = {4, 2, 2};
    int count = 0;
    int digits = 0;

    numbers[0] = numbers[1] = numbers[2] = 0;
    for (size_t at = 0; at < len;) {
        uint32_t rune;
        at += utf8_decode(text + at, len - at, &rune);
        int digit = digit_of(rune);
        if (digit >= 0 && digits < widths[count]) {
            numbers[count] = numbers[count] * 10 + digit;
            digits++;
        } else if ((rune == '-' || rune == '/') && count < 2 && digits == widths[count]) {
            count++;
            digits = 0;
        } else {
            return 0;
        }
    }
    return digits == widths[count] ? count + 1 : 0;
}

bool day_span(const char *text, size_t len, int32_t *ret_first, int32_t *ret_last)
{
    int numbers[3];
    int count = read_numbers(text, len, numbers);
    enum calendar calendar = numbers[0] >= SOLAR_YEAR_FIRST && numbers[0] <= SOLAR_YEAR_LAST
                                 ? CALENDAR_SOLAR_HIJRI
                                 : CALENDAR_GREGORIAN;

    if (!count)
        return false;
    int first_month = count > 1 ? numbers[1] : 1;
    int last_month = count > 1 ? numbers[1] : 12;
    int last_day = count > 2 ? numbers[2] : calendar_month_days(calendar, numbers[0], last_month);
    struct calendar_date first = {numbers[0], first_month, count > 2 ? numbers[2] : 1};
    struct calendar_date last = {numbers[0], last_month, last_day};

    return calendar_day(calendar, first, ret_first) && calendar_day(calendar, last, ret_last);
}
