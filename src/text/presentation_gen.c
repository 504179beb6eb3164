/*
 * Writes presentation.c: the letters of Arabic presentation forms, from ICU's NFKC. Runs at build
 * time only.
 */
#include <stdio.h>
#include <stdlib.h>

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

enum { LETTERS_MAX = 32, SPACE = 0x20, TATWEEL = 0x640 };

static const struct {
    UChar first, last;
} RANGES[] = {{0xFB50, 0xFDFC}, {0xFE70, 0xFEFC}};

static void fail(const char *what)
{
    (void)fprintf(stderr, "presentation_gen: %s\n", what);
    exit(1);
}

/* A mark is shown on a space or tatweel; only the mark is meant. */
static void write_form(FILE *out, const UNormalizer2 *form, UChar rune)
{
    UChar letters[LETTERS_MAX];
    UErrorCode status = U_ZERO_ERROR;
    int32_t len = unorm2_normalize(form, &rune, 1, letters, LETTERS_MAX, &status);
    int32_t from = len > 1 && (letters[0] == SPACE || letters[0] == TATWEEL);

    if (U_FAILURE(status))
        fail(u_errorName(status));
    if (len == 1 && letters[0] == rune)
        return;
    (void)fprintf(out, "    case 0x%X: return \"", (unsigned)rune);
    for (int32_t i = from; i < len; i++)
        if (letters[i] == SPACE)
            (void)fputc(SPACE, out);
        else
            (void)fprintf(out, "\\u%04x", (unsigned)letters[i]);
    (void)fputs("\";\n", out);
}

int main(int argc, char **argv)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFKCInstance(&status);
    FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;

    if (U_FAILURE(status) || !out)
        fail("it is given the file to write");
    (void)fputs("#include \"text/presentation.h\"\n\n#include <stddef.h>\n\n"
                "const char *presentation_letters(uint32_t rune)\n{\n    switch (rune) {\n",
                out);
    for (size_t i = 0; i < sizeof(RANGES) / sizeof(RANGES[0]); i++)
        for (uint32_t rune = RANGES[i].first; rune <= RANGES[i].last; rune++)
            write_form(out, form, (UChar)rune);
    (void)fputs("    default: return NULL;\n    }\n}\n", out);
    if (fclose(out))
        fail("the file cannot be written");
    return 0;
}
