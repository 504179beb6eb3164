#include <string.h>

#include "worker/pdf/pdf.h"

/* What an annotation or field says, and where it stands. */
struct note {
    char text[16384];
    fz_rect box;
};

/* Fields show their value, and free text its contents, as a rule; what is on the page already is
 * not repeated. */
static bool shown(const struct page_text *page, const char *text)
{
    return *text == '\0' || strstr(page->text.data, text) != NULL;
}

static void note_append(struct page_text *page, const struct note *note)
{
    struct page_box box = {note->box.x0, note->box.y0, note->box.x1, note->box.y1};
    const char *at = note->text;

    if (shown(page, note->text))
        return;
    page_text_newline(page, 1);
    while (*at) {
        size_t blank = strspn(at, " \t\r\n\f\v"), word;
        if (blank && strpbrk(at, "\r\n") && strpbrk(at, "\r\n") < at + blank)
            page_text_newline(page, 1);
        else if (blank)
            page_text_space(page, ' ');
        at += blank;
        word = strcspn(at, " \t\r\n\f\v");
        page_text_word(page, at, word, box, CONFIDENCE_NONE);
        at += word;
    }
    page_text_newline(page, 1);
}

static void note_take(struct note *note, const char *text)
{
    fz_strlcpy(note->text, text ? text : "", sizeof(note->text));
    /* A cut inside a character leaves bytes that are no UTF-8; drop them. */
    size_t len = strlen(note->text);
    if (len == sizeof(note->text) - 1)
        while (len > 0 && ((unsigned char)note->text[len - 1] & 0x80))
            note->text[--len] = '\0';
}

static bool is_text_field(int kind)
{
    return kind == PDF_WIDGET_TYPE_TEXT || kind == PDF_WIDGET_TYPE_COMBOBOX ||
           kind == PDF_WIDGET_TYPE_LISTBOX;
}

/* Reads the note and moves on to the next; false when this one cannot be read. */
static bool annotation_read(struct pdf *pdf, pdf_annot *annot, struct note *note)
{
    fz_context *ctx = pdf->ctx;
    bool ok = true;

    fz_try(ctx)
    {
        note_take(note, pdf_annot_contents(ctx, annot));
        note->box = pdf_bound_annot(ctx, annot);
    }
    fz_catch(ctx)
    {
        ok = false;
    }
    return ok;
}

static bool field_read(struct pdf *pdf, pdf_annot *annot, struct note *note)
{
    fz_context *ctx = pdf->ctx;
    bool ok = false;

    fz_var(ok);
    fz_try(ctx)
    {
        if (is_text_field((int)pdf_widget_type(ctx, annot))) {
            note_take(note, pdf_annot_field_value(ctx, annot));
            note->box = pdf_bound_widget(ctx, annot);
            ok = true;
        }
    }
    fz_catch(ctx)
    {
        ok = false;
    }
    return ok;
}

/* MuPDF's lists of a page: neither function throws once the page is loaded. */
void pdf_notes_read(struct pdf *pdf, fz_page *page, struct pdf_words *words)
{
    struct page_text *text = &words->main;
    pdf_page *found = pdf_page_from_fz_page(pdf->ctx, page);
    fz_rect corner = pdf_page_bounds(pdf, page);
    struct note note = {.box = {0, 0, 0, 0}};
    int count = 0;

    if (!found)
        return;
    pdf_remarks_read(pdf, page, words);
    for (pdf_annot *a = pdf_first_annot(pdf->ctx, found); a && count++ < PDF_NOTES_MAX;
         a = pdf_next_annot(pdf->ctx, a)) {
        if (!annotation_read(pdf, a, &note))
            continue;
        note.box = fz_translate_rect(note.box, -corner.x0, -corner.y0);
        note_append(text, &note);
    }
    for (pdf_annot *a = pdf_first_widget(pdf->ctx, found); a && count++ < PDF_NOTES_MAX;
         a = pdf_next_widget(pdf->ctx, a)) {
        if (!field_read(pdf, a, &note))
            continue;
        note.box = fz_translate_rect(note.box, -corner.x0, -corner.y0);
        note_append(text, &note);
    }
}
