/* What pictures say of themselves: EXIF in either byte order, XMP, IPTC, in several formats. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "parts_told.h"

/* A TIFF structure being written. */
struct writer {
    struct buf out;
    bool big_endian;
};

static void put(struct writer *writer, uint32_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        (void)buf_append_char(&writer->out,
                              (char)(value >> 8 * (writer->big_endian ? bytes - 1 - i : i)));
}

enum { ASCII = 2, SHORT = 3, LONG = 4, RATIONAL = 5 };

/* An entry whose value stands at `at`, or is `at` itself. */
static void put_entry(struct writer *writer, unsigned tag, unsigned type, uint32_t count,
                      uint32_t at)
{
    put(writer, tag, 2);
    put(writer, type, 2);
    put(writer, count, 4);
    put(writer, at, 4);
}

static void put_text(struct writer *writer, const char *text, size_t field)
{
    size_t len = strlen(text);

    assert_true(len < field);
    (void)buf_append(&writer->out, text, len);
    for (; len < field; len++)
        (void)buf_append_char(&writer->out, '\0');
}

static void put_ratios(struct writer *writer, uint32_t a, uint32_t b, uint32_t c, uint32_t below)
{
    put(writer, a, 4), put(writer, 1, 4);
    put(writer, b, 4), put(writer, 1, 4);
    put(writer, c, 4), put(writer, below, 4);
}

/* A camera's block: main directory, EXIF directory, GPS directory, then their values. */
static void build_exif(struct writer *writer, bool big_endian)
{
    enum { MAIN = 8, MAIN_COUNT = 4, EXIF_COUNT = 3, GPS_COUNT = 6 };
    enum { EXIF = MAIN + 2 + MAIN_COUNT * 12 + 4, GPS = EXIF + 2 + EXIF_COUNT * 12 + 4 };
    enum { VALUES = GPS + 2 + GPS_COUNT * 12 + 4, FIELD = 32, RATIOS = 24 };

    buf_init(&writer->out, 1 << 16);
    writer->big_endian = big_endian;
    (void)buf_append_str(&writer->out, big_endian ? "MM" : "II");
    put(writer, 42, 2);
    put(writer, MAIN, 4);
    put(writer, MAIN_COUNT, 2);
    put_entry(writer, 0x010F, ASCII, 6, VALUES);
    put_entry(writer, 0x0110, ASCII, 10, VALUES + FIELD);
    put_entry(writer, 0x8769, LONG, 1, EXIF);
    put_entry(writer, 0x8825, LONG, 1, GPS);
    put(writer, 0, 4);
    put(writer, EXIF_COUNT, 2);
    put_entry(writer, 0x9003, ASCII, 20, VALUES + 2 * FIELD);
    put_entry(writer, 0x9011, ASCII, 7, VALUES + 3 * FIELD);
    put_entry(writer, 0xA431, ASCII, 9, VALUES + 4 * FIELD);
    put(writer, 0, 4);
    put(writer, GPS_COUNT, 2);
    put_entry(writer, 1, ASCII, 2, big_endian ? 'N' << 24 : 'N');
    put_entry(writer, 2, RATIONAL, 3, VALUES + 5 * FIELD);
    put_entry(writer, 3, ASCII, 2, big_endian ? 'W' << 24 : 'W');
    put_entry(writer, 4, RATIONAL, 3, VALUES + 5 * FIELD + RATIOS);
    put_entry(writer, 6, RATIONAL, 1, VALUES + 5 * FIELD + 2 * RATIOS);
    put_entry(writer, 0x1D, ASCII, 11, VALUES + 6 * FIELD + 2 * RATIOS);
    put(writer, 0, 4);
    put_text(writer, "Apple", FIELD);
    put_text(writer, "iPhone SE", FIELD);
    put_text(writer, "2019:11:18 22:05:09", FIELD);
    put_text(writer, "+03:30", FIELD);
    put_text(writer, "F2LX1234", FIELD);
    put_ratios(writer, 35, 41, 2350, 100);
    put_ratios(writer, 51, 23, 2033, 100);
    put(writer, 11895, 4), put(writer, 10, 4);
    put_text(writer, "", FIELD - 8);
    put_text(writer, "2019:11:18", FIELD);
}

static void put_segment(struct buf *jpeg, unsigned marker, const char *head, size_t head_len,
                        const void *data, size_t len)
{
    size_t size = head_len + len + 2;

    (void)buf_append_char(jpeg, (char)0xFF);
    (void)buf_append_char(jpeg, (char)marker);
    (void)buf_append_char(jpeg, (char)(size >> 8));
    (void)buf_append_char(jpeg, (char)size);
    (void)buf_append(jpeg, head, head_len);
    (void)buf_append(jpeg, data, len);
}

/* A JPEG without a picture: what it says is kept all the same. */
static void read_jpeg(struct told *told, unsigned marker, const char *head, size_t head_len,
                      const void *data, size_t len)
{
    CLEANUP(cleanup_buf) struct buf jpeg = {0};

    buf_init(&jpeg, 1 << 20);
    (void)buf_append(&jpeg, "\xFF\xD8", 2);
    put_segment(&jpeg, marker, head, head_len, data, len);
    (void)buf_append(&jpeg, "\xFF\xD9", 2);
    told_read(told, "x.jpg", jpeg.data, jpeg.len, PLENTY);
}

static void has_line(const struct told *told, const char *line)
{
    if (!strstr(told->metas.data, line))
        fail_msg("no \"%s\" in:\n%s", line, told->metas.data);
}

static void a_camera_says_when_where_and_which(void **state)
{
    (void)state;
    for (int big_endian = 0; big_endian < 2; big_endian++) {
        struct writer writer;
        struct told told;
        build_exif(&writer, big_endian);
        read_jpeg(&told, 0xE1, "Exif\0", 6, writer.out.data, writer.out.len);
        has_line(&told, "camera=Apple iPhone SE\n");
        has_line(&told, "serial-number=F2LX1234\n");
        has_line(&told, "date=2019-11-18T22:05:09+03:30\n");
        has_line(&told, "latitude=35.689861\n");
        has_line(&told, "longitude=-51.388981\n");
        has_line(&told, "location=35.689861, -51.388981\n");
        has_line(&told, "altitude=1189.5\n");
        has_line(&told, "gps-date=2019-11-18\n");
        told_release(&told);
        buf_release(&writer.out);
    }
}

static void every_cut_of_a_block_is_survived(void **state)
{
    struct writer writer;

    (void)state;
    build_exif(&writer, false);
    for (size_t len = 0; len < writer.out.len; len++) {
        struct told told;
        read_jpeg(&told, 0xE1, "Exif\0", 6, writer.out.data, len);
        assert_int_equal(told.outcome, OUTCOME_FAILED);
        told_release(&told);
    }
    buf_release(&writer.out);
}

static const char XMP_HEAD[] = "http://ns.adobe.com/xap/1.0/";

static void xmp_names_people_and_places(void **state)
{
    static const char packet[] =
        "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>"
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        "<rdf:Description rdf:about='' xmlns:dc='d' xmlns:photoshop='p' xmlns:exif='e' "
        "xmlns:xmp='x' xmlns:mwg-rs='m' photoshop:City='Tehran' xmp:CreateDate='2020-01-03' "
        "exif:GPSLatitude='35,41.5N' exif:GPSLongitude='51,23,30W'>"
        "<dc:creator><rdf:Seq><rdf:li>A. Photographer</rdf:li></rdf:Seq></dc:creator>"
        "<dc:subject><rdf:Bag><rdf:li>protest</rdf:li><rdf:li>night</rdf:li></rdf:Bag></dc:subject>"
        "<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>A square &amp; a crowd</rdf:li>"
        "</rdf:Alt></dc:description><mwg-rs:Regions rdf:parseType='Resource'><mwg-rs:RegionList>"
        "<rdf:Bag><rdf:li><rdf:Description mwg-rs:Name='Jane Doe' mwg-rs:Type='Face'/></rdf:li>"
        "</rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions></rdf:Description></rdf:RDF></x:xmpmeta>"
        "<?xpacket end='w'?>";
    struct told told;

    (void)state;
    read_jpeg(&told, 0xE1, XMP_HEAD, sizeof(XMP_HEAD), packet, sizeof(packet) - 1);
    has_line(&told, "author=A. Photographer\n");
    has_line(&told, "keywords=protest\n");
    has_line(&told, "keywords=night\n");
    has_line(&told, "description=A square & a crowd\n");
    has_line(&told, "people=Jane Doe\n");
    has_line(&told, "city=Tehran\n");
    has_line(&told, "location=35.691667, -51.391667\n");
    has_line(&told, "date=2020-01-03\n");
    told_release(&told);
}

static void put_dataset(struct buf *out, int record, int set, const char *value)
{
    size_t len = strlen(value);

    (void)buf_printf(out, "\x1C%c%c", record, set);
    (void)buf_append_char(out, (char)(len >> 8));
    (void)buf_append_char(out, (char)len);
    (void)buf_append(out, value, len);
}

static void iptc_has_a_caption_and_a_byline(void **state)
{
    static const char head[] = "Photoshop 3.0";
    static const char caption[] = "\xD8\xAA\xD9\x87\xD8\xB1\xD8\xA7\xD9\x86.";
    CLEANUP(cleanup_buf) struct buf sets = {0};
    CLEANUP(cleanup_buf) struct buf block = {0};
    struct told told;

    (void)state;
    buf_init(&sets, 1 << 16);
    buf_init(&block, 1 << 16);
    put_dataset(&sets, 1, 90, "\x1B%G");
    put_dataset(&sets, 2, 80, "Ali Reza");
    put_dataset(&sets, 2, 120, caption);
    put_dataset(&sets, 2, 55, "20191118");
    put_dataset(&sets, 2, 60, "220509+0330");
    put_dataset(&sets, 2, 116, "(c) Agency");
    (void)buf_append(&sets, "\x1C\x02\x19\xFF\xFF", 5);
    (void)buf_append(&block, "8BIM\x04\x04\0\0\0\0\0", 11);
    (void)buf_append_char(&block, (char)sets.len);
    (void)buf_append(&block, sets.data, sets.len);
    read_jpeg(&told, 0xED, head, sizeof(head), block.data, block.len);
    has_line(&told, "author=Ali Reza\n");
    has_line(&told, "description=\xD8\xAA\xD9\x87\xD8\xB1\xD8\xA7\xD9\x86.\n");
    has_line(&told, "copyright=(c) Agency\n");
    has_line(&told, "date=2019-11-18T22:05:09+03:30\n");
    told_release(&told);
}

/* The same fact by EXIF and XMP is one fact, and a place of zeros is none. */
static void repeated_and_void_facts_are_left_out(void **state)
{
    static const char packet[] =
        "<rdf:RDF xmlns:rdf='r'><rdf:Description xmlns:tiff='t' xmlns:dc='d' "
        "xmlns:exif='e' tiff:Copyright='Agency' exif:GPSLatitude='0,0N' exif:GPSLongitude='0,0E'>"
        "<dc:rights>agency</dc:rights></rdf:Description></rdf:RDF>";
    struct told told;

    (void)state;
    read_jpeg(&told, 0xE1, XMP_HEAD, sizeof(XMP_HEAD), packet, sizeof(packet) - 1);
    assert_string_equal(told.metas.data, "copyright=Agency\n");
    told_release(&told);
}

static void png_says_it_in_chunks(void **state)
{
    static const char png[] = "\x89PNG\r\n\x1A\n"
                              "\0\0\0\x0DIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0cccc"
                              "\0\0\0\x0BtEXtAuthor\0Sara"
                              "cccc"
                              "\0\0\0\x13iTXtTitle\0\0\0fa\0\0\xD8\xA2\xD8\xA8\xD8\xA7!!!cccc"
                              "\0\0\0\0IENDcccc";
    struct told told;

    (void)state;
    told_read(&told, "x.png", png, sizeof(png) - 1, PLENTY);
    has_line(&told, "author=Sara\n");
    told_release(&told);
}

static void has_text(const struct told *told, const char *text)
{
    if (!strstr(told->main.data, text))
        fail_msg("no \"%s\" in:\n%s", text, told->main.data);
}

static void a_metafile_is_what_was_written_in_it(void **state)
{
    struct told told;

    (void)state;
    if (!told_read_shared(&told,
                          "fixtures/tika/tika-parser-microsoft-module/testEMF_zero_coords.emf")) {
        skip();
        return;
    }
    assert_string_equal(told.mime, "image/emf");
    has_text(&told, "\nPresentation title 13\nAt Contoso, we believe");
    has_text(&told, "By using our next-generation \n");
    told_release(&told);
    assert_true(
        told_read_shared(&told, "fixtures/tika/tika-parser-microsoft-module/testWMF_charset.wmf"));
    assert_string_equal(told.mime, "image/wmf");
    has_text(&told, "\xE6\x99\xAE\xE6\x9E\x97\xE6\x96\xAF");
    told_release(&told);
}

static void a_shortcut_says_where_it_leads(void **state)
{
    enum { HEADER = 76, INFO = 28, FLAGS = 0x02 | 0x08 }; /* information, a relative path */
    static const char path[] = "C:\\leak\\list.docx";
    static const char relative[] = "..\\list.docx";
    CLEANUP(cleanup_buf) struct buf link = {0};
    unsigned char head[HEADER] = {0x4C, 0, 0, 0, 1, 0x14, 2, 0};
    unsigned char info[INFO] = {INFO + sizeof(path), 0, 0, 0, INFO, 0, 0, 0, 1};
    struct told told;

    (void)state;
    head[20] = FLAGS;
    info[16] = INFO;
    info[24] = INFO + sizeof(path) - 1; /* the empty rest of the path */
    buf_init(&link, 1 << 16);
    (void)buf_append(&link, head, sizeof(head));
    (void)buf_append(&link, info, sizeof(info));
    (void)buf_append(&link, path, sizeof(path));
    (void)buf_append(&link, "\x0C\0", 2);
    (void)buf_append_str(&link, relative);
    (void)buf_append(&link,
                     "\x60\0\0\0\3\0\0\xA0\x58\0\0\0\0\0\0\0"
                     "desktop-1",
                     25);
    for (size_t i = 25; i < 0x60; i++)
        (void)buf_append_char(&link, '\0');
    told_read(&told, "x.lnk", link.data, link.len, PLENTY);
    assert_string_equal(told.mime, "application/x-ms-shortcut");
    has_text(&told, "C:\\leak\\list.docx\n..\\list.docx\n");
    has_line(&told, "machine=desktop-1\n");
    told_release(&told);
    for (size_t len = 8; len < link.len; len++) {
        told_read(&told, "x.lnk", link.data, len, PLENTY);
        told_release(&told);
    }
}

static void photoshop_keeps_a_preview(void **state)
{
    CLEANUP(cleanup_buf) struct buf psd = {0};
    struct told told;

    (void)state;
    buf_init(&psd, 1 << 16);
    (void)buf_append(&psd, "8BPS\0\1\0\0\0\0\0\0\0\3\0\0\0\x10\0\0\0\x20\0\x08\0\3", 26);
    (void)buf_append(&psd,
                     "\0\0\0\0\0\0\0\x2C"
                     "8BIM\x04\x0C\0\0\0\0\0\x20",
                     20);
    for (int i = 0; i < 28; i++)
        (void)buf_append_char(&psd, '\0');
    (void)buf_append(&psd, "\xFF\xD8\xFF\xD9", 4);
    told_read(&told, "x.psd", psd.data, psd.len, PLENTY);
    assert_int_equal(told.outcome, OUTCOME_EMPTY);
    assert_int_equal(told.reason, REASON_CONTAINER);
    has_line(&told, "picture=32x16\n");
    assert_string_equal(told.children.data, "preview.jpg (image/jpeg) 4\n");
    told_release(&told);
}

static void a_telephones_picture_is_decoded(void **state)
{
    struct told told;

    (void)state;
    if (!told_read_shared(&told, "fixtures/hoover-testdata/data/disk-files/img/sample1.heic")) {
        skip();
        return;
    }
    assert_string_equal(told.mime, "image/heif");
    assert_int_equal(told.outcome, OUTCOME_EMPTY);
    assert_int_equal(told.reason, REASON_NO_WORDS);
    assert_string_equal(told.pages.data, "\n"); /* the thumbnail is no page of its own */
    told_release(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_camera_says_when_where_and_which),
        cmocka_unit_test(every_cut_of_a_block_is_survived),
        cmocka_unit_test(xmp_names_people_and_places),
        cmocka_unit_test(iptc_has_a_caption_and_a_byline),
        cmocka_unit_test(repeated_and_void_facts_are_left_out),
        cmocka_unit_test(png_says_it_in_chunks),
        cmocka_unit_test(a_metafile_is_what_was_written_in_it),
        cmocka_unit_test(a_shortcut_says_where_it_leads),
        cmocka_unit_test(photoshop_keeps_a_preview),
        cmocka_unit_test(a_telephones_picture_is_decoded),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
