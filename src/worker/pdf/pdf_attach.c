#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "worker/pdf/pdf.h"

/* One file inside the document. The strings belong to the document. */
struct attachment {
    const char *name, *mime;
    int64_t mtime;
    fz_stream *data;
};

/* The keys of a file specification and of its files, the best first (ISO 32000-1, 7.11.3). */
static const char *const KEYS[] = {"UF", "F", "Unix", "DOS", "Mac"};

/* The stream of a file specification, or NULL: it names a file that is elsewhere. */
static pdf_obj *stream_of(fz_context *ctx, pdf_obj *specification)
{
    pdf_obj *files = pdf_dict_get(ctx, specification, PDF_NAME(EF));

    for (size_t i = 0; i < ARRAY_LEN(KEYS); i++) {
        pdf_obj *stream = pdf_dict_gets(ctx, files, KEYS[i]);
        if (pdf_is_stream(ctx, stream))
            return stream;
    }
    return NULL;
}

static const char *name_of(fz_context *ctx, pdf_obj *specification)
{
    for (size_t i = 0; i < ARRAY_LEN(KEYS); i++) {
        pdf_obj *name = pdf_dict_gets(ctx, specification, KEYS[i]);
        const char *text = pdf_is_string(ctx, name) ? pdf_to_text_string(ctx, name) : "";
        if (*text)
            return text;
    }
    return pdf_dict_get_text_string(ctx, specification, PDF_NAME(Desc));
}

/* Whether the stream was given out already: files are named in several places. */
static bool known(struct pdf *pdf, int number)
{
    for (size_t i = 0; i < pdf->file_count; i++)
        if (pdf->files[i] == number)
            return true;
    if (pdf->file_count >= PDF_ATTACHMENTS_MAX)
        return true;
    pdf->files = mem_realloc(pdf->files, pdf->file_count + 1, sizeof(*pdf->files));
    pdf->files[pdf->file_count++] = number;
    return false;
}

/* Fills all but the data; the stream is NULL when there is none, or it is known. */
static pdf_obj *attachment_find(struct pdf *pdf, pdf_obj *specification,
                                struct attachment *attachment)
{
    fz_context *ctx = pdf->ctx;
    pdf_obj *stream = NULL;

    *attachment = (struct attachment){.mtime = INT64_MIN, .name = "", .mime = ""};
    fz_var(stream);
    fz_try(ctx)
    {
        stream = stream_of(ctx, specification);
        if (stream && known(pdf, pdf_to_num(ctx, stream)))
            stream = NULL;
        if (stream) {
            pdf_obj *params = pdf_dict_get(ctx, stream, PDF_NAME(Params));
            int64_t changed = pdf_dict_get_date(ctx, params, PDF_NAME(ModDate));
            attachment->name = name_of(ctx, specification);
            attachment->mime = pdf_dict_get_name(ctx, stream, PDF_NAME(Subtype));
            if (changed > 0)
                attachment->mtime = changed;
        }
    }
    fz_catch(ctx)
    {
        stream = NULL;
    }
    return stream;
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

static void attachment_emit(struct pdf *pdf, const struct attachment *attachment, pdf_obj *stream,
                            struct emit *emit)
{
    const char *name = *attachment->name ? attachment->name : "attachment";
    unsigned char data[32768];
    long got = -1;

    emit_child(emit, name, strlen(name), attachment->mime, attachment->mtime);
    if (pdf->files_locked) {
        emit_child_end(emit, REASON_PASSWORD, LOCKED_HINT);
        return;
    }
    fz_stream *bytes = pdf_file_stream(pdf, stream);
    while (bytes && !emit->stop && (got = portion(pdf, bytes, data, sizeof(data))) > 0)
        emit_child_data(emit, data, (size_t)got);
    if (got < 0)
        emit_child_end(emit, REASON_CORRUPT, "the PDF holds this file in a broken form");
    else
        emit_child_end(emit, REASON_NONE, "");
    fz_drop_stream(pdf->ctx, bytes);
}

static void specification_emit(struct pdf *pdf, pdf_obj *specification, struct emit *emit)
{
    struct attachment attachment;
    pdf_obj *stream = attachment_find(pdf, specification, &attachment);

    if (stream)
        attachment_emit(pdf, &attachment, stream, emit);
}

/* ---- lists of files ---- */

/* Files collected from the document's lists; each is kept until the list is released. */
struct files {
    struct file_ref {
        pdf_obj *specification;
    } * at;
    size_t count;
};

static void files_add(fz_context *ctx, struct files *files, pdf_obj *specification)
{
    if (files->count >= PDF_ATTACHMENTS_MAX || !pdf_is_dict(ctx, specification))
        return;
    files->at = mem_realloc(files->at, files->count + 1, sizeof(*files->at));
    files->at[files->count++].specification = pdf_keep_obj(ctx, specification);
}

/* A name tree may be broken, or a loop: every kid is visited once, to a depth. */
static void files_add_tree(fz_context *ctx, struct files *files, pdf_obj *node, int depth)
{
    enum { TREE_DEPTH_MAX = 40 };
    pdf_obj *names = pdf_dict_get(ctx, node, PDF_NAME(Names));
    pdf_obj *kids = pdf_dict_get(ctx, node, PDF_NAME(Kids));

    if (depth > TREE_DEPTH_MAX || files->count >= PDF_ATTACHMENTS_MAX || pdf_mark_obj(ctx, node))
        return;
    fz_try(ctx)
    {
        for (int i = 1; i < pdf_array_len(ctx, names); i += 2)
            files_add(ctx, files, pdf_array_get(ctx, names, i));
        for (int i = 0; i < pdf_array_len(ctx, kids); i++)
            files_add_tree(ctx, files, pdf_array_get(ctx, kids, i), depth + 1);
    }
    fz_always(ctx)
    {
        pdf_unmark_obj(ctx, node);
    }
    fz_catch(ctx)
    {
        fz_rethrow(ctx);
    }
}

/* Associated files (ISO 32000-2, 14.13): one, or an array of them. */
static void files_add_associated(fz_context *ctx, struct files *files, pdf_obj *owner)
{
    pdf_obj *associated = pdf_dict_gets(ctx, owner, "AF");

    files_add(ctx, files, associated);
    for (int i = 0; i < pdf_array_len(ctx, associated); i++)
        files_add(ctx, files, pdf_array_get(ctx, associated, i));
}

static void files_emit(struct pdf *pdf, struct files *files, struct emit *emit)
{
    for (size_t i = 0; i < files->count; i++) {
        if (!emit->stop)
            specification_emit(pdf, files->at[i].specification, emit);
        pdf_drop_obj(pdf->ctx, files->at[i].specification);
    }
    free(files->at);
}

void pdf_attachments_read(struct pdf *pdf, struct emit *emit)
{
    fz_context *ctx = pdf->ctx;
    struct files files = {0};

    fz_try(ctx)
    {
        pdf_obj *root = pdf_dict_get(ctx, pdf_trailer(ctx, pdf->pdf), PDF_NAME(Root));
        pdf_obj *names = pdf_dict_get(ctx, root, PDF_NAME(Names));
        files_add_tree(ctx, &files, pdf_dict_get(ctx, names, PDF_NAME(EmbeddedFiles)), 0);
        files_add_associated(ctx, &files, root);
    }
    fz_catch(ctx)
    {
        /* what was found before stays */
    }
    files_emit(pdf, &files, emit);
}

/* ---- a page's files ---- */

/* Sound, and 3D models and films that are streams of the annotation itself. */
static pdf_obj *own_stream(fz_context *ctx, pdf_obj *annot, struct attachment *attachment)
{
    static const struct {
        const char *key, *name, *mime;
    } OWN[] = {{"Sound", "sound", "audio/basic"}, {"3DD", "model.u3d", "model/u3d"}};

    for (size_t i = 0; i < ARRAY_LEN(OWN); i++) {
        pdf_obj *stream = pdf_dict_gets(ctx, annot, OWN[i].key);
        if (!pdf_is_stream(ctx, stream))
            continue;
        *attachment =
            (struct attachment){.name = OWN[i].name, .mime = OWN[i].mime, .mtime = INT64_MIN};
        if (strcmp(pdf_dict_get_name(ctx, stream, PDF_NAME(Subtype)), "PRC") == 0)
            attachment->name = "model.prc";
        return stream;
    }
    return NULL;
}

/* What an annotation holds: its file, the assets of rich media, the clip of a rendition. */
static void files_add_annotation(fz_context *ctx, struct files *files, pdf_obj *annot)
{
    pdf_obj *media = pdf_dict_gets(ctx, annot, "RichMediaContent");
    pdf_obj *movie = pdf_dict_gets(ctx, annot, "Movie");
    pdf_obj *rendition = pdf_dict_gets(ctx, pdf_dict_get(ctx, annot, PDF_NAME(A)), "R");

    files_add(ctx, files, pdf_dict_get(ctx, annot, PDF_NAME(FS)));
    files_add(ctx, files, pdf_dict_get(ctx, movie, PDF_NAME(F)));
    files_add(ctx, files,
              pdf_dict_get(ctx, pdf_dict_get(ctx, rendition, PDF_NAME(C)), PDF_NAME(D)));
    files_add_tree(ctx, files, pdf_dict_gets(ctx, media, "Assets"), 0);
    files_add_associated(ctx, files, annot);
}

/* Emits the annotation's own stream after the files that its page names. */
static void own_emit(struct pdf *pdf, pdf_obj *annot, struct emit *emit)
{
    fz_context *ctx = pdf->ctx;
    struct attachment attachment;
    pdf_obj *stream = NULL;

    fz_var(stream);
    fz_try(ctx)
    {
        stream = own_stream(ctx, annot, &attachment);
        if (stream && known(pdf, pdf_to_num(ctx, stream)))
            stream = NULL;
    }
    fz_catch(ctx)
    {
        stream = NULL;
    }
    if (stream)
        attachment_emit(pdf, &attachment, stream, emit);
}

static pdf_obj *annotations_of(struct pdf *pdf, pdf_page *page, struct files *files, int *ret_count)
{
    fz_context *ctx = pdf->ctx;
    pdf_obj *annots = NULL;

    *ret_count = 0;
    fz_var(annots);
    fz_try(ctx)
    {
        annots = pdf_dict_get(ctx, page->obj, PDF_NAME(Annots));
        *ret_count = pdf_array_len(ctx, annots);
        for (int i = 0; i < *ret_count && i < PDF_ATTACHMENTS_MAX; i++)
            files_add_annotation(ctx, files, pdf_array_get(ctx, annots, i));
        files_add_associated(ctx, files, page->obj);
    }
    fz_catch(ctx)
    {
        *ret_count = 0;
    }
    return annots;
}

static pdf_obj *annotation_at(struct pdf *pdf, pdf_obj *annots, int i)
{
    fz_context *ctx = pdf->ctx;
    pdf_obj *annot = NULL;

    fz_var(annot);
    fz_try(ctx)
    {
        annot = pdf_array_get(ctx, annots, i);
    }
    fz_catch(ctx)
    {
        annot = NULL;
    }
    return annot;
}

void pdf_page_attachments_read(struct pdf *pdf, fz_page *page, struct emit *emit)
{
    pdf_page *found = pdf_page_from_fz_page(pdf->ctx, page);
    struct files files = {0};
    int count;

    if (!found)
        return;
    pdf_obj *annots = annotations_of(pdf, found, &files, &count);
    files_emit(pdf, &files, emit);
    for (int i = 0; i < count && i < PDF_ATTACHMENTS_MAX && !emit->stop; i++)
        own_emit(pdf, annotation_at(pdf, annots, i), emit);
}
