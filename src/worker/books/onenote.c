#include "worker/books/onenote.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/plain/charset.h"

/* What a text is ([MS-ONE] 2.1.12). */
enum use { USE_TEXT, USE_ANSI, USE_TITLE, USE_PERSON, USE_NAME, USE_LINK };

static const struct {
    uint32_t id;
    enum use use;
} TEXTS[] = {
    {0x1C001C22, USE_TEXT},   /* RichEditTextUnicode */
    {0x1C003498, USE_ANSI},   /* TextExtendedAscii */
    {0x1C001CF3, USE_TITLE},  /* CachedTitleString */
    {0x1C001D3C, USE_TITLE},  /* CachedTitleStringFromPage */
    {0x1C00349B, USE_TITLE},  /* SectionDisplayName */
    {0x1C001D75, USE_PERSON}, /* Author */
    {0x1C001D9C, USE_NAME},   /* EmbeddedFileName */
    {0x1C001DD7, USE_NAME},   /* ImageFilename */
    {0x1C001E58, USE_TEXT},   /* ImageAltText */
    {0x1C001E20, USE_LINK},   /* WzHyperlinkUrl */
};

enum { SET_PROPERTIES_MAX = 256, ID_BYTES = 4 };
/* Types of values: bits 26 to 30 of a property's identifier. */
enum {
    TYPE_NONE = 1,
    TYPE_TRUTH,
    TYPE_1_BYTE,
    TYPE_2_BYTES,
    TYPE_4_BYTES,
    TYPE_8_BYTES,
    TYPE_DATA, /* a length of 4 bytes before it */
    TYPE_OBJECT,
    TYPE_OBJECTS, /* only their count stands here, as of the next two plurals */
    TYPE_SPACE,
    TYPE_SPACES,
    TYPE_CONTEXT,
    TYPE_CONTEXTS,
    TYPE_SETS = 0x10,
    TYPE_SET = 0x11,
};

struct notes {
    const struct input *input;
    struct emit *emit;
    uint64_t *seen; /* hashes of what was sent, twice as many places as texts_max */
    size_t texts, texts_max;
    uint32_t files;
    size_t set_end; /* behind the set read last, so that its other texts are not read again */
};

/* ---- sending ---- */

/* Whether this text was sent before; remembers it. Hashes are kept in open addressing. */
static bool seen_before(struct notes *notes, enum use use, const char *text, size_t len)
{
    const size_t places = notes->texts_max * 2;
    uint64_t of_use = use == USE_TITLE || use == USE_TEXT ? 0 : use;
    uint64_t hash = bytes_hash(BYTES_HASH_START ^ of_use, text, len);

    hash |= hash == 0;
    size_t at = hash % places;
    while (notes->seen[at] && notes->seen[at] != hash)
        at = (at + 1) % places;
    if (notes->seen[at] == hash)
        return true;
    notes->seen[at] = hash;
    return false;
}

static void send_text(struct notes *notes, enum use use, const unsigned char *data, size_t len)
{
    CLEANUP(cleanup_buf) struct buf text = {0};

    if (notes->texts >= notes->texts_max || notes->emit->stop)
        return;
    buf_init(&text, PAGE_TEXT_MAX);
    (void)charset_to_utf8(use == USE_ANSI ? "windows-1252" : "UTF-16LE", data, len, &text);
    while (text.len && (text.data[text.len - 1] == '\0' || text.data[text.len - 1] == '\n'))
        text.len--;
    if (text.len == 0 || seen_before(notes, use, text.data, text.len))
        return;
    notes->texts++;
    if (use == USE_PERSON) {
        emit_meta_len(notes->emit, "author", text.data, text.len);
        return;
    }
    if (use == USE_TITLE)
        emit_meta_len(notes->emit, "title", text.data, text.len);
    enum text_part part = use == USE_LINK || use == USE_NAME ? TEXT_REST : TEXT_MAIN;
    emit_flow(notes->emit, part, text.data, text.len);
    emit_flow_str(notes->emit, part, "\n");
}

/* ---- property sets ---- */

static bool use_of(uint32_t id, enum use *ret_use)
{
    for (size_t i = 0; i < ARRAY_LEN(TEXTS); i++)
        if (TEXTS[i].id == id) {
            *ret_use = TEXTS[i].use;
            return true;
        }
    return false;
}

static bool skip(size_t *at, size_t len, uint64_t bytes)
{
    if (bytes > len - *at)
        return false;
    *at += (size_t)bytes;
    return true;
}

/* Reads or, with `notes` NULL, only checks a set at `at`; true if it makes sense to its end. */
static bool read_set(struct notes *notes, const unsigned char *data, size_t len, size_t *at,
                     int depth);

static bool read_value(struct notes *notes, const unsigned char *data, size_t len, uint32_t id,
                       size_t *at, int depth)
{
    static const unsigned char fixed[] = {
        [TYPE_1_BYTE] = 1,  [TYPE_2_BYTES] = 2, [TYPE_4_BYTES] = 4, [TYPE_8_BYTES] = 8,
        [TYPE_OBJECTS] = 4, [TYPE_SPACES] = 4,  [TYPE_CONTEXTS] = 4};
    unsigned type = id >> 26 & 0x1F;
    enum use use;

    if (type == TYPE_SET)
        return read_set(notes, data, len, at, depth + 1);
    if (type == TYPE_SETS) {
        if (len - *at < 4)
            return false;
        uint32_t count = le32_get(data + *at);
        *at += 4;
        bool good = count == 0 || skip(at, len, ID_BYTES);
        for (uint32_t i = 0; good && i < count; i++)
            good = read_set(notes, data, len, at, depth + 1);
        return good;
    }
    if (type == TYPE_DATA) {
        if (len - *at < 4)
            return false;
        uint32_t bytes = le32_get(data + *at);
        *at += 4;
        const unsigned char *value = data + *at;
        if (!skip(at, len, bytes))
            return false;
        if (notes && use_of(id, &use))
            send_text(notes, use, value, bytes);
        return true;
    }
    if (type == 0 || type > TYPE_CONTEXTS)
        return false;
    return skip(at, len, type < sizeof(fixed) ? fixed[type] : 0);
}

static bool read_set(struct notes *notes, const unsigned char *data, size_t len, size_t *at,
                     int depth)
{
    if (depth > ONENOTE_DEPTH_MAX || len - *at < 2)
        return false;
    size_t count = le16_get(data + *at), ids = *at + 2;
    if (count > SET_PROPERTIES_MAX || len - ids < count * ID_BYTES)
        return false;
    *at = ids + count * ID_BYTES;
    for (size_t i = 0; i < count; i++)
        if (!read_value(notes, data, len, le32_get(data + ids + i * ID_BYTES), at, depth))
            return false;
    return true;
}

/* The set in whose list of identifiers the one at `at` stands: its count may be any number of
 * identifiers before. */
static void read_set_around(struct notes *notes, size_t at)
{
    const unsigned char *data = notes->input->data;
    size_t len = notes->input->len;

    for (size_t before = 0; before < SET_PROPERTIES_MAX; before++) {
        size_t back = before * ID_BYTES + 2;
        if (back > at)
            return;
        size_t start = at - back, end = start;
        if (le16_get(data + start) <= before || !read_set(NULL, data, len, &end, 0))
            continue;
        end = start;
        (void)read_set(notes, data, len, &end, 0);
        notes->set_end = end;
        return;
    }
}

/* ---- embedded files: [MS-ONESTORE] 2.6.13, between two GUIDs ---- */

static void send_child(struct notes *notes, const unsigned char *data, size_t len, bool whole)
{
    char name[64];

    if (notes->files >= ONENOTE_FILES_MAX || notes->emit->stop)
        return;
    snprintf(name, sizeof(name), "file-%u", ++notes->files);
    emit_child(notes->emit, name, strlen(name), "", INT64_MIN);
    emit_child_data(notes->emit, data, len);
    if (whole)
        emit_child_end(notes->emit, REASON_NONE, "");
    else
        emit_child_end(notes->emit, REASON_TRUNCATED, "the section ends inside it");
}

static void send_file(struct notes *notes, size_t at)
{
    enum { HEADER = 16 + 8 + 4 + 8 };
    const struct input *input = notes->input;

    if (input->len - at < HEADER)
        return;
    uint64_t said = le64_get(input->data + at + 16), left = input->len - at - HEADER;
    send_child(notes, input->data + at + HEADER, (size_t)(said < left ? said : left), said <= left);
}

/* ---- embedded files of a section from the cloud: objects' blobs of [MS-FSSHTTPB] ---- */

/* A compact unsigned integer (2.2.1.1): the place of its lowest set bit is its length. Returns how
 * many bytes it takes, 0 where there are too few. */
static size_t compact_get(const unsigned char *at, size_t len, uint64_t *ret_value)
{
    if (len == 0)
        return 0;
    *ret_value = 0;
    if (at[0] == 0)
        return 1;
    size_t bytes = (size_t)__builtin_ctz(at[0]) + 1;
    if (bytes == 8) {
        *ret_value = len >= 9 ? le64_get(at + 1) : 0;
        return len >= 9 ? 9 : 0;
    }
    if (bytes > len)
        return 0;
    for (size_t i = 0; i < bytes; i++)
        *ret_value |= (uint64_t)at[i] << (8 * i);
    *ret_value >>= bytes;
    return bytes;
}

/* A 32-bit stream object header (2.2.1.5.2) of type 2, and a blob that fills what it announces. */
static bool is_blob(const struct input *input, size_t at, size_t *ret_start, size_t *ret_len)
{
    enum { HEADER_BITS = 0x1FFFF, BLOB = 2 | 2 << 3, LARGE = 0x7FFF, LEAST = 64 };
    const unsigned char *data = input->data;
    uint32_t header = le32_get(data + at);
    uint64_t announced = header >> 17, size;

    at += 4;
    if ((header & HEADER_BITS) != BLOB)
        return false;
    if (announced == LARGE)
        at += compact_get(data + at, input->len - at, &announced);
    size_t prefix = compact_get(data + at, input->len - at, &size);
    if (prefix == 0 || size < LEAST || announced < prefix || size != announced - prefix ||
        size > input->len - at - prefix)
        return false;
    *ret_start = at + prefix;
    *ret_len = (size_t)size;
    return true;
}

static void scan_blobs(struct notes *notes)
{
    static const unsigned char packaged[] = {0x2F, 0xE9, 0x8D, 0x63, 0xD4, 0xA6, 0xC1, 0x4B,
                                             0x9A, 0x36, 0xB3, 0xFC, 0x25, 0x11, 0xA5, 0xB7};
    enum { FORMAT_AT = 48 };
    const struct input *input = notes->input;
    size_t start, len;

    if (input->len < FORMAT_AT + sizeof(packaged) ||
        memcmp(input->data + FORMAT_AT, packaged, sizeof(packaged)) != 0)
        return;
    for (size_t at = FORMAT_AT; at + 4 <= input->len && !notes->emit->stop; at++)
        if (input->data[at] == 0x12 && is_blob(input, at, &start, &len)) {
            send_child(notes, input->data + start, len, true);
            at = start + len - 1;
        }
}

static void scan(struct notes *notes)
{
    static const unsigned char file_start[] = {0xE7, 0x16, 0xE3, 0xBD, 0x65, 0x26, 0x11, 0x45,
                                               0xA4, 0xC4, 0x8D, 0x4D, 0x0B, 0x7A, 0x9E, 0xAC};
    const unsigned char *data = notes->input->data;
    size_t len = notes->input->len;
    enum use use;

    for (size_t at = 2; at + ID_BYTES <= len && !notes->emit->stop; at++) {
        if (data[at + 3] == 0x1C && data[at + 2] == 0 && at >= notes->set_end &&
            use_of(le32_get(data + at), &use))
            read_set_around(notes, at);
        else if (data[at] == file_start[0] && len - at >= sizeof(file_start) &&
                 memcmp(data + at, file_start, sizeof(file_start)) == 0)
            send_file(notes, at);
    }
}

struct verdict onenote_read(const struct input *input, struct emit *emit)
{
    struct notes notes = {.input = input, .emit = emit};

    /* no file has more texts than bytes */
    notes.texts_max = input->len < ONENOTE_TEXTS_MAX ? input->len + 1 : ONENOTE_TEXTS_MAX;
    notes.seen = mem_zalloc(notes.texts_max * 2, sizeof(*notes.seen));
    scan(&notes);
    scan_blobs(&notes);
    free(notes.seen);
    struct verdict verdict = verdict_by_words(emit);
    if (notes.texts >= notes.texts_max) {
        verdict.reason = REASON_LIMIT_COUNT;
        snprintf(verdict.detail, sizeof(verdict.detail), "only its first %zu texts were read",
                 notes.texts_max);
    }
    if (verdict.outcome == OUTCOME_EMPTY && emit->children)
        return verdict_empty(REASON_CONTAINER, "it has no words; it holds %u files",
                             emit->children);
    return verdict;
}
