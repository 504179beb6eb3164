#include "worker/books/xps.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <leptonica/allheaders.h>

#include "worker/ocr/ocr.h"
#include "worker/archive/package.h"
#include "worker/pdf/pdf.h"

#define XPS_MIME "application/vnd.ms-xpsdocument"

/* ---- facts: docProps/core.xml ---- */

struct facts {
    struct emit *emit;
    const char *key;
    struct buf value;
};

static void on_fact_start(void *ctx, const struct xml_element *element)
{
    static const struct {
        const char *element, *key;
    } known[] = {
        {"title", "title"},       {"creator", "author"},          {"subject", "subject"},
        {"created", "date"},      {"description", "description"}, {"keywords", "keywords"},
        {"modified", "modified"}, {"language", "language"},
    };
    struct facts *facts = ctx;

    facts->key = NULL;
    buf_clear(&facts->value);
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (strcmp(element->name, known[i].element) == 0)
            facts->key = known[i].key;
}

static void on_fact_end(void *ctx, const char *name)
{
    struct facts *facts = ctx;

    (void)name;
    if (facts->key)
        emit_meta_len(facts->emit, facts->key, facts->value.data, facts->value.len);
    facts->key = NULL;
}

static void on_fact_text(void *ctx, const char *text, size_t len)
{
    struct facts *facts = ctx;

    if (facts->key)
        (void)buf_append(&facts->value, text, len);
}

static void read_facts(struct package *package, struct emit *emit)
{
    static const struct xml_handler handler = {on_fact_start, on_fact_end, on_fact_text};
    struct facts facts = {.emit = emit};

    buf_init(&facts.value, META_VALUE_MAX);
    (void)package_read_xml(package, "docProps/core.xml", &handler, &facts);
    buf_release(&facts.value);
}

/* ---- pages ---- */

static void put_line(struct page_text *text, const char *line)
{
    if (!line[0])
        return;
    page_text_newline(text, 1);
    page_text_put(text, line, strlen(line));
}

/* Where the links of a page lead, each once in a row. */
static void put_uris(fz_context *ctx, const fz_link *links, struct page_text *text)
{
    const char *last = "";

    for (const fz_link *link = links; link; link = link->next)
        if (link->uri && fz_is_external_link(ctx, link->uri) && strcmp(link->uri, last) != 0) {
            put_line(text, link->uri);
            last = link->uri;
        }
}

static void put_links(struct pdf *pdf, fz_page *page, struct page_text *text)
{
    fz_context *ctx = pdf->ctx;
    fz_link *links = NULL;

    fz_var(links);
    fz_try(ctx)
    {
        links = fz_load_links(ctx, page);
        put_uris(ctx, links, text);
    }
    fz_always(ctx)
    {
        fz_drop_link(ctx, links);
    }
    fz_catch(ctx)
    {
        page_text_newline(text, 1); /* a link that leads nowhere is no loss of text */
    }
}

/* A page that is only a picture is read by OCR; true if that gave words. */
static bool read_picture(struct pdf *pdf, fz_page *page, const struct input *input,
                         struct ocr_page *ret_ocr)
{
    int dpi;
    PIX *pix =
        input->ocr ? pdf_page_picture(pdf, page, PDF_OCR_DPI, PDF_OCR_PIXELS_MAX, &dpi) : NULL;

    if (!pix)
        return false;
    int rc = ocr_read(pix, dpi, input->langs, ret_ocr);
    pixDestroy(&pix);
    if (rc == 0 && ret_ocr->page.word_count == 0)
        ocr_page_release(ret_ocr);
    return rc == 0 && ret_ocr->page.word_count > 0;
}

static void read_page(struct pdf *pdf, fz_page *page, const struct input *input, struct emit *emit,
                      uint32_t *broken)
{
    enum { FEW_LETTERS = 4 };
    fz_rect bounds = pdf_page_bounds(pdf, page);
    struct page_head head = {.method = PAGE_TEXT,
                             .width = (uint32_t)((bounds.x1 - bounds.x0) * 100),
                             .height = (uint32_t)((bounds.y1 - bounds.y0) * 100),
                             .confidence = CONFIDENCE_NONE};
    struct pdf_words words;
    struct ocr_page ocr;

    if (head.width > PAGE_SIDE_MAX || head.height > PAGE_SIDE_MAX) {
        head.width /= 2;
        head.height /= 2;
    }
    pdf_words_init(&words, bounds.x1 - bounds.x0, bounds.y1 - bounds.y0);
    pdf_text_read(pdf, page, &words);
    *broken += words.layer.incomplete;
    if (words.layer.letters < FEW_LETTERS && words.layer.image_share > 0 &&
        read_picture(pdf, page, input, &ocr)) {
        head.method = PAGE_OCR;
        head.confidence = ocr.confidence;
        snprintf(head.lang, sizeof(head.lang), "%.7s", ocr.lang);
        emit->ocr_used = true;
        page_text_release(&words.main);
        words.main = ocr.page;
    }
    put_links(pdf, page, &words.main);
    emit_page_rest(emit, &head, words.main.text.data, words.main.text.len, words.main.words,
                   words.main.word_count, words.rest.text.data, words.rest.text.len);
    pdf_words_release(&words);
}

static void read_pages(struct pdf *pdf, const struct input *input, struct emit *emit,
                       uint32_t *broken)
{
    int count = pdf_pages(pdf);

    if (count > PDF_PAGES_MAX) {
        emit_warning(emit, REASON_LIMIT_COUNT, "only the first %d of %d pages were read",
                     PDF_PAGES_MAX, count);
        count = PDF_PAGES_MAX;
    }
    for (int i = 0; i < count && !emit->stop; i++) {
        struct page_head lost = {.method = PAGE_TEXT, .confidence = CONFIDENCE_NONE};
        fz_page *page = pdf_page_load(pdf, i);
        if (page) {
            read_page(pdf, page, input, emit, broken);
        } else {
            ++*broken;
            emit_page(emit, &lost, "", 0, NULL, 0);
        }
        pdf_page_free(pdf, page);
    }
}

/* ---- what the package holds besides ---- */

static bool is_called(const struct part *part, const char *ending)
{
    size_t len = strlen(part->name), n = strlen(ending);

    return len >= n && strcasecmp(part->name + len - n, ending) == 0;
}

static void on_fixed_page(void *ctx, const struct xml_element *element)
{
    static const char *const said[] = {"AutomationProperties.Name",
                                       "AutomationProperties.HelpText"};
    char text[4096];

    for (size_t i = 0; i < ARRAY_LEN(said); i++)
        if (xml_attribute(element, said[i], text, sizeof(text)) && text[0]) {
            emit_flow_str(ctx, TEXT_REST, text);
            emit_flow_str(ctx, TEXT_REST, "\n");
        }
}

/* Names and help texts: for those who cannot see the page. */
static void read_spoken(struct package *package, struct emit *emit)
{
    static const struct xml_handler handler = {.start = on_fixed_page};

    for (size_t i = 0; i < package->count && !emit->stop; i++)
        if (is_called(&package->parts[i], ".fpage"))
            (void)package_read_xml(package, package->parts[i].name, &handler, emit);
}

static void send_pictures(struct package *package, struct emit *emit)
{
    static const char *const kinds[] = {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".wdp", ".jxr"};

    for (size_t i = 0; i < package->count && !emit->stop; i++) {
        struct part *part = &package->parts[i];
        bool picture = false;
        for (size_t k = 0; k < ARRAY_LEN(kinds); k++)
            picture |= is_called(part, kinds[k]);
        if (picture && part->len > 0 && !strcasestr(part->name, "thumbnail"))
            package_send_child(package, part, part->name, "", emit);
    }
}

static struct verdict read_all(struct package *package, struct pdf *pdf, const struct input *input,
                               struct emit *emit)
{
    uint32_t broken = 0;

    read_facts(package, emit);
    read_pages(pdf, input, emit, &broken);
    read_spoken(package, emit);
    send_pictures(package, emit);
    struct verdict verdict = package_verdict(package, emit);
    if (broken == 0 || verdict.outcome == OUTCOME_FAILED)
        return verdict;
    if (verdict.outcome == OUTCOME_EMPTY)
        return verdict_failed(REASON_CORRUPT, "%u of its %u pages cannot be interpreted", broken,
                              emit->pages);
    verdict.reason = REASON_CORRUPT;
    snprintf(verdict.detail, sizeof(verdict.detail),
             "%u of %u pages could not be read or not to their end", broken, emit->pages);
    return verdict;
}

struct verdict xps_read(const struct input *input, struct emit *emit)
{
    struct package package;
    struct verdict verdict;
    struct pdf pdf = {0};

    if (package_open(&package, input))
        return verdict_failed(REASON_CORRUPT, "it is no ZIP file inside");
    if (pdf_open_other(&pdf, input, XPS_MIME, &verdict))
        verdict = read_all(&package, &pdf, input, emit);
    else if (package.damage)
        verdict = verdict_failed(package.damage, "the file is cut off before its pages");
    pdf_close(&pdf);
    package_release(&package);
    return verdict;
}

struct verdict xps_render(const struct input *input, uint32_t page, uint32_t dpi, struct emit *emit)
{
    return pdf_render_other(input, XPS_MIME, page, dpi, emit);
}
