#include <string.h>

#include "base/bytes.h"
#include "base/utf8.h"
#include "worker/plain/codepage.h"
#include "worker/office/doc.h"
#include "worker/office/doc_parts.h"
#include "worker/office/word_field.h"
#include "worker/web/prose.h"

enum { FIELDS_MAX = 32, INSTRUCTION_MAX = 16 << 10, BYTES_MAX = 64 << 10, LABEL_MAX = 16 << 10 };

/* Characters that are not letters ([MS-DOC] 2.4.1). */
enum {
    CHAR_CELL = 0x07,
    CHAR_LINE = 0x0B,
    CHAR_PAGE = 0x0C,
    CHAR_PARAGRAPH = 0x0D,
    CHAR_COLUMN = 0x0E,
    CHAR_FIELD = 0x13,
    CHAR_RESULT = 0x14,
    CHAR_FIELD_END = 0x15,
    CHAR_HYPHEN = 0x1E,
    CHAR_SOFT_HYPHEN = 0x1F,
};

struct writing {
    struct doc *doc;
    struct prose prose;
    struct {
        struct buf instruction;
        bool in_instruction;
    } fields[FIELDS_MAX];
    size_t field_count, fields_beyond;
    struct buf bytes; /* of the code page, not yet decoded */
    uint32_t surrogate;
    bool deleting;
    bool after_cell;
    bool in_paragraph;                   /* its number has been given, if it has one */
    const struct doc_run *chars, *paras; /* the last ones found */
};

static struct buf *open_instruction(struct writing *writing)
{
    for (size_t i = writing->field_count; i-- > 0;)
        if (writing->fields[i].in_instruction)
            return &writing->fields[i].instruction;
    return NULL;
}

static void put(struct writing *writing, const char *text, size_t len)
{
    struct buf *instruction = open_instruction(writing);

    if (instruction)
        (void)buf_append(instruction, text, len);
    else
        prose_text(&writing->prose, text, len);
}

static void settle(struct writing *writing)
{
    CLEANUP(cleanup_buf) struct buf text = {0};

    writing->surrogate = 0;
    if (writing->bytes.len == 0)
        return;
    buf_init(&text, (size_t)BYTES_MAX * 4);
    (void)codepage_text(writing->doc->codepage, writing->bytes.data, writing->bytes.len, &text);
    buf_clear(&writing->bytes);
    put(writing, text.data, text.len);
}

static void put_rune(struct writing *writing, uint32_t rune)
{
    char text[4];

    settle(writing);
    put(writing, text, utf8_encode(rune, text));
}

static void put_unit(struct writing *writing, uint32_t unit)
{
    uint32_t high = writing->surrogate;

    settle(writing);
    if (!utf16_join(unit, &high, &unit)) {
        writing->surrogate = high;
        return;
    }
    put_rune(writing, unit >= 0xF020 && unit <= 0xF0FF ? 0x2022 : unit);
}

/* ---- fields ---- */

static void field_open(struct writing *writing)
{
    if (writing->field_count == FIELDS_MAX) {
        writing->fields_beyond++;
        return;
    }
    size_t i = writing->field_count++;
    buf_init(&writing->fields[i].instruction, INSTRUCTION_MAX);
    writing->fields[i].in_instruction = true;
}

static void field_result(struct writing *writing)
{
    if (writing->field_count && !writing->fields_beyond)
        writing->fields[writing->field_count - 1].in_instruction = false;
}

static void field_close(struct writing *writing)
{
    if (writing->fields_beyond) {
        writing->fields_beyond--;
        return;
    }
    if (writing->field_count == 0)
        return;
    size_t i = --writing->field_count;
    struct buf *instruction = &writing->fields[i].instruction;
    bool no_result = writing->fields[i].in_instruction;
    writing->fields[i].in_instruction = false;
    word_field_address(instruction->data, writing->doc->emit);
    if (no_result && word_field_is_equation(instruction->data))
        put(writing, instruction->data, instruction->len);
    buf_release(instruction);
}

/* ---- structure ---- */

static void paragraph_mark(struct writing *writing, uint32_t flags)
{
    if (open_instruction(writing)) {
        put(writing, " ", 1);
        return;
    }
    if (flags & DOC_INNER_ROW_END)
        put(writing, "\n", 1);
    else if (flags & DOC_INNER_CELL)
        put(writing, "\t", 1);
    else
        prose_paragraph_end(&writing->prose);
}

/* The mark of a cell, or of a row: old files do not say which, but a row's stands directly behind
 * that of its last cell. */
static void cell_mark(struct writing *writing, const struct doc_run *paragraph)
{
    bool row = paragraph ? paragraph->flags & DOC_ROW_END : writing->after_cell;

    if (row)
        prose_row_end(&writing->prose);
    else
        prose_cell_mark(&writing->prose);
    writing->after_cell = !row;
}

static void set_deleting(struct writing *writing, bool deleted)
{
    if (deleted == writing->deleting)
        return;
    settle(writing);
    if (deleted)
        prose_deleted_start(&writing->prose);
    else
        prose_deleted_end(&writing->prose);
    writing->deleting = deleted;
}

static const struct doc_run *find(const struct doc_run *runs, size_t count, uint32_t at,
                                  const struct doc_run **last)
{
    if (!*last || at < (*last)->from || at >= (*last)->to)
        *last = doc_run_at(runs, count, at);
    return *last;
}

static void control(struct writing *writing, uint32_t unit, uint32_t at)
{
    struct doc *doc = writing->doc;

    settle(writing);
    switch (unit) {
    case CHAR_CELL:
        writing->in_paragraph = false;
        cell_mark(writing, find(doc->paras, doc->para_count, at, &writing->paras));
        return;
    case CHAR_PARAGRAPH: {
        writing->in_paragraph = false;
        const struct doc_run *run = find(doc->paras, doc->para_count, at, &writing->paras);
        paragraph_mark(writing, run ? run->flags : 0);
        break;
    }
    case CHAR_PAGE:
    case CHAR_COLUMN:
        paragraph_mark(writing, 0);
        break;
    case CHAR_LINE:
        put(writing, "\n", 1);
        break;
    case '\t':
        put(writing, "\t", 1);
        break;
    case CHAR_FIELD:
        field_open(writing);
        break;
    case CHAR_RESULT:
        field_result(writing);
        break;
    case CHAR_FIELD_END:
        field_close(writing);
        break;
    case CHAR_HYPHEN:
        put_rune(writing, 0x2011);
        break;
    case CHAR_SOFT_HYPHEN:
        put_rune(writing, 0xAD);
        break;
    default:
        break;
    }
    writing->after_cell = false;
}

/* The number that the program shows before a paragraph of a list. */
static void put_number(struct writing *writing, uint32_t at)
{
    CLEANUP(cleanup_buf) struct buf label = {0};
    struct doc *doc = writing->doc;

    if (writing->in_paragraph || open_instruction(writing))
        return;
    writing->in_paragraph = true;
    const struct doc_run *run = find(doc->paras, doc->para_count, at, &writing->paras);
    if (!run || run->flags & DOC_ROW_END || doc->numbering.use_count == 0)
        return;
    buf_init(&label, LABEL_MAX);
    doc_list_next(doc, run, &label);
    if (label.len)
        prose_text(&writing->prose, label.data, label.len);
}

static void character(struct writing *writing, const struct doc_piece *piece, uint32_t unit,
                      uint32_t at)
{
    struct doc *doc = writing->doc;
    const struct doc_run *run = find(doc->chars, doc->char_count, at, &writing->chars);
    uint32_t flags = piece->flags | (run ? run->flags : 0);

    doc->hidden |= flags & DOC_HIDDEN && unit >= 0x20;
    doc->revised |= (flags & (DOC_DELETED | DOC_INSERTED)) != 0;
    set_deleting(writing, flags & DOC_DELETED);
    if (!(flags & DOC_DELETED))
        put_number(writing, at);
    if (flags & DOC_SYMBOL && unit == 0x28 && run) {
        put_unit(writing, run->value);
    } else if (unit < 0x20) {
        control(writing, unit, at);
    } else if (piece->wide) {
        put_unit(writing, unit);
        writing->after_cell = false;
    } else {
        if (writing->bytes.len >= BYTES_MAX)
            settle(writing);
        (void)buf_append_char(&writing->bytes, (char)unit);
        writing->after_cell = false;
    }
}

/* The characters from one position to another. */
static void range(struct writing *writing, uint64_t from, uint64_t to)
{
    struct doc *doc = writing->doc;
    const unsigned char *main = (const unsigned char *)doc->main.data;

    for (size_t i = 0; i < doc->piece_count && !doc->emit->stop; i++) {
        const struct doc_piece *piece = &doc->pieces[i];
        uint64_t start = piece->from > from ? piece->from : from;
        uint64_t end = piece->to < to ? piece->to : to;
        size_t width = piece->wide ? 2 : 1;
        for (uint64_t cp = start; cp < end && !doc->emit->stop; cp++) {
            uint64_t at = piece->at + (cp - piece->from) * width;
            if (at + width > doc->main.len) {
                doc->damaged = true;
                break;
            }
            uint32_t unit = piece->wide ? le16_get(main + at) : main[at];
            character(writing, piece, unit, (uint32_t)at);
        }
    }
    settle(writing);
    set_deleting(writing, false);
    writing->in_paragraph = false;
    while (writing->field_count || writing->fields_beyond)
        field_close(writing);
}

/* ---- comments ---- */

/* The author of a comment: the number in its reference names one in a list of counted strings. */
static void put_author(struct writing *writing, const unsigned char *refs, size_t refs_len,
                       size_t index)
{
    enum { REF = 30, AUTHOR_AT = 20 };
    size_t count = refs_len >= 4 ? (refs_len - 4) / (4 + REF) : 0;
    size_t len;
    const unsigned char *names = doc_table(writing->doc, DOC_COMMENT_AUTHORS, &len);

    if (index >= count || !names)
        return;
    unsigned wanted = le16_get(refs + 4 * (count + 1) + REF * index + AUTHOR_AT);
    size_t at = 0;
    for (unsigned i = 0; len - at >= 2; i++) {
        size_t size = (size_t)2 * le16_get(names + at);
        at += 2;
        if (size > len - at)
            return;
        if (i == wanted) {
            CLEANUP(cleanup_buf) struct buf name = {0};
            buf_init(&name, INSTRUCTION_MAX);
            (void)codepage_text(CODEPAGE_UTF16, names + at, size, &name);
            prose_str(&writing->prose, "[");
            prose_str(&writing->prose, name.data);
            prose_str(&writing->prose, "] ");
            return;
        }
        at += size;
    }
}

static void comments(struct writing *writing, uint64_t start, uint32_t length)
{
    size_t len = 0;
    size_t refs_len = 0;
    const unsigned char *texts = doc_table(writing->doc, DOC_COMMENT_TEXTS, &len);
    const unsigned char *refs = doc_table(writing->doc, DOC_COMMENT_REFS, &refs_len);

    if (!texts || !refs || len < 8) {
        range(writing, start, start + length);
        return;
    }
    uint64_t done = 0;
    for (size_t i = 0; 4 * i + 8 <= len; i++) {
        uint32_t from = le32_get(texts + 4 * i);
        uint32_t to = le32_get(texts + 4 * i + 4);
        if (from < done || to < from || to > length)
            break;
        put_author(writing, refs, refs_len, i);
        range(writing, start + from, start + to);
        prose_paragraph_end(&writing->prose);
        done = to;
    }
    range(writing, start + done, start + length);
}

void doc_text(struct doc *doc)
{
    static const enum doc_part order[] = {DOC_MAIN,  DOC_FOOTNOTES, DOC_ENDNOTES,    DOC_COMMENTS,
                                          DOC_BOXES, DOC_HEADERS,   DOC_HEADER_BOXES};
    struct writing writing = {.doc = doc};
    uint64_t starts[DOC_PARTS + 1] = {0};

    for (size_t part = 0; part < DOC_PARTS; part++)
        starts[part + 1] = starts[part] + doc->lengths[part];
    prose_init(&writing.prose, doc->emit);
    buf_init(&writing.bytes, (size_t)2 * BYTES_MAX);
    for (size_t i = 0; i < ARRAY_LEN(order) && !doc->emit->stop; i++) {
        if (order[i] == DOC_COMMENTS)
            comments(&writing, starts[order[i]], doc->lengths[order[i]]);
        else
            range(&writing, starts[order[i]], starts[order[i] + 1]);
    }
    prose_end(&writing.prose);
    buf_release(&writing.bytes);
}
