/*
 * Which letters a font's glyphs show, where MuPDF finds none. The linker leads its call of
 * pdf_load_to_unicode() here (--wrap), in which it takes a font's ToUnicode or the names in its
 * encoding. Three things are added:
 *
 * MuPDF keys ToUnicode by glyph and then holds the glyphs' numbers against the ranges of the text's
 * codes ([ISO 32000-1] 9.7.6.2): of a font whose texts are UTF-8 only ASCII was left.
 *
 * A TrueType font that is in the file mostly has a table from Unicode to its glyphs; read backwards
 * it says what no other table does.
 *
 * A font that is not in the file but addressed by its glyphs ([ISO 32000-1] 9.7.4.3 forbids it) is
 * one that the author had. The fonts that everyone has keep the order of the Macintosh's glyphs
 * for ASCII, so that they can be read, and shown in another font.
 */
#include <stdlib.h>
#include <string.h>

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_FONT_FORMATS_H

#include "worker/pdf/pdf.h"

enum { GLYPHS_MAX = 65536, RUNE_LOST = 0xFFFD };

void __real_pdf_load_to_unicode(fz_context *ctx, pdf_document *doc, pdf_font_desc *font,
                                const char **names, char *collection, pdf_obj *stream);
void __wrap_pdf_load_to_unicode(fz_context *ctx, pdf_document *doc, pdf_font_desc *font,
                                const char **names, char *collection, pdf_obj *stream);

/* Has the library's own call made while the encoding holds every code for right. */
static void load_with_all_codes(fz_context *ctx, pdf_document *doc, pdf_font_desc *font,
                                const char **names, char *collection, pdf_obj *stream)
{
    pdf_cmap *encoding = font->encoding;
    int count = encoding->codespace_len;
    unsigned int low = encoding->codespace[0].low, high = encoding->codespace[0].high;

    encoding->codespace_len = 1;
    encoding->codespace[0].low = 0;
    encoding->codespace[0].high = UINT32_MAX;
    fz_try(ctx)
    {
        __real_pdf_load_to_unicode(ctx, doc, font, names, collection, stream);
    }
    fz_always(ctx)
    {
        encoding->codespace_len = count;
        encoding->codespace[0].low = low;
        encoding->codespace[0].high = high;
    }
    fz_catch(ctx)
    {
        fz_rethrow(ctx);
    }
}

/* ---- fonts that are in the file ---- */

static bool says_a_letter(FT_ULong rune)
{
    return rune >= ' ' && rune < 0xFFFD && !(rune >= 0xD800 && rune <= 0xF8FF);
}

/* The least character of each glyph, by the font's own table; `runes` is zeroed. */
static void read_charmap(FT_Face face, uint16_t *runes, size_t glyphs)
{
    FT_CharMap before = face->charmap;

    if (FT_Select_Charmap(face, FT_ENCODING_UNICODE) == 0) {
        FT_UInt glyph;
        for (FT_ULong rune = FT_Get_First_Char(face, &glyph); glyph;
             rune = FT_Get_Next_Char(face, rune, &glyph))
            if (glyph < glyphs && runes[glyph] == 0 && says_a_letter(rune))
                runes[glyph] = (uint16_t)rune;
    }
    if (before)
        (void)FT_Set_Charmap(face, before);
}

/* Writes the letters into the font where it has none. */
static void fill_letters(fz_context *ctx, pdf_font_desc *font, const uint16_t *runes, size_t glyphs)
{
    size_t cids = font->cid_to_gid_len ? font->cid_to_gid_len : glyphs;

    if (!font->cid_to_ucs) {
        font->cid_to_ucs = fz_calloc_no_throw(ctx, cids, sizeof(*font->cid_to_ucs));
        if (!font->cid_to_ucs)
            return;
        font->cid_to_ucs_len = cids;
        font->size += cids * sizeof(*font->cid_to_ucs);
    }
    for (size_t cid = 0; cid < cids && cid < font->cid_to_ucs_len; cid++) {
        size_t glyph = font->cid_to_gid_len ? font->cid_to_gid[cid] : cid;
        unsigned short *letter = &font->cid_to_ucs[cid];
        if ((*letter == 0 || *letter == RUNE_LOST) && glyph < glyphs && runes[glyph])
            *letter = runes[glyph];
    }
}

static void ask_embedded(fz_context *ctx, pdf_font_desc *font)
{
    FT_Face face = fz_font_ft_face(ctx, font->font);
    const char *format = face ? FT_Get_Font_Format(face) : NULL;

    if (!format || strcmp(format, "TrueType") != 0 || face->num_glyphs <= 0)
        return;
    size_t glyphs = face->num_glyphs < GLYPHS_MAX ? (size_t)face->num_glyphs : GLYPHS_MAX;
    uint16_t *runes = calloc(glyphs, sizeof(*runes));
    if (runes) {
        read_charmap(face, runes, glyphs);
        fill_letters(ctx, font, runes, glyphs);
    }
    free(runes);
}

/* ---- fonts that are not ---- */

/* Glyphs that follow each other as their characters do. */
struct run {
    const char *family; /* how its fonts' names begin, without spaces */
    uint16_t first, last, rune;
};

static const struct run COMMON_FONTS[] = {
    {"Arial", 3, 97, ' '},     {"Arial", 570, 633, 0x0410}, {"CenturyGothic", 3, 97, ' '},
    {"ComicSans", 3, 97, ' '}, {"CourierNew", 3, 97, ' '},  {"Georgia", 3, 97, ' '},
    {"Impact", 3, 97, ' '},    {"Tahoma", 3, 97, ' '},      {"TimesNewRoman", 3, 97, ' '},
    {"Trebuchet", 3, 97, ' '}, {"Verdana", 3, 97, ' '},
};

/* Whether the font's name begins with the family's, apart from spaces (pdf_mend.h makes others of
 * them). */
static bool is_of_family(const char *name, const char *family)
{
    for (; *family; name++) {
        if (*name == ' ' || *name == '_')
            continue;
        if (*name != *family++)
            return false;
    }
    return true;
}

/* A table of the letters of a font that is not in the file, or NULL. May throw. */
static pdf_cmap *common_letters(fz_context *ctx, const char *name)
{
    pdf_cmap *letters = NULL;

    for (size_t i = 0; i < ARRAY_LEN(COMMON_FONTS); i++) {
        const struct run *run = &COMMON_FONTS[i];
        if (!is_of_family(name, run->family))
            continue;
        if (!letters) {
            letters = pdf_new_cmap(ctx);
            pdf_add_codespace(ctx, letters, 0, UINT16_MAX, 2);
        }
        pdf_map_range_to_range(ctx, letters, run->first, run->last, run->rune);
    }
    if (letters)
        pdf_sort_cmap(ctx, letters);
    return letters;
}

static void ask_common(fz_context *ctx, pdf_font_desc *font)
{
    const fz_font_flags_t *flags = fz_font_flags(font->font);

    if (flags && flags->ft_substitute && strncmp(font->encoding->cmap_name, "Identity-", 9) == 0 &&
        !font->cid_to_gid_len)
        font->to_unicode = common_letters(ctx, fz_font_name(ctx, font->font));
}

static bool says_nothing(const pdf_cmap *table)
{
    return !table || table->rlen + table->xlen + table->mlen == 0;
}

void __wrap_pdf_load_to_unicode(fz_context *ctx, pdf_document *doc, pdf_font_desc *font,
                                const char **names, char *collection, pdf_obj *stream)
{
    /* tables that come with the library are not to be written to */
    if (font->encoding && font->encoding->storable.refs > 0 && font->encoding->codespace_len > 0)
        load_with_all_codes(ctx, doc, font, names, collection, stream);
    else
        __real_pdf_load_to_unicode(ctx, doc, font, names, collection, stream);
    if (!says_nothing(font->to_unicode) || !font->font)
        return;
    if (font->is_embedded)
        ask_embedded(ctx, font);
    else if (font->encoding && !font->to_unicode)
        ask_common(ctx, font);
}
