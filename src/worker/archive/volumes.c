#include "worker/archive/volumes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "wire/volume_name.h"

enum { END_HEADER = 22, COMMENT_MAX = 65535, CENTRAL_HEADER = 46, DIRECTORY_MAX = 256 << 20 };

/* ---- ZIP ---- */

/* The end record of a ZIP (APPNOTE 4.3.16); NULL when there is none. */
static const unsigned char *end_record(const unsigned char *data, size_t len)
{
    size_t window = len < END_HEADER + COMMENT_MAX ? len : END_HEADER + COMMENT_MAX;

    for (size_t back = END_HEADER; back <= window; back++)
        if (le32_get(data + len - back) == 0x06054b50)
            return data + len - back;
    return NULL;
}

/* How many volumes come before this one; 0 for a whole ZIP. */
static uint32_t zip_volumes_before(const struct input *input)
{
    const unsigned char *end = end_record(input->data, input->len);
    uint16_t disk = end ? le16_get(end + 4) : 0;

    return disk == 0xffff ? 0 : disk;
}

/* Where volume `disk` starts in the whole: the others in order, then the document. */
static bool disk_start(const struct input *input, uint32_t disk, uint64_t *ret_start)
{
    *ret_start = 0;
    if (disk > input->volume_count)
        return false;
    for (uint32_t i = 0; i < disk; i++)
        *ret_start += input->volumes[i].len;
    return true;
}

/* The directory with every place counted from the first byte of all. */
static bool write_directory(const struct input *input, char *directory, size_t len)
{
    uint64_t start;

    for (size_t at = 0; at + CENTRAL_HEADER <= len;) {
        char *entry = directory + at;
        if (le32_get(entry) != 0x02014b50)
            return at > 0;
        if (!disk_start(input, le16_get(entry + 34), &start) ||
            start + le32_get(entry + 42) > UINT32_MAX || le32_get(entry + 42) == UINT32_MAX)
            return false;
        le32_put(entry + 42, (uint32_t)(start + le32_get(entry + 42)));
        le16_put(entry + 34, 0);
        at += CENTRAL_HEADER + (size_t)le16_get(entry + 28) + le16_get(entry + 30) +
              le16_get(entry + 32);
    }
    return true;
}

/* The volumes of a ZIP with its directory written anew; NULL where that cannot be done (a directory
 * that counts in 64 bits, or whose volumes are not all there): then the entries' own headers do. */
static struct source *join_zip(const struct input *input)
{
    const unsigned char *end = end_record(input->data, input->len);
    CLEANUP(cleanup_source) struct source *all = source_new();
    CLEANUP(cleanup_free) char *directory = NULL;
    char end_copy[END_HEADER];
    uint64_t start;

    for (size_t i = 0; i < input->volume_count; i++)
        (void)source_add(all, input->volumes[i].data, input->volumes[i].len);
    (void)source_add(all, input->data, input->len);
    if (!end || !disk_start(input, le16_get(end + 6), &start))
        return NULL;
    size_t len = le32_get(end + 12);
    uint64_t at = start + le32_get(end + 16);
    if (len > DIRECTORY_MAX || at + len > source_len(all) || at > UINT32_MAX)
        return NULL;
    directory = mem_alloc(len + 1);
    if (source_copy(all, at, directory, len) != len || !write_directory(input, directory, len))
        return NULL;
    memcpy(end_copy, end, END_HEADER);
    memset(end_copy + 4, 0, 4);
    memcpy(end_copy + 8, end_copy + 10, 2);
    le32_put(end_copy + 16, (uint32_t)at);
    le16_put(end_copy + 20, 0);

    struct source *joined = source_new();
    uint64_t left = at;
    for (size_t i = 0; i <= input->volume_count && left; i++) {
        bool last = i == input->volume_count;
        uint64_t here = last ? input->len : input->volumes[i].len;
        here = here < left ? here : left;
        (void)source_add(joined, last ? input->data : input->volumes[i].data, (size_t)here);
        left -= here;
    }
    (void)source_add_copy(joined, directory, len);
    (void)source_add_copy(joined, end_copy, END_HEADER);
    return joined;
}

/* All volumes of a ZIP one after the other, without a directory that is of use. */
static struct source *chain_zip(const struct input *input)
{
    struct source *source = source_new();

    for (size_t i = 0; i < input->volume_count; i++)
        (void)source_add(source, input->volumes[i].data, input->volumes[i].len);
    (void)source_add(source, input->data, input->len);
    return source;
}

struct source *volumes_join(const struct input *input, size_t from)
{
    struct volume_name name = volume_name_parse(input->name);

    if (name.style != VOLUME_ZIP || !input->volume_count || !zip_volumes_before(input))
        return source_of_input(input, from);
    struct source *joined = join_zip(input);
    return joined ? joined : chain_zip(input);
}

/* ---- what is missing ---- */

bool volumes_sevenzip_is_cut(const struct input *input)
{
    if (input->len < 32 || memcmp(input->data, "7z\xBC\xAF\x27\x1C", 6) != 0)
        return false;
    uint64_t len = input->len;
    for (size_t i = 0; i < input->volume_count; i++)
        len += input->volumes[i].len;
    uint64_t offset = le64_get(input->data + 12);
    uint64_t size = le64_get(input->data + 20);
    return offset > len || size > len || 32 + offset + size > len;
}

/* Whether the last volume of a RAR says that another one follows: flag 1 of its end record, whose
 * type is 0x7b in RAR 4 and 5 in RAR 5. */
static bool rar_goes_on(const struct input *input)
{
    const unsigned char *data = input->data;
    size_t len = input->len;

    if (len < 7 || memcmp(data, "Rar!\x1A\x07", 6) != 0)
        return false;
    bool rar5 = data[6] == 1;
    if (input->volume_count) {
        data = input->volumes[input->volume_count - 1].data;
        len = input->volumes[input->volume_count - 1].len;
    }
    if (rar5)
        return len >= 8 && memcmp(data + len - 3, "\5\4\1", 3) == 0;
    for (size_t size = 7; size <= 20 && size <= len; size++) {
        const unsigned char *end = data + len - size;
        if (end[2] == 0x7B && le16_get(end + 5) == size)
            return le16_get(end + 3) & 1;
    }
    return false;
}

static const char *is_not_there(const char *name)
{
    static char words[VOLUME_NAME_SPACE + 64];

    snprintf(words, sizeof(words), "the volume %.1000s is not here; add it", name);
    return words;
}

static const char *number_is_not_there(const char *name, const struct volume_name *volume,
                                       uint32_t number)
{
    char missing[VOLUME_NAME_SPACE];

    volume_name_make(name, volume, number, missing);
    return is_not_there(missing);
}

/* The first volume of a ZIP that is not there. */
static const char *zip_missing(const struct input *input, const struct volume_name *volume)
{
    uint32_t before = zip_volumes_before(input);
    uint32_t number = 1;

    for (size_t i = 0; i < input->volume_count; i++, number++)
        if (volume_name_parse(input->volumes[i].name).number != number)
            break;
    return number <= before ? number_is_not_there(input->name, volume, number) : NULL;
}

/* A volume that cannot be read without the first; years and versions end in numbers too. */
static bool is_later_volume(const struct input *input, const struct volume_name *volume)
{
    static const char *const ENDINGS[] = {".7z.",  ".zip.", ".rar.", ".tar.", ".gz.",  ".tgz.",
                                          ".bz2.", ".tbz.", ".xz.",  ".txz.", ".zst.", ".exe."};

    if (volume->style == VOLUME_NONE || volume_name_leads(volume))
        return false;
    if (volume->style != VOLUME_CUT && volume->style != VOLUME_CUT_AA)
        return true;
    for (size_t i = 0; i < ARRAY_LEN(ENDINGS); i++) {
        size_t len = strlen(ENDINGS[i]);
        if (volume->stem > len &&
            strncasecmp(input->name + volume->stem - len, ENDINGS[i], len) == 0)
            return true;
    }
    return false;
}

const char *volumes_missing(const struct input *input)
{
    struct volume_name volume = volume_name_parse(input->name);

    if (volume.style == VOLUME_ZIP && volume.number == UINT32_MAX)
        return zip_missing(input, &volume);
    if (is_later_volume(input, &volume))
        return number_is_not_there(input->name, &volume,
                                   volume.style == VOLUME_ZIP ? UINT32_MAX : 1);
    if (zip_volumes_before(input))
        return "the other volumes of this ZIP are not here";
    bool cut = volumes_sevenzip_is_cut(input);
    bool set = volume.style != VOLUME_NONE || (input->next_volume && input->next_volume[0]);
    if (cut && !set)
        return NULL; /* a file that ends too early */
    return cut || rar_goes_on(input) ? volumes_next(input) : NULL;
}

const char *volumes_next(const struct input *input)
{
    struct volume_name volume = volume_name_parse(input->name);

    if (input->next_volume && input->next_volume[0])
        return is_not_there(input->next_volume);
    if (volume.style == VOLUME_NONE)
        return "its next volume is not here";
    return number_is_not_there(input->name, &volume,
                               volume.number + (uint32_t)input->volume_count + 1);
}
