#include "worker/ole/ole_props.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"
#include "worker/plain/codepage.h"
#include "worker/windows_time.h"

enum {
    SET_HEADER = 28,
    SET_ENTRY = 20,
    TYPE_I2 = 2,
    TYPE_I4 = 3,
    TYPE_R8 = 5,
    TYPE_DATE = 7,
    TYPE_BOOL = 11,
    TYPE_TEXT = 30,
    TYPE_WIDE = 31,
    TYPE_TIME = 64,
    ID_DICTIONARY = 0,
    ID_CODEPAGE = 1,
    NAMES_MAX = 512,
};

/* First bytes of the format identifiers. */
static const unsigned char SUMMARY[4] = {0xE0, 0x85, 0x9F, 0xF2};
static const unsigned char DOCUMENT[4] = {0x02, 0xD5, 0xCD, 0xD5};
static const unsigned char OWN[4] = {0x05, 0xD5, 0xCD, 0xD5};

struct set {
    const unsigned char *data; /* of the section */
    size_t len;
    unsigned codepage;
    uint32_t names; /* where the dictionary is; 0 for none */
    struct emit *emit;
    char author[256];
};

static const struct known {
    const unsigned char *format;
    uint32_t id;
    const char *key;
} KNOWN[] = {
    {SUMMARY, 2, "title"},      {SUMMARY, 3, "subject"},     {SUMMARY, 4, "author"},
    {SUMMARY, 5, "keywords"},   {SUMMARY, 6, "description"}, {SUMMARY, 8, "author"},
    {SUMMARY, 12, "date"},      {SUMMARY, 13, "modified"},   {SUMMARY, 18, "producer"},
    {DOCUMENT, 2, "keywords"},  {DOCUMENT, 14, "author"},    {DOCUMENT, 15, "creator"},
    {DOCUMENT, 28, "language"},
};

/* Durations and empty dates are none. */
static bool put_time(const unsigned char *at, struct buf *out)
{
    uint64_t ticks = le64_get(at);
    struct tm parts;
    char text[40];
    time_t when = (time_t)windows_seconds(ticks);

    if (ticks < UINT64_C(10000000) * 86400 * 365 || ticks > UINT64_C(2650467744000000000) ||
        !gmtime_r(&when, &parts))
        return false;
    (void)strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return buf_append_str(out, text) == 0;
}

/* Appends a string; both kinds begin with their length and may be longer than the section says. */
static bool put_text(const struct set *set, const unsigned char *at, size_t left, unsigned codepage,
                     struct buf *out)
{
    size_t count = left >= 4 ? le32_get(at) : 0;
    size_t unit = codepage == CODEPAGE_UTF16 ? 2 : 1;

    (void)set;
    if (count == 0)
        return false;
    if (unit == 2 && count > (left - 4) / 2)
        count = (left - 4) / 2;
    size_t bytes = count * unit;
    if (bytes > left - 4)
        bytes = left - 4;
    at += 4;
    while (bytes >= unit && at[bytes - 1] == 0 && at[bytes - unit] == 0)
        bytes -= unit;
    return codepage_text(codepage, at, bytes, out) == 0 && out->len;
}

static bool put_value(const struct set *set, size_t at, struct buf *out)
{
    if (at > set->len || set->len - at < 8)
        return false;
    const unsigned char *value = set->data + at + 4;
    size_t left = set->len - at - 4;
    switch (le16_get(set->data + at)) {
    case TYPE_I2:
        return buf_printf(out, "%d", (int16_t)le16_get(value)) == 0;
    case TYPE_I4:
        return buf_printf(out, "%d", (int32_t)le32_get(value)) == 0;
    case TYPE_BOOL:
        return buf_append_str(out, le16_get(value) ? "true" : "false") == 0;
    case TYPE_R8: {
        uint64_t bits = left >= 8 ? le64_get(value) : 0;
        double number;
        memcpy(&number, &bits, sizeof(number));
        return buf_printf(out, "%.15g", number) == 0;
    }
    case TYPE_TEXT:
        /* a Unicode set counts the bytes of its strings, not the characters */
        if (set->codepage == CODEPAGE_UTF16) {
            size_t count = le32_get(value);
            return count <= left - 4 &&
                   codepage_text(CODEPAGE_UTF16, value + 4, count & ~1U, out) == 0;
        }
        return put_text(set, value, left, set->codepage, out);
    case TYPE_WIDE:
        return put_text(set, value, left, CODEPAGE_UTF16, out);
    case TYPE_TIME:
        return left >= 8 && put_time(value, out);
    default:
        return false;
    }
}

static const char *key_of(const unsigned char *format, uint32_t id)
{
    for (size_t i = 0; i < ARRAY_LEN(KNOWN); i++)
        if (memcmp(KNOWN[i].format, format, 4) == 0 && KNOWN[i].id == id)
            return KNOWN[i].key;
    return NULL;
}

/* The name the dictionary gives to `id`. */
static bool put_name(const struct set *set, uint32_t id, struct buf *out)
{
    size_t at = set->names;

    if (!at || at > set->len || set->len - at < 4)
        return false;
    uint32_t count = le32_get(set->data + at);
    at += 4;
    for (uint32_t i = 0; i < count && i < NAMES_MAX && set->len - at >= 8; i++) {
        uint32_t this_id = le32_get(set->data + at);
        size_t len = le32_get(set->data + at + 4);
        size_t bytes = set->codepage == CODEPAGE_UTF16 ? len * 2 : len;
        if (len > set->len || bytes > set->len - at - 8)
            return false;
        if (this_id == id)
            return put_text(set, set->data + at + 4, bytes + 4, set->codepage, out);
        at += 8 + bytes;
        if (set->codepage == CODEPAGE_UTF16)
            at += (4 - at % 4) % 4;
        if (at > set->len)
            return false;
    }
    return false;
}

static void emit_property(struct set *set, const unsigned char *format, uint32_t id, size_t at)
{
    CLEANUP(cleanup_buf) struct buf value = {0};
    CLEANUP(cleanup_buf) struct buf named = {0};
    const char *key = key_of(format, id);

    buf_init(&value, META_VALUE_MAX);
    if (!put_value(set, at, &value) || value.len == 0)
        return;
    if (key && strcmp(key, "author") == 0) {
        if (strcmp(set->author, value.data) == 0)
            return;
        snprintf(set->author, sizeof(set->author), "%s", value.data);
    }
    if (key) {
        emit_meta_len(set->emit, key, value.data, value.len);
        return;
    }
    buf_init(&named, META_VALUE_MAX);
    if (memcmp(format, OWN, 4) != 0 || !put_name(set, id, &named) || named.data[0] == '_')
        return;
    (void)buf_printf(&named, " = %s", value.data);
    emit_meta_len(set->emit, "property", named.data, named.len);
}

static void parse_section(struct set *set, const unsigned char *format)
{
    uint32_t count = set->len >= 8 ? le32_get(set->data + 4) : 0;

    if (count > OLE_PROPS_MAX)
        count = OLE_PROPS_MAX;
    if (count > (set->len - 8) / 8 && set->len >= 8)
        count = (uint32_t)((set->len - 8) / 8);
    set->codepage = CODEPAGE_WESTERN;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t id = le32_get(set->data + 8 + (size_t)8 * i);
        uint32_t at = le32_get(set->data + 12 + (size_t)8 * i);
        if (id == ID_CODEPAGE && at <= set->len && set->len - at >= 6)
            set->codepage = le16_get(set->data + at + 4);
        if (id == ID_DICTIONARY)
            set->names = at;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t id = le32_get(set->data + 8 + (size_t)8 * i);
        if (id > ID_CODEPAGE)
            emit_property(set, format, id, le32_get(set->data + 12 + (size_t)8 * i));
    }
}

void ole_props_parse(const unsigned char *data, size_t len, struct emit *emit)
{
    if (len < SET_HEADER || le16_get(data) != 0xFFFE)
        return;
    uint32_t count = le32_get(data + 24);
    struct set set = {.emit = emit};
    for (uint32_t i = 0; i < count && i < 2; i++) {
        size_t entry = SET_HEADER + (size_t)SET_ENTRY * i;
        if (entry + SET_ENTRY > len)
            return;
        uint32_t at = le32_get(data + entry + 16);
        if (at >= len)
            continue;
        set.data = data + at;
        set.len = len - at;
        set.names = 0;
        parse_section(&set, data + entry);
    }
}

void ole_props_read(const struct cfb *cfb, const struct cfb_entry *storage, struct emit *emit)
{
    static const char *const names[] = {"\005SummaryInformation", "\005DocumentSummaryInformation"};

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        CLEANUP(cleanup_buf) struct buf bytes = {0};
        buf_init(&bytes, OLE_PROPS_BYTES);
        (void)cfb_read(cfb, cfb_child(storage, names[i]), &bytes);
        ole_props_parse((const unsigned char *)bytes.data, bytes.len, emit);
    }
}
