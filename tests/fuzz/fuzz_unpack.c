/* Archives by a choice in the first byte: with passwords at hand, cut into volumes, named as a ZIP.
 */
#include "fuzz_read.h"
#include "worker/archive/unpack.h"

/* One password for most: to make a key of it takes long. */
enum { CHOICE_ZIP = 1, CHOICE_VOLUMES = 2, CHOICE_PASSWORD = 4, CHOICE_PASSWORDS = 8 };

static const char *const PASSWORDS[] = {"گذر", "wrong"};

static unsigned choice;

static struct verdict unpack(const struct input *input, struct emit *emit)
{
    struct input first = *input;
    size_t half = input->len / 2;
    struct volume second = {input->data + half, input->len - half, "x.z01"};

    if (choice & CHOICE_VOLUMES) { /* the second half is the next volume */
        first.len = half;
        first.volumes = &second;
        first.volume_count = 1;
        first.next_volume = "x.z02";
    }
    first.passwords = PASSWORDS;
    if (choice & (CHOICE_PASSWORD | CHOICE_PASSWORDS))
        first.password_count = choice & CHOICE_PASSWORDS ? 2 : 1;
    return unpack_archive_read(&first, emit);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    if (len < 2)
        return 0;
    choice = data[0];
    fuzz_read(unpack, choice & CHOICE_ZIP ? "x.zip" : "x.7z.001", "application/zip", data + 1,
              len - 1);
    return 0;
}
