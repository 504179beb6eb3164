#include "fuzz_read.h"

#include <fcntl.h>

#include "worker/plain/charset.h"
#include "worker/parts.h"

/* Several runs of flowing text; bombs come to their end soon. */
enum { OUTPUT_MAX = 512 << 10 };

void fuzz_read(fuzz_reader *read, const char *name, const char *mime, const uint8_t *data,
               size_t len)
{
    static int nowhere = -1;
    struct frame_writer writer;
    struct emit emit;
    struct input input = {.data = data,
                          .len = len,
                          .fd = -1,
                          .name = name,
                          .hint_mime = "",
                          .mime = mime,
                          .langs = ""};

    if (nowhere < 0) {
        charset_open();
        parts_start();
        nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    }
    frame_writer_init(&writer, nowhere);
    emit_init(&emit, &writer, OUTPUT_MAX);
    (void)frame_hello(&writer);
    (void)read(&input, &emit);
    emit_flow_end(&emit);
    emit_release(&emit);
    frame_writer_release(&writer);
}
