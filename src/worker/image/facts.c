#include "worker/image/facts.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "worker/plain/charset.h"

void facts_init(struct facts *facts, struct emit *emit)
{
    *facts = (struct facts){.emit = emit};
    facts->list = mem_zalloc(FACTS_MAX, sizeof(*facts->list));
}

/* A date that is later than the best one is worth saying only where the file was changed. */
static void give_dates(struct facts *facts)
{
    const char *best = NULL;

    for (int kind = 0; kind < FACT_DATE_COUNT && !best; kind++)
        best = facts->dates[kind][0] ? facts->dates[kind] : NULL;
    if (!best)
        return;
    facts_add_str(facts, "date", best);
    if (strcmp(best, facts->dates[FACT_DATE_CHANGED]) != 0)
        facts_add_str(facts, "modified", facts->dates[FACT_DATE_CHANGED]);
}

void facts_finish(struct facts *facts)
{
    give_dates(facts);
    for (size_t i = 0; i < facts->count; i++)
        free(facts->list[i].value);
    free(facts->list);
    *facts = (struct facts){0};
}

static bool is_known(const struct facts *facts, const char *key, const char *value)
{
    for (size_t i = 0; i < facts->count; i++)
        if (strcmp(facts->list[i].key, key) == 0 && strcasecmp(facts->list[i].value, value) == 0)
            return true;
    return false;
}

void facts_add(struct facts *facts, const char *key, const char *value, size_t len)
{
    while (len && isspace((unsigned char)*value)) {
        value++;
        len--;
    }
    while (len && (isspace((unsigned char)value[len - 1]) || value[len - 1] == '\0'))
        len--;
    if (len == 0 || facts->count == FACTS_MAX || memchr(value, '\0', len))
        return;
    if (len > FACT_VALUE_MAX)
        len = FACT_VALUE_MAX;
    char *kept = mem_strndup(value, len);
    if (is_known(facts, key, kept)) {
        free(kept);
        return;
    }
    facts->list[facts->count++] = (struct fact){key, kept};
    emit_meta_len(facts->emit, key, kept, len);
}

void facts_add_str(struct facts *facts, const char *key, const char *value)
{
    facts_add(facts, key, value, strlen(value));
}

void facts_add_bytes(struct facts *facts, const char *key, const void *data, size_t len)
{
    CLEANUP(cleanup_buf) struct buf text = {0};

    len = strnlen(data, len < FACT_VALUE_MAX ? len : FACT_VALUE_MAX);
    buf_init(&text, (size_t)FACT_VALUE_MAX * 3);
    if (len && charset_text(NULL, data, len, &text) == 0)
        facts_add(facts, key, text.data, text.len);
}

void facts_add_wide(struct facts *facts, const char *key, const void *data, size_t len)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    const char *bytes = data;
    size_t used = 0;

    while (used + 2 <= len && used < FACT_VALUE_MAX && (bytes[used] || bytes[used + 1]))
        used += 2;
    buf_init(&text, (size_t)FACT_VALUE_MAX * 3);
    if (used && charset_to_utf8("UTF-16LE", data, used, &text) == 0)
        facts_add(facts, key, text.data, text.len);
}

static bool is_day(int year, int month, int day)
{
    return year > 0 && month > 0 && month <= 12 && day > 0 && day <= 31;
}

/* "Z", "+03:30" or "+0330"; "" for anything else. */
static void take_offset(const char *text, char out[8])
{
    int hours;
    int minutes;

    out[0] = '\0';
    if (*text == 'Z')
        snprintf(out, 8, "Z");
    else if ((*text == '+' || *text == '-') &&
             (sscanf(text + 1, "%2d:%2d", &hours, &minutes) == 2 ||
              sscanf(text + 1, "%2d%2d", &hours, &minutes) == 2) &&
             hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60)
        snprintf(out, 8, "%c%02d:%02d", *text, hours, minutes);
}

void facts_date(struct facts *facts, enum fact_date kind, const char *text, const char *offset)
{
    int y, mo, d, h, mi, s = 0;
    int at = 0, seconds_at = 0;
    char *out = facts->dates[kind];
    const size_t size = sizeof(facts->dates[kind]);
    char zone[8];

    if (out[0] || (sscanf(text, "%4d%*1[:-]%2d%*1[:-]%2d%n", &y, &mo, &d, &at) != 3) ||
        !is_day(y, mo, d))
        return;
    if (sscanf(text + at, "%*1[T ]%2d:%2d%n", &h, &mi, &seconds_at) != 2 || seconds_at == 0 ||
        h < 0 || h > 23 || mi < 0 || mi > 59) {
        snprintf(out, size, "%04d-%02d-%02d", y, mo, d);
        return;
    }
    at += seconds_at;
    seconds_at = 0;
    if (sscanf(text + at, ":%2d%n", &s, &seconds_at) == 1 && s >= 0 && s <= 60)
        at += seconds_at;
    at += (int)strspn(text + at, ".0123456789");
    take_offset(text[at] ? text + at : offset, zone);
    snprintf(out, size, "%04d-%02d-%02dT%02d:%02d:%02d%s", y, mo, d, h, mi, s, zone);
}

void facts_place(struct facts *facts, double latitude, double longitude)
{
    char text[64];

    if (facts->placed || !(fabs(latitude) <= 90) || !(fabs(longitude) <= 180) ||
        (latitude == 0 && longitude == 0))
        return;
    facts->placed = true;
    snprintf(text, sizeof(text), "%.6f", latitude);
    facts_add_str(facts, "latitude", text);
    snprintf(text, sizeof(text), "%.6f", longitude);
    facts_add_str(facts, "longitude", text);
    snprintf(text, sizeof(text), "%.6f, %.6f", latitude, longitude);
    facts_add_str(facts, "location", text);
}

void facts_altitude(struct facts *facts, double metres)
{
    char text[32];

    if (!(fabs(metres) < 100000))
        return;
    snprintf(text, sizeof(text), "%.1f", metres);
    facts_add_str(facts, "altitude", text);
}
