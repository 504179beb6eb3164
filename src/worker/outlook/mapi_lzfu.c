#include <string.h>

#include "base/bytes.h"
#include "base/err.h"
#include "worker/outlook/mapi_rtf.h"

enum { HEADER = 16, WINDOW = 4096, COMPRESSED = 0x75465A4C, STORED = 0x414C454D };

/* What the window holds at the start ([MS-OXRTFCP] 2.1.2.1). */
static const char START[] = "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman "
                            "\\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArial"
                            "Times New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
                            "\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

struct window {
    unsigned char bytes[WINDOW];
    unsigned at;
};

static int put(struct window *window, unsigned char byte, struct buf *out)
{
    window->bytes[window->at] = byte;
    window->at = (window->at + 1) % WINDOW;
    return buf_append_char(out, (char)byte);
}

/* Runs of eight, each a byte or, where the run's control byte has a bit, a place in the window (12
 * bits) and a length (4 bits). A place that is the writing place itself is the end. */
static int expand(const unsigned char *data, size_t len, struct buf *out)
{
    struct window window = {.at = sizeof(START) - 1};
    size_t at = 0;
    int rc = 0;

    memcpy(window.bytes, START, sizeof(START) - 1);
    while (at < len) {
        unsigned control = data[at++];
        for (unsigned bit = 0; bit < 8; bit++, control >>= 1) {
            if (at >= len)
                return ERR_CORRUPT;
            if (!(control & 1)) {
                rc = put(&window, data[at++], out);
            } else {
                if (len - at < 2)
                    return ERR_CORRUPT;
                unsigned from = (unsigned)data[at] << 4 | data[at + 1] >> 4;
                unsigned count = (data[at + 1] & 15u) + 2;
                at += 2;
                if (from == window.at)
                    return 0;
                for (; count > 0 && rc == 0; count--, from++)
                    rc = put(&window, window.bytes[from % WINDOW], out);
            }
            if (rc != 0)
                return ERR_LIMIT;
        }
    }
    return ERR_CORRUPT;
}

int mapi_rtf_expand(const unsigned char *data, size_t len, struct buf *out)
{
    if (len >= 5 && memcmp(data, "{\\rtf", 5) == 0)
        return buf_append(out, data, len) ? ERR_LIMIT : 0;
    if (len < HEADER)
        return ERR_CORRUPT;
    /* the first field counts what follows it; it is wrong more often than the end is missing */
    uint32_t raw = le32_get(data + 4);
    uint32_t magic = le32_get(data + 8);
    if (magic == STORED) {
        size_t n = len - HEADER < raw ? len - HEADER : raw;
        if (buf_append(out, data + HEADER, n))
            return ERR_LIMIT;
        return n < raw ? ERR_CORRUPT : 0;
    }
    return magic == COMPRESSED ? expand(data + HEADER, len - HEADER, out) : ERR_CORRUPT;
}
