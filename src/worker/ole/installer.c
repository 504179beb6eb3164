#include "worker/ole/installer.h"

#include <string.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/utf8.h"
#include "worker/ole/cfb.h"
#include "worker/ole/ole_props.h"
#include "worker/plain/codepage.h"
#include "worker/sniff/sniff.h"

enum { POOL_MAX = 64 << 20, STREAM_MAX = 256 << 20, STRING_MAX = 1 << 20 };

/* A stream's name; *ret_table when it is one of the database's own. */
static void plain_name(const char *packed, struct buf *out, bool *ret_table)
{
    static const char LETTERS[] =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._";
    enum { PAIR = 0x3800, SINGLE = 0x4800, TABLE = 0x4840 };
    size_t len = strlen(packed);

    *ret_table = false;
    buf_clear(out);
    for (size_t at = 0; at < len;) {
        uint32_t rune;
        at += utf8_decode(packed + at, len - at, &rune);
        if (rune == TABLE) {
            *ret_table = true;
        } else if (rune >= SINGLE && rune < TABLE) {
            (void)buf_append_char(out, LETTERS[rune - SINGLE]);
        } else if (rune >= PAIR && rune < SINGLE) {
            (void)buf_append_char(out, LETTERS[(rune - PAIR) & 63]);
            (void)buf_append_char(out, LETTERS[(rune - PAIR) >> 6]);
        } else if (rune >= ' ') {
            (void)buf_append_rune(out, rune);
        }
    }
}

/* The strings in their order: tables name them by it, and neighbours belong together. */
static void put_strings(const struct buf *pool, const struct buf *data, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    const unsigned char *p = (const unsigned char *)pool->data;
    unsigned codepage = pool->len >= 4 ? le16_get(p) : CODEPAGE_WESTERN;
    size_t from = 0;

    buf_init(&text, (size_t)4 * STRING_MAX);
    for (size_t at = 4; at + 4 <= pool->len && from < data->len && !emit->stop; at += 4) {
        size_t len = le16_get(p + at);
        if (len == 0 && le16_get(p + at + 2) && at + 8 <= pool->len) { /* a long one */
            at += 4;
            len = le32_get(p + at);
        }
        len = len < data->len - from ? len : data->len - from;
        if (len && len <= STRING_MAX) {
            buf_clear(&text);
            (void)codepage_text(codepage ? codepage : CODEPAGE_WESTERN, data->data + from, len,
                                &text);
            emit_flow(emit, TEXT_MAIN, text.data, text.len);
            emit_flow_str(emit, TEXT_MAIN, "\n");
        }
        from += len;
    }
}

static void send_stream(const struct cfb *cfb, const struct cfb_entry *stream, const char *name,
                        struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};

    buf_init(&bytes, STREAM_MAX);
    int rc = cfb_read(cfb, stream, &bytes);
    if (!bytes.len)
        return;
    emit_child(emit, name, strlen(name), "", INT64_MIN);
    emit_child_data(emit, bytes.data, bytes.len);
    emit_child_end(emit,
                   rc == 0             ? REASON_NONE
                   : rc == ERR_CORRUPT ? REASON_TRUNCATED
                                       : REASON_LIMIT_SIZE,
                   rc ? "not all of the stream could be read" : "");
}

struct verdict installer_read(const struct input *input, struct emit *emit)
{
    CLEANUP(cleanup_cfb) struct cfb *cfb = cfb_open(input->data, input->len);
    CLEANUP(cleanup_buf) struct buf name = {0};
    CLEANUP(cleanup_buf) struct buf pool = {0};
    CLEANUP(cleanup_buf) struct buf data = {0};

    if (!cfb)
        return verdict_failed(REASON_CORRUPT, "the compound file has no directory");
    buf_init(&name, (size_t)4 * CFB_NAME_MAX);
    buf_init(&pool, POOL_MAX);
    buf_init(&data, POOL_MAX);
    ole_props_read(cfb, cfb_root(cfb), emit);
    for (const struct cfb_entry *e = cfb_root(cfb)->first; e && !emit->stop; e = e->next) {
        bool table;
        plain_name(e->name, &name, &table);
        if (e->type != CFB_STREAM || (unsigned char)e->name[0] < ' ')
            continue;
        if (!table)
            send_stream(cfb, e, name.len ? name.data : "stream", emit);
        else if (strcmp(name.data, "_StringPool") == 0)
            (void)cfb_read(cfb, e, &pool);
        else if (strcmp(name.data, "_StringData") == 0)
            (void)cfb_read(cfb, e, &data);
    }
    put_strings(&pool, &data, emit);
    struct verdict verdict = verdict_by_words(emit);
    if (verdict.outcome == OUTCOME_EMPTY && emit->children)
        return verdict_empty(REASON_CONTAINER, "a Windows installer");
    return verdict;
}
