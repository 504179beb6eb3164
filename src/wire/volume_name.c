#include "wire/volume_name.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/attr.h"

static bool is_digits(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return len > 0;
}

static uint32_t number_of(const char *text, size_t len)
{
    uint32_t number = 0;

    for (size_t i = 0; i < len && number <= VOLUME_NUMBER_MAX; i++)
        number = number * 10 + (uint32_t)(text[i] - '0');
    return number;
}

/* "leak.part01.rar": `last` is the place of ".rar". */
static struct volume_name parse_part(const char *name, size_t last)
{
    size_t at = last;

    while (at && isdigit((unsigned char)name[at - 1]))
        at--;
    if (at == last || last - at > 5 || at < 6 || strncasecmp(name + at - 5, ".part", 5) != 0)
        return (struct volume_name){0};
    uint32_t number = number_of(name + at, last - at);
    if (!number)
        return (struct volume_name){0};
    return (struct volume_name){VOLUME_RAR, at, number, (int)(last - at)};
}

/* ".r00" is the second of a set, ".s00" the hundred and second. */
static struct volume_name parse_old(const char *name, size_t dot)
{
    int letter = tolower((unsigned char)name[dot + 1]);
    uint32_t number = 2 + 100 * (uint32_t)(letter - 'r') + number_of(name + dot + 2, 2);

    return (struct volume_name){VOLUME_RAR_OLD, dot, number, 2};
}

/* What `split` writes, "leak.tar.aa" to "leak.tar.bz", but for the suffixes of kinds of files. */
static bool is_split_suffix(const char *suffix)
{
    static const char *const kinds[] = {"ai", "ar", "as", "au", "bm", "br", "bz"};

    if ((suffix[0] != 'a' && suffix[0] != 'b') || !islower((unsigned char)suffix[1]))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (strcmp(suffix, kinds[i]) == 0)
            return false;
    return true;
}

struct volume_name volume_name_parse(const char *name)
{
    const struct volume_name none = {0};
    const char *dot_at = strrchr(name, '.');

    if (!dot_at || dot_at == name || strlen(name) >= VOLUME_NAME_SPACE - 8)
        return none;
    size_t dot = (size_t)(dot_at - name);
    const char *suffix = dot_at + 1;
    size_t len = strlen(suffix);

    if (!strcasecmp(suffix, "zip"))
        return (struct volume_name){VOLUME_ZIP, dot, UINT32_MAX, 2};
    if (!strcasecmp(suffix, "rar") || !strcasecmp(suffix, "exe")) {
        struct volume_name part = parse_part(name, dot);
        if (part.style || !strcasecmp(suffix, "exe"))
            return part;
        return (struct volume_name){VOLUME_RAR_OLD, dot, 1, 2};
    }
    if (len >= 3 && len <= 5 && is_digits(suffix, len)) {
        uint32_t number = number_of(suffix, len);
        /* ".2019" is a year. */
        return number && number < 1000 ? (struct volume_name){VOLUME_CUT, dot + 1, number, (int)len}
                                       : none;
    }
    if (len == 2 && is_split_suffix(suffix))
        return (struct volume_name){VOLUME_CUT_AA, dot + 1,
                                    (uint32_t)((suffix[0] - 'a') * 26 + suffix[1] - 'a' + 1), 2};
    if (len < 3 || len > 4 || !is_digits(suffix + 1, len - 1))
        return none;
    int letter = tolower((unsigned char)suffix[0]);
    if (letter == 'z' && number_of(suffix + 1, len - 1))
        return (struct volume_name){VOLUME_ZIP, dot, number_of(suffix + 1, len - 1), 2};
    return letter >= 'r' && letter <= 'y' && len == 3 ? parse_old(name, dot) : none;
}

bool volume_name_leads(const struct volume_name *volume)
{
    return volume->number == (volume->style == VOLUME_ZIP ? UINT32_MAX : 1);
}

void volume_name_make(const char *name, const struct volume_name *volume, uint32_t number,
                      char out[VOLUME_NAME_SPACE])
{
    int stem = (int)volume->stem;
    /* the suffix in the case of the name that is there */
    const char *dot = strrchr(name, '.');
    bool upper = dot && strpbrk(dot, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    uint32_t old = number - 2;
    int letter = 0;

    switch (volume->style) {
    case VOLUME_CUT:
    case VOLUME_RAR:
        snprintf(out, VOLUME_NAME_SPACE, "%.*s%0*u%s", stem, name, volume->width, number,
                 volume->style == VOLUME_CUT ? ""
                 : upper                     ? ".RAR"
                                             : ".rar");
        return;
    case VOLUME_CUT_AA:
        number--;
        snprintf(out, VOLUME_NAME_SPACE, "%.*s%c%c", stem, name, 'a' + (char)(number / 26 % 26),
                 'a' + (char)(number % 26));
        return;
    case VOLUME_ZIP:
        if (number == UINT32_MAX)
            snprintf(out, VOLUME_NAME_SPACE, "%.*s%s", stem, name, upper ? ".ZIP" : ".zip");
        else
            snprintf(out, VOLUME_NAME_SPACE, "%.*s.%c%02u", stem, name, upper ? 'Z' : 'z', number);
        return;
    case VOLUME_RAR_OLD:
        if (number == 1) {
            snprintf(out, VOLUME_NAME_SPACE, "%.*s%s", stem, name, upper ? ".RAR" : ".rar");
            return;
        }
        letter = (upper ? 'R' : 'r') + (int)(old / 100 % 8);
        snprintf(out, VOLUME_NAME_SPACE, "%.*s.%c%02u", stem, name, letter, old % 100);
        return;
    case VOLUME_NONE:
        break;
    }
    snprintf(out, VOLUME_NAME_SPACE, "%s", name);
}
