#include "worker/image/iptc.h"

#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/plain/charset.h"
#include "worker/image/exif.h"
#include "worker/image/xmp.h"

enum {
    MARK = 0x1C,
    DATASETS_MAX = 2000,
    RESOURCES_MAX = 2000,
    RECORD_ENVELOPE = 1,
    RECORD_APPLICATION = 2,
    SET_CHARSET = 90,
    SET_DATE = 55,
    SET_TIME = 60,
};

struct dataset {
    int record, set;
    const unsigned char *data;
    size_t len;
};

static const struct {
    int set;
    const char *key;
} KEYS[] = {
    {5, "title"},      {25, "keywords"},     {26, "place"},     {40, "instructions"},
    {65, "software"},  {80, "author"},       {85, "job-title"}, {90, "city"},
    {92, "place"},     {95, "region"},       {101, "country"},  {103, "reference"},
    {105, "headline"}, {110, "credit"},      {115, "source"},   {116, "copyright"},
    {118, "contact"},  {120, "description"}, {122, "writer"},
};

/* Takes the next dataset; false at the end. */
static bool next(const unsigned char *data, size_t len, size_t *at, struct dataset *found)
{
    const unsigned char *p = data + *at;

    if (len - *at < 5 || p[0] != MARK)
        return false;
    found->record = p[1];
    found->set = p[2];
    size_t size = be16_get(p + 3);
    size_t head = 5;
    if (size & 0x8000) { /* an extended dataset: the length of the length */
        size_t digits = size & 0x7FFF;
        if (digits == 0 || digits > 4 || len - *at - head < digits)
            return false;
        size = be_get(p + head, digits);
        head += digits;
    }
    if (size > len - *at - head)
        return false;
    found->data = p + head;
    found->len = size;
    *at += head + size;
    return true;
}

static void take(const struct dataset *set, bool utf8, struct facts *facts)
{
    for (size_t i = 0; i < sizeof(KEYS) / sizeof(KEYS[0]); i++) {
        if (KEYS[i].set != set->set)
            continue;
        if (utf8)
            facts_add(facts, KEYS[i].key, (const char *)set->data, set->len);
        else
            facts_add_bytes(facts, KEYS[i].key, set->data, set->len);
    }
}

/* "20240131" and "123000+0330" as one date. */
static void take_date(const struct dataset *date, const struct dataset *time, struct facts *facts)
{
    char text[32];
    const char *d = (const char *)date->data;
    const char *t = (const char *)time->data;

    if (date->len < 8)
        return;
    if (time->len >= 6)
        snprintf(text, sizeof(text), "%.4s-%.2s-%.2sT%.2s:%.2s:%.2s%.*s", d, d + 4, d + 6, t, t + 2,
                 t + 4, time->len >= 11 ? 5 : 0, t + 6);
    else
        snprintf(text, sizeof(text), "%.4s-%.2s-%.2s", d, d + 4, d + 6);
    facts_date(facts, FACT_DATE_STATED, text, "");
}

void iptc_facts(const unsigned char *data, size_t len, struct facts *facts)
{
    struct dataset set, date = {0}, time = {0};
    bool utf8 = false;
    size_t at = 0;

    for (int i = 0; i < DATASETS_MAX && next(data, len, &at, &set); i++) {
        if (set.record == RECORD_ENVELOPE && set.set == SET_CHARSET)
            utf8 = set.len == 3 && memcmp(set.data, "\x1B%G", 3) == 0;
        if (set.record != RECORD_APPLICATION)
            continue;
        if (set.set == SET_DATE)
            date = set;
        else if (set.set == SET_TIME)
            time = set;
        else
            take(&set, utf8, facts);
    }
    take_date(&date, &time, facts);
}

static void take_resource(unsigned id, const unsigned char *data, size_t len, struct facts *facts)
{
    enum { IPTC = 0x0404, EXIF = 0x0422, XMP = 0x0424, COPYRIGHT_URL = 0x040B };

    if (id == IPTC)
        iptc_facts(data, len, facts);
    else if (id == EXIF)
        exif_facts(data, len, facts);
    else if (id == XMP)
        xmp_facts((const char *)data, len, facts);
    else if (id == COPYRIGHT_URL)
        facts_add_bytes(facts, "url", data, len);
}

void photoshop_facts(const unsigned char *data, size_t len, struct facts *facts)
{
    size_t at = 0;

    for (int i = 0; i < RESOURCES_MAX && len - at >= 12; i++) {
        const unsigned char *p = data + at;
        if (memcmp(p, "8BIM", 4) != 0)
            return;
        size_t name = (size_t)p[6] + 1;
        name += name & 1;
        if (len - at < 6 + name + 4)
            return;
        const unsigned char *q = p + 6 + name;
        size_t size = be32_get(q);
        size_t from = at + 6 + name + 4;
        if (size > len - from)
            return;
        take_resource(be16_get(p + 4), data + from, size, facts);
        at = from + size + (size & 1);
        if (at > len)
            return;
    }
}
