#include "worker/pdf/pdf.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "worker/pdf/pdf_mend.h"

/* MuPDF's heap is counted and capped, so that one huge picture is an error of that page and not
 * the end of the process. */
static void *heap_take(struct pdf *pdf, void *old, size_t size)
{
    size_t had = old ? malloc_usable_size(old) : 0;

    if (size > PDF_HEAP_MAX || pdf->heap - had > PDF_HEAP_MAX - size) {
        pdf->heap_refused = true;
        return NULL;
    }
    void *p = realloc(old, size);
    if (!p) {
        pdf->heap_refused = true;
        return NULL;
    }
    pdf->heap = pdf->heap - had + malloc_usable_size(p);
    return p;
}

static void *heap_malloc(void *user, size_t size)
{
    return heap_take(user, NULL, size ? size : 1);
}

static void *heap_realloc(void *user, void *old, size_t size)
{
    return heap_take(user, old, size ? size : 1);
}

static void heap_free(void *user, void *p)
{
    struct pdf *pdf = user;

    if (p)
        pdf->heap -= malloc_usable_size(p);
    free(p);
}

/* What MuPDF has to say about a broken file would name its contents in a log. */
static void quiet(void *user, const char *message)
{
    (void)user;
    (void)message;
}

static bool open_document(struct pdf *pdf, const struct input *input)
{
    fz_context *ctx = pdf->ctx;
    fz_stream *stream = NULL;
    bool ok = true;

    pdf->mended = pdf_mend_font_names(input->data, input->len);
    fz_var(stream);
    fz_try(ctx)
    {
        stream = fz_open_memory(ctx, pdf->mended ? pdf->mended : input->data, input->len);
        pdf->pdf = pdf_open_document_with_stream(ctx, stream);
        pdf->doc = &pdf->pdf->super;
    }
    fz_always(ctx)
    {
        fz_drop_stream(ctx, stream);
    }
    fz_catch(ctx)
    {
        ok = false;
    }
    return ok;
}

/* A PDF ends with "%%EOF"; a file cut short does not. Some bytes of padding are common. */
bool pdf_ends_early(const struct input *input)
{
    size_t tail = input->len < 2048 ? input->len : 2048;

    return memmem(input->data + input->len - tail, tail, "%%EOF", 5) == NULL;
}

static struct verdict unreadable(const struct pdf *pdf, const struct input *input)
{
    if (pdf->heap_refused)
        return verdict_failed(REASON_LIMIT_MEMORY, "the PDF needs more memory than it may have");
    const char *handler = pdf_foreign_handler(input);
    if (handler)
        return verdict_failed(REASON_PASSWORD,
                              "the PDF is encrypted by %s: it opens with a key, not a password",
                              handler);
    if (pdf_ends_early(input))
        return verdict_failed(REASON_TRUNCATED, "the PDF ends early and no page could be found");
    return verdict_failed(REASON_CORRUPT, "the PDF's structure is broken beyond repair");
}

static bool start(struct pdf *pdf, struct verdict *ret_verdict)
{
    fz_alloc_context alloc = {pdf, heap_malloc, heap_realloc, heap_free};

    *pdf = (struct pdf){0};
    pdf->ctx = fz_new_context(&alloc, NULL, PDF_STORE_MAX);
    if (!pdf->ctx) {
        *ret_verdict = verdict_failed(REASON_LIMIT_MEMORY, "MuPDF could not be started");
        return false;
    }
    fz_set_warning_callback(pdf->ctx, quiet, NULL);
    fz_set_error_callback(pdf->ctx, quiet, NULL);
    return true;
}

bool pdf_open_other(struct pdf *pdf, const struct input *input, const char *mime,
                    struct verdict *ret_verdict)
{
    fz_stream *stream = NULL;
    bool ok = true;

    if (!start(pdf, ret_verdict))
        return false;
    fz_context *ctx = pdf->ctx;
    fz_var(stream);
    fz_try(ctx)
    {
        fz_register_document_handlers(ctx);
        stream = fz_open_memory(ctx, input->data, input->len);
        pdf->doc = fz_open_document_with_stream(ctx, mime, stream);
    }
    fz_always(ctx)
    {
        fz_drop_stream(ctx, stream);
    }
    fz_catch(ctx)
    {
        ok = false;
    }
    if (ok && pdf_pages(pdf) >= 1)
        return true;
    *ret_verdict = pdf->heap_refused ? verdict_failed(REASON_LIMIT_MEMORY,
                                                      "it needs more memory than it may have")
                                     : verdict_failed(REASON_CORRUPT, "its pages cannot be found");
    return false;
}

/* Whether one of the first pages can be loaded. */
static bool some_page_loads(struct pdf *pdf)
{
    enum { TRIED = 5 };
    int count = pdf_pages(pdf);

    for (int i = 0; i < count && i < TRIED; i++) {
        fz_page *page = pdf_page_load(pdf, i);
        pdf_page_free(pdf, page);
        if (page)
            return true;
    }
    return false;
}

/* Adds the object to the list if it is a page. */
static void add_if_page(fz_context *ctx, pdf_document *doc, int number, pdf_obj *list)
{
    pdf_obj *found = NULL, *reference = NULL;

    fz_var(found);
    fz_var(reference);
    fz_try(ctx)
    {
        found = pdf_load_object(ctx, doc, number);
        if (pdf_name_eq(ctx, pdf_dict_get(ctx, found, PDF_NAME(Type)), PDF_NAME(Page))) {
            reference = pdf_new_indirect(ctx, doc, number, 0);
            pdf_array_push(ctx, list, reference);
        }
    }
    fz_always(ctx)
    {
        pdf_drop_obj(ctx, found);
        pdf_drop_obj(ctx, reference);
    }
    fz_catch(ctx)
    {
        return;
    }
}

/* A page tree that is a loop or leads nowhere is replaced, in memory, by a list of all objects that
 * are pages, in the order of their numbers. */
static void rebuild_pages(struct pdf *pdf)
{
    enum { OBJECTS_MAX = 2000000 };
    fz_context *ctx = pdf->ctx;
    pdf_obj *pages = NULL;

    fz_var(pages);
    fz_try(ctx)
    {
        pdf_obj *root = pdf_dict_get(ctx, pdf_trailer(ctx, pdf->pdf), PDF_NAME(Root));
        pages = pdf_new_dict(ctx, pdf->pdf, 3);
        pdf_obj *kids = pdf_dict_put_array(ctx, pages, PDF_NAME(Kids), 16);
        int count = pdf_xref_len(ctx, pdf->pdf);
        for (int i = 1; i < count && i < OBJECTS_MAX; i++)
            add_if_page(ctx, pdf->pdf, i, kids);
        pdf_dict_put(ctx, pages, PDF_NAME(Type), PDF_NAME(Pages));
        pdf_dict_put_int(ctx, pages, PDF_NAME(Count), pdf_array_len(ctx, kids));
        if (pdf_array_len(ctx, kids) > 0)
            pdf_dict_put_drop(ctx, root, PDF_NAME(Pages), pdf_add_object(ctx, pdf->pdf, pages));
    }
    fz_always(ctx)
    {
        pdf_drop_obj(ctx, pages);
    }
    fz_catch(ctx)
    {
        return; /* it stays unreadable */
    }
}

/* A node of the page tree with `count` of the kids, from `from`; owned. May throw. */
static pdf_obj *group_of(fz_context *ctx, pdf_document *doc, pdf_obj *pages, pdf_obj *kids,
                         int from, int count)
{
    pdf_obj *group = pdf_new_dict(ctx, doc, 4);
    pdf_obj *list = pdf_dict_put_array(ctx, group, PDF_NAME(Kids), count);

    for (int i = 0; i < count; i++)
        pdf_array_push(ctx, list, pdf_array_get(ctx, kids, from + i));
    pdf_dict_put(ctx, group, PDF_NAME(Type), PDF_NAME(Pages));
    pdf_dict_put(ctx, group, PDF_NAME(Parent), pages);
    pdf_dict_put_int(ctx, group, PDF_NAME(Count), count);
    return group;
}

/* MuPDF walks the page tree from its start for every page. One that is a single list of very many
 * pages is divided, in memory, so that this does not take the square of their number. */
static void divide_pages(struct pdf *pdf)
{
    enum { MANY_KIDS = 2000, GROUP = 250 };
    fz_context *ctx = pdf->ctx;

    fz_try(ctx)
    {
        pdf_obj *root = pdf_dict_get(ctx, pdf_trailer(ctx, pdf->pdf), PDF_NAME(Root));
        pdf_obj *pages = pdf_dict_get(ctx, root, PDF_NAME(Pages));
        pdf_obj *kids = pdf_dict_get(ctx, pages, PDF_NAME(Kids));
        int count = pdf_array_len(ctx, kids);
        bool flat = count > MANY_KIDS && count <= PDF_PAGES_MAX;
        for (int i = 0; i < count && flat; i++)
            flat = !pdf_dict_get(ctx, pdf_array_get(ctx, kids, i), PDF_NAME(Kids));
        if (flat) {
            pdf_obj *groups = pdf_new_array(ctx, pdf->pdf, count / GROUP + 1);
            for (int i = 0; i < count; i += GROUP)
                pdf_array_push_drop(
                    ctx, groups,
                    group_of(ctx, pdf->pdf, pages, kids, i, count - i < GROUP ? count - i : GROUP));
            pdf_dict_put_drop(ctx, pages, PDF_NAME(Kids), groups);
        }
    }
    fz_catch(ctx)
    {
        return; /* the list stays as it is, or is divided: both are whole */
    }
}

bool pdf_open(struct pdf *pdf, const struct input *input, struct verdict *ret_verdict)
{
    if (!start(pdf, ret_verdict))
        return false;
    if (!open_document(pdf, input)) {
        *ret_verdict = unreadable(pdf, input);
        return false;
    }
    if (!pdf_unlock(pdf, input)) {
        *ret_verdict = verdict_failed(REASON_PASSWORD, LOCKED_HINT);
        return false;
    }
    if (!some_page_loads(pdf))
        rebuild_pages(pdf);
    divide_pages(pdf);
    if (pdf_pages(pdf) < 1) {
        *ret_verdict = unreadable(pdf, input);
        return false;
    }
    return true;
}

void pdf_close(struct pdf *pdf)
{
    if (!pdf->ctx)
        return;
    fz_drop_document(pdf->ctx, pdf->doc);
    fz_drop_context(pdf->ctx);
    free(pdf->files);
    free(pdf->mended);
    *pdf = (struct pdf){0};
}

int pdf_pages(struct pdf *pdf)
{
    fz_context *ctx = pdf->ctx;
    int count = -1;

    fz_var(count);
    fz_try(ctx)
    {
        count = fz_count_pages(ctx, pdf->doc);
    }
    fz_catch(ctx)
    {
        count = -1;
    }
    return count;
}

fz_page *pdf_page_load(struct pdf *pdf, int number)
{
    fz_context *ctx = pdf->ctx;
    fz_page *page = NULL;

    fz_var(page);
    fz_try(ctx)
    {
        page = fz_load_page(ctx, pdf->doc, number);
    }
    fz_catch(ctx)
    {
        page = NULL;
    }
    return page;
}

void pdf_page_free(struct pdf *pdf, fz_page *page)
{
    fz_drop_page(pdf->ctx, page);
}

fz_rect pdf_page_bounds(struct pdf *pdf, fz_page *page)
{
    const fz_rect letter = {0, 0, 612, 792};
    fz_context *ctx = pdf->ctx;
    fz_rect bounds = letter;

    fz_try(ctx)
    {
        bounds = fz_bound_page(ctx, page);
    }
    fz_catch(ctx)
    {
        bounds = letter;
    }
    /* PDF 2.0, annex C: a page is 3 to 14,400 units; written so that not-a-number fails too. */
    if (!(bounds.x1 - bounds.x0 >= 1 && bounds.y1 - bounds.y0 >= 1 &&
          bounds.x1 - bounds.x0 < 20000 && bounds.y1 - bounds.y0 < 20000))
        return letter;
    return bounds;
}
