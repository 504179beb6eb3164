#include "worker/image/image_facts.h"

#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/archive/inflate.h"
#include "worker/image/exif.h"
#include "worker/image/heif.h"
#include "worker/image/iptc.h"
#include "worker/image/xmp.h"

enum { PIECES_MAX = 20000, INFLATED_MAX = 4 << 20 };

/* A piece of a picture file that may say something about it. */
struct piece {
    const char *kind; /* four letters, or a JPEG marker's letter */
    const unsigned char *data;
    size_t len;
};

/* What a walk over the pieces is for. Returns true to stop. */
typedef bool piece_fn(void *ctx, const struct piece *piece);

/* Segments: FF, marker, length (big-endian, counts itself), up to the start of the scan. */
static void walk_jpeg(const unsigned char *data, size_t len, piece_fn *fn, void *ctx)
{
    size_t at = 2;

    for (int i = 0; i < PIECES_MAX && at + 4 <= len && data[at] == 0xFF; i++) {
        unsigned char marker = data[at + 1];
        if (marker == 0xFF) { /* filling */
            at++;
            continue;
        }
        if (marker == 0xDA || marker == 0xD9)
            return;
        size_t size = be16_get(data + at + 2);
        if (size < 2 || size > len - at - 2)
            return;
        char kind[2] = {(char)marker, '\0'};
        struct piece piece = {kind, data + at + 4, size - 2};
        if (fn(ctx, &piece))
            return;
        at += 2 + size;
    }
}

static void walk_png(const unsigned char *data, size_t len, piece_fn *fn, void *ctx)
{
    size_t at = 8;

    for (int i = 0; i < PIECES_MAX && at + 12 <= len; i++) {
        size_t size = be32_get(data + at);
        if (size > len - at - 12)
            return;
        char kind[5] = {0};
        memcpy(kind, data + at + 4, 4);
        struct piece piece = {kind, data + at + 8, size};
        if (fn(ctx, &piece))
            return;
        at += 12 + size;
    }
}

static void walk_riff(const unsigned char *data, size_t len, piece_fn *fn, void *ctx)
{
    size_t at = 12;

    for (int i = 0; i < PIECES_MAX && at + 8 <= len; i++) {
        size_t size = le32_get(data + at + 4);
        if (size > len - at - 8)
            return;
        char kind[5] = {0};
        memcpy(kind, data + at, 4);
        struct piece piece = {kind, data + at + 8, size};
        if (fn(ctx, &piece))
            return;
        at += 8 + size + (size & 1);
    }
}

/* Boxes of JPEG 2000 (ISO/IEC 15444-1, annex I). */
static void walk_boxes(const unsigned char *data, size_t len, piece_fn *fn, void *ctx)
{
    size_t at = 0;

    for (int i = 0; i < PIECES_MAX && at + 8 <= len; i++) {
        uint64_t size = be32_get(data + at);
        size_t head = 8;
        if (size == 1 && len - at >= 16) {
            size = be64_get(data + at + 8);
            head = 16;
        } else if (size == 0) {
            size = len - at;
        }
        if (size < head || size > len - at)
            return;
        char kind[5] = {0};
        memcpy(kind, data + at + 4, 4);
        struct piece piece = {kind, data + at + head, size - head};
        if (fn(ctx, &piece))
            return;
        at += size;
    }
}

/* Extensions of GIF: comments, and the application extension that holds XMP (GIF89a, XMP part 3).
 */
static void walk_gif(const unsigned char *data, size_t len, piece_fn *fn, void *ctx)
{
    static const char XMP[] = "\x21\xFF\x0BXMP DataXMP";
    const unsigned char *at = memmem(data, len, XMP, sizeof(XMP) - 1);

    if (at) {
        at += sizeof(XMP) - 1;
        struct piece piece = {"XMP ", at, strnlen((const char *)at, (size_t)(data + len - at))};
        if (fn(ctx, &piece))
            return;
    }
    at = data;
    for (int i = 0; i < 64; i++) {
        at = memmem(at, (size_t)(data + len - at), "\x21\xFE", 2);
        if (!at || (size_t)(data + len - at) < 4)
            return;
        size_t size = at[2];
        if (size + 4 <= (size_t)(data + len - at) && (at[3 + size] == 0 || size == 255)) {
            struct piece piece = {"tEXT", at + 3, size};
            if (fn(ctx, &piece))
                return;
        }
        at += 2;
    }
}

static bool starts(const struct piece *piece, const char *text, size_t len)
{
    return piece->len >= len && memcmp(piece->data, text, len) == 0;
}

#define STARTS(piece, text) starts(piece, text, sizeof(text) - 1)

static bool jpeg_piece(void *ctx, const struct piece *piece)
{
    static const char PHOTOSHOP[] = "Photoshop 3.0";
    static const char XMP[] = "http://ns.adobe.com/xap/1.0/";
    struct facts *facts = ctx;
    unsigned char marker = (unsigned char)piece->kind[0];

    if (marker == 0xE1 && STARTS(piece, "Exif\0"))
        exif_facts(piece->data + 6, piece->len - 6, facts);
    else if (marker == 0xE1 && starts(piece, XMP, sizeof(XMP)))
        xmp_facts((const char *)piece->data + sizeof(XMP), piece->len - sizeof(XMP), facts);
    else if (marker == 0xED && starts(piece, PHOTOSHOP, sizeof(PHOTOSHOP)))
        photoshop_facts(piece->data + sizeof(PHOTOSHOP), piece->len - sizeof(PHOTOSHOP), facts);
    else if (marker == 0xFE)
        facts_add_bytes(facts, "comment", piece->data, piece->len);
    return facts->emit->stop;
}

static void png_text(struct facts *facts, const char *keyword, const char *text, size_t len)
{
    static const struct {
        const char *keyword, *key;
    } known[] = {
        {"Title", "title"},         {"Author", "author"},     {"Description", "description"},
        {"Copyright", "copyright"}, {"Software", "software"}, {"Disclaimer", "copyright"},
        {"Source", "camera"},       {"Comment", "comment"},   {"Warning", "comment"},
    };

    if (strcmp(keyword, "XML:com.adobe.xmp") == 0) {
        xmp_facts(text, len, facts);
        return;
    }
    if (strcmp(keyword, "Creation Time") == 0) {
        CLEANUP(cleanup_free) char *date = mem_strndup(text, len);
        facts_date(facts, FACT_DATE_STATED, date, "");
        facts_add(facts, "comment", text, len);
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (strcmp(keyword, known[i].keyword) == 0)
            facts_add_bytes(facts, known[i].key, text, len);
}

/* tEXt: keyword, 0, text. zTXt: keyword, 0, method, deflated. iTXt: keyword, 0, compressed, method,
 * language, 0, translated keyword, 0, UTF-8. */
static void png_text_piece(struct facts *facts, const struct piece *piece)
{
    enum { KEYWORD_MAX = 80 };
    CLEANUP(cleanup_buf) struct buf inflated = {0};
    const unsigned char *end = piece->data + piece->len;
    size_t key_len = strnlen((const char *)piece->data, piece->len);
    char keyword[KEYWORD_MAX];
    bool deflated = piece->kind[0] == 'z';

    if (key_len >= sizeof(keyword) || key_len + 3 > piece->len)
        return;
    memcpy(keyword, piece->data, key_len + 1);
    const unsigned char *text = piece->data + key_len + 1;
    if (piece->kind[0] == 'z') {
        text++;
    } else if (piece->kind[0] == 'i') {
        deflated = text[0] == 1;
        text += 2;
        for (int i = 0; i < 2 && text < end; i++)
            text += strnlen((const char *)text, (size_t)(end - text)) + 1;
    }
    if (text >= end)
        return;
    if (!deflated) {
        png_text(facts, keyword, (const char *)text, (size_t)(end - text));
        return;
    }
    buf_init(&inflated, INFLATED_MAX);
    (void)inflate_into(INFLATE_ZLIB, text, (size_t)(end - text), &inflated);
    if (inflated.len)
        png_text(facts, keyword, inflated.data, inflated.len);
}

static bool png_piece(void *ctx, const struct piece *piece)
{
    struct facts *facts = ctx;

    if (strcmp(piece->kind, "eXIf") == 0)
        exif_facts(piece->data, piece->len, facts);
    else if (strcmp(piece->kind, "tEXt") == 0 || strcmp(piece->kind, "zTXt") == 0 ||
             strcmp(piece->kind, "iTXt") == 0)
        png_text_piece(facts, piece);
    else if (strcmp(piece->kind, "tIME") == 0 && piece->len == 7) {
        const unsigned char *t = piece->data;
        char date[40];
        snprintf(date, sizeof(date), "%04d-%02d-%02dT%02d:%02d:%02dZ", be16_get(t), t[2], t[3],
                 t[4], t[5], t[6]);
        facts_date(facts, FACT_DATE_CHANGED, date, "");
    }
    return facts->emit->stop;
}

/* WebP and GIF: "EXIF" may or may not start as a JPEG's does. */
static bool chunk_piece(void *ctx, const struct piece *piece)
{
    struct facts *facts = ctx;

    if (strcmp(piece->kind, "EXIF") == 0) {
        size_t skip = STARTS(piece, "Exif\0") ? 6 : 0;
        if (piece->len > skip)
            exif_facts(piece->data + skip, piece->len - skip, facts);
    } else if (strcmp(piece->kind, "XMP ") == 0) {
        xmp_facts((const char *)piece->data, piece->len, facts);
    } else if (strcmp(piece->kind, "tEXT") == 0) {
        facts_add_bytes(facts, "comment", piece->data, piece->len);
    }
    return facts->emit->stop;
}

static bool box_piece(void *ctx, const struct piece *piece)
{
    static const char EXIF[] = "JpgTiffExif->JP2";
    static const char XMP[] = "\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8\x9C\x71\x99\x94\x91\xE3\xAF\xAC";
    static const char IPTC[] = "\x33\xC7\xA4\xD2\xB8\x1D\x47\x23\xA0\xBA\xF1\xA3\xE0\x97\xAD\x38";
    enum { UUID = 16 };
    struct facts *facts = ctx;

    if (strcmp(piece->kind, "uuid") != 0 || piece->len < UUID)
        return false;
    if (STARTS(piece, EXIF))
        exif_facts(piece->data + UUID, piece->len - UUID, facts);
    else if (STARTS(piece, XMP))
        xmp_facts((const char *)piece->data + UUID, piece->len - UUID, facts);
    else if (STARTS(piece, IPTC))
        iptc_facts(piece->data + UUID, piece->len - UUID, facts);
    return facts->emit->stop;
}

void image_facts(enum image_format format, const unsigned char *data, size_t len, struct emit *emit)
{
    struct facts facts;

    if (format == IMAGE_HEIF) {
        heif_facts(data, len, emit);
        return;
    }
    facts_init(&facts, emit);
    if (format == IMAGE_JPEG)
        walk_jpeg(data, len, jpeg_piece, &facts);
    else if (format == IMAGE_PNG)
        walk_png(data, len, png_piece, &facts);
    else if (format == IMAGE_WEBP)
        walk_riff(data, len, chunk_piece, &facts);
    else if (format == IMAGE_GIF)
        walk_gif(data, len, chunk_piece, &facts);
    else if (format == IMAGE_JP2)
        walk_boxes(data, len, box_piece, &facts);
    else if (format == IMAGE_TIFF)
        exif_facts(data, len, &facts);
    facts_finish(&facts);
}

/* The first EXIF block decides. */
static bool orientation_piece(void *ctx, const struct piece *piece)
{
    int *orientation = ctx;
    bool jpeg = (unsigned char)piece->kind[0] == 0xE1;
    size_t skip = STARTS(piece, "Exif\0") ? 6 : 0;

    if ((!jpeg || !skip) && strcmp(piece->kind, "eXIf") != 0 && strcmp(piece->kind, "EXIF") != 0)
        return false;
    if (piece->len > skip)
        *orientation = exif_orientation(piece->data + skip, piece->len - skip);
    return true;
}

int image_orientation(enum image_format format, const unsigned char *data, size_t len)
{
    int orientation = 1;

    if (format == IMAGE_JPEG)
        walk_jpeg(data, len, orientation_piece, &orientation);
    else if (format == IMAGE_PNG)
        walk_png(data, len, orientation_piece, &orientation);
    else if (format == IMAGE_WEBP)
        walk_riff(data, len, orientation_piece, &orientation);
    return orientation;
}
