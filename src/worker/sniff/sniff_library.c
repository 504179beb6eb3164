#include "worker/sniff/sniff.h"

#include <fcntl.h>
#include <magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/attr.h"
#include "base/buf.h"
#include "wire/frame.h"

/* The compiled database, mapped and not yet touched: a child that needs it pays for it. */
static struct {
    void *data;
    size_t len;
} database;

static const char *const PLACES[] = {"/usr/lib/file/magic.mgc", "/usr/share/misc/magic.mgc",
                                     "/usr/share/file/misc/magic.mgc"};

void sniff_library_open(void)
{
    for (size_t i = 0; i < ARRAY_LEN(PLACES) && !database.data; i++) {
        CLEANUP(cleanup_fd) int fd = open(PLACES[i], O_RDONLY | O_CLOEXEC);
        struct stat st;
        if (fd < 0 || fstat(fd, &st) || st.st_size <= 0)
            continue;
        /* libmagic swaps a database of the other byte order in place: private, writable */
        void *map = mmap(NULL, (size_t)st.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
        if (map == MAP_FAILED)
            continue;
        database.data = map;
        database.len = (size_t)st.st_size;
    }
}

const char *sniff_library(const unsigned char *data, size_t len)
{
    enum { LOOK_AT = 1 << 20 };
    static char mime[MIME_MAX + 1]; /* the child reads one document */
    magic_t magic = database.data ? magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS |
                                               MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_ENCODING)
                                  : NULL;
    const char *found = NULL;

    if (magic && magic_load_buffers(magic, &database.data, &database.len, 1) == 0)
        found = magic_buffer(magic, data, len < LOOK_AT ? len : LOOK_AT);
    if (found && strchr(found, '/') && strlen(found) <= MIME_MAX)
        snprintf(mime, sizeof(mime), "%s", found);
    else
        mime[0] = '\0';
    if (magic)
        magic_close(magic);
    return mime[0] ? mime : NULL;
}
