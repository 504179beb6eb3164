/* Compound files: one built here, whole and damaged, and real ones. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/bytes.h"
#include "base/io.h"
#include "worker/ole/cfb.h"
#include "worker/sniff/sniff.h"

enum { SECTOR = 512, SECTORS = 14, LEN = (SECTORS + 1) * SECTOR };

static unsigned char *sector(unsigned char *file, unsigned n)
{
    return file + (size_t)(n + 1) * SECTOR;
}

static void put_entry(unsigned char *file, unsigned n, const char *name, unsigned type,
                      const uint32_t links[3], uint32_t start, uint32_t size)
{
    unsigned char *at = sector(file, 1 + n / 4) + (size_t)(n % 4) * 128;
    size_t len = strlen(name);

    memset(at, 0, 128);
    for (size_t i = 0; i < len; i++)
        at[2 * i] = (unsigned char)name[i];
    le16_put(at + 64, (uint16_t)(2 * (len + 1)));
    at[66] = (unsigned char)type;
    for (size_t i = 0; i < 3; i++)
        le32_put(at + 68 + 4 * i, links[i]);
    le32_put(at + 116, start);
    le32_put(at + 120, size);
}

#define NONE 0xFFFFFFFFu
#define END 0xFFFFFFFEu

/* Sector 0: allocation table; 1-2: directory; 3: mini table; 4: mini stream; 5-13: "Large". */
static void build(unsigned char *file)
{
    static const uint32_t FAT[SECTORS] = {0xFFFFFFFDu, 2, END, END, END, 6,  7,
                                          8,           9, 10,  11,  12,  13, END};

    memset(file, 0, LEN);
    memcpy(file, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    le16_put(file + 26, 3);
    le16_put(file + 30, 9);
    le16_put(file + 32, 6);
    le32_put(file + 44, 1);
    le32_put(file + 48, 1);
    le32_put(file + 56, 4096);
    le32_put(file + 60, 3);
    le32_put(file + 64, 1);
    le32_put(file + 68, END);
    for (size_t i = 0; i < 109; i++)
        le32_put(file + 76 + 4 * i, i == 0 ? 0 : NONE);
    for (size_t i = 0; i < SECTOR / 4; i++) {
        le32_put(sector(file, 0) + 4 * i, i < SECTORS ? FAT[i] : NONE);
        le32_put(sector(file, 3) + 4 * i, i == 0 ? 1 : i < 2 ? END : NONE);
    }
    put_entry(file, 0, "Root Entry", 5, (uint32_t[]){NONE, NONE, 1}, 4, 128);
    put_entry(file, 1, "Store", 1, (uint32_t[]){2, 3, 4}, 0, 0);
    put_entry(file, 2, "Large", 2, (uint32_t[]){NONE, NONE, NONE}, 5, 9 * SECTOR - 8);
    put_entry(file, 3, "WordDocument", 2, (uint32_t[]){NONE, NONE, NONE}, NONE, 0);
    put_entry(file, 4, "Small", 2, (uint32_t[]){NONE, NONE, NONE}, 0, 70);
    memset(sector(file, 4), 's', 70);
    memset(sector(file, 5), 'L', (size_t)9 * SECTOR);
}

static int read_path(const struct cfb *cfb, const char *path, struct buf *out)
{
    const struct cfb_entry *entry = cfb_find(cfb_root(cfb), path);

    assert_non_null(entry);
    buf_init(out, 1 << 20);
    return cfb_read(cfb, entry, out);
}

static void a_whole_file(void **state)
{
    static unsigned char file[LEN];
    struct buf out;

    (void)state;
    build(file);
    struct cfb *cfb = cfb_open(file, LEN);
    assert_non_null(cfb);
    assert_false(cfb_damaged(cfb));
    const struct cfb_entry *first = cfb_root(cfb)->first;
    assert_string_equal(first->name, "Large");
    assert_string_equal(first->next->name, "Store");
    assert_string_equal(first->next->next->name, "WordDocument");
    assert_null(first->next->next->next);
    assert_ptr_equal(first->parent, cfb_root(cfb));
    assert_int_equal(first->modified, INT64_MIN);
    assert_null(cfb_find(cfb_root(cfb), "Store/none"));
    assert_null(cfb_find(cfb_root(cfb), "Large/none"));
    assert_int_equal(read_path(cfb, "store/SMALL", &out), 0);
    assert_int_equal(out.len, 70);
    assert_int_equal(strspn(out.data, "s"), 70);
    buf_release(&out);
    assert_int_equal(read_path(cfb, "Large", &out), 0);
    assert_int_equal(out.len, 9 * SECTOR - 8);
    assert_int_equal(strspn(out.data, "L"), 9 * SECTOR - 8);
    buf_release(&out);
    buf_init(&out, 100);
    assert_int_equal(cfb_read(cfb, cfb_find(cfb_root(cfb), "Large"), &out), ERR_LIMIT);
    assert_int_equal(out.len, 100);
    buf_release(&out);
    cfb_free(cfb);
    assert_string_equal(sniff_ole(file, LEN), "application/msword");
}

static void a_truncated_file(void **state)
{
    static unsigned char file[LEN];
    struct buf out;

    (void)state;
    build(file);
    struct cfb *cfb = cfb_open(file, LEN - 2 * SECTOR - 100);
    assert_non_null(cfb);
    assert_int_equal(read_path(cfb, "Large", &out), ERR_CORRUPT);
    assert_int_equal(out.len, 7 * SECTOR - 100);
    buf_release(&out);
    cfb_free(cfb);
    for (size_t len = 0; len < LEN; len += 64) {
        unsigned char *copy = mem_alloc(len ? len : 1);
        memcpy(copy, file, len);
        cfb = cfb_open(copy, len);
        if (len >= 4 * SECTOR) /* the directory is there */
            assert_non_null(cfb);
        cfb_free(cfb);
        (void)sniff_ole(copy, len);
        free(copy);
    }
}

/* The allocation table at the end of a file is what a truncated one loses first. */
static void a_lost_table(void **state)
{
    static unsigned char file[LEN];
    struct buf out;

    (void)state;
    build(file);
    le32_put(file + 76, 5000);
    struct cfb *cfb = cfb_open(file, LEN);
    assert_non_null(cfb);
    assert_true(cfb_damaged(cfb));
    assert_int_equal(read_path(cfb, "Large", &out), 0);
    assert_int_equal(out.len, 9 * SECTOR - 8);
    buf_release(&out);
    cfb_free(cfb);
}

static void loops_end(void **state)
{
    static unsigned char file[LEN];
    struct buf out;

    (void)state;
    build(file);
    le32_put(sector(file, 0) + 4 * 13, 5);              /* the large stream bites its tail */
    le32_put(sector(file, 1) + 2 * 128 + 120, 1 << 30); /* and claims a gigabyte */
    le32_put(sector(file, 1) + 2 * 128 + 68, 1);        /* a sibling points back */
    le32_put(sector(file, 2) + 72, 0);                  /* and one to the root */
    le32_put(sector(file, 3) + 4, 0);
    struct cfb *cfb = cfb_open(file, LEN);
    assert_non_null(cfb);
    assert_true(cfb_damaged(cfb));
    assert_int_equal(read_path(cfb, "Large", &out), ERR_CORRUPT);
    assert_int_equal(out.len, SECTORS * SECTOR);
    buf_release(&out);
    assert_int_equal(read_path(cfb, "Store/Small", &out), 0);
    assert_int_equal(out.len, 70);
    buf_release(&out);
    cfb_free(cfb);

    build(file);
    le32_put(sector(file, 1) + 76, 77); /* the root's children are nowhere: found all the same */
    cfb = cfb_open(file, LEN);
    assert_true(cfb_damaged(cfb));
    assert_non_null(cfb_child(cfb_root(cfb), "Large"));
    assert_non_null(cfb_child(cfb_root(cfb), "Small"));
    cfb_free(cfb);
}

static void real_files(void **state)
{
    static const struct {
        const char *path, *mime, *stream;
    } FILES[] = {
        {"icij-extract/documents/office_document.doc", "application/msword", "WordDocument"},
        {"aleph-ingest-file/rom.xls", "application/vnd.ms-excel", "Workbook"},
        {"aleph-ingest-file/slides.ppt", "application/vnd.ms-powerpoint", "PowerPoint Document"},
        {"aleph-ingest-file/piste.msg", "application/vnd.ms-outlook", "__properties_version1.0"},
        {"tika/tika-parser-microsoft-module/testEXCEL_5.xls", "application/vnd.ms-excel", "Book"},
        {"tika/tika-parser-microsoft-module/testPUBLISHER.pub", "application/x-mspublisher",
         "Quill/QuillSub/CONTENTS"},
        {"tika/tika-parser-microsoft-module/testVISIO.vsd", "application/vnd.visio",
         "VisioDocument"},
        {"tika/tika-parser-microsoft-module/testPROJECT2003.mpp", "application/vnd.ms-project",
         "\001CompObj"},
        {"tika/tika-parser-microsoft-module/testWORD_protected_passtika.docx",
         "application/encrypted", "EncryptedPackage"},
        {"tika/integration/testStarOffice-5.2-writer.sdw", "application/vnd.stardivision.writer",
         "StarWriterDocument"},
        {"tika/tika-parser-miscoffice-module/testHWP_5.0.hwp", "application/x-hwp-v5",
         "BodyText/Section0"},
        {"tika/tika-parser-miscoffice-module/testQUATTRO.qpw", "application/x-quattro-pro",
         "NativeContent_MAIN"},
        {"tika/integration/testWORKS.wps", "application/vnd.ms-works", "CONTENTS"},
        {"tika/integration/testWORKSWordProcessor3.0.wps", "application/vnd.ms-works", "MN0"},
    };
    const char *shared = getenv("SANAD_SHARED");
    char path[512];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(FILES); i++) {
        struct buf bytes;
        struct buf out;
        buf_init(&bytes, 16 << 20);
        snprintf(path, sizeof(path), "%s/data/fixtures/%s", shared ? shared : "", FILES[i].path);
        if (io_read_file(AT_FDCWD, path, &bytes, NULL) < 0) {
            buf_release(&bytes);
            skip();
        }
        print_message("# %s\n", FILES[i].path);
        assert_string_equal(sniff_ole((unsigned char *)bytes.data, bytes.len), FILES[i].mime);
        struct cfb *cfb = cfb_open((unsigned char *)bytes.data, bytes.len);
        assert_non_null(cfb);
        assert_int_equal(read_path(cfb, FILES[i].stream, &out), 0);
        assert_true(out.len > 0);
        buf_release(&out);
        cfb_free(cfb);
        buf_release(&bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_file), cmocka_unit_test(a_truncated_file),
        cmocka_unit_test(a_lost_table), cmocka_unit_test(loops_end),
        cmocka_unit_test(real_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
