#include "store/wal.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/io.h"

/* The format: https://www.sqlite.org/fileformat2.html, "The Write-Ahead Log". */

enum { WAL_HEADER = 32, FRAME_HEAD = 24, WAL_PAGE_MAX = 65536 };

struct wal_sum {
    uint32_t s0, s1;
    bool big_endian;
};

static void sum_add(struct wal_sum *sum, const unsigned char *data, size_t len)
{
    for (size_t i = 0; i + 8 <= len; i += 8) {
        uint32_t x0 = sum->big_endian ? be32_get(data + i) : le32_get(data + i);
        uint32_t x1 = sum->big_endian ? be32_get(data + i + 4) : le32_get(data + i + 4);
        sum->s0 += x0 + sum->s1;
        sum->s1 += x1 + sum->s0;
    }
}

/* Whether one frame fits the running sum; the sum goes on over it. */
static bool frame_fits(const unsigned char *head, const unsigned char *page, size_t page_size,
                       struct wal_sum *sum)
{
    sum_add(sum, head, 8);
    sum_add(sum, page, page_size);
    return be32_get(head + 16) == sum->s0 && be32_get(head + 20) == sum->s1;
}

/* How many frames the log's index counts as committed; 0 when it is not there or speaks of another
 * round (other salts). */
static uint32_t frames_committed(int case_dirfd, const unsigned char salts[8])
{
    enum { INDEX_HEADER = 48, AT_MX_FRAME = 16, AT_SALT = 32 };
    unsigned char index[INDEX_HEADER];
    uint32_t count;
    CLEANUP(cleanup_fd) int fd = openat(case_dirfd, "case.db-shm", O_RDONLY | O_CLOEXEC);

    if (fd < 0 || io_read(fd, index, INDEX_HEADER) != INDEX_HEADER ||
        memcmp(index + AT_SALT, salts, 8) != 0)
        return 0;
    memcpy(&count, index + AT_MX_FRAME, sizeof(count)); /* in the machine's own byte order */
    return count;
}

/* Whether a frame of this round that ends a transaction follows: then what does not fit before it
 * is damage, not the torn end of a write that never counted. */
static bool commit_follows(int fd, const unsigned char salts[8], uint32_t page_size)
{
    unsigned char head[FRAME_HEAD];

    while (io_read(fd, head, FRAME_HEAD) == FRAME_HEAD) {
        if (!memcmp(head + 8, salts, 8) && be32_get(head + 4) != 0)
            return true;
        if (lseek(fd, page_size, SEEK_CUR) < 0)
            return false;
    }
    return false;
}

int wal_check(int case_dirfd, char *ret_fault, size_t fault_size, struct err *err)
{
    CLEANUP(cleanup_fd) int fd = openat(case_dirfd, "case.db-wal", O_RDONLY | O_CLOEXEC);
    CLEANUP(cleanup_free) unsigned char *page = NULL;
    unsigned char header[WAL_HEADER];
    unsigned char head[FRAME_HEAD];
    struct wal_sum sum = {0};

    ret_fault[0] = '\0';
    if (fd < 0)
        return 0;
    ssize_t got = io_read(fd, header, WAL_HEADER);
    if (got == 0)
        return 0;
    sum.big_endian = be32_get(header) == 0x377f0683;
    uint32_t page_size = got == WAL_HEADER ? be32_get(header + 8) : 0;
    if (got == WAL_HEADER && (sum.big_endian || be32_get(header) == 0x377f0682))
        sum_add(&sum, header, 24);
    if (got != WAL_HEADER || page_size < 512 || page_size > WAL_PAGE_MAX ||
        sum.s0 != be32_get(header + 24) || sum.s1 != be32_get(header + 28)) {
        snprintf(ret_fault, fault_size, "case.db-wal: its header is damaged");
        return 0;
    }
    page = mem_alloc(page_size);
    for (uint64_t frame = 1;; frame++) {
        ssize_t n = io_read(fd, head, FRAME_HEAD);
        if (n == FRAME_HEAD)
            n += io_read(fd, page, page_size);
        if (n < 0)
            return err_set(err, ERR_IO, "cannot read case.db-wal");
        /* A shorter rest is a write that was cut; salts of another round are remains of an older
         * log. */
        if ((size_t)n < FRAME_HEAD + (size_t)page_size || memcmp(head + 8, header + 16, 8) != 0)
            return 0;
        if (frame_fits(head, page, page_size, &sum))
            continue;
        if (frame <= frames_committed(case_dirfd, header + 16) ||
            commit_follows(fd, header + 16, page_size))
            snprintf(ret_fault, fault_size,
                     "case.db-wal: frame %llu is damaged; it and what follows it are lost when the "
                     "case is opened",
                     (unsigned long long)frame);
        return 0;
    }
}
