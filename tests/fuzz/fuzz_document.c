/* Any bytes as a document: sniffed and, when they are text, read; the first byte chooses a name.
 * Formats with libraries of their own have fuzz targets of their own. */
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "worker/plain/charset.h"
#include "worker/tables/csv.h"
#include "worker/reader.h"
#include "worker/plain/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static const char *const NAMES[] = {"", "a.csv", "a.eml", "a.txt", "a.html"};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static int nowhere = -1;
    struct frame_writer writer;
    struct emit emit;

    if (nowhere < 0) {
        charset_open();
        nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    }
    if (len < 2)
        return 0;
    struct input input = {.data = data + 1,
                          .len = len - 1,
                          .fd = -1,
                          .name = NAMES[data[0] % ARRAY_LEN(NAMES)],
                          .hint_mime = "",
                          .langs = ""};
    frame_writer_init(&writer, nowhere);
    emit_init(&emit, &writer, 1 << 20);
    (void)frame_hello(&writer);
    input.mime = sniff(&input);
    if (data[0] & 1)
        (void)csv_read(&input, &emit);
    else
        (void)text_read(&input, &emit);
    emit_release(&emit);
    frame_writer_release(&writer);
    return 0;
}
