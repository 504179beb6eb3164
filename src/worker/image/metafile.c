#include "worker/image/metafile.h"

#include <math.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/plain/charset.h"

enum { RECORDS_MAX = 10000000, TEXT_MAX = 64 << 10, BITMAP_MAX = 64 << 20, SAVED_MAX = 64 };

/* From the numbers in records to places on the page: x' = a x + c y + e, y' = b x + d y + f. */
struct matrix {
    float a, b, c, d, e, f;
};

static const struct matrix IDENTITY = {1, 0, 0, 1, 0, 0};

/* First `first`, then `then`. */
static struct matrix both(const struct matrix *first, const struct matrix *then)
{
    return (struct matrix){first->a * then->a + first->b * then->c,
                           first->a * then->b + first->b * then->d,
                           first->c * then->a + first->d * then->c,
                           first->c * then->b + first->d * then->d,
                           first->e * then->a + first->f * then->c + then->e,
                           first->e * then->b + first->f * then->d + then->f};
}

/* Text being put together from its pieces. */
struct drawn {
    struct emit *emit;
    struct buf text;
    bool any;
    float end_x, y;     /* where the last piece ended */
    float letter;       /* the width of its letters; 0 unknown */
    int32_t at_x, at_y; /* the current position, where a text without a place goes */
    struct matrix world, saved[SAVED_MAX];
    unsigned saved_count;
    unsigned bitmaps;
};

/* A piece at a place, `width` wide (0 unknown), of `count` letters. */
static void put_piece(struct drawn *drawn, float x, float y, float width, size_t count)
{
    if (drawn->text.len == 0)
        return;
    float slack = drawn->letter > 0 ? drawn->letter / 2 : 0;
    if (drawn->any && !(fabsf(y - drawn->y) <= slack))
        emit_flow_str(drawn->emit, TEXT_MAIN, "\n");
    else if (drawn->any &&
             (x < drawn->end_x - 4 * slack || (drawn->letter > 0 && x > drawn->end_x + slack)))
        emit_flow_str(drawn->emit, TEXT_MAIN, " ");
    drawn->any = true;
    drawn->end_x = x + width;
    drawn->y = y;
    drawn->letter = count ? width / (float)count : 0;
    emit_flow(drawn->emit, TEXT_MAIN, drawn->text.data, drawn->text.len);
}

/* A bitmap without a file header is given one, so that it is a BMP file. */
static void put_bitmap(struct drawn *drawn, const unsigned char *head, size_t head_len,
                       const unsigned char *bits, size_t bits_len)
{
    enum { FILE_HEADER = 14, BITMAPS_MAX = 1000, SMALLEST = 1024 };
    unsigned char file[FILE_HEADER] = {'B', 'M'};

    if (head_len < 16 || bits_len < SMALLEST || head_len + bits_len > BITMAP_MAX ||
        drawn->bitmaps >= BITMAPS_MAX)
        return;
    drawn->bitmaps++;
    le32_put(file + 2, (uint32_t)(FILE_HEADER + head_len + bits_len));
    le32_put(file + 10, (uint32_t)(FILE_HEADER + head_len));
    emit_child(drawn->emit, "bitmap.bmp", 10, "image/bmp", INT64_MIN);
    emit_child_data(drawn->emit, file, sizeof(file));
    emit_child_data(drawn->emit, head, head_len);
    emit_child_data(drawn->emit, bits, bits_len);
    emit_child_end(drawn->emit, REASON_NONE, "");
}

/* How far the letters advance, as the record says; 0 when it does not. */
static float emf_width(const unsigned char *record, size_t size, size_t count)
{
    size_t from = size >= 76 ? le32_get(record + 72) : 0;
    float width = 0;

    if (from == 0 || from > size || count > (size - from) / 4)
        return 0;
    for (size_t i = 0; i < count; i++)
        width += (float)le32_get(record + from + 4 * i);
    return width;
}

/* EMR_EXTTEXTOUTA and W: bounds, mode, two scales, then the text's place, count, offset. */
static void emf_text(struct drawn *drawn, const unsigned char *record, size_t size, bool wide)
{
    if (size < 52)
        return;
    size_t count = le32_get(record + 44);
    size_t from = le32_get(record + 48);
    size_t len = wide ? count * 2 : count;
    if (count > TEXT_MAX || from > size || len > size - from)
        return;
    buf_clear(&drawn->text);
    if (wide)
        (void)charset_to_utf8("UTF-16LE", record + from, len, &drawn->text);
    else
        (void)charset_text(NULL, record + from, len, &drawn->text);
    int32_t x = (int32_t)le32_get(record + 36);
    int32_t y = (int32_t)le32_get(record + 40);
    if (x == 0 && y == 0 && (drawn->at_x || drawn->at_y)) {
        x = drawn->at_x;
        y = drawn->at_y;
    }
    const struct matrix *world = &drawn->world;
    float place_x = world->a * (float)x + world->c * (float)y + world->e;
    float place_y = world->b * (float)x + world->d * (float)y + world->f;
    put_piece(drawn, place_x, place_y, fabsf(world->a) * emf_width(record, size, count), count);
}

static float float_get(const unsigned char *p)
{
    uint32_t bits = le32_get(p);
    float value;

    memcpy(&value, &bits, sizeof(value));
    return value;
}

/* A transformation that replaces the world's, or comes before (2) or behind it (3). */
static void emf_transform(struct drawn *drawn, const unsigned char *record, size_t size,
                          bool modify)
{
    enum { RESET = 1, BEFORE = 2, BEHIND = 3 };
    uint32_t mode = modify && size >= 36 ? le32_get(record + 32) : 0;

    if (size < 32)
        return;
    struct matrix matrix = {float_get(record + 8),  float_get(record + 12), float_get(record + 16),
                            float_get(record + 20), float_get(record + 24), float_get(record + 28)};
    if (mode == RESET)
        drawn->world = IDENTITY;
    else if (mode == BEFORE)
        drawn->world = both(&matrix, &drawn->world);
    else if (mode == BEHIND)
        drawn->world = both(&drawn->world, &matrix);
    else
        drawn->world = matrix;
}

/* Records with a bitmap say where its header and its bits are, each as offset and size. */
static void emf_bitmap(struct drawn *drawn, const unsigned char *record, size_t size, size_t at)
{
    if (size < at + 16)
        return;
    size_t head = le32_get(record + at);
    size_t head_len = le32_get(record + at + 4);
    size_t bits = le32_get(record + at + 8);
    size_t bits_len = le32_get(record + at + 12);
    if (head <= size && head_len <= size - head && bits <= size && bits_len <= size - bits)
        put_bitmap(drawn, record + head, head_len, record + bits, bits_len);
}

static void emf_record(struct drawn *drawn, const unsigned char *record, size_t size)
{
    enum {
        EMR_MOVETOEX = 27,
        EMR_SAVEDC = 33,
        EMR_RESTOREDC = 34,
        EMR_SETWORLDTRANSFORM = 35,
        EMR_MODIFYWORLDTRANSFORM = 36,
        EMR_BITBLT = 76,
        EMR_STRETCHBLT = 77,
        EMR_SETDIBITSTODEVICE = 80,
        EMR_STRETCHDIBITS = 81,
        EMR_EXTTEXTOUTA = 83,
        EMR_EXTTEXTOUTW = 84,
    };

    switch (le32_get(record)) {
    case EMR_MOVETOEX:
        if (size >= 16) {
            drawn->at_x = (int32_t)le32_get(record + 8);
            drawn->at_y = (int32_t)le32_get(record + 12);
        }
        break;
    case EMR_SAVEDC:
        if (drawn->saved_count < SAVED_MAX)
            drawn->saved[drawn->saved_count++] = drawn->world;
        break;
    case EMR_RESTOREDC:
        if (drawn->saved_count)
            drawn->world = drawn->saved[--drawn->saved_count];
        break;
    case EMR_SETWORLDTRANSFORM:
    case EMR_MODIFYWORLDTRANSFORM:
        emf_transform(drawn, record, size, le32_get(record) == EMR_MODIFYWORLDTRANSFORM);
        break;
    case EMR_EXTTEXTOUTA:
    case EMR_EXTTEXTOUTW:
        emf_text(drawn, record, size, le32_get(record) == EMR_EXTTEXTOUTW);
        break;
    case EMR_BITBLT:
    case EMR_STRETCHBLT:
        emf_bitmap(drawn, record, size, 84);
        break;
    case EMR_SETDIBITSTODEVICE:
    case EMR_STRETCHDIBITS:
        emf_bitmap(drawn, record, size, 48);
        break;
    default:
        break;
    }
}

/* The header's description: the program's name, the picture's, each ended by a zero. */
static void emf_description(const unsigned char *data, size_t len, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    size_t count = len >= 68 ? le32_get(data + 60) : 0;
    size_t from = len >= 68 ? le32_get(data + 64) : 0;

    if (count == 0 || count > TEXT_MAX || from > len || count * 2 > len - from)
        return;
    buf_init(&text, (size_t)4 * TEXT_MAX);
    (void)charset_to_utf8("UTF-16LE", data + from, count * 2, &text);
    size_t first = strlen(text.data);
    emit_meta(emit, "software", text.data);
    if (first + 1 < text.len)
        emit_meta(emit, "title", text.data + first + 1);
}

static struct verdict conclude(struct drawn *drawn)
{
    buf_release(&drawn->text);
    return verdict_by_words(drawn->emit);
}

struct verdict emf_read(const struct input *input, struct emit *emit)
{
    enum { EMR_EOF = 14 };
    struct drawn drawn = {.emit = emit, .world = IDENTITY};
    size_t at = 0;

    buf_init(&drawn.text, (size_t)4 * TEXT_MAX);
    emf_description(input->data, input->len, emit);
    for (int i = 0; i < RECORDS_MAX && input->len - at >= 8 && !emit->stop; i++) {
        const unsigned char *record = input->data + at;
        size_t size = le32_get(record + 4);
        if (size < 8 || size > input->len - at || le32_get(record) == EMR_EOF)
            break;
        emf_record(&drawn, record, size);
        at += size;
    }
    return conclude(&drawn);
}

/* ---- WMF ---- */

enum { ALDUS_HEAD = 22, WMF_HEAD = 18 };

bool wmf_is(const unsigned char *data, size_t len)
{
    if (len >= ALDUS_HEAD + WMF_HEAD && memcmp(data, "\xD7\xCD\xC6\x9A", 4) == 0)
        return true;
    return len >= WMF_HEAD + 6 && (le16_get(data) == 1 || le16_get(data) == 2) &&
           le16_get(data + 2) == 9 &&
           (le16_get(data + 4) == 0x300 || le16_get(data + 4) == 0x100) && le16_get(data + 16) == 0;
}

struct wmf {
    struct drawn drawn;
    const char *charsets[256]; /* of the objects that are fonts; by slot */
    bool used[256];
    const char *charset; /* of the chosen font; NULL to guess */
};

/* The character set of a LOGFONT ([MS-WMF] 2.1.1.5). */
static const char *font_charset(unsigned char set)
{
    static const struct {
        unsigned char set;
        const char *charset;
    } sets[] = {{0, "windows-1252"},   {77, "MACINTOSH"},     {128, "Shift_JIS"},
                {129, "EUC-KR"},       {134, "GB18030"},      {136, "Big5"},
                {161, "windows-1253"}, {162, "windows-1254"}, {163, "windows-1258"},
                {177, "windows-1255"}, {178, "windows-1256"}, {186, "windows-1257"},
                {204, "windows-1251"}, {222, "windows-874"},  {238, "windows-1250"}};

    for (size_t i = 0; i < ARRAY_LEN(sets); i++)
        if (sets[i].set == set)
            return sets[i].charset;
    return NULL;
}

static void wmf_text(struct wmf *wmf, const unsigned char *text, size_t len, int32_t x, int32_t y)
{
    struct drawn *drawn = &wmf->drawn;

    buf_clear(&drawn->text);
    if (wmf->charset)
        (void)charset_to_utf8(wmf->charset, text, len, &drawn->text);
    else
        (void)charset_text(NULL, text, len, &drawn->text);
    put_piece(drawn, (float)x, (float)y, 0, 0);
}

/* Every object that is made takes the first free slot. */
static void wmf_object(struct wmf *wmf, const char *charset)
{
    for (size_t i = 0; i < sizeof(wmf->used); i++)
        if (!wmf->used[i]) {
            wmf->used[i] = true;
            wmf->charsets[i] = charset;
            return;
        }
}

static int32_t signed16(const unsigned char *p)
{
    return (int16_t)le16_get(p);
}

static void wmf_drawing(struct wmf *wmf, unsigned kind, const unsigned char *p, size_t len)
{
    enum { TEXTOUT = 0x0521, EXTTEXTOUT = 0x0A32, STRETCHDIB = 0x0F43, DIBSTRETCHBLT = 0x0B41 };

    if (kind == TEXTOUT && len >= 2) {
        size_t count = le16_get(p);
        size_t padded = count + (count & 1);
        if (2 + padded + 4 <= len)
            wmf_text(wmf, p + 2, count, signed16(p + 2 + padded + 2), signed16(p + 2 + padded));
    } else if (kind == EXTTEXTOUT && len >= 8) {
        size_t count = le16_get(p + 4);
        size_t from = le16_get(p + 6) & 6 ? 16 : 8; /* opaque or clipped: a rectangle */
        if (from + count <= len)
            wmf_text(wmf, p + from, count, signed16(p + 2), signed16(p));
    } else if ((kind == STRETCHDIB && len > 22 + 40) || (kind == DIBSTRETCHBLT && len > 20 + 40)) {
        size_t at = kind == STRETCHDIB ? 22 : 20;
        size_t head = le32_get(p + at);
        unsigned bits = le16_get(p + at + 14);
        size_t colours = bits <= 8 ? le32_get(p + at + 32) : 0;
        if (bits <= 8 && colours == 0)
            colours = (size_t)1 << bits;
        if (head == 40 && colours <= 256 && at + head + colours * 4 < len)
            put_bitmap(&wmf->drawn, p + at, head + colours * 4, p + at + head + colours * 4,
                       len - at - head - colours * 4);
    }
}

static void wmf_record(struct wmf *wmf, unsigned kind, const unsigned char *p, size_t len)
{
    enum {
        CREATEFONT = 0x02FB,
        CREATEPALETTE = 0x00F7,
        CREATEPATTERNBRUSH = 0x01F9,
        CREATEPEN = 0x02FA,
        CREATEBRUSH = 0x02FC,
        CREATEREGION = 0x06FF,
        DIBCREATEPATTERNBRUSH = 0x0142,
        DELETEOBJECT = 0x01F0,
        SELECTOBJECT = 0x012D,
        FONT_CHARSET_AT = 13,
    };

    switch (kind) {
    case CREATEFONT:
        wmf_object(wmf, len > FONT_CHARSET_AT ? font_charset(p[FONT_CHARSET_AT]) : NULL);
        break;
    case CREATEPALETTE:
    case CREATEPATTERNBRUSH:
    case CREATEPEN:
    case CREATEBRUSH:
    case CREATEREGION:
    case DIBCREATEPATTERNBRUSH:
        wmf_object(wmf, "");
        break;
    case DELETEOBJECT:
        if (len >= 2 && le16_get(p) < sizeof(wmf->used))
            wmf->used[le16_get(p)] = false;
        break;
    case SELECTOBJECT: { /* "" is no font */
        const char *charset =
            len >= 2 && le16_get(p) < sizeof(wmf->used) ? wmf->charsets[le16_get(p)] : "";
        if (!charset || *charset)
            wmf->charset = charset;
        break;
    }
    default:
        wmf_drawing(wmf, kind, p, len);
    }
}

struct verdict wmf_read(const struct input *input, struct emit *emit)
{
    struct wmf wmf = {.drawn = {.emit = emit}};
    size_t at = memcmp(input->data, "\xD7\xCD\xC6\x9A", 4) == 0 ? ALDUS_HEAD + WMF_HEAD : WMF_HEAD;

    if (!wmf_is(input->data, input->len))
        return verdict_failed(REASON_CORRUPT, "its header makes no sense");
    buf_init(&wmf.drawn.text, (size_t)4 * TEXT_MAX);
    for (int i = 0; i < RECORDS_MAX && input->len - at >= 6 && !emit->stop; i++) {
        const unsigned char *record = input->data + at;
        uint64_t size = (uint64_t)le32_get(record) * 2;
        if (size < 6 || size > input->len - at)
            break;
        wmf_record(&wmf, le16_get(record + 4), record + 6, (size_t)size - 6);
        at += (size_t)size;
    }
    return conclude(&wmf.drawn);
}
