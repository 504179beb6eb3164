#include "worker/books/hwp.h"

#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "base/err.h"
#include "worker/archive/inflate.h"
#include "worker/ole/cfb.h"
#include "worker/plain/charset.h"
#include "worker/office/lock.h"
#include "worker/ole/ole_props.h"

/* /FileHeader: a signature of 32 bytes, the version, flags. */
enum { FLAGS_AT = 36, FLAG_PACKED = 1, FLAG_PASSWORD = 2, FLAG_DISTRIBUTION = 4, FLAG_DRM = 16 };
/* Records: ten bits of tag, ten of level, twelve of length; all ones: the length follows. */
enum { TAG_DISTRIBUTION = 28, TAG_TEXT = 67, LONG_RECORD = 0xFFF, KEY_RECORD = 256 };

struct hwp {
    const struct cfb *cfb;
    struct emit *emit;
    uint32_t flags;
    bool damaged;
};

/* A stream as it is meant, in `out`, which is initialised here. */
static void stream_read(struct hwp *hwp, const struct cfb_entry *stream, struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf packed = {0};

    buf_init(out, HWP_SECTION_MAX);
    if (!(hwp->flags & FLAG_PACKED)) {
        hwp->damaged |= cfb_read(hwp->cfb, stream, out) != 0;
        return;
    }
    buf_init(&packed, HWP_SECTION_MAX);
    hwp->damaged |= cfb_read(hwp->cfb, stream, &packed) != 0;
    hwp->damaged |= inflate_into(INFLATE_BARE, packed.data, packed.len, out) != 0;
}

/* The generator of Microsoft's C library, which the key is hidden with. */
static unsigned next_random(uint32_t *seed)
{
    *seed = *seed * 214013 + 2531011;
    return *seed >> 16 & 0x7FFF;
}

/* The key of a section for distribution, from its first record: runs of bytes are under a random
 * byte each, and the key stands at a place that the seed tells. */
static void distribution_key(const unsigned char *record, unsigned char key[16])
{
    unsigned char bytes[KEY_RECORD];
    uint32_t seed = le32_get(record);
    size_t key_at = 4 + (seed & 0xF);
    unsigned run = 0, mask = 0;

    memcpy(bytes, record, sizeof(bytes));
    for (size_t i = 0; i < sizeof(bytes); i++, run--) {
        if (run == 0) {
            mask = next_random(&seed) & 0xFF;
            run = (next_random(&seed) & 0xF) + 1;
        }
        if (i >= 4)
            bytes[i] ^= (unsigned char)mask;
    }
    memcpy(key, bytes + key_at, 16);
}

static void section_read(struct hwp *hwp, const struct cfb_entry *stream, struct buf *out)
{
    enum { HEADER = 4 };
    CLEANUP(cleanup_buf) struct buf sealed = {0};
    unsigned char key[16];

    if (!(hwp->flags & FLAG_DISTRIBUTION)) {
        stream_read(hwp, stream, out);
        return;
    }
    buf_init(out, HWP_SECTION_MAX);
    buf_init(&sealed, HWP_SECTION_MAX);
    hwp->damaged |= cfb_read(hwp->cfb, stream, &sealed) != 0;
    unsigned char *bytes = (unsigned char *)sealed.data;
    if (sealed.len < HEADER + KEY_RECORD || (le32_get(bytes) & 0x3FF) != TAG_DISTRIBUTION) {
        hwp->damaged = true;
        return;
    }
    distribution_key(bytes + HEADER, key);
    bytes += HEADER + KEY_RECORD;
    size_t len = (sealed.len - HEADER - KEY_RECORD) & ~(size_t)15;
    (void)lock_aes_ecb(key, sizeof(key), bytes, len);
    hwp->damaged |= inflate_into(INFLATE_BARE, bytes, len, out) != 0;
}

/* ---- text ---- */

/* UTF-16; characters below 32 are controls, and most of them are eight units long. */
static void put_text(const unsigned char *data, size_t len, struct buf *out)
{
    enum { TAB = 9, LINE = 10, PARAGRAPH = 13, HYPHEN = 24, LONG_UNITS = 8 };
    CLEANUP(cleanup_buf) struct buf wide = {0};

    buf_init(&wide, len + 2);
    for (size_t at = 0; at + 2 <= len;) {
        unsigned unit = le16_get(data + at);
        bool one = unit >= 32 || unit == 0 || unit == LINE || unit == PARAGRAPH || unit >= HYPHEN;
        unsigned char shown = unit == TAB                         ? '\t'
                              : unit == LINE || unit == PARAGRAPH ? '\n'
                              : unit == HYPHEN                    ? '-'
                              : unit > HYPHEN                     ? ' '
                                                                  : 0;
        if (unit >= 32)
            (void)buf_append(&wide, data + at, 2);
        else if (shown)
            (void)buf_append(&wide, (unsigned char[]){shown, 0}, 2);
        at += one ? 2 : 2 * LONG_UNITS;
    }
    (void)charset_to_utf8("UTF-16LE", wide.data, wide.len, out);
    if (out->len && out->data[out->len - 1] != '\n')
        (void)buf_append_char(out, '\n');
}

static void send_records(struct hwp *hwp, const struct buf *section)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    const unsigned char *data = (const unsigned char *)section->data;

    buf_init(&text, HWP_SECTION_MAX);
    for (size_t at = 0; section->len - at >= 4 && !hwp->emit->stop;) {
        uint32_t header = le32_get(data + at);
        size_t len = header >> 20;
        at += 4;
        if (len == LONG_RECORD) {
            if (section->len - at < 4)
                break;
            len = le32_get(data + at);
            at += 4;
        }
        if (len > section->len - at) {
            hwp->damaged = true;
            len = section->len - at;
        }
        if ((header & 0x3FF) == TAG_TEXT) {
            buf_clear(&text);
            put_text(data + at, len, &text);
            emit_flow(hwp->emit, TEXT_MAIN, text.data, text.len);
        }
        at += len;
    }
}

static unsigned read_sections(struct hwp *hwp)
{
    const struct cfb_entry *root = cfb_root(hwp->cfb);
    const char *folder = hwp->flags & FLAG_DISTRIBUTION ? "ViewText" : "BodyText";
    unsigned count = 0;

    for (; count < HWP_SECTIONS_MAX && !hwp->emit->stop; count++) {
        CLEANUP(cleanup_buf) struct buf section = {0};
        char path[64];
        snprintf(path, sizeof(path), "%s/Section%u", folder, count);
        const struct cfb_entry *stream = cfb_find(root, path);
        if (!stream)
            break;
        section_read(hwp, stream, &section);
        send_records(hwp, &section);
    }
    return count;
}

/* ---- the rest ---- */

static void send_files(struct hwp *hwp)
{
    const struct cfb_entry *folder = cfb_find(cfb_root(hwp->cfb), "BinData");

    for (const struct cfb_entry *e = folder ? folder->first : NULL; e && !hwp->emit->stop;
         e = e->next) {
        CLEANUP(cleanup_buf) struct buf bytes = {0};
        if (e->type != CFB_STREAM)
            continue;
        bool before = hwp->damaged;
        hwp->damaged = false;
        stream_read(hwp, e, &bytes);
        emit_child(hwp->emit, e->name, strlen(e->name), "", INT64_MIN);
        emit_child_data(hwp->emit, bytes.data, bytes.len);
        if (hwp->damaged)
            emit_child_end(hwp->emit, REASON_CORRUPT, "it cannot be taken out whole");
        else
            emit_child_end(hwp->emit, REASON_NONE, "");
        hwp->damaged |= before;
    }
}

static void read_facts(struct hwp *hwp)
{
    enum { FORMAT_AT = 28 };
    CLEANUP(cleanup_buf) struct buf facts = {0};
    const struct cfb_entry *stream = cfb_find(cfb_root(hwp->cfb), "\005HwpSummaryInformation");

    buf_init(&facts, OLE_PROPS_BYTES);
    if (!stream || cfb_read(hwp->cfb, stream, &facts) || facts.len < FORMAT_AT + 4)
        return;
    /* its set has an identifier of its own, and the properties of the usual one */
    memcpy(facts.data + FORMAT_AT, "\xE0\x85\x9F\xF2", 4);
    ole_props_parse((const unsigned char *)facts.data, facts.len, hwp->emit);
}

static struct verdict read_document(struct hwp *hwp)
{
    if (hwp->flags & FLAG_PASSWORD)
        return verdict_failed(REASON_PASSWORD,
                              "the document is locked with a password, in a way sanad cannot open");
    if (hwp->flags & FLAG_DRM)
        return verdict_failed(REASON_UNSUPPORTED, "the document is under copy protection");
    read_facts(hwp);
    if (read_sections(hwp) == 0)
        return verdict_failed(REASON_CORRUPT, "its text is missing");
    send_files(hwp);
    struct verdict verdict = verdict_by_words(hwp->emit);
    if (!hwp->damaged)
        return verdict;
    if (verdict.outcome == OUTCOME_EMPTY)
        return verdict_failed(REASON_CORRUPT, "its sections make no sense");
    verdict.reason = REASON_CORRUPT;
    snprintf(verdict.detail, sizeof(verdict.detail),
             "a part is damaged; what could be read is kept");
    return verdict;
}

struct verdict hwp_read(const struct input *input, struct emit *emit)
{
    CLEANUP(cleanup_cfb) struct cfb *cfb = cfb_open(input->data, input->len);
    CLEANUP(cleanup_buf) struct buf header = {0};
    struct hwp hwp = {.cfb = cfb, .emit = emit};

    buf_init(&header, 4096);
    if (!cfb || cfb_read(cfb, cfb_child(cfb_root(cfb), "FileHeader"), &header) ||
        header.len < FLAGS_AT + 4 || memcmp(header.data, "HWP Document File", 17) != 0)
        return verdict_failed(REASON_CORRUPT, "its header is missing");
    hwp.flags = le32_get(header.data + FLAGS_AT);
    return read_document(&hwp);
}
