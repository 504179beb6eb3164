/* Archives as people make them: names in old character sets, passwords, volumes, hostile names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "base/bytes.h"
#include "locked_bytes.h"
#include "parts_build.h"
#include "parts_told.h"
#include "wire/volume_name.h"

#define LOCKED "locked with a password; give it with sanad retry --password-file"

#define CRC_OF_X UINT32_C(0x8CDC1683)

enum { DOS_DATE = 0x5021 };

static void put(struct buf *out, const void *bytes, size_t len)
{
    assert_int_equal(buf_append(out, bytes, len), 0);
}

static void put16(struct buf *out, unsigned value)
{
    char bytes[2];

    le16_put(bytes, (uint16_t)value);
    put(out, bytes, 2);
}

static void put32(struct buf *out, uint32_t value)
{
    char bytes[4];

    le32_put(bytes, value);
    put(out, bytes, 4);
}

/* The fields that the header of an entry and its copy in the directory share. */
static void put_fields(struct buf *out, size_t name_len, unsigned flags)
{
    put16(out, 20);
    put16(out, flags);
    put16(out, 0);
    put16(out, 0);
    put16(out, DOS_DATE);
    put32(out, CRC_OF_X);
    put32(out, 1);
    put32(out, 1);
    put16(out, (unsigned)name_len);
    put16(out, 0);
}

static void put_local(struct buf *out, const char *name, size_t len, unsigned flags)
{
    put(out, "PK\3\4", 4);
    put_fields(out, len, flags);
    put(out, name, len);
    put(out, "x", 1);
}

static void put_central(struct buf *out, const char *name, size_t len, unsigned flags,
                        unsigned disk, uint32_t at)
{
    put(out, "PK\1\2", 4);
    put16(out, 20);
    put_fields(out, len, flags);
    put16(out, 0);
    put16(out, disk);
    put16(out, 0);
    put32(out, 0);
    put32(out, at);
    put(out, name, len);
}

static void put_end(struct buf *out, unsigned disk, unsigned count, size_t size, size_t at)
{
    put(out, "PK\5\6", 4);
    put16(out, disk);
    put16(out, disk);
    put16(out, count);
    put16(out, count);
    put32(out, (uint32_t)size);
    put32(out, (uint32_t)at);
    put16(out, 0);
}

/* A ZIP of files that hold "x", with names as bytes. */
static void zip_of(const char *const *names, size_t count, unsigned flags, struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf directory = {0};

    buf_init(out, 1 << 20);
    buf_init(&directory, 1 << 20);
    for (size_t i = 0; i < count; i++) {
        put_central(&directory, names[i], strlen(names[i]), flags, 0, (uint32_t)out->len);
        put_local(out, names[i], strlen(names[i]), flags);
    }
    size_t at = out->len;
    put(out, directory.data, directory.len);
    put_end(out, 0, (unsigned)count, directory.len, at);
}

static void names_come_in_letters(void **state)
{
    static const struct {
        const char *raw;
        const char *name;
    } cases[] = {
        /* windows-1256 */
        {"\x90\xD2\xC7\xD1\xD4 \xE3\xCD\xD1\xE3\xC7\xE4\xE5.txt", "گزارش محرمانه.txt"},
        {"\xD3\xE4\xCF.txt", "سند.txt"},
        /* CP720 */
        {"\xA2\xE7\xA9\xEF\xA9 \xAB\xA9\xEF.txt", "تقرير سري.txt"},
        /* CP866, windows-1251 */
        {"\x8E\xE2\xE7\xF1\xE2 \xA7\xA0 \xA3\xAE\xA4.txt", "Отчёт за год.txt"},
        {"\xCE\xF2\xF7\xB8\xF2 \xE7\xE0 \xE3\xEE\xE4.txt", "Отчёт за год.txt"},
        /* CP437 */
        {"\x9A"
         "bersicht Gr\x94\xE1"
         "e.txt",
         "Übersicht Größe.txt"},
        /* GBK, Shift_JIS */
        {"\xC9\xF3\xBC\xC6\xB1\xA8\xB8\xE6.txt", "审计报告.txt"},
        {"\xC9\xF3\xBC\xC6\xD1\xB9\xCB\xF5\xB0\xFC\xCE\xC4\xBC\xFE/a.doc", "审计压缩包文件/a.doc"},
        {"\x83\x65\x83\x58\x83\x67\x8E\x91\x97\xBF.doc", "テスト資料.doc"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct told told;
        struct buf bytes;
        char want[256];
        zip_of(&cases[i].raw, 1, 0, &bytes);
        told_read(&told, "x.zip", bytes.data, bytes.len, PLENTY);
        snprintf(want, sizeof(want), "%s () 1\n", cases[i].name);
        assert_string_equal(told.children.data, want);
        told_release(&told);
        buf_release(&bytes);
    }
}

/* The archive's names together tell the set that one of them alone would not. */
static void names_are_judged_together(void **state)
{
    static const char *const names[] = {
        "\x90\xD2\xC7\xD1\xD4 \xE3\xCD\xD1\xE3\xC7\xE4\xE5.txt",
        "\xE4\xC7\xE3\xE5.txt",
        "\xED.txt",
    };
    struct told told;
    struct buf bytes;

    (void)state;
    zip_of(names, ARRAY_LEN(names), 0, &bytes);
    told_read(&told, "x.zip", bytes.data, bytes.len, PLENTY);
    assert_non_null(strstr(told.children.data, "نامه.txt"));
    assert_non_null(strstr(told.children.data, "\nي.txt"));
    told_release(&told);
    buf_release(&bytes);
}

/* Names are only labels: none leads anywhere, none is lost. */
static void hostile_names_are_labels(void **state)
{
    static char long_name[6001];
    const char *const names[] = {"../../etc/passwd",
                                 "/etc/shadow",
                                 "C:\\windows\\a.txt",
                                 "same.txt",
                                 "same.txt",
                                 "evil\xE2\x80\xAEtxt.exe",
                                 ".",
                                 "",
                                 long_name};
    struct told told;
    struct buf bytes;

    (void)state;
    memset(long_name, 'n', sizeof(long_name) - 1);
    zip_of(names, ARRAY_LEN(names), 1 << 11, &bytes);
    told_read(&told, "x.zip", bytes.data, bytes.len, PLENTY);
    assert_int_equal(told.reason, REASON_CONTAINER);
    assert_string_equal(told.detail, "9 files");
    assert_int_equal(told.data.len, 9);
    assert_non_null(strstr(told.children.data, "../../etc/passwd () 1\n"));
    assert_non_null(strstr(told.children.data, "same.txt () 1\nsame.txt () 1\n"));
    told_release(&told);
    buf_release(&bytes);
}

/* A NUL in a name ends it for the library; the file is there all the same. */
static void a_nul_in_a_name_loses_no_file(void **state)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    struct told told;

    (void)state;
    buf_init(&bytes, 4096);
    put_local(&bytes, "a\0b.txt", 7, 0);
    size_t at = bytes.len;
    put_central(&bytes, "a\0b.txt", 7, 0, 0, 0);
    size_t size = bytes.len - at;
    put_end(&bytes, 0, 1, size, at);
    told_read(&told, "x.zip", bytes.data, bytes.len, PLENTY);
    assert_int_equal(told.child_bytes, 1);
    assert_int_equal(told.reason, REASON_CONTAINER);
    told_release(&told);
}

/* One bad entry does not take the others with it. */
static void a_damaged_entry_stays_alone(void **state)
{
    static const struct build_entry entries[] = {{.name = "one.txt", .text = "first"},
                                                 {.name = "two.bin", .zeros = 100000},
                                                 {.name = "three.txt", .text = "third"},
                                                 {0}};
    struct told told;
    struct buf bytes;

    (void)state;
    build_archive(BUILD_ZIP, entries, &bytes);
    char *name = memmem(bytes.data, bytes.len, "two.bin", 7);
    assert_non_null(name);
    memset(name + 7 + 32, 0xFF, 16); /* behind extra fields, inside the deflated bytes */
    told_read(&told, "x.zip", bytes.data, bytes.len, PLENTY);
    assert_non_null(strstr(told.children.data, "one.txt () 5\n"));
    assert_non_null(strstr(told.children.data, "corrupt: "));
    assert_non_null(strstr(told.children.data, "three.txt () 5\n"));
    assert_int_equal(told.outcome, OUTCOME_EMPTY);
    assert_string_equal(told.detail, "3 files, 1 not readable");
    told_release(&told);
    buf_release(&bytes);
}

static void passwords_are_tried(void **state)
{
    static const struct build_entry entries[] = {{.name = "one.txt", .text = "first"}, {0}};
    const char *const right[] = {"wrong", "نه", "secret", "later", NULL};
    const char *const wrong[] = {"wrong", "other", NULL};
    struct told told;
    struct buf bytes;

    (void)state;
    build_archive(BUILD_ZIP_LOCKED, entries, &bytes);
    told_read_with(&told, "x.zip", bytes.data, bytes.len, right, NULL);
    assert_string_equal(told.children.data, "one.txt () 5\n");
    assert_string_equal(told.data.data, "first");
    told_release(&told);
    told_read_with(&told, "x.zip", bytes.data, bytes.len, wrong, NULL);
    assert_non_null(strstr(told.children.data, "one.txt () 0 password: locked"));
    assert_string_equal(told.detail, "1 file, 1 not readable, 1 of them locked");
    told_release(&told);
    buf_release(&bytes);
}

static void names_of_volumes(void **state)
{
    static const struct {
        const char *name;
        enum volume_style style;
        uint32_t number;
        const char *next;
    } cases[] = {
        {"leak.7z.001", VOLUME_CUT, 1, "leak.7z.002"},
        {"leak.7z.099", VOLUME_CUT, 99, "leak.7z.100"},
        {"leak.tgz.az", VOLUME_CUT_AA, 26, "leak.tgz.ba"},
        {"leak.tar.gz", VOLUME_NONE, 0, "leak.tar.gz"},
        {"leak.tar.xz", VOLUME_NONE, 0, "leak.tar.xz"},
        {"leak.br", VOLUME_NONE, 0, "leak.br"},
        {"backup.2019", VOLUME_NONE, 0, "backup.2019"},
        {"leak.z01", VOLUME_ZIP, 1, "leak.z02"},
        {"LEAK.Z09", VOLUME_ZIP, 9, "LEAK.Z10"},
        {"leak.part01.rar", VOLUME_RAR, 1, "leak.part02.rar"},
        {"leak.part9.exe", VOLUME_RAR, 9, "leak.part10.rar"},
        {"leak.rar", VOLUME_RAR_OLD, 1, "leak.r00"},
        {"leak.r99", VOLUME_RAR_OLD, 101, "leak.s00"},
        {"leak.txt", VOLUME_NONE, 0, NULL},
        {"report.2014", VOLUME_NONE, 0, NULL}, /* a year */
        {".001", VOLUME_NONE, 0, NULL},
        {"a.000", VOLUME_NONE, 0, NULL},
        {"part1.rar", VOLUME_RAR_OLD, 1, "part1.r00"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct volume_name volume = volume_name_parse(cases[i].name);
        char next[VOLUME_NAME_SPACE];
        assert_int_equal(volume.style, cases[i].style);
        assert_int_equal(volume.number, cases[i].number);
        if (!cases[i].next)
            continue;
        volume_name_make(cases[i].name, &volume, volume.number + 1, next);
        assert_string_equal(next, cases[i].next);
    }
}

/* A ZIP in three volumes, an entry in each. */
static void zip_volumes(struct buf volumes[3])
{
    CLEANUP(cleanup_buf) struct buf directory = {0};
    char name[] = "a.txt";

    buf_init(&directory, 4096);
    for (unsigned i = 0; i < 3; i++) {
        buf_init(&volumes[i], 4096);
        if (i == 0)
            put(&volumes[i], "PK\7\x08", 4);
        name[0] = (char)('a' + i);
        put_central(&directory, name, 5, 0, i, (uint32_t)volumes[i].len);
        put_local(&volumes[i], name, 5, 0);
    }
    size_t at = volumes[2].len;
    put(&volumes[2], directory.data, directory.len);
    put_end(&volumes[2], 2, 3, directory.len, at);
}

static void zip_volumes_are_one(void **state)
{
    struct buf volumes[3];
    struct told told;

    (void)state;
    zip_volumes(volumes);
    struct told_volume others[] = {{"x.z01", volumes[0].data, volumes[0].len},
                                   {"x.z02", volumes[1].data, volumes[1].len},
                                   {0}};
    told_read_with(&told, "x.zip", volumes[2].data, volumes[2].len, NULL, others);
    assert_string_equal(told.children.data, "a.txt () 1\nb.txt () 1\nc.txt () 1\n");
    assert_int_equal(told.outcome, OUTCOME_EMPTY);
    told_release(&told);
    others[1].name = NULL;
    told_read_with(&told, "x.zip", volumes[2].data, volumes[2].len, NULL, others);
    assert_int_equal(told.reason, REASON_MISSING_PART);
    assert_non_null(strstr(told.detail, "x.z02"));
    assert_non_null(strstr(told.children.data, "a.txt () 1\n"));
    told_release(&told);
    told_read_with(&told, "x.zip", volumes[2].data, volumes[2].len, NULL, NULL);
    assert_int_equal(told.reason, REASON_MISSING_PART);
    assert_non_null(strstr(told.detail, "x.z01"));
    told_release(&told);
    for (size_t i = 0; i < ARRAY_LEN(volumes); i++)
        buf_release(&volumes[i]);
}

static void a_cut_archive_is_one(void **state)
{
    static const struct build_entry entries[] = {
        {.name = "one.txt", .text = "first"}, {.name = "two.txt", .text = "second file"}, {0}};
    struct told told;
    struct buf bytes;

    (void)state;
    build_archive(BUILD_7Z, entries, &bytes);
    size_t cut = bytes.len / 3;
    struct told_volume others[] = {{"x.7z.002", bytes.data + cut, cut},
                                   {"x.7z.003", bytes.data + 2 * cut, bytes.len - 2 * cut},
                                   {0}};
    told_read_with(&told, "x.7z.001", bytes.data, cut, NULL, others);
    assert_string_equal(told.children.data, "one.txt () 5\ntwo.txt () 11\n");
    assert_int_equal(told.outcome, OUTCOME_EMPTY);
    told_release(&told);
    others[1].name = NULL;
    told_read_with(&told, "x.7z.001", bytes.data, cut, NULL, others);
    assert_int_equal(told.reason, REASON_MISSING_PART);
    assert_non_null(strstr(told.detail, "x.7z.003"));
    told_release(&told);
    buf_release(&bytes);
}

/* A ZIP behind a program is unpacked; a program alone says that it is one. */
static void programs_unpack_themselves(void **state)
{
    static const char *const names[] = {"a.txt"};
    char head[512] = "MZ";
    struct buf zip;
    struct buf program;
    struct told told;

    (void)state;
    head[0x3C] = 0x40;
    memcpy(head + 0x40, "PE\0\0", 4);
    zip_of(names, 1, 0, &zip);
    buf_init(&program, 1 << 20);
    put(&program, head, sizeof(head));
    put(&program, zip.data, zip.len);
    told_read(&told, "setup.exe", program.data, program.len, PLENTY);
    assert_string_equal(told.children.data, "a.txt () 1\n");
    told_release(&told);
    told_read(&told, "setup.exe", head, sizeof(head), PLENTY);
    assert_int_equal(told.reason, REASON_UNSUPPORTED);
    assert_non_null(strstr(told.detail, "no archive"));
    told_release(&told);
    buf_release(&program);
    buf_release(&zip);
}

static const unsigned char PROGRAM[] = {
    0x4D, 0x5A, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x40, 0x00, 0x00, 0x00,
    0x50, 0x45, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0xB6, 0x00, 0x00, 0x00, 0x01, 0x00, 0x53, 0x00, 0x74, 0x00, 0x72, 0x00, 0x69, 0x00, 0x6E, 0x00,
    0x67, 0x00, 0x46, 0x00, 0x69, 0x00, 0x6C, 0x00, 0x65, 0x00, 0x49, 0x00, 0x6E, 0x00, 0x66, 0x00,
    0x6F, 0x00, 0x00, 0x00, 0x92, 0x00, 0x00, 0x00, 0x01, 0x00, 0x30, 0x00, 0x34, 0x00, 0x30, 0x00,
    0x39, 0x00, 0x30, 0x00, 0x34, 0x00, 0x62, 0x00, 0x30, 0x00, 0x00, 0x00, 0x38, 0x00, 0x0C, 0x00,
    0x01, 0x00, 0x43, 0x00, 0x6F, 0x00, 0x6D, 0x00, 0x70, 0x00, 0x61, 0x00, 0x6E, 0x00, 0x79, 0x00,
    0x4E, 0x00, 0x61, 0x00, 0x6D, 0x00, 0x65, 0x00, 0x00, 0x00, 0x00, 0x00, 0x4C, 0x00, 0x65, 0x00,
    0x61, 0x00, 0x6B, 0x00, 0x20, 0x00, 0x26, 0x00, 0x20, 0x00, 0x53, 0x00, 0x6F, 0x00, 0x6E, 0x00,
    0x73, 0x00, 0x00, 0x00, 0x42, 0x00, 0x0D, 0x00, 0x01, 0x00, 0x46, 0x00, 0x69, 0x00, 0x6C, 0x00,
    0x65, 0x00, 0x44, 0x00, 0x65, 0x00, 0x73, 0x00, 0x63, 0x00, 0x72, 0x00, 0x69, 0x00, 0x70, 0x00,
    0x74, 0x00, 0x69, 0x00, 0x6F, 0x00, 0x6E, 0x00, 0x00, 0x00, 0x00, 0x00, 0x43, 0x00, 0x6F, 0x00,
    0x75, 0x00, 0x6E, 0x00, 0x74, 0x00, 0x73, 0x00, 0x20, 0x00, 0x6D, 0x00, 0x6F, 0x00, 0x6E, 0x00,
    0x65, 0x00, 0x79, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00};

static void programs_tell_who_made_them(void **state)
{
    struct told told;

    (void)state;
    told_read(&told, "a.exe", PROGRAM, sizeof(PROGRAM), PLENTY);
    assert_string_equal(told.main.data,
                        "CompanyName: Leak & Sons\nFileDescription: Counts money\n");
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_int_equal(told.reason, REASON_UNSUPPORTED);
    told_release(&told);
    for (size_t len = 70; len < sizeof(PROGRAM); len += 3) {
        told_read(&told, "a.exe", PROGRAM, len, PLENTY);
        told_release(&told);
    }
}

/* Encryption that libarchive has not: with the right password everything, else only the reason. */
static void encrypted_archives_are_opened(void **state)
{
    static const struct {
        const char *name;
        const void *data;
        size_t len;
        const char *open;   /* children with the password */
        const char *closed; /* and without */
        enum reason reason;
    } cases[] = {
        {"a.rar", RAR_LOCKED, sizeof(RAR_LOCKED), "a.txt () 11\nb.txt () 5\n",
         "a.txt () 0 password: " LOCKED "\nb.txt () 5\n", REASON_CONTAINER},
        {"b.rar", RAR_HIDDEN, sizeof(RAR_HIDDEN), "a.txt () 11\n", "", REASON_PASSWORD},
        {"c.rar", RAR4_LOCKED, sizeof(RAR4_LOCKED), "a.txt () 11\nb.txt () 5\n",
         "a.txt () 0 password: " LOCKED "\nb.txt () 5\n", REASON_CONTAINER},
        {"d.rar", RAR4_HIDDEN, sizeof(RAR4_HIDDEN), "a.txt () 11\n", "", REASON_PASSWORD},
        {"a.7z", SEVENZIP_LOCKED_FILES, sizeof(SEVENZIP_LOCKED_FILES), "a.txt () 12\nb.txt () 7\n",
         "a.txt () 0 password: " LOCKED "\nb.txt () 0 password: " LOCKED "\n", REASON_CONTAINER},
        {"b.7z", SEVENZIP_LOCKED_NAMES, sizeof(SEVENZIP_LOCKED_NAMES), "a.txt () 12\nb.txt () 7\n",
         "", REASON_PASSWORD},
    };
    const char *const right[] = {"wrong", "گذر", NULL};
    const char *const wrong[] = {"wrong", NULL};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct told told;
        told_read_with(&told, cases[i].name, cases[i].data, cases[i].len, right, NULL);
        assert_string_equal(told.children.data, cases[i].open);
        assert_int_equal(told.reason, REASON_CONTAINER);
        told_release(&told);
        for (int with = 0; with < 2; with++) {
            told_read_with(&told, cases[i].name, cases[i].data, cases[i].len, with ? wrong : NULL,
                           NULL);
            assert_string_equal(told.children.data, cases[i].closed);
            assert_int_equal(told.reason, cases[i].reason);
            told_release(&told);
        }
    }
}

/* Every cut of an encrypted archive ends with a reason, whatever it is. */
static void cut_archives_end_with_a_reason(void **state)
{
    static const struct {
        const void *data;
        size_t len;
    } cases[] = {
        {RAR_LOCKED, sizeof(RAR_LOCKED)},
        {RAR_HIDDEN, sizeof(RAR_HIDDEN)},
        {RAR4_LOCKED, sizeof(RAR4_LOCKED)},
        {RAR4_HIDDEN, sizeof(RAR4_HIDDEN)},
        {SEVENZIP_LOCKED_FILES, sizeof(SEVENZIP_LOCKED_FILES)},
    };
    const char *const right[] = {"گذر", NULL};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        for (size_t len = 9; len < cases[i].len; len += 7) {
            struct told told;
            told_read_with(&told, "a", cases[i].data, len, right, NULL);
            assert_int_equal(told.outcome, OUTCOME_FAILED);
            assert_int_not_equal(told.reason, REASON_NONE);
            told_release(&told);
        }
}

/* What RAR 2 packed no library here unpacks; what it only stored is read. */
static void old_rar_is_told(void **state)
{
    struct told told;

    (void)state;
    told_read(&told, "a.rar", RAR4_OLD, sizeof(RAR4_OLD), PLENTY);
    assert_string_equal(
        told.children.data,
        "a.txt () 0 unsupported: packed by RAR 2 or older; unpack it with unrar and "
        "add what it holds\nb.txt () 5\n");
    told_release(&told);
}

static void real_locked_rar_is_opened(void **state)
{
    static const char PATH[] = "fixtures/tika/tika-parser-pkg-module/test-documents-enc.rar";
    const char *const right[] = {"wrong", "ApacheTika", NULL};
    struct told told;

    (void)state;
    if (!told_read_shared_with(&told, PATH, right))
        skip();
    assert_int_equal(told.reason, REASON_CONTAINER);
    assert_non_null(strstr(told.children.data, "testPDF.pdf () 34824\n"));
    told_release(&told);
}

/* A locked file is one stream over its volumes, cut anywhere. */
static void locked_rar_volumes_are_one(void **state)
{
    const struct told_volume others[] = {{"v.part2.rar", RAR4_TWO, sizeof(RAR4_TWO)}, {0}};
    const char *const right[] = {"wrong", "گذر", NULL};
    struct told told;

    (void)state;
    told_read_with(&told, "v.part1.rar", RAR4_ONE, sizeof(RAR4_ONE), right, others);
    assert_string_equal(told.children.data, "a.txt () 27\n");
    assert_int_equal(told.reason, REASON_CONTAINER);
    told_release(&told);
    told_read_with(&told, "v.part1.rar", RAR4_ONE, sizeof(RAR4_ONE), right, NULL);
    assert_int_equal(told.reason, REASON_MISSING_PART);
    told_release(&told);
}

static void rar_volumes_are_one(void **state)
{
    const struct told_volume others[] = {{"v.part2.rar", RAR_TWO, sizeof(RAR_TWO)}, {0}};
    struct told told;

    (void)state;
    told_read_with(&told, "v.part1.rar", RAR_ONE, sizeof(RAR_ONE), NULL, others);
    assert_string_equal(told.children.data, "c.txt () 24\n");
    assert_string_equal(told.data.data, "first half, second half\n");
    told_release(&told);
    told_read_with(&told, "v.part1.rar", RAR_ONE, sizeof(RAR_ONE), NULL, NULL);
    assert_int_equal(told.reason, REASON_MISSING_PART);
    assert_non_null(strstr(told.detail, "v.part2.rar"));
    assert_non_null(strstr(told.children.data, "c.txt () 11 truncated: "));
    told_release(&told);
    told_read_with(&told, "v.part2.rar", RAR_TWO, sizeof(RAR_TWO), NULL, NULL);
    assert_int_equal(told.reason, REASON_MISSING_PART);
    assert_non_null(strstr(told.detail, "v.part1.rar"));
    told_release(&told);
}

/* A crawl: an answer in chunks, a file, a request; the last record is cut. */
static void crawls_give_their_pages(void **state)
{
    static const char warc[] =
        "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Type: application/warc-fields\r\n"
        "Content-Length: 47\r\n\r\nsoftware: Heritrix\r\noperator: Mina\r\nrobots: off\n\r\n\r\n"
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <https://example.org/a?b=1>\r\n"
        "WARC-Date: 2014-11-03T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        "Content-Length: 95\r\n\r\n"
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5\r\nhello\r\n3\r\n ok\r\n0\r\n\r\n\r\n"
        "\r\nWARC/1.0\r\nWARC-Type: request\r\nContent-Length: 4\r\n\r\nGET \r\n\r\n"
        "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: file:///x.txt\r\n"
        "Content-Type: text/plain\r\nContent-Length: 4\r\n\r\nfile\r\n\r\n";
    static const char arc[] = "filedesc://x 0.0.0.0 20141103100000 text/plain 4\n1 0 \n\n"
                              "http://example.org/ 1.2.3.4 20141103100000 text/html 21\n"
                              "HTTP/1.0 200 OK\n\npage\n";
    struct told told;

    (void)state;
    told_read(&told, "x.warc", warc, sizeof(warc) - 1, PLENTY);
    assert_string_equal(told.children.data,
                        "https://example.org/a?b=1 (text/html) 8\nfile:///x.txt (text/plain) 4\n");
    assert_string_equal(told.data.data, "hello okfile");
    assert_string_equal(told.metas.data, "producer=Heritrix\nauthor=Mina\nproperty=robots: off\n");
    assert_int_equal(told.reason, REASON_CONTAINER);
    told_release(&told);
    told_read(&told, "x.warc", warc, sizeof(warc) - 7, PLENTY);
    assert_int_equal(told.reason, REASON_TRUNCATED);
    assert_non_null(strstr(told.children.data, "file:///x.txt (text/plain) 2 truncated: "));
    told_release(&told);
    told_read(&told, "x.arc", arc, sizeof(arc) - 1, PLENTY);
    assert_string_equal(told.children.data, "http://example.org/ (text/html) 4\n");
    told_release(&told);
}

/* Zeros at the start look like a TAR that ends at once. */
static void zeros_are_a_file(void **state)
{
    enum { ZEROS = 1 << 20, SPACE = 8 << 10 };
    CLEANUP(cleanup_free) unsigned char *zeros = mem_zalloc(ZEROS, 1);
    unsigned char packed[SPACE];
    z_stream stream = {
        .next_in = zeros, .avail_in = ZEROS, .next_out = packed, .avail_out = sizeof(packed)};
    struct told told;

    (void)state;
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    told_read(&told, "disk.img.gz", packed, (size_t)stream.total_out, PLENTY);
    deflateEnd(&stream);
    assert_int_equal(told.child_bytes, ZEROS);
    assert_string_equal(told.children.data, "disk.img () 1048576\n");
    told_release(&told);
}

static void what_is_not_read_is_named(void **state)
{
    static const char ace[64] = "\x11\x22\x31\0\0\0\x90**ACE**";
    struct told told;

    (void)state;
    told_read(&told, "x.ace", ace, sizeof(ace), PLENTY);
    assert_int_equal(told.reason, REASON_UNSUPPORTED);
    assert_non_null(strstr(told.detail, "an ACE archive"));
    told_release(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_come_in_letters),
        cmocka_unit_test(names_are_judged_together),
        cmocka_unit_test(hostile_names_are_labels),
        cmocka_unit_test(a_nul_in_a_name_loses_no_file),
        cmocka_unit_test(a_damaged_entry_stays_alone),
        cmocka_unit_test(passwords_are_tried),
        cmocka_unit_test(names_of_volumes),
        cmocka_unit_test(zip_volumes_are_one),
        cmocka_unit_test(a_cut_archive_is_one),
        cmocka_unit_test(programs_unpack_themselves),
        cmocka_unit_test(encrypted_archives_are_opened),
        cmocka_unit_test(cut_archives_end_with_a_reason),
        cmocka_unit_test(rar_volumes_are_one),
        cmocka_unit_test(old_rar_is_told),
        cmocka_unit_test(programs_tell_who_made_them),
        cmocka_unit_test(real_locked_rar_is_opened),
        cmocka_unit_test(locked_rar_volumes_are_one),
        cmocka_unit_test(crawls_give_their_pages),
        cmocka_unit_test(zeros_are_a_file),
        cmocka_unit_test(what_is_not_read_is_named),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
