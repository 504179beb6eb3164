#include <limits.h>
#include <string.h>

#include "worker/pdf.h"

/* One embedded file. The strings belong to the document. */
struct attachment {
    const char *name, *mime;
    int64_t mtime;
    fz_stream *data;
};

/* The stream of a file specification, whichever of its two keys it stands under. */
static pdf_obj *stream_of(fz_context *ctx, pdf_obj *specification)
{
    pdf_obj *files = pdf_dict_get(ctx, specification, PDF_NAME(EF));
    pdf_obj *stream = pdf_dict_get(ctx, files, PDF_NAME(UF));

    return stream ? stream : pdf_dict_get(ctx, files, PDF_NAME(F));
}

static bool attachment_open(struct pdf *pdf, pdf_obj *specification, struct attachment *attachment)
{
    fz_context *ctx = pdf->ctx;
    pdf_embedded_file_params params = {0};
    bool ok = false;

    *attachment = (struct attachment){.mtime = INT64_MIN};
    fz_var(ok);
    fz_try(ctx)
    {
        if (pdf_is_embedded_file(ctx, specification)) {
            pdf_get_embedded_file_params(ctx, specification, &params);
            attachment->name = params.filename;
            attachment->mime = params.mimetype;
            if (params.modified >= 0)
                attachment->mtime = params.modified;
            ok = true;
            attachment->data = pdf_open_stream(ctx, stream_of(ctx, specification));
        }
    }
    fz_catch(ctx)
    {
        attachment->data = NULL;
    }
    return ok;
}

/* Bytes read, 0 at the end, -1 when the stream is broken. */
static long portion(struct pdf *pdf, fz_stream *stream, unsigned char *data, size_t size)
{
    fz_context *ctx = pdf->ctx;
    long got = -1;

    fz_var(got);
    fz_try(ctx)
    {
        got = (long)fz_read(ctx, stream, data, size);
    }
    fz_catch(ctx)
    {
        got = -1;
    }
    return got;
}

static void attachment_emit(struct pdf *pdf, pdf_obj *specification, struct emit *emit)
{
    struct attachment attachment;
    unsigned char data[32768];
    long got = -1;

    if (!attachment_open(pdf, specification, &attachment))
        return;
    const char *name = attachment.name && *attachment.name ? attachment.name : "attachment";
    emit_child(emit, name, strlen(name), attachment.mime ? attachment.mime : "", attachment.mtime);
    while (attachment.data && !emit->stop &&
           (got = portion(pdf, attachment.data, data, sizeof(data))) > 0)
        emit_child_data(emit, data, (size_t)got);
    if (got < 0)
        emit_child_end(emit, REASON_CORRUPT, "the PDF holds this file in a broken form");
    else
        emit_child_end(emit, REASON_NONE, "");
    fz_drop_stream(pdf->ctx, attachment.data);
}

static pdf_obj *embedded_files(struct pdf *pdf, int *ret_count)
{
    fz_context *ctx = pdf->ctx;
    pdf_obj *tree = NULL;

    *ret_count = 0;
    fz_var(tree);
    fz_try(ctx)
    {
        tree = pdf_load_name_tree(ctx, pdf->pdf, PDF_NAME(EmbeddedFiles));
        *ret_count = pdf_dict_len(ctx, tree);
    }
    fz_catch(ctx)
    {
        *ret_count = 0;
    }
    return tree;
}

static pdf_obj *value_at(struct pdf *pdf, pdf_obj *dict, int i)
{
    fz_context *ctx = pdf->ctx;
    pdf_obj *value = NULL;

    fz_var(value);
    fz_try(ctx)
    {
        value = pdf_dict_get_val(ctx, dict, i);
    }
    fz_catch(ctx)
    {
        value = NULL;
    }
    return value;
}

void pdf_attachments_read(struct pdf *pdf, struct emit *emit)
{
    int count;
    pdf_obj *tree = embedded_files(pdf, &count);

    for (int i = 0; i < count && i < PDF_ATTACHMENTS_MAX && !emit->stop; i++)
        attachment_emit(pdf, value_at(pdf, tree, i), emit);
    pdf_drop_obj(pdf->ctx, tree);
}

/* The file specification of a file attachment annotation, else NULL. */
static pdf_obj *annotation_file(struct pdf *pdf, pdf_annot *annot)
{
    fz_context *ctx = pdf->ctx;
    pdf_obj *found = NULL;

    fz_var(found);
    fz_try(ctx)
    {
        if (pdf_annot_type(ctx, annot) == PDF_ANNOT_FILE_ATTACHMENT)
            found = pdf_dict_get(ctx, pdf_annot_obj(ctx, annot), PDF_NAME(FS));
    }
    fz_catch(ctx)
    {
        found = NULL;
    }
    return found;
}

void pdf_page_attachments_read(struct pdf *pdf, fz_page *page, struct emit *emit)
{
    pdf_page *found = pdf_page_from_fz_page(pdf->ctx, page);
    int count = 0;

    if (!found)
        return;
    for (pdf_annot *a = pdf_first_annot(pdf->ctx, found);
         a && count++ < PDF_ATTACHMENTS_MAX && !emit->stop; a = pdf_next_annot(pdf->ctx, a)) {
        pdf_obj *file = annotation_file(pdf, a);
        if (file)
            attachment_emit(pdf, file, emit);
    }
}
