#include "worker/books/xps_syntax.h"

#include <ctype.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const char DIGITS[] = "0123456789";
static const char SPACES[] = " \t\r\n";
static const double NUMBER_MAX = 1e7;

/* Behind the number that begins here, or NULL where none does. What MuPDF would take for more of
 * the same word may not follow: for it "1-2" is one number. */
static const char *after_number(const char *text)
{
    const char *at = text + (*text == '+' || *text == '-');
    size_t whole = strspn(at, DIGITS), part = 0;

    at += whole;
    if (*at == '.') {
        part = strspn(++at, DIGITS);
        at += part;
    }
    if (whole + part == 0)
        return NULL;
    if (*at == 'e' || *at == 'E') {
        at += 1 + (at[1] == '+' || at[1] == '-');
        size_t power = strspn(at, DIGITS);
        if (power == 0)
            return NULL;
        at += power;
    }
    if (*at && strchr("0123456789.+-eE", *at))
        return NULL;
    return fabs(strtod(text, NULL)) <= NUMBER_MAX ? at : NULL;
}

static const char *after_separators(const char *at)
{
    at += strspn(at, SPACES);
    if (*at == ',')
        at++;
    return at + strspn(at, SPACES);
}

/* Whether a command may have so many numbers. */
static bool takes(char command, size_t numbers)
{
    static const char commands[] = "MLHVCSQAZ";
    static const unsigned char wanted[] = {2, 2, 1, 1, 6, 4, 4, 7, 0};
    const char *found = strchr(commands, toupper((unsigned char)command));

    if (command == 'F') /* the rule by which it is filled, and no line */
        return numbers == 1;
    if (!found)
        return false;
    size_t each = wanted[found - commands];
    if (each == 0)
        return numbers == 0;
    return numbers > 0 && numbers % each == 0;
}

bool xps_is_outline(const char *text)
{
    const char *at = text + strspn(text, SPACES);

    while (*at) {
        char command = *at++;
        size_t numbers = 0;
        at = after_separators(at);
        while (*at && strchr("0123456789.+-", *at)) {
            const char *end = after_number(at);
            if (!end)
                return false;
            at = after_separators(end);
            numbers++;
        }
        if (!takes(command, numbers))
            return false;
    }
    return true;
}

bool xps_is_points(const char *text)
{
    const char *at = text + strspn(text, SPACES);
    size_t numbers = 0;

    if (!*text)
        return true;
    for (;;) {
        at = after_number(at);
        if (!at)
            return false;
        numbers++;
        at += strspn(at, SPACES);
        if (!*at)
            return numbers % 2 == 0;
        at = after_separators(at);
    }
}

/* Behind "," and a number, which may be left out, up to three times. */
static const char *after_metrics(const char *at)
{
    for (int i = 0; at && i < 3 && *at == ','; i++) {
        at++;
        if (*at && !strchr(",;", *at))
            at = after_number(at);
    }
    return at;
}

/* Behind digits, of which there are not too many; or NULL. */
static const char *after_digits(const char *at, size_t most)
{
    size_t len = strspn(at, DIGITS);

    return len <= most ? at + len : NULL;
}

/* Behind "(", how many characters, ":", how many glyphs, ")"; or nothing. */
static const char *after_cluster(const char *at)
{
    if (*at != '(')
        return at;
    at = after_digits(at + 1, XPS_CLUSTER_DIGITS);
    if (at && *at == ':')
        at = after_digits(at + 1, XPS_CLUSTER_DIGITS);
    return at && *at == ')' ? at + 1 : NULL;
}

bool xps_is_indices(const char *text)
{
    const char *at = text;

    while (at && *at) {
        at = after_cluster(at);
        if (at)
            at = after_digits(at, XPS_GLYPH_DIGITS);
        if (at)
            at = after_metrics(at);
        if (at && *at && *at++ != ';')
            return false;
    }
    return at != NULL;
}

bool xps_is_reference(const char *text)
{
    static const char begins[] = "{StaticResource ";

    return strncmp(text, begins, sizeof(begins) - 1) == 0;
}
