#include "worker/books/xps_guard.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"

enum { CLUSTER_DIGITS = 3 }; /* so many glyphs for a few characters are a bomb */

struct fz_xml;
char *__real_fz_xml_att(struct fz_xml *element, const char *name);
char *__wrap_fz_xml_att(struct fz_xml *element, const char *name);

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool in_number(char c)
{
    return c && strchr("0123456789.+-eE", c);
}

/* The next word as the library cuts it, by its first character; '\0' at the end. */
static char next_word(const char **at)
{
    while (**at && !is_letter(**at) && !in_number(**at))
        ++*at;
    char first = **at;
    if (is_letter(first))
        ++*at;
    else
        while (in_number(**at))
            ++*at;
    return first;
}

/* Words that a command takes; one for those that are passed over. */
static size_t words_of(char command)
{
    static const char commands[] = "MLHVCSQAZ";
    static const unsigned char words[] = {2, 2, 1, 1, 6, 4, 4, 7, 0};
    const char *found = command ? strchr(commands, toupper((unsigned char)command)) : NULL;

    return found ? words[found - commands] : 1;
}

bool xps_geometry_ends(const char *text)
{
    const char *at = text;
    size_t left = 0;
    char command = 0;
    char word;

    while (next_word(&at))
        left++;
    at = text;
    while ((word = next_word(&at)) != '\0') {
        bool number = !is_letter(word);
        command = number ? command : word;
        size_t wanted = words_of(command);
        left--;
        if (number && (wanted == 0 || left + 1 < wanted))
            return false;
        wanted -= number;
        for (; wanted <= left && wanted; wanted--, left--)
            (void)next_word(&at);
    }
    return true;
}

bool xps_points_end(const char *text)
{
    for (;;) {
        char *end;
        text += strspn(text, " \t\r\n,");
        if (!*text)
            return true;
        if (!in_number(*text))
            return false;
        (void)strtod(text, &end);
        if (end == text)
            return false;
        text = end;
    }
}

/* "," and a number, which may be left out, up to three times. */
static const char *after_metrics(const char *at)
{
    for (int i = 0; i < 3 && *at == ','; i++) {
        size_t len = strspn(++at, "0123456789.+-eE");
        char *end = NULL;
        if (len)
            (void)strtod(at, &end);
        if (len && end != at + len)
            return NULL;
        at += len;
    }
    return at;
}

/* "(", how many characters, ":", how many glyphs, ")"; or nothing. */
static const char *after_cluster(const char *at)
{
    static const char digits[] = "0123456789";

    if (*at != '(')
        return at;
    at++;
    at += strspn(at, digits);
    if (*at == ':') {
        size_t len = strspn(++at, digits);
        if (len > CLUSTER_DIGITS)
            return NULL;
        at += len;
    }
    return *at == ')' ? at + 1 : NULL;
}

bool xps_indices_end(const char *text)
{
    const char *at = text;

    while (at && *at) {
        at = after_cluster(at);
        if (at)
            at = after_metrics(at + strspn(at, "0123456789"));
        if (at && *at && *at++ != ';')
            return false;
    }
    return at != NULL;
}

char *__wrap_fz_xml_att(struct fz_xml *element, const char *name)
{
    static const struct {
        const char *name;
        bool (*ends)(const char *text);
    } guarded[] = {{"Data", xps_geometry_ends},
                   {"Clip", xps_geometry_ends},
                   {"Figures", xps_geometry_ends},
                   {"Indices", xps_indices_end},
                   {"Points", xps_points_end}};
    char *value = __real_fz_xml_att(element, name);

    for (size_t i = 0; value && value[0] != '{' && i < ARRAY_LEN(guarded); i++)
        if (strcmp(name, guarded[i].name) == 0)
            return guarded[i].ends(value) ? value : NULL;
    return value;
}
