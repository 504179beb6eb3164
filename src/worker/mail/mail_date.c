#include "worker/mail/mail_date.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/attr.h"

struct found {
    int day, month, year, hour, minute, second; /* -1 = not yet */
    int zone;                                   /* minutes east of Greenwich */
    bool exact;                                 /* the zone was given in numbers */
};

static int month_of(const char *word)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";

    for (int i = 0; i < 12; i++)
        if (strncasecmp(word, names + (ptrdiff_t)3 * i, 3) == 0)
            return i;
    return -1;
}

/* RFC 5322, 4.3: the North American zones; all other letters mean nothing certain: UTC. */
static void zone_name(const char *word, struct found *found)
{
    static const struct {
        const char *name;
        int minutes;
    } zones[] = {{"EST", -300}, {"EDT", -240}, {"CST", -360}, {"CDT", -300},
                 {"MST", -420}, {"MDT", -360}, {"PST", -480}, {"PDT", -420},
                 {"CET", 60},   {"CEST", 120}, {"MET", 60},   {"MEST", 120},
                 {"BST", 60},   {"IST", 330},  {"JST", 540},  {"IRST", 210}};

    for (size_t i = 0; i < ARRAY_LEN(zones); i++)
        if (!found->exact && strcasecmp(word, zones[i].name) == 0)
            found->zone = zones[i].minutes;
}

static void number(const char *word, struct found *found)
{
    long value = strtol(word, NULL, 10);
    size_t digits = strspn(word, "0123456789");

    if (strchr(word, ':')) {
        if (found->hour < 0)
            (void)sscanf(word, "%2d:%2d:%2d", &found->hour, &found->minute, &found->second);
    } else if (digits <= 2 && found->day < 0) {
        found->day = (int)value;
    } else if (found->year < 0 && digits >= 2 && digits <= 4) {
        /* three digits: years since 1900, as programs wrote them that were not ready for 2000 */
        found->year = (int)(digits == 4 && value > 199  ? value
                            : digits == 2 && value < 50 ? 2000 + value
                                                        : 1900 + value);
    }
}

static void zone_offset(const char *word, struct found *found)
{
    long value = strtol(word + 1, NULL, 10);
    int minutes = (int)(value / 100 * 60 + value % 100);

    if (strspn(word + 1, "0123456789") == 4 && minutes < 24 * 60)
        found->zone = word[0] == '-' ? -minutes : minutes;
    found->exact |= strspn(word + 1, "0123456789") == 4;
}

static void take_word(const char *word, struct found *found)
{
    if (isdigit((unsigned char)word[0]))
        number(word, found);
    else if ((word[0] == '+' || word[0] == '-') && found->hour >= 0)
        zone_offset(word, found);
    else if (month_of(word) >= 0 && found->month < 0)
        found->month = month_of(word);
    else if (found->hour >= 0 && found->hour < 12 && strcasecmp(word, "PM") == 0)
        found->hour += 12;
    else if (found->hour == 12 && strcasecmp(word, "AM") == 0)
        found->hour = 0;
    else if (found->hour >= 0)
        zone_name(word, found);
}

/* "2016-04-22T17:31:30+03:00": dates as machines write them. */
static bool parse_iso(const char *text, struct found *found)
{
    char sign = 0;
    int hours = 0;
    int minutes = 0;

    if (sscanf(text, "%4d-%2d-%2d%*1[T ]%2d:%2d:%2d%c%2d:%2d", &found->year, &found->month,
               &found->day, &found->hour, &found->minute, &found->second, &sign, &hours,
               &minutes) < 5)
        return false;
    found->month--;
    if (sign == '+' || sign == '-')
        found->zone = (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
    return true;
}

bool mail_date_parse(const char *text, int64_t *ret_seconds)
{
    struct found found = {-1, -1, -1, -1, 0, 0, 0, false};
    char word[32];

    text += strspn(text, " \t");
    const char *start = text;
    if (!parse_iso(text, &found)) {
        found = (struct found){-1, -1, -1, -1, 0, 0, 0, false};
        while (*text) {
            text += strspn(text, " \t,-/()");
            bool offset = text > start && text[-1] == '-' && found.hour >= 0;
            size_t n = strcspn(text, " \t,/()-");
            if (n == 0)
                break;
            snprintf(word, sizeof(word), "%s%.*s", offset ? "-" : "", n < 30 ? (int)n : 30, text);
            take_word(word, &found);
            text += n;
        }
    }
    if (found.day < 1 || found.day > 31 || found.month < 0 || found.month > 11 ||
        found.year < 1900 || found.hour < 0 || found.hour > 24 || found.minute > 59)
        return false;
    struct tm parts = {.tm_mday = found.day,
                       .tm_mon = found.month,
                       .tm_year = found.year - 1900,
                       .tm_hour = found.hour,
                       .tm_min = found.minute,
                       .tm_sec = found.second};
    *ret_seconds = (int64_t)timegm(&parts) - (int64_t)found.zone * 60;
    return true;
}
