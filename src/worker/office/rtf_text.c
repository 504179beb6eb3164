#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "worker/plain/codepage.h"
#include "worker/office/word_field.h"
#include "worker/office/rtf_state.h"

enum { BYTES_MAX = 64 << 10 };

/* By the values of RTF_INFO_VALUE and RTF_INFO_DATE. */
static const char *const INFO_KEYS[] = {
    "",       "author", "keywords", "creator",  "description", "producer", "keywords",
    "author", "date",   "author",   "modified", "subject",     "title",
};

static bool is_value(enum rtf_place place)
{
    return place == RTF_INFO || place == RTF_LINK || place == RTF_AUTHOR ||
           place == RTF_SHAPE_NAME || place == RTF_SHAPE_VALUE || place == RTF_OBJECT_NAME;
}

static void put(struct rtf *rtf, const char *text, size_t len)
{
    if (rtf->group.place == RTF_TEXT) {
        if (rtf->group.deleted && !rtf->deleting)
            prose_deleted_start(&rtf->prose);
        else if (!rtf->group.deleted && rtf->deleting)
            prose_deleted_end(&rtf->prose);
        rtf->deleting = rtf->group.deleted;
        prose_text(&rtf->prose, text, len);
    } else if (is_value(rtf->group.place)) {
        (void)buf_append(&rtf->value, text, len);
    }
}

void rtf_text_settle(struct rtf *rtf)
{
    CLEANUP(cleanup_buf) struct buf text = {0};

    if (rtf->surrogate) {
        rtf->surrogate = 0;
        put(rtf, "\xEF\xBF\xBD", 3);
    }
    if (rtf->bytes.len == 0)
        return;
    buf_init(&text, (size_t)BYTES_MAX * 4);
    (void)codepage_text(rtf->bytes_of, rtf->bytes.data, rtf->bytes.len, &text);
    buf_clear(&rtf->bytes);
    put(rtf, text.data, text.len);
}

void rtf_text_byte(struct rtf *rtf, unsigned char byte)
{
    unsigned codepage = rtf->group.codepage ? rtf->group.codepage : rtf->codepage;

    if (rtf->group.place != RTF_TEXT && !is_value(rtf->group.place))
        return;
    if (rtf->surrogate || codepage != rtf->bytes_of || rtf->bytes.len >= BYTES_MAX)
        rtf_text_settle(rtf);
    rtf->bytes_of = codepage;
    (void)buf_append_char(&rtf->bytes, (char)byte);
}

void rtf_text_rune(struct rtf *rtf, uint32_t rune)
{
    char text[4];

    if (rtf->group.place != RTF_TEXT && !is_value(rtf->group.place))
        return;
    if (rtf->surrogate && rune >= 0xDC00 && rune < 0xE000) {
        rune = 0x10000 + ((rtf->surrogate & 0x3FF) << 10) + (rune & 0x3FF);
        rtf->surrogate = 0;
    }
    rtf_text_settle(rtf);
    if (rune >= 0xD800 && rune < 0xDC00) {
        rtf->surrogate = rune;
        return;
    }
    if (rune >= 0xF020 && rune <= 0xF0FF) /* a sign of a symbol font */
        rune = rune < 0xF080 ? rune - 0xF000 : 0x2022;
    put(rtf, text, utf8_encode(rune, text));
}

void rtf_text_structure(struct rtf *rtf, enum rtf_action action)
{
    rtf_text_settle(rtf);
    if (rtf->group.place != RTF_TEXT) {
        if (is_value(rtf->group.place))
            put(rtf, " ", 1);
        return;
    }
    switch (action) {
    case RTF_CELL:
        prose_cell_mark(&rtf->prose);
        break;
    case RTF_ROW:
        prose_row_end(&rtf->prose);
        break;
    case RTF_NEST_CELL:
        put(rtf, "\t", 1);
        break;
    case RTF_LINE:
    case RTF_NEST_ROW:
        put(rtf, "\n", 1);
        break;
    default:
        prose_paragraph_end(&rtf->prose);
    }
}

void rtf_annotation_open(struct rtf *rtf)
{
    prose_aside_start(&rtf->prose);
    if (rtf->author.len) {
        prose_str(&rtf->prose, "[");
        prose_str(&rtf->prose, rtf->author.data);
        prose_str(&rtf->prose, "] ");
    }
    buf_clear(&rtf->author);
}

/* Shapes say their text by properties: what a picture shows, and the letters of WordArt. */
static void close_shape_value(struct rtf *rtf)
{
    if (strcmp(rtf->property.data, "wzDescription") != 0 &&
        strcmp(rtf->property.data, "gtextUNICODE") != 0)
        return;
    prose_aside_start(&rtf->prose);
    prose_text(&rtf->prose, rtf->value.data, rtf->value.len);
    prose_aside_end(&rtf->prose);
}

static void close_date(struct rtf *rtf)
{
    char text[40];
    const int *date = rtf->date;

    if (date[0] < 1 || date[0] > 9999 || date[1] < 1 || date[1] > 12 || date[2] < 1 ||
        date[2] > 31 || date[3] < 0 || date[3] > 23 || date[4] < 0 || date[4] > 59)
        return;
    snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d:00", date[0], date[1], date[2], date[3],
             date[4]);
    emit_meta(rtf->emit, INFO_KEYS[rtf->group.info], text);
}

static void close_info(struct rtf *rtf)
{
    const char *key = INFO_KEYS[rtf->group.info];
    size_t len = rtf->value.len;

    while (len && strchr("; ", rtf->value.data[len - 1]))
        len--;
    if (strcmp(key, "author") == 0) {
        if (len == rtf->writer.len && memcmp(rtf->writer.data, rtf->value.data, len) == 0)
            return;
        buf_clear(&rtf->writer);
        (void)buf_append(&rtf->writer, rtf->value.data, len);
    }
    emit_meta_len(rtf->emit, key, rtf->value.data, len);
}

void rtf_text_close(struct rtf *rtf)
{
    rtf_text_settle(rtf);
    switch (rtf->group.place) {
    case RTF_INFO:
        close_info(rtf);
        break;
    case RTF_DATE:
        close_date(rtf);
        break;
    case RTF_LINK:
        word_field_address(rtf->value.data, rtf->emit);
        break;
    case RTF_AUTHOR:
        buf_clear(&rtf->author);
        (void)buf_append(&rtf->author, rtf->value.data, rtf->value.len);
        break;
    case RTF_SHAPE_NAME:
        buf_clear(&rtf->property);
        (void)buf_append(&rtf->property, rtf->value.data, rtf->value.len);
        break;
    case RTF_SHAPE_VALUE:
        close_shape_value(rtf);
        break;
    case RTF_PICTURE:
    case RTF_OBJECT_DATA:
        rtf_blob_close(rtf, rtf->group.place);
        break;
    default:
        return;
    }
    buf_clear(&rtf->value);
}
