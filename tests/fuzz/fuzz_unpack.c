/* Archives with passwords at hand and, by the first byte, cut into volumes; programs; web archives.
 */
#include "fuzz_read.h"
#include "worker/archive/unpack.h"
#include "worker/archive/warc.h"

static const char *const PASSWORDS[] = {"wrong", "گذر"};

static struct verdict with_passwords(const struct input *input, struct emit *emit)
{
    struct input locked = *input;

    locked.passwords = PASSWORDS;
    locked.password_count = 2;
    return unpack_archive_read(&locked, emit);
}

/* The first half is the document, the second the next volume. */
static struct verdict in_volumes(const struct input *input, struct emit *emit)
{
    struct input first = *input;
    size_t half = input->len / 2;
    struct volume second = {input->data + half, input->len - half, "x.z01"};

    first.len = half;
    first.volumes = &second;
    first.volume_count = 1;
    first.next_volume = "x.z02";
    first.passwords = PASSWORDS;
    first.password_count = 2;
    return unpack_archive_read(&first, emit);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    if (len < 2)
        return 0;
    fuzz_read(with_passwords, "x.rar", "application/x-rar", data + 1, len - 1);
    fuzz_read(in_volumes, data[0] & 1 ? "x.zip" : "x.7z.001", "application/zip", data + 1, len - 1);
    fuzz_read(unpack_program_read, "x.exe", "application/x-dosexec", data + 1, len - 1);
    fuzz_read(warc_read, "x.warc", "application/warc", data + 1, len - 1);
    fuzz_read(arc_read, "x.arc", "application/x-internet-archive", data + 1, len - 1);
    return 0;
}
