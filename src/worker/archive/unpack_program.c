#include "worker/archive/unpack_program.h"

#include <stdbool.h>
#include <string.h>

#include "base/attr.h"
#include "base/bytes.h"

static bool rar_fits(const unsigned char *at, size_t len)
{
    return len > 8 && (at[6] == 0 || (at[6] == 1 && at[7] == 0));
}

/* 7zFormat.txt: major version 0, and a second half that lies inside the file. */
static bool sevenzip_fits(const unsigned char *at, size_t len)
{
    return len > 32 && at[6] == 0 && le64_get(at + 12) < len && le64_get(at + 20) < len;
}

/* [MS-CAB] 2.2.1: reserved fields are zero, the size fits, version 1.3. */
static bool cab_fits(const unsigned char *at, size_t len)
{
    return len > 36 && le32_get(at + 4) == 0 && le32_get(at + 8) <= len && le32_get(at + 8) > 36 &&
           le32_get(at + 12) == 0 && at[24] == 3 && at[25] == 1;
}

static const struct {
    const char *bytes;
    size_t len;
    bool (*fits)(const unsigned char *at, size_t len);
} SIGNATURES[] = {
    {"Rar!\x1A\x07", 6, rar_fits},
    {"7z\xBC\xAF\x27\x1C", 6, sevenzip_fits},
    {"MSCF", 4, cab_fits},
};

/* The end record of a ZIP (APPNOTE 4.3.16) whose directory stands before it. */
static bool ends_as_zip(const unsigned char *data, size_t len)
{
    enum { END = 22, COMMENT_MAX = 65535 };
    size_t window = len < END + COMMENT_MAX ? len : END + COMMENT_MAX;

    for (size_t back = END; back <= window; back++) {
        const unsigned char *end = data + len - back;
        if (memcmp(end, "PK\5\6", 4) != 0)
            continue;
        uint32_t size = le32_get(end + 12);
        return size >= 46 && size <= len - back && memcmp(end - size, "PK\1\2", 4) == 0;
    }
    return false;
}

size_t program_archive_at(const unsigned char *data, size_t len)
{
    size_t best = len;

    for (size_t i = 0; i < ARRAY_LEN(SIGNATURES); i++) {
        const unsigned char *at = data;
        const unsigned char *end = data + best;
        while ((at = memmem(at, (size_t)(end - at), SIGNATURES[i].bytes, SIGNATURES[i].len))) {
            if (SIGNATURES[i].fits(at, len - (size_t)(at - data))) {
                best = (size_t)(at - data);
                break;
            }
            at++;
        }
    }
    return best == len && ends_as_zip(data, len) ? 0 : best;
}
