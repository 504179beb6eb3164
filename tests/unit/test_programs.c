/* Programs: archives behind them, and what they say of themselves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/bytes.h"
#include "parts_told.h"
#include "zip_build.h"

/* Of DOS, then of Windows at 0x40. */
static const char HEAD[0x60] = {'M', 'Z', [0x3C] = 0x40, [0x40] = 'P', 'E'};

static void put_wide(struct buf *out, const char *ascii)
{
    do {
        (void)buf_append_char(out, *ascii);
        (void)buf_append_char(out, '\0');
    } while (*ascii++);
}

static void put_zeros(struct buf *out, size_t to)
{
    while (out->len < to)
        (void)buf_append_char(out, '\0');
}

/* A ZIP behind a program is unpacked; a program alone says that it is one. */
static void programs_unpack_themselves(void **state)
{
    static const char *const names[] = {"a.txt"};
    struct buf zip;
    struct buf program;

    (void)state;
    zip_of(names, 1, 0, &zip);
    buf_init(&program, 1 << 20);
    (void)buf_append(&program, HEAD, sizeof(HEAD));
    (void)buf_append(&program, zip.data, zip.len);
    told_expect("setup.exe", program.data, program.len, WANTED(.children = "a.txt () 1\n"));
    told_expect("setup.exe", HEAD, sizeof(HEAD),
                WANTED(.detail = "a program, and no archive in it", .outcome = OUTCOME_EMPTY,
                       .reason = REASON_UNSUPPORTED));
    buf_release(&program);
    buf_release(&zip);
}

/* A block of a program's version: its length, its value's, that it is text, its key; then the value
 * or the blocks inside, each from a multiple of four on. */
static void put_version(struct buf *out, const char *key, const char *value,
                        const struct buf *inside)
{
    size_t head = 6 + 2 * (strlen(key) + 1);
    size_t letters = value ? strlen(value) + 1 : 0;
    unsigned char numbers[6] = {0};

    head += head & 2;
    le16_put(numbers, (uint16_t)(head + (value ? 2 * letters : inside->len)));
    le16_put(numbers + 2, (uint16_t)letters);
    le16_put(numbers + 4, 1);
    (void)buf_append(out, numbers, sizeof(numbers));
    size_t from = out->len - sizeof(numbers);
    put_wide(out, key);
    put_zeros(out, from + head);
    if (value)
        put_wide(out, value);
    else
        (void)buf_append(out, inside->data, inside->len);
    put_zeros(out, (out->len + 3) / 4 * 4);
}

static void programs_tell_who_made_them(void **state)
{
    CLEANUP(cleanup_buf) struct buf strings = {0};
    CLEANUP(cleanup_buf) struct buf table = {0};
    CLEANUP(cleanup_buf) struct buf program = {0};

    (void)state;
    buf_init(&strings, 4096);
    put_version(&strings, "CompanyName", "Leak & Sons", NULL);
    put_version(&strings, "FileDescription", "Counts money", NULL);
    buf_init(&table, 4096);
    put_version(&table, "040904b0", NULL, &strings);
    buf_init(&program, 4096);
    (void)buf_append(&program, HEAD, sizeof(HEAD));
    put_version(&program, "StringFileInfo", NULL, &table);
    told_expect("a.exe", program.data, program.len,
                WANTED(.main = "CompanyName: Leak & Sons\nFileDescription: Counts money\n",
                       .outcome = OUTCOME_TEXT, .reason = REASON_UNSUPPORTED));
    told_cuts("a.exe", program.data, program.len);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(programs_unpack_themselves),
        cmocka_unit_test(programs_tell_who_made_them),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
