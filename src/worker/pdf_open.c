#include "worker/pdf.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

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

    fz_var(stream);
    fz_try(ctx)
    {
        stream = fz_open_memory(ctx, input->data, input->len);
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
