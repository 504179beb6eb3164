#include "worker/pdf/pdf_date.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Takes `digits` digits with a value in [least, most]; false leaves `*text` where it was. */
static bool take(const char **text, int digits, int least, int most, int *ret_value)
{
    int value = 0;

    for (int i = 0; i < digits; i++) {
        if (!isdigit((unsigned char)(*text)[i]))
            return false;
        value = value * 10 + ((*text)[i] - '0');
    }
    if (value < least || value > most)
        return false;
    *text += digits;
    *ret_value = value;
    return true;
}

static void format_offset(const char *at, char *out, size_t size)
{
    char sign = *at;
    int hours, minutes = 0;

    out[0] = '\0';
    if (sign == 'Z') {
        snprintf(out, size, "Z");
        return;
    }
    if (sign != '+' && sign != '-')
        return;
    at++;
    if (!take(&at, 2, 0, 23, &hours))
        return;
    if (*at == '\'' || *at == ':')
        at++;
    (void)take(&at, 2, 0, 59, &minutes);
    snprintf(out, size, "%c%02d:%02d", sign, hours, minutes);
}

bool pdf_date_format(const char *text, char out[PDF_DATE_TEXT])
{
    int year, month, day, hour, minute, second = 0;
    char offset[8];

    while (isspace((unsigned char)*text))
        text++;
    if (strncmp(text, "D:", 2) == 0)
        text += 2;
    if (!take(&text, 4, 1, 9999, &year))
        return false;
    if (!take(&text, 2, 1, 12, &month)) {
        snprintf(out, PDF_DATE_TEXT, "%04d", year);
        return true;
    }
    if (!take(&text, 2, 1, 31, &day)) {
        snprintf(out, PDF_DATE_TEXT, "%04d-%02d", year, month);
        return true;
    }
    if (!take(&text, 2, 0, 23, &hour) || !take(&text, 2, 0, 59, &minute)) {
        snprintf(out, PDF_DATE_TEXT, "%04d-%02d-%02d", year, month, day);
        return true;
    }
    (void)take(&text, 2, 0, 59, &second);
    format_offset(text, offset, sizeof(offset));
    snprintf(out, PDF_DATE_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d%s", year, month, day, hour, minute,
             second, offset);
    return true;
}
