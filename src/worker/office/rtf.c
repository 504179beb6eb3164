#include "worker/office/rtf.h"

#include <stdlib.h>
#include <string.h>

#include "worker/plain/codepage.h"
#include "worker/office/rtf_state.h"

enum { WORD_BYTES = 40, VALUE_MAX = 64 << 10 };

struct cursor {
    const unsigned char *at, *end;
};

/* ---- groups ---- */

static void group_start(struct rtf *rtf)
{
    rtf_text_settle(rtf);
    rtf->skip = 0;
    rtf->starred = false;
    if (rtf->too_deep || rtf->depth >= RTF_DEPTH_MAX) {
        rtf->too_deep++;
        return;
    }
    rtf->stack[rtf->depth++] = rtf->group;
    rtf->group.aside = false;
    rtf->group.opens = false;
}

static void group_end(struct rtf *rtf)
{
    rtf_text_settle(rtf);
    rtf->skip = 0;
    if (rtf->too_deep) {
        rtf->too_deep--;
        return;
    }
    if (rtf->depth == 0)
        return;
    if (rtf->group.opens)
        rtf_text_close(rtf);
    if (rtf->group.aside)
        prose_aside_end(&rtf->prose);
    rtf->group = rtf->stack[--rtf->depth];
}

/* ---- fonts ---- */

static unsigned font_codepage(const struct rtf *rtf, long number)
{
    for (size_t i = rtf->font_count; i-- > 0;)
        if (rtf->fonts[i].number == number)
            return rtf->fonts[i].codepage;
    return 0;
}

static void on_font(struct rtf *rtf, long number)
{
    if (rtf->group.place != RTF_FONTS) {
        rtf_text_settle(rtf);
        rtf->group.codepage = (uint16_t)font_codepage(rtf, number);
        return;
    }
    if (rtf->font_count < RTF_FONTS_MAX)
        rtf->fonts[rtf->font_count++] = (struct rtf_font){.number = number};
}

static void on_font_codepage(struct rtf *rtf, unsigned codepage)
{
    if (rtf->group.place == RTF_FONTS && rtf->font_count)
        rtf->fonts[rtf->font_count - 1].codepage = (uint16_t)codepage;
}

static void on_plain(struct rtf *rtf)
{
    rtf_text_settle(rtf);
    rtf->group.codepage = (uint16_t)font_codepage(rtf, rtf->default_font);
    rtf->group.deleted = false;
}

/* ---- words ---- */

static void on_destination(struct rtf *rtf, enum rtf_place place)
{
    rtf_text_settle(rtf);
    if (rtf->group.place == RTF_SKIP || rtf->group.place == RTF_INFO_GROUP)
        return;
    rtf->group.place = place;
    rtf->group.opens = true;
    if (place == RTF_PICTURE || place == RTF_OBJECT_DATA)
        rtf_blob_open(rtf);
    if (place != RTF_TEXT)
        buf_clear(&rtf->value);
}

/* Outside the info group the words (\title among them) mean nothing, but for {\*\generator}. */
static void on_info(struct rtf *rtf, int info, enum rtf_place place)
{
    bool alone = rtf->group.place == RTF_TEXT && rtf->starred;

    if (rtf->group.place != RTF_INFO_GROUP && !alone)
        return;
    buf_clear(&rtf->value);
    memset(rtf->date, 0, sizeof(rtf->date));
    rtf->group.place = place;
    rtf->group.info = info;
    rtf->group.opens = true;
}

static void on_aside(struct rtf *rtf, bool annotation)
{
    if (rtf->group.place == RTF_SKIP || rtf->group.aside)
        return;
    rtf_text_settle(rtf);
    rtf->group.place = RTF_TEXT;
    rtf->group.aside = true;
    if (annotation)
        rtf_annotation_open(rtf);
    else
        prose_aside_start(&rtf->prose);
}

static void on_flag(struct rtf *rtf, enum rtf_action action, bool on)
{
    if (rtf->group.place != RTF_TEXT)
        return;
    rtf_text_settle(rtf);
    if (action == RTF_DELETED)
        rtf->group.deleted = on;
    rtf->hidden |= action == RTF_HIDDEN && on;
    rtf->revised |= action != RTF_HIDDEN && on;
}

/* \upr{old text}{\*\ud{text}}: the old one is stepped over. */
static void on_upr(struct rtf *rtf)
{
    rtf->upr = true;
}

static void act(struct rtf *rtf, const struct rtf_word *word, bool has_number, long number)
{
    switch (word->action) {
    case RTF_DESTINATION:
        on_destination(rtf, (enum rtf_place)word->value);
        break;
    case RTF_ASIDE:
    case RTF_ANNOTATION:
        on_aside(rtf, word->action == RTF_ANNOTATION);
        break;
    case RTF_INFO_VALUE:
        on_info(rtf, word->value, RTF_INFO);
        break;
    case RTF_INFO_DATE:
        on_info(rtf, word->value, RTF_DATE);
        break;
    case RTF_DATE_FIELD:
        if (number >= 0 && number <= 9999)
            rtf->date[word->value] = (int)number;
        break;
    case RTF_RUNE:
        rtf_text_rune(rtf, (uint32_t)word->value);
        break;
    case RTF_PARAGRAPH:
    case RTF_LINE:
    case RTF_CELL:
    case RTF_ROW:
    case RTF_NEST_CELL:
    case RTF_NEST_ROW:
        rtf_text_structure(rtf, word->action);
        break;
    case RTF_UNICODE:
        rtf_text_rune(rtf, (uint32_t)(number < 0 ? number + 0x10000 : number));
        rtf->skip = rtf->group.fallback;
        break;
    case RTF_FALLBACK:
        rtf->group.fallback = (uint16_t)(number >= 0 && number < 256 ? number : 1);
        break;
    case RTF_CODEPAGE:
        if (word->value || (number > 0 && number < 0x10000))
            rtf->codepage = (uint16_t)(word->value ? word->value : number);
        break;
    case RTF_DEFAULT_FONT:
        rtf->default_font = number;
        break;
    case RTF_FONT:
        on_font(rtf, number);
        break;
    case RTF_FONT_CHARSET:
        on_font_codepage(rtf, codepage_of_font((unsigned)number));
        break;
    case RTF_FONT_CODEPAGE:
        on_font_codepage(rtf, number > 0 && number < 0x10000 ? (unsigned)number : 0);
        break;
    case RTF_PLAIN:
        on_plain(rtf);
        break;
    case RTF_DELETED:
    case RTF_REVISED:
    case RTF_HIDDEN:
        on_flag(rtf, word->action, !has_number || number != 0);
        break;
    case RTF_PICTURE_KIND:
        rtf->picture = (enum rtf_picture)word->value;
        break;
    case RTF_UNICODE_GROUP:
        on_upr(rtf);
        break;
    case RTF_BINARY:
    case RTF_NO_ACTION:
        break;
    }
}

/* Raw bytes of a picture: as many as the word says. */
static void on_binary(struct rtf *rtf, struct cursor *cursor, long number)
{
    size_t len = number > 0 ? (size_t)number : 0;

    if (len > (size_t)(cursor->end - cursor->at))
        len = (size_t)(cursor->end - cursor->at);
    if (!rtf->too_deep && (rtf->group.place == RTF_PICTURE || rtf->group.place == RTF_OBJECT_DATA))
        rtf_blob_bytes(rtf, cursor->at, len);
    cursor->at += len;
}

/* A group that begins with \* and a word nobody knows is for others. */
static void on_unknown(struct rtf *rtf)
{
    if (rtf->starred)
        on_destination(rtf, RTF_SKIP);
}

static void on_word(struct rtf *rtf, struct cursor *cursor)
{
    char name[WORD_BYTES];
    size_t len = 0;
    long number = 0;
    bool has_number = false;
    bool negative = false;

    for (; cursor->at < cursor->end && ((*cursor->at | 0x20) >= 'a' && (*cursor->at | 0x20) <= 'z');
         cursor->at++)
        if (len < WORD_BYTES - 1)
            name[len++] = (char)*cursor->at;
    name[len] = '\0';
    if (cursor->end - cursor->at > 1 && *cursor->at == '-' && cursor->at[1] >= '0' &&
        cursor->at[1] <= '9') {
        negative = true;
        cursor->at++;
    }
    for (; cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9'; cursor->at++) {
        number = number < 0x10000000 ? number * 10 + (*cursor->at - '0') : number;
        has_number = true;
    }
    if (cursor->at < cursor->end && *cursor->at == ' ')
        cursor->at++;
    number = negative ? -number : number;

    const struct rtf_word *word = rtf_word_find(name);
    if (word && word->action == RTF_BINARY) {
        on_binary(rtf, cursor, number);
        return;
    }
    if (rtf->too_deep)
        return;
    if (rtf->skip && (!word || word->action == RTF_RUNE)) {
        rtf->skip--;
        return;
    }
    if (word)
        act(rtf, word, has_number, number);
    else
        on_unknown(rtf);
    rtf->starred = false;
}

/* ---- text ---- */

static void on_byte(struct rtf *rtf, unsigned char byte)
{
    if (rtf->too_deep) {
        rtf->cut = true;
        return;
    }
    if (rtf->skip) {
        rtf->skip--;
        return;
    }
    if (rtf->group.place == RTF_PICTURE || rtf->group.place == RTF_OBJECT_DATA)
        rtf_blob_hex(rtf, byte);
    else
        rtf_text_byte(rtf, byte);
}

static int digit_of(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void on_hex(struct rtf *rtf, struct cursor *cursor)
{
    if (cursor->end - cursor->at < 2 || digit_of(cursor->at[0]) < 0 || digit_of(cursor->at[1]) < 0)
        return;
    int byte = digit_of(cursor->at[0]) << 4 | digit_of(cursor->at[1]);
    cursor->at += 2;
    rtf->cut |= rtf->too_deep > 0;
    if (!rtf->too_deep && rtf->skip == 0 && rtf->group.place != RTF_PICTURE &&
        rtf->group.place != RTF_OBJECT_DATA)
        rtf_text_byte(rtf, (unsigned char)byte);
    else if (rtf->skip)
        rtf->skip--;
}

/* A control symbol: a backslash and one sign. */
static void on_symbol(struct rtf *rtf, struct cursor *cursor)
{
    unsigned char sign = *cursor->at++;

    if (sign == '\'') {
        on_hex(rtf, cursor);
        return;
    }
    if (sign == '*') {
        rtf->starred = true;
        return;
    }
    if (rtf->too_deep)
        return;
    if (rtf->skip) {
        rtf->skip--;
        return;
    }
    switch (sign) {
    case '\\':
    case '{':
    case '}':
        on_byte(rtf, sign);
        break;
    case '~':
        rtf_text_rune(rtf, 0xA0);
        break;
    case '_':
        rtf_text_rune(rtf, 0x2011);
        break;
    case '-':
        rtf_text_rune(rtf, 0xAD);
        break;
    case '\t':
        rtf_text_rune(rtf, '\t');
        break;
    case '\r':
    case '\n':
        rtf_text_structure(rtf, RTF_PARAGRAPH);
        break;
    default:
        break;
    }
}

static void on_backslash(struct rtf *rtf, struct cursor *cursor)
{
    if (cursor->at == cursor->end)
        return;
    if ((*cursor->at | 0x20) >= 'a' && (*cursor->at | 0x20) <= 'z')
        on_word(rtf, cursor);
    else
        on_symbol(rtf, cursor);
}

/* The group that follows \upr directly is stepped over. */
static void open_group(struct rtf *rtf)
{
    group_start(rtf);
    if (rtf->upr && !rtf->too_deep) {
        rtf->upr = false;
        rtf->group.place = RTF_SKIP;
    }
}

static void run(struct rtf *rtf, struct cursor *cursor)
{
    while (cursor->at < cursor->end && !rtf->emit->stop) {
        unsigned char c = *cursor->at++;
        switch (c) {
        case '{':
            open_group(rtf);
            break;
        case '}':
            group_end(rtf);
            break;
        case '\\':
            on_backslash(rtf, cursor);
            break;
        case '\r':
        case '\n':
            break;
        case 0:
            break;
        default:
            rtf->starred &= c == ' ';
            on_byte(rtf, c);
        }
    }
}

static struct verdict finish(struct rtf *rtf)
{
    bool open = rtf->depth > 0;

    while (rtf->depth)
        group_end(rtf);
    rtf_text_settle(rtf);
    prose_end(&rtf->prose);
    if (rtf->hidden)
        emit_meta(rtf->emit, "hidden-text", "yes");
    if (rtf->revised)
        emit_meta(rtf->emit, "tracked-changes", "yes");
    struct verdict verdict = verdict_by_words(rtf->emit);
    if (rtf->cut)
        emit_warning(rtf->emit, REASON_LIMIT_DEPTH,
                     "text in more than %d nested groups was not read", RTF_DEPTH_MAX);
    if (open && verdict.outcome == OUTCOME_TEXT)
        verdict.reason = REASON_TRUNCATED;
    else if (verdict.outcome == OUTCOME_EMPTY && rtf->emit->children)
        verdict = verdict_empty(REASON_CONTAINER, "it holds no text but pictures or files");
    return verdict;
}

struct verdict rtf_read(const struct input *input, struct emit *emit)
{
    struct cursor cursor = {input->data, input->data + input->len};
    struct rtf rtf = {.emit = emit, .codepage = CODEPAGE_WESTERN, .group.fallback = 1};

    prose_init(&rtf.prose, emit);
    buf_init(&rtf.bytes, (size_t)2 * VALUE_MAX);
    buf_init(&rtf.value, VALUE_MAX);
    buf_init(&rtf.author, VALUE_MAX);
    buf_init(&rtf.writer, VALUE_MAX);
    buf_init(&rtf.property, VALUE_MAX);
    buf_init(&rtf.blob, RTF_BLOB_MAX);
    rtf.stack = mem_zalloc(RTF_DEPTH_MAX, sizeof(*rtf.stack));
    rtf.fonts = mem_zalloc(RTF_FONTS_MAX, sizeof(*rtf.fonts));
    run(&rtf, &cursor);
    struct verdict verdict = finish(&rtf);
    buf_release(&rtf.bytes);
    buf_release(&rtf.value);
    buf_release(&rtf.author);
    buf_release(&rtf.writer);
    buf_release(&rtf.property);
    buf_release(&rtf.blob);
    free(rtf.stack);
    free(rtf.fonts);
    return verdict;
}
