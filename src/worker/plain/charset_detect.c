#include "worker/plain/charset.h"

#include <stdint.h>
#include <string.h>
#include <uchardet/uchardet.h>

#include "base/utf8.h"

static const char *by_mark(const unsigned char *data, size_t len)
{
    if (len >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0)
        return "UTF-8";
    if (len >= 4 && memcmp(data, "\xFF\xFE\0\0", 4) == 0)
        return "UTF-32LE";
    if (len >= 4 && memcmp(data, "\0\0\xFE\xFF", 4) == 0)
        return "UTF-32BE";
    if (len >= 2 && memcmp(data, "\xFF\xFE", 2) == 0)
        return "UTF-16LE";
    if (len >= 2 && memcmp(data, "\xFE\xFF", 2) == 0)
        return "UTF-16BE";
    return NULL;
}

/* UTF-16 and UTF-32 without a mark: the zeros of ASCII letters, spaces and newlines stand in one
 * place of each unit only. Arabic and Cyrillic texts have fewer of them, so the other test is that
 * the high bytes are few different ones. */
static const char *by_zeros(const unsigned char *data, size_t len)
{
    size_t zeros[4] = {0};

    if (len < 4)
        return NULL;
    for (size_t i = 0; i < len; i++)
        zeros[i & 3] += data[i] == 0;
    size_t quarter = len / 4;
    if (len % 4 == 0 && zeros[2] + zeros[3] == 2 * quarter && zeros[0] == 0)
        return "UTF-32LE";
    if (len % 4 == 0 && zeros[0] + zeros[1] == 2 * quarter && zeros[3] == 0)
        return "UTF-32BE";
    size_t even = zeros[0] + zeros[2];
    size_t odd = zeros[1] + zeros[3];
    size_t enough = len / 2 / 10; /* a tenth of the characters are ASCII, if only spaces */
    if (even == 0 && odd > enough)
        return "UTF-16LE";
    if (odd == 0 && even > enough)
        return "UTF-16BE";
    return NULL;
}

/* Control characters that no text has; a few are forgiven (form feeds and escapes are usual). */
static bool looks_binary(const unsigned char *data, size_t len)
{
    size_t odd = 0;

    for (size_t i = 0; i < len; i++) {
        unsigned char c = data[i];
        odd += (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1B &&
                c != 0x0B && c != 0x1A) ||
               c == 0x7F;
    }
    return odd > len / 100 + (len >= 64 ? 1 : 0);
}

/* Whether the sample is UTF-8 but for a character cut at its end and, in a long text, a rare slip.
 */
static bool is_utf8(const char *data, size_t len)
{
    size_t bad = 0;
    size_t good = 0;

    for (size_t at = 0; at < len;) {
        uint32_t rune;
        size_t n = utf8_decode(data + at, len - at, &rune);
        if (n == 1 && rune == UTF8_REPLACEMENT)
            bad += len - at >= 4;
        else
            good += n > 1;
        at += n;
    }
    return bad == 0 || bad * 50 < good;
}

/* How Arabic a text reads in a set: letters per thousand high bytes, common letters counted
 * twice. The sets disagree on where the letters are, so the right one stands out. */
static unsigned arabic_score(const char *charset, const unsigned char *data, size_t len)
{
    static const uint32_t COMMON[] = {0x627, 0x644, 0x645, 0x646, 0x648, 0x631,
                                      0x62F, 0x647, 0x64A, 0x62A, 0x628, 0x6CC};
    CLEANUP(cleanup_buf) struct buf text = {0};
    size_t high = 0;
    size_t score = 0;

    buf_init(&text, len * 4);
    if (charset_to_utf8(charset, data, len, &text))
        return 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t rune;
        at += utf8_decode(text.data + at, text.len - at, &rune);
        if (rune < 0x80)
            continue;
        high++;
        score += rune >= 0x621 && rune <= 0x6D3;
        for (size_t i = 0; i < ARRAY_LEN(COMMON); i++)
            score += rune == COMMON[i];
    }
    return high < 4 ? 0 : (unsigned)(score * 1000 / high);
}

/* uchardet knows windows-1256 but takes Persian for other things: Arabic script is tried first. */
static const char *by_arabic(const unsigned char *data, size_t len)
{
    enum { SURE = 1500 };
    size_t sample = len < 32768 ? len : 32768;
    unsigned windows = arabic_score("windows-1256", data, sample);
    unsigned iso = arabic_score("ISO-8859-6", data, sample);

    if (windows < SURE && iso < SURE)
        return NULL;
    return windows >= iso ? "windows-1256" : "ISO-8859-6";
}

static const char *by_statistics(const unsigned char *data, size_t len)
{
    const char *found = NULL;
    uchardet_t detector = uchardet_new();

    if (uchardet_handle_data(detector, (const char *)data, len) == 0) {
        uchardet_data_end(detector);
        found = charset_known(uchardet_get_charset(detector));
    }
    uchardet_delete(detector);
    return found;
}

/* The share, in percent, of characters beyond ASCII that western texts are full of. */
static unsigned western_share(const char *charset, const unsigned char *data, size_t len)
{
    static const char COMMON[] = "éèêëàâäáãåüûúùöôóòõøïîíìçñßæœÉÈÀÄÜÖÇÑ“”„‘’–—…•«»€£©®°§";
    CLEANUP(cleanup_buf) struct buf text = {0};
    size_t high = 0;
    size_t common = 0;

    buf_init(&text, len * 4);
    (void)charset_to_utf8(charset, data, len, &text);
    for (size_t at = 0; at < text.len;) {
        uint32_t rune;
        char bytes[5] = {0};
        at += utf8_decode(text.data + at, text.len - at, &rune);
        if (rune < 0x80)
            continue;
        utf8_encode(rune, bytes);
        high++;
        common += strstr(COMMON, bytes) != NULL;
    }
    return high ? (unsigned)(common * 100 / high) : 0;
}

/* uchardet does not know the sets of old Macs and of DOS and is easily misled by short western
 * texts: where its guess makes no western text and another set does, the other is right. */
static const char *or_western(const char *guess, const unsigned char *data, size_t len)
{
    static const char *const SETS[] = {"windows-1252", "MACINTOSH", "CP850"};
    enum { FEW = 16, SELDOM = 50, MOSTLY = 90 };
    size_t high = 0;

    for (size_t i = 0; i < len; i++)
        high += data[i] >= 0x80;
    unsigned enough = high < FEW ? MOSTLY : SELDOM; /* few characters are too few for statistics */
    if (high > len / 4 || western_share(guess, data, len) >= enough)
        return guess;
    for (size_t i = 0; i < ARRAY_LEN(SETS); i++)
        if (western_share(SETS[i], data, len) >= MOSTLY)
            return SETS[i];
    return guess;
}

/* Texts of IBM's large machines: the space is 0x40, the most usual letter 0x85 ("e"). */
static bool is_ebcdic(const unsigned char *data, size_t len)
{
    size_t spaces = 0;
    size_t letters = 0;
    size_t ascii = 0;

    for (size_t i = 0; i < len; i++) {
        spaces += data[i] == 0x40;
        ascii += data[i] == ' ' || data[i] == '\n';
        letters += (data[i] >= 0x81 && data[i] <= 0x89) || (data[i] >= 0x91 && data[i] <= 0x99) ||
                   (data[i] >= 0xA2 && data[i] <= 0xA9);
    }
    /* pages are filled up with spaces */
    return len >= 32 && spaces > len / 12 && letters > (len - spaces) / 2 && letters > len / 10 &&
           ascii <= len / 100;
}

const char *charset_detect(const void *data, size_t len)
{
    size_t sample = len < CHARSET_SAMPLE_BYTES ? len : CHARSET_SAMPLE_BYTES;
    const char *found = by_mark(data, sample);

    if (found)
        return found;
    if (memchr(data, 0, sample)) {
        found = by_zeros(data, sample & ~(size_t)3);
        if (found)
            return found;
    }
    /* nearly every text: nothing of the rest is tried on it */
    bool valid = utf8_valid(data, utf8_prefix(data, len, sample));
    if (!valid && is_ebcdic(data, sample))
        return "CP500";
    if (looks_binary(data, sample))
        return NULL;
    if (valid || is_utf8(data, sample))
        return memmem(data, sample, "\x1B$B", 3) ? "ISO-2022-JP" : "UTF-8";
    found = by_arabic(data, sample);
    if (found)
        return found;
    found = by_statistics(data, sample);
    return or_western(found ? found : "windows-1252", data, sample);
}
