/*
 * Run by the build: writes calendar_lunar.h, the years of the Umm al-Qura calendar, from ICU's
 * data: the first day, and the lengths of the months: bit m says that month m (from 0) has 30 days
 * and not 29.
 */
#include <stdio.h>

#include <unicode/ucal.h>

enum { FIRST = 1300, LAST = 1600 };

int main(int argc, char **argv)
{
    UErrorCode status = U_ZERO_ERROR;
    UCalendar *calendar =
        ucal_open(u"UTC", 3, "ar@calendar=islamic-umalqura", UCAL_DEFAULT, &status);
    FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;

    if (!out || U_FAILURE(status))
        return 1;
    fprintf(out,
            "/* Written by calendar_gen. */\n"
            "enum { UMALQURA_FIRST = %d, UMALQURA_LAST = %d };\n\n"
            "static const struct {\n    int first_day;\n    int months;\n} umalqura[] = {\n",
            FIRST, LAST);
    for (int year = FIRST; year <= LAST; year++) {
        unsigned bits = 0;
        double first_day = 0;
        for (int month = 0; month < 12; month++) {
            ucal_clear(calendar);
            ucal_setDateTime(calendar, year, month, 1, 0, 0, 0, &status);
            if (month == 0)
                first_day = ucal_getMillis(calendar, &status) / 86400000;
            int days = ucal_getLimit(calendar, UCAL_DAY_OF_MONTH, UCAL_ACTUAL_MAXIMUM, &status);
            if (U_FAILURE(status) || days < 29 || days > 30)
                return 1;
            bits |= (unsigned)(days - 29) << month;
        }
        fprintf(out, "    {%.0f, 0x%03x},\n", first_day, bits);
    }
    fprintf(out, "};\n");
    ucal_close(calendar);
    return fclose(out) ? 1 : 0;
}
