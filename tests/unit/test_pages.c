/* PDF, pictures and OCR: what readers say, taken back from their frames. Real files are read from
 * the shared data; where that is absent the test says so and is skipped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <fcntl.h>

#include <cmocka.h>
#include <leptonica/allheaders.h>

#include "base/io.h"
#include "worker/image/image_facts.h"
#include "worker/ocr/ocr.h"
#include "worker/pages.h"
#include "worker/pdf/pdf_date.h"
#include "worker/pdf/presentation.h"
#include "worker/pdf/visual.h"

enum { FILE_MAX = 64 << 20, TEXT_KEPT = 1 << 20 };

/* What a reader said of a document. */
struct said {
    struct verdict verdict;
    struct buf text; /* of all pages, a form feed after each */
    uint32_t pages, ocr_pages, words, children, warnings;
    uint32_t image_width, image_height;
    struct buf image;
    char meta[4096]; /* "key=value\n"... */
    size_t page_at;  /* where the page's text begins in `text` */
};

static int on_meta(void *ctx, const char *key, const char *value, size_t len)
{
    struct said *said = ctx;
    size_t at = strlen(said->meta);

    snprintf(said->meta + at, sizeof(said->meta) - at, "%s=%.*s\n", key, (int)len, value);
    return 0;
}

static int on_warning(void *ctx, enum reason reason, const char *detail)
{
    (void)reason;
    (void)detail;
    ((struct said *)ctx)->warnings++;
    return 0;
}

static int on_page(void *ctx, const struct page_head *page)
{
    struct said *said = ctx;

    said->pages++;
    said->ocr_pages += page->method == PAGE_OCR;
    said->page_at = said->text.len;
    return 0;
}

static int on_text(void *ctx, enum text_part part, const char *text, size_t len)
{
    (void)part;
    assert_int_equal(buf_append(&((struct said *)ctx)->text, text, len), 0);
    return 0;
}

/* A word's box lies on the page and its bytes are one whole word of the page's text. */
static int on_words(void *ctx, const struct word_box *words, size_t count)
{
    struct said *said = ctx;
    const char *text = said->text.data + said->page_at;
    size_t len = said->text.len - said->page_at;

    for (size_t i = 0; i < count; i++) {
        const struct word_box *word = &words[i];
        assert_true(word->at + word->len <= len && word->len > 0);
        assert_true(word->x0 < word->x1 && word->y0 < word->y1);
        assert_null(memchr(text + word->at, ' ', word->len));
        assert_null(memchr(text + word->at, '\n', word->len));
        if (word->at > 0)
            assert_non_null(strchr(" \t\n", text[word->at - 1]));
    }
    said->words += (uint32_t)count;
    return 0;
}

static int on_page_end(void *ctx)
{
    return buf_append_char(&((struct said *)ctx)->text, '\f');
}

static int on_child(void *ctx, const struct child_head *child)
{
    (void)child;
    ((struct said *)ctx)->children++;
    return 0;
}

static int on_image(void *ctx, const char *mime, uint32_t width, uint32_t height)
{
    struct said *said = ctx;

    assert_string_equal(mime, "image/png");
    said->image_width = width;
    said->image_height = height;
    return 0;
}

static int on_image_data(void *ctx, const void *data, size_t len)
{
    return buf_append(&((struct said *)ctx)->image, data, len);
}

typedef struct verdict (*reader_call)(const struct input *input, struct emit *emit,
                                      uint32_t argument);

static struct verdict call_pdf(const struct input *input, struct emit *emit, uint32_t unused)
{
    (void)unused;
    return pdf_read(input, emit);
}

static struct verdict call_image(const struct input *input, struct emit *emit, uint32_t unused)
{
    (void)unused;
    return image_read(input, emit);
}

static struct verdict call_pdf_render(const struct input *input, struct emit *emit, uint32_t dpi)
{
    return pdf_render(input, 1, dpi, emit);
}

static struct verdict call_image_render(const struct input *input, struct emit *emit, uint32_t dpi)
{
    return image_render(input, 1, dpi, emit);
}

/* Lets a reader describe the bytes, and reads its frames back through the checked reader. */
static void read_bytes(reader_call call, const void *data, size_t len, const char *langs,
                       uint32_t argument, struct said *said)
{
    static const struct frame_handler handler = {.meta = on_meta,
                                                 .warning = on_warning,
                                                 .page = on_page,
                                                 .text = on_text,
                                                 .words = on_words,
                                                 .page_end = on_page_end,
                                                 .child = on_child,
                                                 .image = on_image,
                                                 .image_data = on_image_data};
    struct input input = {.data = data,
                          .len = len,
                          .fd = -1,
                          .name = "",
                          .hint_mime = "",
                          .mime = "",
                          .langs = langs,
                          .ocr = langs[0] != '\0'};
    int fd = memfd_create("frames", MFD_CLOEXEC);
    struct frame_writer writer;
    struct emit emit;
    struct err err = {0};

    *said = (struct said){0};
    buf_init(&said->text, TEXT_KEPT * 16);
    buf_init(&said->image, FILE_MAX);
    assert_true(fd >= 0);
    frame_writer_init(&writer, fd);
    assert_int_equal(frame_hello(&writer), 0);
    emit_init(&emit, &writer, UINT64_MAX / 2);
    said->verdict = call(&input, &emit, argument);
    struct end_frame end = {.outcome = said->verdict.outcome,
                            .reason = said->verdict.reason,
                            .detail = said->verdict.detail,
                            .pages = emit.pages,
                            .children = emit.children};
    assert_int_equal(frame_end(&writer, &end), 0);
    assert_int_equal(frame_flush(&writer), 0);
    struct frame_reader *reader = frame_reader_new(&handler, said);
    size_t total = (size_t)lseek(fd, 0, SEEK_END);
    void *frames = mmap(NULL, total, PROT_READ, MAP_PRIVATE, fd, 0);
    assert_true(frames != MAP_FAILED);
    if (frame_reader_feed(reader, frames, total, &err))
        fail_msg("frames: %s", err.message);
    assert_true(frame_reader_done(reader));
    munmap(frames, total);
    frame_reader_free(reader);
    emit_release(&emit);
    frame_writer_release(&writer);
    close(fd);
}

static void said_release(struct said *said)
{
    buf_release(&said->text);
    buf_release(&said->image);
}

/* A file of the shared data; skips the test without it. */
static void load(const char *path, struct buf *out)
{
    char full[4096];

    snprintf(full, sizeof(full), "%s/data/%s",
             getenv("SANAD_SHARED") ? getenv("SANAD_SHARED") : "../shared", path);
    buf_init(out, FILE_MAX);
    if (io_read_file(AT_FDCWD, full, out, NULL)) {
        print_message("skipped: %s is absent\n", path);
        buf_release(out);
        skip();
    }
}

static void read_file(reader_call call, const char *path, const char *langs, uint32_t argument,
                      struct said *said)
{
    struct buf file;

    load(path, &file);
    read_bytes(call, file.data, file.len, langs, argument, said);
    buf_release(&file);
}

static void need_model(const char *langs)
{
    char lacking[OCR_LANG_MAX];

    ocr_models_open();
    if (ocr_lacks_model(langs, lacking)) {
        print_message("skipped: no model for %s\n", lacking);
        skip();
    }
}

/* ---- order of a line ---- */

static void check_order(const char *seen, bool rtl, const char *read)
{
    /* Capital letters stand for letters that read right to left. */
    enum direction directions[64];
    uint32_t order[64], runes[64] = {0};
    char out[64] = "";
    size_t len = strlen(seen);
    struct visual_line line = {.runes = runes, .directions = directions, .count = len, .rtl = rtl};
    struct bracket_habit habit = {0};

    for (size_t i = 0; i < len; i++) {
        runes[i] = (unsigned char)seen[i];
        directions[i] = rune_direction(runes[i]);
        if (seen[i] >= 'A' && seen[i] <= 'Z')
            directions[i] = DIRECTION_RTL;
    }
    visual_to_logical(&line, &habit, order);
    for (size_t i = 0; i < len; i++)
        out[i] = (char)runes[order[i]];
    assert_string_equal(out, read);
}

static void test_visual_order(void **state)
{
    (void)state;
    check_order("FED CBA", true, "ABC DEF");
    check_order("DEF 12.5 CBA", true, "ABC 12.5 FED");
    check_order("DC pdf file BA", true, "AB pdf file CD");
    check_order("see CBA now", false, "see ABC now");
    check_order("see FED 12 CBA now", false, "see ABC 12 DEF now");
    check_order("1990/05/12", true, "1990/05/12");
    check_order("abc", false, "abc");
    check_order("", true, "");
    check_order("(FED) CBA", true, "ABC (DEF)");
    check_order("FED (pdf) CBA", true, "ABC (pdf) DEF");
    check_order("see b (c) CBA", true, "ABC see b (c)");
    check_order("(12) CBA", true, "ABC (12)");
    check_order("FED [a CB] A", true, "A [BC a] DEF");
    check_order("see (FED CBA) now", false, "see (ABC DEF) now");
    check_order("see (FED) CBA now", false, "see ABC (DEF) now");
    check_order("(FED CBA", true, "ABC DEF)");
    /* Named by their meaning, not by their looks. */
    check_order(")FED( CBA", true, "ABC (DEF)");
}

static void test_directions(void **state)
{
    (void)state;
    assert_int_equal(rune_direction(0x633), DIRECTION_RTL);
    assert_int_equal(rune_direction(0xFEB3), DIRECTION_RTL);
    assert_int_equal(rune_direction(0x64E), DIRECTION_MARK);
    assert_int_equal(rune_direction(0x6F4), DIRECTION_NUMBER);
    assert_int_equal(rune_direction(0x60C), DIRECTION_NUMBER_SEPARATOR);
    assert_int_equal(rune_direction(0x61F), DIRECTION_NEUTRAL);
    assert_int_equal(rune_direction('a'), DIRECTION_LTR);
    assert_int_equal(rune_direction(0x416), DIRECTION_LTR);
    assert_int_equal(rune_direction('-'), DIRECTION_NEUTRAL);
}

static void test_presentation_forms(void **state)
{
    (void)state;
    assert_string_equal(presentation_letters(0xFE94), "\u0629");
    assert_string_equal(presentation_letters(0xFEFB), "\u0644\u0627");
    assert_string_equal(presentation_letters(0xFBFC), "\u06CC");
    assert_string_equal(presentation_letters(0xFE71), "\u064B");
    assert_null(presentation_letters(0x633));
    assert_null(presentation_letters(0xFEFF));
    assert_null(presentation_letters(0xFBC5));
}

static void test_pdf_dates(void **state)
{
    static const struct {
        const char *text, *iso;
    } cases[] = {
        {"D:20240131123000+03'30'", "2024-01-31T12:30:00+03:30"},
        {"D:20110705103319Z00'00'", "2011-07-05T10:33:19Z"},
        {"20110705103319", "2011-07-05T10:33:19"},
        {"D:202401", "2024-01"},
        {"D:2024", "2024"},
        {"D:20249931", "2024"},
        {"D:20240131-", "2024-01-31"},
    };
    char out[PDF_DATE_TEXT];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_true(pdf_date_format(cases[i].text, out));
        assert_string_equal(out, cases[i].iso);
    }
    assert_false(pdf_date_format("yesterday", out));
    assert_false(pdf_date_format("", out));
    assert_false(pdf_date_format("D:0000", out));
}

/* ---- PDF ---- */

static void test_pdf_arabic(void **state)
{
    struct said said;

    (void)state;
    read_file(call_pdf, "corpora/pdf/pdfjs/ArabicCIDTrueType.pdf", "", 0, &said);
    assert_int_equal(said.verdict.outcome, OUTCOME_TEXT);
    assert_string_equal(said.text.data, "انواع الخطوط العربية\nانواع الخطوط العربية\n"
                                        "انواع الخطوط العربية\nانواع الخطوط العربية\n\f");
    assert_int_equal(said.words, 12);
    assert_non_null(strstr(said.meta, "date=2011-07-05T11:33:19+01:00"));
    said_release(&said);
}

static void test_pdf_arabic_book(void **state)
{
    struct said said;

    (void)state;
    read_file(call_pdf, "corpora/ocr/ar_kitab_pdf/pdfs/pdf10.pdf", "", 0, &said);
    assert_int_equal(said.verdict.outcome, OUTCOME_TEXT);
    assert_int_equal(said.pages, 6);
    assert_non_null(strstr(said.text.data, "الشركات متعددة الجنسيات"));
    assert_non_null(strstr(said.text.data, "1/ النمط المركزي وحيد الجنسية"));
    assert_null(strstr(said.text.data, "\uFE94"));
    said_release(&said);
}

/* A file of the repository's sample. */
static void read_sample(reader_call call, const char *path, const char *langs, struct said *said)
{
    char full[4096];
    struct buf file;

    snprintf(full, sizeof(full), "%s/%s",
             getenv("SANAD_SAMPLE") ? getenv("SANAD_SAMPLE") : "sample", path);
    buf_init(&file, FILE_MAX);
    assert_int_equal(io_read_file(AT_FDCWD, full, &file, NULL), 0);
    read_bytes(call, file.data, file.len, langs, 0, said);
    buf_release(&file);
}

static void assert_says(const struct said *said, const char *words)
{
    if (!strstr(said->text.data, words))
        fail_msg("\"%s\" is not in: %s", words, said->text.data);
}

/* Lam-alef printed by two glyphs, one without an advance; marks moved in front of their letters. */
static void test_pdf_browser_arabic(void **state)
{
    struct said said;

    (void)state;
    read_sample(call_pdf, "letters/harbour-report.pdf", "", &said);
    assert_says(&said, "تقرير شهري عن أحواض الإصلاح\n");
    assert_says(&said, "أُبلغت شركة مرجان الوديرة بأن أجرة الحوض");
    assert_says(&said, "يوم ١٠ فبراير ٢٠١٩ برفقة");
    said_release(&said);
    read_sample(call_pdf, "letters/contract-note.pdf", "", &said);
    assert_says(&said, "ومئة ألف يورو ثمن الفيلا رقم ١٩ على ساحل");
    assert_says(&said, "لا يكتب شيء عن العمولة في البريد الإلكتروني.");
    said_release(&said);
}

/* The zero width non-joiner as a space without room; brackets as they look. */
static void test_pdf_browser_persian(void **state)
{
    struct said said;

    (void)state;
    read_sample(call_pdf, "notes/minutes_4419.pdf", "", &said);
    assert_says(&said, "صورت\u200cجلسهٔ کمیتهٔ مناقصه\n");
    assert_says(&said, "شمارهٔ ۱۳۹۷/د/۴۴۱۹، ۱۱ دی ۱۳۹۷\n");
    assert_says(&said, "کاوه شهریوری (رئیس)، لاله کی\u200cمنش (ناظر مالی)، آرمین ساحلی (بندر");
    assert_says(&said, "گزارش\u200cهای فنی");
    said_release(&said);
}

static void test_pdf_password(void **state)
{
    struct said said;

    (void)state;
    read_file(call_pdf, "corpora/pdf/pdfjs/print_protection.pdf", "", 0, &said);
    assert_int_equal(said.verdict.outcome, OUTCOME_FAILED);
    assert_int_equal(said.verdict.reason, REASON_PASSWORD);
    said_release(&said);
}

static void test_pdf_truncated(void **state)
{
    struct buf file;
    struct said said;

    (void)state;
    load("corpora/ocr/ar_kitab_pdf/pdfs/pdf10.pdf", &file);
    for (size_t part = 1; part < 10; part++) {
        read_bytes(call_pdf, file.data, file.len * part / 10, "", 0, &said);
        assert_int_equal(said.verdict.reason, REASON_TRUNCATED);
        said_release(&said);
    }
    read_bytes(call_pdf, file.data, file.len, "", 0, &said);
    assert_int_equal(said.verdict.reason, REASON_NONE);
    said_release(&said);
    buf_release(&file);
}

static void test_pdf_garbage(void **state)
{
    static const char garbage[] =
        "%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 1 0 R >> endobj %%EOF";
    struct said said;

    (void)state;
    read_bytes(call_pdf, garbage, sizeof(garbage) - 1, "", 0, &said);
    assert_int_equal(said.verdict.outcome, OUTCOME_FAILED);
    assert_int_equal(said.verdict.reason, REASON_CORRUPT);
    said_release(&said);
}

static void test_pdf_notes_and_attachment(void **state)
{
    struct said said;

    (void)state;
    read_file(call_pdf, "corpora/pdf/pdfjs/annotation-fileattachment.pdf", "", 0, &said);
    assert_int_equal(said.children, 1);
    said_release(&said);
    read_file(call_pdf, "corpora/pdf/pdfjs/annotation-highlight.pdf", "", 0, &said);
    assert_true(said.words > 1);
    said_release(&said);
}

static void test_pdf_render(void **state)
{
    struct said said;

    (void)state;
    read_file(call_pdf_render, "corpora/pdf/pdfjs/ArabicCIDTrueType.pdf", "", 144, &said);
    assert_int_equal(said.image_width, 1190);
    assert_int_equal(said.image_height, 1684);
    PIX *pix = pixReadMemPng((const l_uint8 *)said.image.data, said.image.len);
    assert_non_null(pix);
    assert_int_equal(pixGetWidth(pix), 1190);
    pixDestroy(&pix);
    said_release(&said);
}

static void test_pdf_scan_is_read_by_ocr(void **state)
{
    struct said said;

    (void)state;
    need_model("ara");
    read_file(call_pdf, "corpora/ocr/ar_kitab_pdf/pdfs/pdf20.pdf", "ara", 0, &said);
    assert_true(said.verdict.outcome == OUTCOME_OCR || said.verdict.outcome == OUTCOME_TEXT);
    assert_true(said.words > 100);
    said_release(&said);
}

/* Fonts that do not tell their letters: read by OCR when that is allowed, as it is otherwise. */
static void test_pdf_garbled_layer(void **state)
{
    struct said said;

    (void)state;
    need_model("ara");
    read_file(call_pdf, "corpora/ocr/ar_kitab_pdf/pdfs/pdf35.pdf", "ara", 0, &said);
    assert_int_equal(said.ocr_pages, 1);
    assert_says(&said, "الثورة الفرنسية");
    said_release(&said);
    read_file(call_pdf, "corpora/ocr/ar_kitab_pdf/pdfs/pdf35.pdf", "", 0, &said);
    assert_int_equal(said.ocr_pages, 0);
    assert_true(said.words > 100);
    said_release(&said);
}

static void test_missing_model_is_named(void **state)
{
    struct said said;

    (void)state;
    ocr_models_open();
    read_file(call_image, "corpora/ocr/synth/en_002.tif", "eng+tlh", 0, &said);
    assert_int_equal(said.verdict.outcome, OUTCOME_FAILED);
    assert_int_equal(said.verdict.reason, REASON_NO_LANGUAGE_MODEL);
    assert_non_null(strstr(said.verdict.detail, "tesseract-ocr-"));
    said_release(&said);
}

/* ---- pictures ---- */

static void test_ocr_chooses_language(void **state)
{
    struct said said;

    (void)state;
    need_model("eng+fas+ara");
    read_file(call_image, "corpora/ocr/synth/en_002.tif", "ara+fas+eng", 0, &said);
    assert_int_equal(said.verdict.outcome, OUTCOME_OCR);
    assert_non_null(strstr(said.text.data, " the "));
    said_release(&said);
    read_file(call_image, "corpora/ocr/synth/fa_004.tif", "eng+ara+fas", 0, &said);
    assert_non_null(strstr(said.text.data, "است"));
    assert_non_null(strstr(said.text.data, "\u06CC"));
    said_release(&said);
    read_file(call_image, "corpora/ocr/synth/ar_001.jpg", "eng+fas+ara", 0, &said);
    assert_non_null(strstr(said.text.data, "\u064A"));
    said_release(&said);
}

/* Words of which the engine is not sure are kept in a page read well. */
static void test_ocr_keeps_doubtful_words(void **state)
{
    struct said said;

    (void)state;
    need_model("fas");
    read_file(call_image, "corpora/ocr/fa_tooska/books1/b10.jpg", "fas", 0, &said);
    assert_says(&said, "نگاه دوگانه");
    said_release(&said);
    read_sample(call_image, "cables/1397-08-12_4401.png", "fas", &said);
    const char *number = strstr(said.text.data, "شماره: ");
    assert_non_null(number);
    assert_true(strcspn(number, "\n") > sizeof("شماره: "));
    said_release(&said);
}

/* Words of the engine with a space in them: their boxes must still match (see on_words). */
static void test_ocr_word_with_space(void **state)
{
    struct said said;

    (void)state;
    need_model("ara");
    read_file(call_pdf, "corpora/ocr/ar_kitab_pdf/pdfs/pdf4.pdf", "ara", 0, &said);
    assert_int_equal(said.ocr_pages, 2);
    assert_says(&said, "المستوردات الوطنية");
    said_release(&said);
}

static void test_ocr_turned_page(void **state)
{
    struct said said;

    (void)state;
    need_model("eng");
    read_file(call_image, "corpora/ocr/en_unlv_tess/phototest-rotated-180.png", "eng", 0, &said);
    assert_non_null(strstr(said.text.data, "quick brown"));
    said_release(&said);
}

static void test_tiff_pages(void **state)
{
    struct said said;

    (void)state;
    need_model("eng");
    read_file(call_image, "fixtures/aleph-ingest-file/multipage_tiff_example.tif", "eng", 0, &said);
    assert_int_equal(said.pages, 10);
    said_release(&said);
}

/* A picture of one colour. */
static PIX *plain_picture(int width, int height)
{
    PIX *pix = pixCreate(width, height, 8);

    assert_non_null(pix);
    pixSetAll(pix);
    return pix;
}

static void test_blank_picture_has_no_words(void **state)
{
    PIX *pix = plain_picture(600, 400);
    l_uint8 *png = NULL;
    size_t len = 0;
    struct said said;

    (void)state;
    need_model("eng");
    assert_int_equal(pixWriteMemPng(&png, &len, pix, 0), 0);
    read_bytes(call_image, png, len, "eng", 0, &said);
    assert_int_equal(said.verdict.outcome, OUTCOME_EMPTY);
    assert_int_equal(said.verdict.reason, REASON_NO_WORDS);
    assert_int_equal(said.pages, 1);
    said_release(&said);
    /* Cut off, it is truncated. */
    read_bytes(call_image, png, len / 2, "eng", 0, &said);
    assert_int_equal(said.verdict.outcome, OUTCOME_FAILED);
    assert_int_equal(said.verdict.reason, REASON_TRUNCATED);
    said_release(&said);
    free(png);
    pixDestroy(&pix);
}

/* Bullets and spacers: OCR refuses them, and there is nothing wrong with them. */
static void test_tiny_picture_has_no_words(void **state)
{
    static const int sides[][2] = {{1, 1}, {2, 2}, {12, 12}, {14, 14}, {300, 1}};
    struct said said;

    (void)state;
    need_model("eng");
    for (size_t i = 0; i < ARRAY_LEN(sides); i++) {
        PIX *pix = plain_picture(sides[i][0], sides[i][1]);
        l_uint8 *png = NULL;
        size_t len = 0;
        assert_int_equal(pixWriteMemPng(&png, &len, pix, 0), 0);
        read_bytes(call_image, png, len, "eng", 0, &said);
        assert_int_equal(said.verdict.outcome, OUTCOME_EMPTY);
        assert_int_equal(said.verdict.reason, REASON_NO_WORDS);
        said_release(&said);
        read_bytes(call_image_render, png, len, "", 36, &said);
        assert_true(said.image_width >= 1);
        said_release(&said);
        free(png);
        pixDestroy(&pix);
    }
}

static void test_huge_picture_is_refused_unseen(void **state)
{
    PIX *pix = plain_picture(8, 8);
    l_uint8 *png = NULL;
    size_t len = 0;
    struct said said;

    (void)state;
    assert_int_equal(pixWriteMemPng(&png, &len, pix, 0), 0);
    static const unsigned char size[] = {0, 0, 0xC3, 0x50, 0, 0, 0xC3, 0x50}; /* 50,000 twice */
    memcpy(png + 16, size, sizeof(size));
    read_bytes(call_image_render, png, len, "", 100, &said);
    assert_int_equal(said.verdict.outcome, OUTCOME_FAILED);
    assert_int_equal(said.verdict.reason, REASON_LIMIT_SIZE);
    said_release(&said);
    free(png);
    pixDestroy(&pix);
}

static void test_exif_turns_picture(void **state)
{
    /* APP1: Exif, big-endian TIFF, one entry: orientation 6 (the top is on the right). */
    static const unsigned char app1[] = {0xFF, 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0,  'M', 'M',
                                         0,    42,   0, 0,  0,   8,   0,   1,   1, 18, 0,   3,
                                         0,    0,    0, 1,  0,   6,   0,   0,   0, 0,  0,   0};
    PIX *pix = plain_picture(64, 32);
    l_uint8 *jpeg = NULL;
    size_t len = 0;
    struct buf with;
    struct said said;

    (void)state;
    assert_int_equal(pixWriteMemJpeg(&jpeg, &len, pix, 80, 0), 0);
    buf_init(&with, FILE_MAX);
    assert_int_equal(buf_append(&with, jpeg, 2), 0);
    assert_int_equal(buf_append(&with, app1, sizeof(app1)), 0);
    assert_int_equal(buf_append(&with, jpeg + 2, len - 2), 0);
    assert_int_equal(image_orientation(IMAGE_JPEG, (const unsigned char *)with.data, with.len), 6);
    read_bytes(call_image_render, with.data, with.len, "", 150, &said);
    assert_int_equal(said.image_width, 32);
    assert_int_equal(said.image_height, 64);
    said_release(&said);
    buf_release(&with);
    free(jpeg);
    pixDestroy(&pix);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_visual_order),
        cmocka_unit_test(test_directions),
        cmocka_unit_test(test_presentation_forms),
        cmocka_unit_test(test_pdf_dates),
        cmocka_unit_test(test_pdf_arabic),
        cmocka_unit_test(test_pdf_arabic_book),
        cmocka_unit_test(test_pdf_browser_arabic),
        cmocka_unit_test(test_pdf_browser_persian),
        cmocka_unit_test(test_pdf_password),
        cmocka_unit_test(test_pdf_truncated),
        cmocka_unit_test(test_pdf_garbage),
        cmocka_unit_test(test_pdf_notes_and_attachment),
        cmocka_unit_test(test_pdf_render),
        cmocka_unit_test(test_pdf_scan_is_read_by_ocr),
        cmocka_unit_test(test_pdf_garbled_layer),
        cmocka_unit_test(test_missing_model_is_named),
        cmocka_unit_test(test_ocr_chooses_language),
        cmocka_unit_test(test_ocr_keeps_doubtful_words),
        cmocka_unit_test(test_ocr_word_with_space),
        cmocka_unit_test(test_ocr_turned_page),
        cmocka_unit_test(test_tiff_pages),
        cmocka_unit_test(test_blank_picture_has_no_words),
        cmocka_unit_test(test_tiny_picture_has_no_words),
        cmocka_unit_test(test_huge_picture_is_refused_unseen),
        cmocka_unit_test(test_exif_turns_picture),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
