#include "export/safe_path.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

enum {
    NAME_CHARS = 100,
    ENDING_CHARS = 16, /* of a name, kept when it is cut */
    FOLDER_CHARS = 60, /* of one folder */
    FOLDERS_CHARS = 100,
    FOLDERS_MAX = 64, /* looked at, from the last */
};

/* ---- characters ---- */

struct range {
    uint32_t first, last;
};

/* Unicode's format characters that are not seen or turn the order of letters (Bidi_Control and the
 * like; UAX 9, UTS 39), but for the joiners U+200C and U+200D. */
static const struct range unseen[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F}, {0x00AD, 0x00AD},   {0x061C, 0x061C}, {0x115F, 0x1160},
    {0x180B, 0x180F}, {0x200B, 0x200B}, {0x200E, 0x200F},   {0x2028, 0x202E}, {0x2060, 0x206F},
    {0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB},
    {0xFFFE, 0xFFFF}, {0xE000, 0xF8FF}, {0xE0000, 0x10FFFF}};

static bool is_safe(uint32_t rune)
{
    if (rune < 0x80 && rune != 0 && strchr("<>:\"/\\|?*", (int)rune))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(unseen); i++)
        if (rune >= unseen[i].first && rune <= unseen[i].last)
            return false;
    return true;
}

/* What is left of a name: its characters, each at most four bytes, and how many. */
struct safe {
    char text[4 * NAME_CHARS + 1];
    size_t len, chars;
};

static void safe_add(struct safe *safe, uint32_t rune, size_t max)
{
    if (safe->chars == max)
        return;
    safe->len += utf8_encode(is_safe(rune) ? rune : '_', safe->text + safe->len);
    safe->text[safe->len] = '\0';
    safe->chars++;
}

static void safe_add_all(struct safe *safe, const char *text, size_t len, size_t max)
{
    for (size_t at = 0; at < len && safe->chars < max;) {
        uint32_t rune;
        at += utf8_decode(text + at, len - at, &rune);
        safe_add(safe, rune, max);
    }
}

/* Windows takes dots and spaces at the end away. */
static void end_safely(struct safe *safe)
{
    for (size_t at = safe->len; at > 0 && strchr(". ", safe->text[at - 1]); at--)
        safe->text[at - 1] = '_';
}

/* ---- folders ---- */

static bool is_device(const char *name)
{
    static const char *const whole[] = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"};
    size_t len = strcspn(name, ".");

    while (len > 0 && name[len - 1] == ' ')
        len--;
    for (size_t i = 0; i < ARRAY_LEN(whole); i++)
        if (strlen(whole[i]) == len && strncasecmp(name, whole[i], len) == 0)
            return true;
    /* COM1 and LPT1, with superscript digits too, which have two bytes */
    return (strncasecmp(name, "COM", 3) == 0 || strncasecmp(name, "LPT", 3) == 0) &&
           (len == 4 || len == 5) && ((name[3] >= '0' && name[3] <= '9') || name[3] < 0);
}

/* A folder that looks like one of our files, is hidden, or reads like an option. */
static bool is_odd(const char *name)
{
    return name[0] == '.' || name[0] == '-' || name[0] == '~' || name[0] == ' ' ||
           strncasecmp(name, "item-", 5) == 0;
}

static void safe_folder(const char *name, size_t len, struct safe *safe)
{
    struct safe plain = {.text = ""};

    safe_add_all(&plain, name, len, FOLDER_CHARS - 1);
    end_safely(&plain);
    *safe = (struct safe){.text = ""};
    if (is_device(plain.text) || is_odd(plain.text))
        safe_add(safe, '_', FOLDER_CHARS);
    safe_add_all(safe, plain.text, plain.len, FOLDER_CHARS);
}

/* Where the last folders begin that fit together. */
static const char *folders_from(const char *path, const char *end)
{
    const char *from = end;
    size_t chars = 0;

    for (int i = 0; i < FOLDERS_MAX && from > path; i++) {
        const char *at = from - 1;
        while (at > path && at[-1] != '/')
            at--;
        size_t own = utf8_count(at, (size_t)(from - at));
        chars += own < FOLDER_CHARS ? own : FOLDER_CHARS;
        if (chars > FOLDERS_CHARS)
            break;
        from = at;
    }
    return from;
}

static void put_folders(const char *path, const char *end, struct buf *out)
{
    struct safe safe;

    for (const char *at = folders_from(path, end); at < end;) {
        size_t len = strcspn(at, "/");
        if (len > 0) {
            safe_folder(at, len, &safe);
            (void)buf_append(out, safe.text, safe.len);
            (void)buf_append_char(out, '/');
        }
        at += len + 1;
    }
}

/* ---- the name ---- */

/* Windows and other desktops read these for their picture or place as soon as they are listed. */
static bool is_fetched(const char *name)
{
    static const char *const endings[] = {
        ".url",       ".lnk",     ".scf",      ".library-ms", ".searchconnector-ms",
        ".search-ms", ".theme",   ".inf",      ".ini",        ".desktop",
        ".directory", ".webloc",  ".inetloc",  ".fileloc",    ".contact",
        ".themepack", ".website", ".appref-ms"};
    size_t len = strlen(name);

    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        size_t ending = strlen(endings[i]);
        if (len >= ending && strcasecmp(name + len - ending, endings[i]) == 0)
            return true;
    }
    return false;
}

/* The ending with its dot, if it is short; else what stands at the end of all. */
static const char *ending_of(const char *name)
{
    const char *dot = strrchr(name, '.');

    return dot && utf8_count(dot, strlen(dot)) <= ENDING_CHARS ? dot : name + strlen(name);
}

static void put_name(int64_t item, const char *name, struct buf *out)
{
    struct safe safe = {.text = ""};
    const char *ending = ending_of(name);
    size_t ending_chars = utf8_count(ending, strlen(ending));

    safe_add_all(&safe, name, (size_t)(ending - name), NAME_CHARS - 1 - ending_chars);
    safe_add_all(&safe, ending, strlen(ending), NAME_CHARS - 1);
    end_safely(&safe);
    if (is_fetched(safe.text))
        safe_add(&safe, '_', NAME_CHARS);
    (void)buf_printf(out, "item-%lld-%s", (long long)item, safe.text);
}

void safe_path(int64_t item, const char *path, struct buf *out)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;

    (void)buf_append_str(out, "originals/");
    put_folders(path, name, out);
    put_name(item, name, out);
}
