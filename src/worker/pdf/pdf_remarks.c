/*
 * What a page says beside its text: who marked which words, what the fields of a form hold under
 * which names, where links lead. Lines of the page's rest.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "worker/pdf/pdf.h"

enum { LINE_MAX_BYTES = 8192, QUADS_MAX = 500 };

static void rest_line(struct pdf_words *words, const char *line)
{
    page_text_newline(&words->rest, 1);
    page_text_put(&words->rest, line, strlen(line));
}

/* ---- annotations ---- */

/* The words whose middle lies in the box (points from the page's corner). */
static void covered_words(const struct page_text *page, fz_rect box, struct buf *out)
{
    for (size_t i = 0; i < page->word_count; i++) {
        const struct word_box *word = &page->words[i];
        double x = (word->x0 + word->x1) / 2.0 / 65535 * page->width;
        double y = (word->y0 + word->y1) / 2.0 / 65535 * page->height;
        if (x < box.x0 || x > box.x1 || y < box.y0 || y > box.y1)
            continue;
        if (out->len)
            (void)buf_append_char(out, ' ');
        (void)buf_append(out, page->text.data + word->at, word->len);
    }
}

/* What is told of an annotation; may throw. */
struct remark {
    const char *kind, *author;
    int64_t changed;
    int quads;
};

static bool is_marking(enum pdf_annot_type type)
{
    return type == PDF_ANNOT_HIGHLIGHT || type == PDF_ANNOT_UNDERLINE ||
           type == PDF_ANNOT_SQUIGGLY || type == PDF_ANNOT_STRIKE_OUT || type == PDF_ANNOT_REDACT;
}

static bool remark_of(struct pdf *pdf, pdf_annot *annot, struct remark *remark)
{
    fz_context *ctx = pdf->ctx;
    bool ok = false;

    *remark = (struct remark){.kind = "", .author = ""};
    fz_var(ok);
    fz_try(ctx)
    {
        enum pdf_annot_type type = pdf_annot_type(ctx, annot);
        remark->kind = pdf_string_from_annot_type(ctx, type);
        if (pdf_annot_has_author(ctx, annot))
            remark->author = pdf_annot_author(ctx, annot);
        remark->changed = pdf_annot_modification_date(ctx, annot);
        if (is_marking(type) && pdf_annot_has_quad_points(ctx, annot))
            remark->quads = pdf_annot_quad_point_count(ctx, annot);
        ok = type != PDF_ANNOT_POPUP && type != PDF_ANNOT_LINK && type != PDF_ANNOT_WIDGET;
    }
    fz_catch(ctx)
    {
        ok = false;
    }
    return ok;
}

static bool quad_at(struct pdf *pdf, pdf_annot *annot, int i, fz_rect *ret_box)
{
    fz_context *ctx = pdf->ctx;
    bool ok = true;

    fz_try(ctx)
    {
        *ret_box = fz_rect_from_quad(pdf_annot_quad_point(ctx, annot, i));
    }
    fz_catch(ctx)
    {
        ok = false;
    }
    return ok;
}

static void annotation_tell(struct pdf *pdf, pdf_annot *annot, fz_rect corner,
                            struct pdf_words *words)
{
    CLEANUP(cleanup_buf) struct buf covered = {0};
    char line[LINE_MAX_BYTES], day[16] = "";
    struct remark remark = {0};
    struct tm tm;

    if (!remark_of(pdf, annot, &remark))
        return;
    buf_init(&covered, LINE_MAX_BYTES / 2);
    for (int i = 0; i < remark.quads && i < QUADS_MAX; i++) {
        fz_rect box = fz_empty_rect;
        if (quad_at(pdf, annot, i, &box))
            covered_words(&words->main, fz_translate_rect(box, -corner.x0, -corner.y0), &covered);
    }
    if (!*remark.author && covered.len == 0)
        return;
    time_t changed = (time_t)remark.changed;
    if (remark.changed > 0 && gmtime_r(&changed, &tm))
        (void)strftime(day, sizeof(day), ", %Y-%m-%d", &tm);
    snprintf(line, sizeof(line), "%s%s%.1000s%s%s%s", remark.kind, *remark.author ? ", " : "",
             remark.author, day, covered.len ? ": " : "", covered.data);
    rest_line(words, line);
}

/* ---- fields ---- */

/* "Name: value" of a field that is filled in; false when it is not, or cannot be read. The name is
 * the one that the form shows to people (TU), if it has one. */
static bool field_line(struct pdf *pdf, pdf_annot *widget, char *line, size_t size)
{
    fz_context *ctx = pdf->ctx;
    char *name = NULL;
    bool filled = false;

    fz_var(name);
    fz_var(filled);
    fz_try(ctx)
    {
        pdf_obj *field = pdf_annot_obj(ctx, widget);
        enum pdf_widget_type type = pdf_widget_type(ctx, widget);
        const char *value = "";
        if (type == PDF_WIDGET_TYPE_CHECKBOX || type == PDF_WIDGET_TYPE_RADIOBUTTON)
            value = pdf_dict_get_name(ctx, field, PDF_NAME(AS));
        else if (type != PDF_WIDGET_TYPE_SIGNATURE && type != PDF_WIDGET_TYPE_BUTTON)
            value = pdf_annot_field_value(ctx, widget);
        filled = value && *value && strcmp(value, "Off") != 0;
        if (filled) {
            const char *shown = pdf_dict_get_text_string(ctx, field, PDF_NAME(TU));
            name = pdf_field_name(ctx, field);
            snprintf(line, size, "%.2000s: %.6000s", *shown ? shown : name ? name : "", value);
        }
    }
    fz_always(ctx)
    {
        fz_free(ctx, name);
    }
    fz_catch(ctx)
    {
        filled = false;
    }
    return filled;
}

/* ---- links ---- */

static fz_link *links_of(struct pdf *pdf, fz_page *page)
{
    fz_context *ctx = pdf->ctx;
    fz_link *links = NULL;

    fz_var(links);
    fz_try(ctx)
    {
        links = fz_load_links(ctx, page);
    }
    fz_catch(ctx)
    {
        links = NULL;
    }
    return links;
}

static bool is_said(const struct pdf_words *words, const char *text)
{
    return strstr(words->main.text.data, text) || strstr(words->rest.text.data, text);
}

static void links_tell(struct pdf *pdf, fz_page *page, struct pdf_words *words)
{
    fz_link *links = links_of(pdf, page);
    int count = 0;

    for (const fz_link *link = links; link && count++ < PDF_NOTES_MAX; link = link->next)
        if (link->uri && fz_is_external_link(pdf->ctx, link->uri) && strlen(link->uri) < 4096 &&
            !is_said(words, link->uri))
            rest_line(words, link->uri);
    fz_drop_link(pdf->ctx, links);
}

void pdf_remarks_read(struct pdf *pdf, fz_page *page, struct pdf_words *words)
{
    pdf_page *found = pdf_page_from_fz_page(pdf->ctx, page);
    fz_rect corner = pdf_page_bounds(pdf, page);
    char line[LINE_MAX_BYTES];
    int count = 0;

    if (!found)
        return;
    for (pdf_annot *a = pdf_first_annot(pdf->ctx, found); a && count++ < PDF_NOTES_MAX;
         a = pdf_next_annot(pdf->ctx, a))
        annotation_tell(pdf, a, corner, words);
    for (pdf_annot *a = pdf_first_widget(pdf->ctx, found); a && count++ < PDF_NOTES_MAX;
         a = pdf_next_widget(pdf->ctx, a))
        if (field_line(pdf, a, line, sizeof(line)))
            rest_line(words, line);
    links_tell(pdf, page, words);
}
