#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/ole/ole_object.h"
#include "worker/office/rtf_state.h"

enum { BMP_HEADER = 14, DIB_HEADER = 40, PICT_HEADER = 512 };

void rtf_blob_open(struct rtf *rtf)
{
    buf_clear(&rtf->blob);
    rtf->blob.full = false;
    rtf->nibble = -1;
    rtf->picture = 0;
}

void rtf_blob_hex(struct rtf *rtf, unsigned char digit)
{
    int value = digit >= '0' && digit <= '9'   ? digit - '0'
                : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
                : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
                                               : -1;

    if (value < 0)
        return;
    if (rtf->nibble < 0) {
        rtf->nibble = value;
        return;
    }
    (void)buf_append_char(&rtf->blob, (char)(rtf->nibble << 4 | value));
    rtf->nibble = -1;
}

void rtf_blob_bytes(struct rtf *rtf, const void *data, size_t len)
{
    size_t room = rtf->blob.cap - rtf->blob.len;

    (void)buf_append(&rtf->blob, data, len < room ? len : room);
    rtf->blob.full |= len > room;
}

/* A bitmap of Windows without its file header, which is put before it. */
static void send_bmp_header(const struct buf *dib, struct emit *emit)
{
    unsigned char header[BMP_HEADER] = {'B', 'M'};
    size_t start = BMP_HEADER + le32_get(dib->data);
    uint16_t bits = le16_get(dib->data + 14);
    uint32_t colours = le32_get(dib->data + 32);

    if (colours == 0 && bits <= 8)
        colours = UINT32_C(1) << bits;
    if (colours <= 256)
        start += (size_t)4 * colours;
    le32_put(header + 2, (uint32_t)(dib->len + BMP_HEADER));
    le32_put(header + 10, (uint32_t)start);
    emit_child_data(emit, header, sizeof(header));
}

static void send_picture(struct rtf *rtf)
{
    static const struct {
        const char *suffix, *mime;
    } kinds[] = {
        [0] = {"bin", ""},
        [RTF_PNG] = {"png", "image/png"},
        [RTF_JPEG] = {"jpg", "image/jpeg"},
        [RTF_EMF] = {"emf", "image/emf"},
        [RTF_WMF] = {"wmf", "image/wmf"},
        [RTF_PICT] = {"pict", "image/x-pict"},
        [RTF_DIB] = {"bmp", "image/bmp"},
        [RTF_BITMAP] = {"bin", ""},
    };
    static const unsigned char zeros[PICT_HEADER];
    char name[32];

    snprintf(name, sizeof(name), "image%u.%s", ++rtf->pictures, kinds[rtf->picture].suffix);
    emit_child(rtf->emit, name, strlen(name), kinds[rtf->picture].mime, INT64_MIN);
    if (rtf->picture == RTF_DIB && rtf->blob.len >= DIB_HEADER)
        send_bmp_header(&rtf->blob, rtf->emit);
    if (rtf->picture == RTF_PICT)
        emit_child_data(rtf->emit, zeros, sizeof(zeros));
    emit_child_data(rtf->emit, rtf->blob.data, rtf->blob.len);
    emit_child_end(rtf->emit, rtf->blob.full ? REASON_LIMIT_SIZE : REASON_NONE,
                   rtf->blob.full ? "the picture is larger than a document may hold" : "");
}

static void send_object(struct rtf *rtf)
{
    const unsigned char *data = (const unsigned char *)rtf->blob.data;
    char name[32];

    snprintf(name, sizeof(name), "object%u", ++rtf->objects);
    if (!ole_stream_send(data, rtf->blob.len, name, rtf->emit) && rtf->blob.len > 64)
        ole_native_send(data, rtf->blob.len, name, rtf->emit);
}

void rtf_blob_close(struct rtf *rtf, enum rtf_place place)
{
    if (rtf->blob.len && !rtf->emit->stop) {
        if (place == RTF_PICTURE)
            send_picture(rtf);
        else
            send_object(rtf);
    }
    buf_release(&rtf->blob);
    buf_init(&rtf->blob, RTF_BLOB_MAX);
}
