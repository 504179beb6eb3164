/*
 * What a PDF says of itself: its information dictionary, its XMP packet, its outline, and what kind
 * of document it is. The two repeat one another and sometimes differ: both titles are then given.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "worker/pdf/pdf.h"
#include "worker/pdf/pdf_date.h"
#include "worker/image/xmp.h"

enum { INFO_MAX = 200, XMP_MAX = 8 << 20, OUTLINE_MAX = 10000, OUTLINE_DEPTH_MAX = 30 };

/* An entry of the information dictionary. */
struct info {
    char key[64];
    char value[8192];
};

/* Copies the i-th entry; false when there is none, or it is no text. */
static bool info_at(struct pdf *pdf, int i, struct info *info)
{
    fz_context *ctx = pdf->ctx;
    bool found = false;

    fz_var(found);
    fz_try(ctx)
    {
        pdf_obj *dict = pdf_dict_get(ctx, pdf_trailer(ctx, pdf->pdf), PDF_NAME(Info));
        pdf_obj *value = pdf_dict_get_val(ctx, dict, i);
        const char *text = "";
        if (pdf_is_string(ctx, value))
            text = pdf_to_text_string(ctx, value);
        else if (pdf_is_name(ctx, value))
            text = pdf_to_name(ctx, value);
        fz_strlcpy(info->key, pdf_to_name(ctx, pdf_dict_get_key(ctx, dict, i)), sizeof(info->key));
        fz_strlcpy(info->value, text, sizeof(info->value));
        found = *text != '\0';
    }
    fz_catch(ctx)
    {
        found = false;
    }
    return found;
}

static int info_count(struct pdf *pdf)
{
    fz_context *ctx = pdf->ctx;
    int count = 0;

    fz_var(count);
    fz_try(ctx)
    {
        count = pdf_dict_len(ctx, pdf_dict_get(ctx, pdf_trailer(ctx, pdf->pdf), PDF_NAME(Info)));
    }
    fz_catch(ctx)
    {
        count = 0;
    }
    return count < INFO_MAX ? count : INFO_MAX;
}

static void give_info(const struct info *info, struct facts *facts, bool *dated)
{
    static const struct {
        const char *info, *key;
        bool date;
    } KNOWN[] = {
        {"Title", "title", false},          {"Author", "author", false},
        {"Subject", "subject", false},      {"Keywords", "keywords", false},
        {"Creator", "creator", false},      {"Producer", "producer", false},
        {"CreationDate", "date", true},     {"ModDate", "modified", true},
        {"Company", "organisation", false}, {"Manager", "manager", false},
    };
    char date[PDF_DATE_TEXT];

    for (size_t i = 0; i < ARRAY_LEN(KNOWN); i++) {
        if (strcmp(info->key, KNOWN[i].info) != 0)
            continue;
        if (!KNOWN[i].date)
            facts_add_str(facts, KNOWN[i].key, info->value);
        else if (pdf_date_format(info->value, date)) {
            facts_add_str(facts, KNOWN[i].key, date);
            *dated = true;
        }
        return;
    }
    char both[sizeof(info->key) + sizeof(info->value) + 2];
    snprintf(both, sizeof(both), "%s: %s", info->key, info->value);
    if (strcmp(info->key, "Trapped") != 0)
        facts_add_str(facts, "property", both);
}

/* The metadata stream's bytes, or NULL. */
static fz_buffer *xmp_of(struct pdf *pdf)
{
    fz_context *ctx = pdf->ctx;
    fz_stream *stream = NULL;
    fz_buffer *bytes = NULL;

    fz_var(stream);
    fz_var(bytes);
    fz_try(ctx)
    {
        pdf_obj *root = pdf_dict_get(ctx, pdf_trailer(ctx, pdf->pdf), PDF_NAME(Root));
        pdf_obj *metadata = pdf_dict_get(ctx, root, PDF_NAME(Metadata));
        if (pdf_is_stream(ctx, metadata)) {
            int cut = 0;
            stream = pdf_open_stream(ctx, metadata);
            bytes = fz_read_best(ctx, stream, 4096, &cut, XMP_MAX);
        }
    }
    fz_always(ctx)
    {
        fz_drop_stream(ctx, stream);
    }
    fz_catch(ctx)
    {
        bytes = NULL;
    }
    return bytes;
}

static void give_xmp(struct pdf *pdf, struct facts *facts)
{
    fz_buffer *bytes = xmp_of(pdf);
    unsigned char *data = NULL;
    size_t len = bytes ? fz_buffer_storage(pdf->ctx, bytes, &data) : 0;

    if (len)
        xmp_facts((const char *)data, len, facts);
    fz_drop_buffer(pdf->ctx, bytes);
}

/* ---- the outline ---- */

static fz_outline *outline_of(struct pdf *pdf)
{
    fz_context *ctx = pdf->ctx;
    fz_outline *outline = NULL;

    fz_var(outline);
    fz_try(ctx)
    {
        outline = fz_load_outline(ctx, pdf->doc);
    }
    fz_catch(ctx)
    {
        outline = NULL;
    }
    return outline;
}

static void outline_write(const fz_outline *entry, int depth, int *left, struct buf *out)
{
    for (; entry && *left > 0; entry = entry->next) {
        --*left;
        for (int i = 0; i < depth && entry->title; i++)
            (void)buf_append_str(out, "  ");
        if (entry->title && *entry->title) {
            (void)buf_append_str(out, entry->title);
            (void)buf_append_char(out, '\n');
        }
        if (depth < OUTLINE_DEPTH_MAX)
            outline_write(entry->down, depth + 1, left, out);
    }
}

static void give_outline(struct pdf *pdf, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    fz_outline *outline = outline_of(pdf);
    int left = OUTLINE_MAX;

    buf_init(&text, META_VALUE_MAX);
    outline_write(outline, 0, &left, &text);
    emit_meta_len(emit, "outline", text.data, text.len);
    fz_drop_outline(pdf->ctx, outline);
}

/* ---- what kind of document it is ---- */

/* "AES 256 bit", or "" when it is not encrypted. */
static void describe_encryption(struct pdf *pdf, char *out, size_t size)
{
    fz_context *ctx = pdf->ctx;

    *out = '\0';
    fz_try(ctx)
    {
        if (pdf->pdf->crypt)
            snprintf(out, size, "%s %d bit", pdf_crypt_method(ctx, pdf->pdf->crypt),
                     pdf_crypt_length(ctx, pdf->pdf->crypt));
    }
    fz_catch(ctx)
    {
        *out = '\0';
    }
}

static void give_kind(struct pdf *pdf, struct emit *emit)
{
    char text[64];
    int version = pdf_version(pdf->ctx, pdf->pdf);

    if (version > 0) {
        snprintf(text, sizeof(text), "%d.%d", version / 10, version % 10);
        emit_meta(emit, "pdf-version", text);
    }
    describe_encryption(pdf, text, sizeof(text));
    emit_meta(emit, "encryption", text);
}

void pdf_meta_read(struct pdf *pdf, struct emit *emit)
{
    struct info *info = mem_zalloc(1, sizeof(*info));
    struct facts facts;
    bool dated = false;

    facts_init(&facts, emit);
    for (int i = 0, count = info_count(pdf); i < count; i++)
        if (info_at(pdf, i, info))
            give_info(info, &facts, &dated);
    give_xmp(pdf, &facts);
    if (dated) /* what the information dictionary says stands; XMP says the same otherwise written
                */
        memset(facts.dates, 0, sizeof(facts.dates));
    facts_finish(&facts);
    free(info);
    give_kind(pdf, emit);
    give_outline(pdf, emit);
}
