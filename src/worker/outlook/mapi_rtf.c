#include "worker/outlook/mapi_rtf.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "worker/plain/charset.h"
#include "worker/outlook/mapi.h"

enum { WORD_MAX = 32, PENDING_MAX = 4096 };

/* What holds inside a group and ends with it. */
struct group {
    bool skip;   /* a destination that is not text */
    bool html;   /* {\*\htmltag ...}: HTML as it was */
    bool hidden; /* between \htmlrtf and \htmlrtf0: made for RTF only */
    bool fonts;  /* the font table */
    unsigned uc; /* characters that stand for one \u */
    int font;
};

struct rtf {
    const char *at, *end;
    struct buf *out;
    enum mapi_rtf_kind kind;
    struct group groups[RTF_GROUPS_MAX];
    size_t depth;     /* of the group that is open */
    size_t too_deep;  /* groups beyond the limit: they share the last one */
    bool star;        /* \* was seen: the next word may be skipped with its group */
    unsigned to_skip; /* characters that repeat a \u for old readers */
    uint32_t high;    /* the first half of a surrogate pair */
    unsigned codepage;
    unsigned fonts[RTF_FONTS_MAX]; /* code page by number; 0 unknown */
    int font;                      /* the one that the font table is at */
    int default_font;
    struct buf pending; /* bytes in a code page that are not yet text */
    const char *pending_charset;
    unsigned known_codepage;   /* the last one that was looked up, */
    const char *known_charset; /* and its name */
};

static struct group *top(struct rtf *rtf)
{
    return &rtf->groups[rtf->depth];
}

static bool is_text(const struct rtf *rtf)
{
    const struct group *group = &rtf->groups[rtf->depth];

    if (group->skip || group->fonts)
        return false;
    return rtf->kind == RTF_NATIVE || group->html || !group->hidden;
}

static void flush(struct rtf *rtf)
{
    if (rtf->pending.len)
        (void)charset_to_utf8(rtf->pending_charset, rtf->pending.data, rtf->pending.len, rtf->out);
    buf_clear(&rtf->pending);
}

static void put_str(struct rtf *rtf, const char *text)
{
    if (!is_text(rtf))
        return;
    flush(rtf);
    (void)buf_append_str(rtf->out, text);
}

static const char *charset_now(struct rtf *rtf)
{
    const struct group *group = &rtf->groups[rtf->depth];
    unsigned codepage = 0;

    if (!group->html && group->font >= 0 && group->font < RTF_FONTS_MAX)
        codepage = rtf->fonts[group->font];
    if (codepage == 0)
        codepage = rtf->codepage;
    if (codepage != rtf->known_codepage) {
        const char *charset = mapi_codepage(codepage);
        rtf->known_charset = charset ? charset : "windows-1252";
        rtf->known_codepage = codepage;
    }
    return rtf->known_charset;
}

static void put_byte(struct rtf *rtf, unsigned char byte)
{
    if (rtf->to_skip) {
        rtf->to_skip--;
        return;
    }
    if (!is_text(rtf))
        return;
    const char *charset = charset_now(rtf);
    if (rtf->pending.len && (charset != rtf->pending_charset || rtf->pending.len >= PENDING_MAX))
        flush(rtf);
    rtf->pending_charset = charset;
    (void)buf_append_char(&rtf->pending, (char)byte);
}

static void put_rune(struct rtf *rtf, uint32_t rune)
{
    if (!is_text(rtf))
        return;
    flush(rtf);
    if (rune >= 0xD800 && rune < 0xDC00) {
        rtf->high = rune;
        return;
    }
    if (rune >= 0xDC00 && rune < 0xE000 && rtf->high)
        rune = 0x10000 + ((rtf->high - 0xD800) << 10) + (rune - 0xDC00);
    rtf->high = 0;
    (void)buf_append_rune(rtf->out, rune);
}

/* \fcharset gives the code page of a font. */
static unsigned codepage_of_font(long charset)
{
    static const struct {
        unsigned char charset;
        unsigned short codepage;
    } known[] = {
        {0, 1252},   {77, 10000}, {128, 932},  {129, 949},  {134, 936},  {136, 950},
        {161, 1253}, {162, 1254}, {163, 1258}, {177, 1255}, {178, 1256}, {186, 1257},
        {204, 1251}, {222, 874},  {238, 1250}, {255, 437},
    };

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (known[i].charset == charset)
            return known[i].codepage;
    return 0;
}

/* Groups whose content is no text of the document. */
static bool is_other_destination(const char *word)
{
    static const char *const OTHERS[] = {
        "colortbl",  "stylesheet", "info",
        "pict",      "object",     "objdata",
        "themedata", "listtable",  "listoverridetable",
        "revtbl",    "rsidtbl",    "generator",
        "fldinst",   "datastore",  "latentstyles",
        "xmlnstbl",  "filetbl",    "header",
        "footer",    "headerl",    "headerr",
        "footerl",   "footerr",    "colorschememapping",
        "mmathPr",   "bkmkstart",  "bkmkend",
    };

    for (size_t i = 0; i < ARRAY_LEN(OTHERS); i++)
        if (strcmp(word, OTHERS[i]) == 0)
            return true;
    return false;
}

/* Words that stand for a character or a break. */
static const struct {
    const char *word, *text, *html; /* html NULL: as text */
} SIGNS[] = {
    {"par", "\n", "\r\n"},
    {"line", "\n", "\r\n"},
    {"sect", "\n", NULL},
    {"page", "\n", NULL},
    {"row", "\n", NULL},
    {"cell", "\t", NULL},
    {"tab", "\t", NULL},
    {"lquote", "\u2018", "&lsquo;"},
    {"rquote", "\u2019", "&rsquo;"},
    {"ldblquote", "\u201C", "&ldquo;"},
    {"rdblquote", "\u201D", "&rdquo;"},
    {"bullet", "\u2022", "&bull;"},
    {"endash", "\u2013", "&ndash;"},
    {"emdash", "\u2014", "&mdash;"},
    {"zwj", "\u200D", "&zwj;"},
    {"zwnj", "\u200C", "&zwnj;"},
    {"ltrmark", "\u200E", "&lrm;"},
    {"rtlmark", "\u200F", "&rlm;"},
};

static void font_word(struct rtf *rtf, const char *word, long number)
{
    if (strcmp(word, "f") == 0)
        rtf->font = number >= 0 && number < RTF_FONTS_MAX ? (int)number : -1;
    else if (strcmp(word, "fcharset") == 0 && rtf->font >= 0)
        rtf->fonts[rtf->font] = codepage_of_font(number);
    else if (strcmp(word, "cpg") == 0 && rtf->font >= 0 && number > 0)
        rtf->fonts[rtf->font] = (unsigned)number;
}

/* Words that change how what follows is read. True when this was one. */
static bool state_word(struct rtf *rtf, const char *word, bool given, long number)
{
    struct group *group = top(rtf);

    if (strcmp(word, "fonttbl") == 0)
        group->fonts = true;
    else if (strcmp(word, "ansicpg") == 0)
        rtf->codepage = number > 0 && number < 0x10000 ? (unsigned)number : rtf->codepage;
    else if (strcmp(word, "mac") == 0)
        rtf->codepage = 10000;
    else if (strcmp(word, "fromhtml") == 0)
        rtf->kind = RTF_FROM_HTML;
    else if (strcmp(word, "fromtext") == 0)
        rtf->kind = RTF_FROM_TEXT;
    else if (strcmp(word, "deff") == 0)
        rtf->default_font = group->font = number >= 0 && number < RTF_FONTS_MAX ? (int)number : -1;
    else if (strcmp(word, "f") == 0)
        group->font = number >= 0 && number < RTF_FONTS_MAX ? (int)number : -1;
    else if (strcmp(word, "plain") == 0)
        group->font = rtf->default_font;
    else if (strcmp(word, "uc") == 0)
        group->uc = number >= 0 && number < 16 ? (unsigned)number : 1;
    else if (strcmp(word, "htmlrtf") == 0)
        group->hidden = !given || number != 0;
    else
        return false;
    return true;
}

static void skip_bytes(struct rtf *rtf, long count)
{
    long left = rtf->end - rtf->at;

    if (count > 0)
        rtf->at += count < left ? count : left;
}

static void control_word(struct rtf *rtf, const char *word, bool given, long number)
{
    struct group *group = top(rtf);
    bool star = rtf->star;

    rtf->star = false;
    if (strcmp(word, "bin") == 0) {
        skip_bytes(rtf, number);
        return;
    }
    if (group->fonts && !group->skip) {
        font_word(rtf, word, number);
        return;
    }
    if (strcmp(word, "u") == 0) {
        put_rune(rtf, (uint32_t)(number & 0xFFFF));
        rtf->to_skip = group->uc;
        return;
    }
    if (strcmp(word, "htmltag") == 0) {
        group->html = rtf->kind == RTF_FROM_HTML;
        group->skip = group->skip || !group->html;
        return;
    }
    if (star || is_other_destination(word)) {
        /* {\*\pntext} and the like are unknown to a reader that knows only text */
        flush(rtf);
        group->skip = true;
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(SIGNS); i++)
        if (strcmp(word, SIGNS[i].word) == 0) {
            bool html = rtf->kind == RTF_FROM_HTML && SIGNS[i].html;
            put_str(rtf, html ? SIGNS[i].html : SIGNS[i].text);
            return;
        }
    flush(rtf);
    (void)state_word(rtf, word, given, number);
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)tolower((unsigned char)c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Behind a backslash: a word with a number, or one sign. */
static void control(struct rtf *rtf)
{
    char word[WORD_MAX];
    size_t n = 0;
    char number[12];
    size_t digits = 0;

    if (rtf->at >= rtf->end)
        return;
    char c = *rtf->at;
    if (!isalpha((unsigned char)c)) {
        rtf->at++;
        if (c == '\'' && rtf->end - rtf->at >= 2) {
            int value = hex_value(rtf->at[0]) * 16 + hex_value(rtf->at[1]);
            rtf->at += 2;
            put_byte(rtf, (unsigned char)value);
        } else if (c == '*') {
            rtf->star = true;
        } else if (c == '\\' || c == '{' || c == '}') {
            put_byte(rtf, (unsigned char)c);
        } else if (c == '~') {
            put_str(rtf, rtf->kind == RTF_FROM_HTML ? "&nbsp;" : "\u00A0");
        } else if (c == '_') {
            put_str(rtf, rtf->kind == RTF_FROM_HTML ? "&shy;" : "-");
        } else if (c == '\n' || c == '\r') {
            put_str(rtf, "\n");
        }
        return;
    }
    while (rtf->at < rtf->end && isalpha((unsigned char)*rtf->at)) {
        if (n < WORD_MAX - 1)
            word[n++] = *rtf->at;
        rtf->at++;
    }
    word[n] = '\0';
    if (rtf->at < rtf->end && *rtf->at == '-')
        number[digits++] = *rtf->at++;
    while (rtf->at < rtf->end && isdigit((unsigned char)*rtf->at)) {
        if (digits < sizeof(number) - 1)
            number[digits++] = *rtf->at;
        rtf->at++;
    }
    number[digits] = '\0';
    if (rtf->at < rtf->end && *rtf->at == ' ')
        rtf->at++;
    control_word(rtf, word, digits > 0, strtol(number, NULL, 10));
}

static void open_group(struct rtf *rtf)
{
    rtf->to_skip = 0;
    if (rtf->depth + 1 >= RTF_GROUPS_MAX) {
        rtf->too_deep++;
        return;
    }
    rtf->groups[rtf->depth + 1] = rtf->groups[rtf->depth];
    rtf->depth++;
}

static void close_group(struct rtf *rtf)
{
    rtf->to_skip = 0;
    rtf->star = false;
    if (rtf->too_deep) {
        rtf->too_deep--;
    } else if (rtf->depth > 0) {
        flush(rtf);
        rtf->depth--;
    }
}

enum mapi_rtf_kind mapi_rtf_unwrap(const char *data, size_t len, struct buf *out)
{
    CLEANUP(cleanup_free) struct rtf *rtf = mem_zalloc(1, sizeof(*rtf));

    rtf->at = data;
    rtf->end = data + len;
    rtf->out = out;
    rtf->codepage = 1252;
    rtf->default_font = -1;
    rtf->groups[0] = (struct group){.uc = 1, .font = -1};
    buf_init(&rtf->pending, PENDING_MAX + 16);
    while (rtf->at < rtf->end && !out->full) {
        char c = *rtf->at++;
        if (c == '\\')
            control(rtf);
        else if (c == '{')
            open_group(rtf);
        else if (c == '}')
            close_group(rtf);
        else if (c != '\r' && c != '\n' && c != '\0')
            put_byte(rtf, (unsigned char)c);
    }
    flush(rtf);
    buf_release(&rtf->pending);
    return rtf->kind;
}
