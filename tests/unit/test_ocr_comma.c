/*
 * The Arabic comma: its shape, on pieces drawn here, and what becomes of the words before it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include <leptonica/allheaders.h>

#include "base/buf.h"
#include "worker/ocr/ocr_comma.h"

enum { WIDTH = 400, HEIGHT = 60, BASE = 40, LETTER = 24 };

static void bar(PIX *line, int x, int y, int width, int height)
{
    pixRasterop(line, x, y, width, height, PIX_SET, NULL, 0, 0);
}

/* Words of high letters on a base; nothing at 100 to 120, where a sign may be drawn. */
static PIX *line_new(void)
{
    PIX *line = pixCreate(WIDTH, HEIGHT, 1);

    assert_non_null(line);
    for (int x = 20; x < WIDTH - 40; x += 40) {
        if (x == 100)
            continue;
        bar(line, x, BASE - 2, 30, 5);
        bar(line, x, BASE + 3 - LETTER, 4, LETTER);
    }
    return line;
}

/* A head on the line and a tail that goes up from it. */
static void comma(PIX *line, int x, int y)
{
    bar(line, x, y - 6, 7, 6);
    bar(line, x, y - 12, 2, 6);
}

static void chevron(PIX *line, int x, int y)
{
    for (int i = 0; i < 14; i++)
        bar(line, x + (i < 7 ? 6 - i : i - 7) / 2, y - 14 + i, 3, 1);
}

static struct ocr_comma seen(PIX **line)
{
    struct ocr_box whole = {0, 0, WIDTH, HEIGHT}, word = {112, 10, 171, 45};
    struct ocr_pieces pieces;

    assert_true(ocr_pieces_find(*line, whole, &pieces));
    assert_int_equal(pieces.letter, LETTER);
    assert_in_range(pieces.base, BASE - 2, BASE + 2);
    struct ocr_comma found = ocr_pieces_comma(&pieces, word, 90);
    ocr_pieces_release(&pieces);
    pixDestroy(line);
    return found;
}

static void test_comma_is_seen(void **state)
{
    PIX *line = line_new();

    (void)state;
    comma(line, 106, BASE + 4);
    struct ocr_comma found = seen(&line);
    assert_int_equal(found.shape, COMMA_SURE);
    assert_int_equal(found.beside, BESIDE_OTHER);
}

static void test_others_are_none(void **state)
{
    PIX *line = line_new();

    (void)state;
    assert_int_equal(seen(&line).shape, NO_COMMA);
    line = line_new();
    bar(line, 108, BASE, 4, 4); /* a full stop */
    assert_int_equal(seen(&line).shape, NO_COMMA);
    line = line_new();
    comma(line, 108, BASE - 2); /* a semicolon */
    bar(line, 109, BASE, 4, 4);
    assert_int_equal(seen(&line).shape, NO_COMMA);
    line = line_new();
    chevron(line, 104, BASE + 2);
    chevron(line, 112, BASE + 2);
    assert_int_equal(seen(&line).shape, NO_COMMA);
    line = line_new();
    bar(line, 106, BASE - 8, 2, 6); /* a Latin one: its head is above */
    bar(line, 106, BASE - 8, 7, 6);
    bar(line, 106, BASE - 2, 2, 6);
    assert_int_equal(seen(&line).shape, NO_COMMA);
    line = line_new();
    comma(line, 84, BASE + 4); /* of the next word */
    assert_int_equal(seen(&line).shape, NO_COMMA);
}

static void test_neighbours(void **state)
{
    PIX *line = line_new();

    (void)state;
    comma(line, 104, BASE + 4);
    chevron(line, 114, BASE + 2);
    chevron(line, 123, BASE + 2);
    struct ocr_comma found = seen(&line);
    assert_int_equal(found.shape, COMMA_SURE);
    assert_int_equal(found.beside, BESIDE_CHEVRON);
    line = line_new();
    comma(line, 104, BASE + 4);
    bar(line, 116, BASE, 4, 4);
    assert_int_equal(seen(&line).beside, BESIDE_DOT);
    line = line_new();
    comma(line, 104, BASE + 4);
    bar(line, 116, BASE - 8, 12, 3); /* a ring */
    bar(line, 116, BASE + 1, 12, 3);
    bar(line, 116, BASE - 8, 3, 12);
    bar(line, 125, BASE - 8, 3, 12);
    assert_int_equal(seen(&line).beside, BESIDE_ROUND);
}

static void test_words(void **state)
{
    static const struct {
        const char *read;
        enum ocr_comma_shape shape;
        enum ocr_neighbour beside;
        const char *word; /* NULL: as it is */
    } rows[] = {
        {"شود»", COMMA_LIKELY, BESIDE_OTHER, "شود،"},
        {"شود.", COMMA_LIKELY, BESIDE_OTHER, "شود،"},
        {"شود؛", COMMA_LIKELY, BESIDE_OTHER, "شود،"},
        {"شود.»", COMMA_LIKELY, BESIDE_OTHER, "شود،"},
        {"شود.»", COMMA_LIKELY, BESIDE_DOT, "شود.،"},
        {"شود»", COMMA_SURE, BESIDE_CHEVRON, "شود»،"},
        {"شود.\u200F", COMMA_SURE, BESIDE_OTHER, "شود،"},
        {"شود،", COMMA_SURE, BESIDE_OTHER, NULL},
        {"شود.", NO_COMMA, BESIDE_OTHER, NULL},
        {"شود؟", COMMA_SURE, BESIDE_OTHER, NULL},
        /* nothing was read in its place */
        {"که", COMMA_SURE, BESIDE_OTHER, "که،"},
        {"غضباً", COMMA_SURE, BESIDE_OTHER, "غضباً،"},
        {"که", COMMA_LIKELY, BESIDE_OTHER, NULL},
        /* a dal may look so, where it stands alone */
        {"باشد", COMMA_SURE, BESIDE_OTHER, "باشد،"},
        {"موارد", COMMA_SURE, BESIDE_OTHER, NULL},
        /* a heh or a hamza was read in its place, or stands beside it */
        {"بكيره", COMMA_SURE, BESIDE_OTHER, "بكير،"},
        {"چاره", COMMA_SURE, BESIDE_ROUND, "چاره،"},
        {"مثلاء", COMMA_SURE, BESIDE_OTHER, "مثلا،"},
        {"عمرانء", COMMA_SURE, BESIDE_OTHER, "عمران،"},
        {"سماء", COMMA_SURE, BESIDE_ROUND, "سماء،"},
        {"سماء", COMMA_LIKELY, BESIDE_OTHER, NULL},
        /* all there is of a word */
        {"»", COMMA_LIKELY, BESIDE_NOTHING, "،"},
        {"٠»", COMMA_SURE, BESIDE_NOTHING, "،"},
        {"2", COMMA_SURE, BESIDE_NOTHING, "،"},
        {"2", COMMA_LIKELY, BESIDE_NOTHING, NULL},
        {"2", COMMA_SURE, BESIDE_OTHER, NULL},
        {"و", COMMA_SURE, BESIDE_NOTHING, "و،"},
        {"د", COMMA_SURE, BESIDE_NOTHING, NULL},
        {"1944", COMMA_SURE, BESIDE_OTHER, NULL},
        {"", COMMA_SURE, BESIDE_NOTHING, NULL},
        {"\u200F", COMMA_SURE, BESIDE_NOTHING, NULL},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char out[OCR_COMMA_WORD_MAX + 3] = "";
        struct ocr_comma found = {rows[i].shape, rows[i].beside};
        bool put = ocr_comma_put(rows[i].read, found, out);
        if (put != (rows[i].word != NULL) || (put && strcmp(out, rows[i].word) != 0))
            fail_msg("row %zu: %s became %s", i, rows[i].read, put ? out : "nothing else");
    }
}

/* The longest word that is taken leaves room for the comma; a longer one is left alone. */
static void test_long_words(void **state)
{
    char word[OCR_COMMA_WORD_MAX + 2] = "", out[OCR_COMMA_WORD_MAX + 3];
    struct ocr_comma found = {COMMA_SURE, BESIDE_OTHER};

    (void)state;
    for (size_t i = 0; i + 2 <= OCR_COMMA_WORD_MAX; i += 2)
        memcpy(word + i, "م", 2);
    assert_int_equal(strlen(word), OCR_COMMA_WORD_MAX);
    assert_true(ocr_comma_put(word, found, out));
    assert_int_equal(strlen(out), OCR_COMMA_WORD_MAX + 2);
    word[OCR_COMMA_WORD_MAX] = '.';
    assert_false(ocr_comma_put(word, found, out));
}

static void test_no_ink(void **state)
{
    PIX *line = pixCreate(WIDTH, HEIGHT, 1);
    struct ocr_box whole = {0, 0, WIDTH, HEIGHT}, outside = {WIDTH, 0, WIDTH + 10, HEIGHT};
    struct ocr_pieces pieces;

    (void)state;
    assert_false(ocr_pieces_find(line, whole, &pieces));
    ocr_pieces_release(&pieces);
    assert_false(ocr_pieces_find(line, outside, &pieces));
    ocr_pieces_release(&pieces);
    pixDestroy(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_comma_is_seen), cmocka_unit_test(test_others_are_none),
        cmocka_unit_test(test_neighbours),    cmocka_unit_test(test_words),
        cmocka_unit_test(test_long_words),    cmocka_unit_test(test_no_ink),
    };

    setMsgSeverity(L_SEVERITY_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
