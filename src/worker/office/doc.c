#include "worker/office/doc.h"

#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/office/art.h"
#include "worker/ole/cfb.h"
#include "worker/office/doc_parts.h"
#include "worker/office/lock_rc4.h"
#include "worker/ole/ole_macros.h"
#include "worker/ole/ole_props.h"
#include "worker/ole/ole_storage.h"

enum {
    FLAGS_AT = 0x0A,
    FLAG_ENCRYPTED = 0x0100,
    FLAG_TABLE_1 = 0x0200,
    FLAG_OBFUSCATED = 0x8000,
    KEY_AT = 0x0E,
    LOCK_BLOCK = 512,
    LOCK_TURN = 7,
    OPEN_BYTES = 0x44, /* of the header, which stay readable */
    OPEN_BYTES_XOR = 0x34,
    MM_SHAPE_FILE = 0x66,
    PICTURE_HEAD_MIN = 8,
};

/* ---- pictures ---- */

/* A picture in the text ([MS-DOC] 2.9.192): a header, for some a file's name, then drawing records.
 */
static void send_inline(struct art *art, const struct buf *data, uint32_t at)
{
    if (at >= data->len || data->len - at < PICTURE_HEAD_MIN)
        return;
    const unsigned char *head = (const unsigned char *)data->data + at;
    size_t len = le32_get(head);
    size_t skip = le16_get(head + 4);
    if (len > data->len - at)
        len = data->len - at;
    if (skip < PICTURE_HEAD_MIN || skip >= len)
        return;
    if (le16_get(head + 6) == MM_SHAPE_FILE)
        skip += (size_t)head[skip] + 1;
    if (skip < len)
        art_pictures(art, head + skip, len - skip);
}

/* Pictures that the text refers to, then those of the drawing layer. The drawing layer's table is a
 * container and, behind it, containers that each have a byte before them. */
static void send_pictures(struct doc *doc)
{
    struct art art = {.emit = doc->emit,
                      .delayed = (const unsigned char *)doc->main.data,
                      .delayed_len = doc->main.len};
    uint32_t last = UINT32_MAX;
    size_t len;

    for (size_t i = 0; i < doc->char_count && !doc->emit->stop; i++) {
        const struct doc_run *run = &doc->chars[i];
        if (!(run->flags & DOC_PICTURE) || run->flags & (DOC_OBJECT | DOC_FORM) ||
            run->value == last)
            continue;
        last = run->value;
        send_inline(&art, &doc->data, run->value);
    }
    const unsigned char *drawings = doc_table(doc, DOC_DRAWINGS, &len);
    if (drawings)
        art_pictures(&art, drawings, len);
}

/* What drawings are said to show. */
static void send_descriptions(struct doc *doc)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    size_t len;
    const unsigned char *drawings = doc_table(doc, DOC_DRAWINGS, &len);

    if (!drawings || len < 8)
        return;
    buf_init(&text, 1 << 20);
    size_t store = 8 + (size_t)le32_get(drawings + 4);
    for (size_t at = store; at + 9 < len;) {
        size_t size = 8 + (size_t)le32_get(drawings + at + 5);
        size_t left = len - at - 1;
        art_texts(drawings + at + 1, size < left ? size : left, &text);
        at += 1 + (size < left ? size : left);
    }
    emit_flow(doc->emit, TEXT_MAIN, text.data, text.len);
}

static void send_objects(const struct cfb *cfb, struct emit *emit)
{
    const struct cfb_entry *pool = cfb_child(cfb_root(cfb), "ObjectPool");

    for (const struct cfb_entry *e = pool ? pool->first : NULL; e && !emit->stop; e = e->next)
        if (e->type == CFB_STORAGE)
            ole_storage_send(cfb, e, e->name, emit);
}

/* ---- locks ([MS-DOC] 2.2.6) ---- */

static void apply_xor(const unsigned char key[16], struct buf *stream)
{
    for (size_t at = OPEN_BYTES_XOR; at < stream->len; at++) {
        unsigned char c = (unsigned char)stream->data[at];
        unsigned char plain = c ^ key[at & 15];
        if (c && plain)
            stream->data[at] = (char)plain;
    }
}

static bool unlock_xor(struct doc *doc, const struct input *input)
{
    unsigned char key[16];
    unsigned said = le16_get(doc->main.data + KEY_AT);
    unsigned hash = le16_get(doc->main.data + KEY_AT + 2);
    const char *password;

    for (size_t n = 0; (password = lock_password(input, n)) != NULL; n++) {
        if (lock_xor_open(password, said, hash, LOCK_TURN, key)) {
            apply_xor(key, &doc->main);
            apply_xor(key, &doc->table);
            apply_xor(key, &doc->data);
            return true;
        }
    }
    return false;
}

/* The header of the lock stands at the start of the table stream and stays as it is. */
static bool unlock_rc4(struct doc *doc, const struct input *input)
{
    struct lock_rc4 lock;
    size_t size = le32_get(doc->main.data + KEY_AT);

    if (size > doc->table.len)
        size = doc->table.len;
    if (lock_rc4_try((const unsigned char *)doc->table.data, size, input, &lock) != LOCK_OPEN)
        return false;
    lock_rc4_apply(&lock, (unsigned char *)doc->main.data + OPEN_BYTES, doc->main.len - OPEN_BYTES,
                   OPEN_BYTES, LOCK_BLOCK);
    lock_rc4_apply(&lock, (unsigned char *)doc->table.data + size, doc->table.len - size, size,
                   LOCK_BLOCK);
    lock_rc4_apply(&lock, (unsigned char *)doc->data.data, doc->data.len, 0, LOCK_BLOCK);
    return true;
}

static bool unlock(struct doc *doc, const struct input *input)
{
    if (doc->main.len < OPEN_BYTES)
        return true;
    unsigned flags = le16_get(doc->main.data + FLAGS_AT);
    if (!(flags & FLAG_ENCRYPTED))
        return true;
    emit_meta(doc->emit, "encrypted", "yes");
    return flags & FLAG_OBFUSCATED || doc->table.len == 0 ? unlock_xor(doc, input)
                                                          : unlock_rc4(doc, input);
}

/* ---- the document ---- */

static int read_streams(const struct cfb *cfb, struct doc *doc)
{
    const struct cfb_entry *root = cfb_root(cfb);
    int rc = cfb_read(cfb, cfb_child(root, "WordDocument"), &doc->main);

    if (doc->main.len < FLAGS_AT + 2)
        return rc;
    bool second = le16_get(doc->main.data + FLAGS_AT) & FLAG_TABLE_1;
    int other = cfb_read(cfb, cfb_child(root, second ? "1Table" : "0Table"), &doc->table);
    if (doc->table.len == 0)
        other = cfb_read(cfb, cfb_child(root, second ? "0Table" : "1Table"), &doc->table);
    (void)cfb_read(cfb, cfb_child(root, "Data"), &doc->data);
    return rc ? rc : other;
}

static struct verdict read_document(const struct cfb *cfb, struct doc *doc, int rc)
{
    struct emit *emit = doc->emit;

    ole_props_read(cfb, cfb_root(cfb), emit);
    if (!doc_fib_read(doc) || !doc_pieces_read(doc))
        return verdict_failed(rc ? REASON_TRUNCATED : REASON_CORRUPT,
                              "its text cannot be found in the file");
    doc_text(doc);
    send_descriptions(doc);
    doc_origins(doc);
    if (doc->hidden)
        emit_meta(emit, "hidden-text", "yes");
    if (doc->revised)
        emit_meta(emit, "tracked-changes", "yes");
    send_pictures(doc);
    send_objects(cfb, emit);
    ole_macros_send(cfb, cfb_child(cfb_root(cfb), "Macros"), emit);
    struct verdict verdict = verdict_by_words(emit);
    if ((rc || doc->damaged) && verdict.outcome == OUTCOME_TEXT)
        verdict.reason = rc ? REASON_TRUNCATED : REASON_CORRUPT;
    return verdict;
}

struct verdict doc_read(const struct input *input, struct emit *emit)
{
    CLEANUP(cleanup_cfb) struct cfb *cfb = cfb_open(input->data, input->len);
    struct doc doc = {.emit = emit};

    if (!cfb)
        return verdict_failed(REASON_CORRUPT, "its directory cannot be read");
    buf_init(&doc.main, DOC_STREAM_MAX);
    buf_init(&doc.table, DOC_STREAM_MAX);
    buf_init(&doc.data, DOC_STREAM_MAX);
    int rc = read_streams(cfb, &doc);
    struct verdict verdict = unlock(&doc, input) ? read_document(cfb, &doc, rc) : lock_verdict();
    doc_release(&doc);
    return verdict;
}
