#include "worker/tables/sqlite_vfs.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>

#include "base/attr.h"

enum { WRITE_VERSION_AT = 18, READ_VERSION_AT = 19, ROLLBACK = 1, DATABASE_PAGE_MIN = 512 };

static struct {
    const unsigned char *data;
    size_t len;
} document; /* a child reads one */

static int file_close(sqlite3_file *file)
{
    (void)file;
    return SQLITE_OK;
}

/* The version bytes of the header say whether there is a write-ahead log (SQLite file format,
 * 1.3.3). */
static void without_log(unsigned char *to, int amount, sqlite3_int64 from)
{
    for (int at = WRITE_VERSION_AT; at <= READ_VERSION_AT; at++)
        if (from <= at && at < from + amount && to[at - from] == 2)
            to[at - from] = ROLLBACK;
}

static int file_read(sqlite3_file *file, void *to, int amount, sqlite3_int64 from)
{
    size_t have = from < 0 || (size_t)from > document.len ? 0 : document.len - (size_t)from;

    (void)file;
    if (amount < 0)
        return SQLITE_IOERR_READ;
    if (have > (size_t)amount)
        have = (size_t)amount;
    if (have)
        memcpy(to, document.data + from, have);
    without_log(to, (int)have, from);
    if (have == (size_t)amount)
        return SQLITE_OK;
    memset((char *)to + have, 0, (size_t)amount - have);
    return SQLITE_IOERR_SHORT_READ;
}

static int file_write(sqlite3_file *file, const void *data, int amount, sqlite3_int64 at)
{
    (void)file, (void)data, (void)amount, (void)at;
    return SQLITE_READONLY;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    (void)file, (void)size;
    return SQLITE_READONLY;
}

static int file_number(sqlite3_file *file, int number)
{
    (void)file, (void)number;
    return SQLITE_OK;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *ret_size)
{
    (void)file;
    *ret_size = (sqlite3_int64)document.len;
    return SQLITE_OK;
}

static int file_reserved(sqlite3_file *file, int *ret_reserved)
{
    (void)file;
    *ret_reserved = 0;
    return SQLITE_OK;
}

static int file_control(sqlite3_file *file, int op, void *arg)
{
    (void)file, (void)op, (void)arg;
    return SQLITE_NOTFOUND;
}

static int file_sector(sqlite3_file *file)
{
    (void)file;
    return DATABASE_PAGE_MIN;
}

static int file_kind(sqlite3_file *file)
{
    (void)file;
    return SQLITE_IOCAP_IMMUTABLE;
}

static const sqlite3_io_methods METHODS = {
    .iVersion = 1,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_number,
    .xFileSize = file_size,
    .xLock = file_number,
    .xUnlock = file_number,
    .xCheckReservedLock = file_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_kind,
};

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                    int *ret_flags)
{
    (void)vfs;
    file->pMethods = NULL;
    if (!name || !(flags & SQLITE_OPEN_MAIN_DB))
        return SQLITE_CANTOPEN;
    file->pMethods = &METHODS;
    if (ret_flags)
        *ret_flags = SQLITE_OPEN_READONLY;
    return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs, (void)name, (void)sync;
    return SQLITE_IOERR_DELETE;
}

/* There are no journals beside it. */
static int vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *ret_there)
{
    (void)vfs, (void)name, (void)flags;
    *ret_there = 0;
    return SQLITE_OK;
}

static int vfs_full_name(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
    (void)vfs;
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

static int vfs_random(sqlite3_vfs *vfs, int size, char *out)
{
    (void)vfs;
    memset(out, 0, (size_t)size);
    return size;
}

static int vfs_sleep(sqlite3_vfs *vfs, int microseconds)
{
    (void)vfs, (void)microseconds;
    return 0;
}

static int vfs_time(sqlite3_vfs *vfs, double *ret_day)
{
    (void)vfs;
    *ret_day = 2440587.5; /* the epoch: a document is read the same whenever it is read */
    return SQLITE_OK;
}

int sqlite_vfs_offer(const unsigned char *data, size_t len)
{
    static sqlite3_vfs vfs = {
        .iVersion = 1,
        .szOsFile = sizeof(sqlite3_file),
        .mxPathname = 64,
        .zName = SQLITE_VFS_NAME,
        .xOpen = vfs_open,
        .xDelete = vfs_delete,
        .xAccess = vfs_access,
        .xFullPathname = vfs_full_name,
        .xRandomness = vfs_random,
        .xSleep = vfs_sleep,
        .xCurrentTime = vfs_time,
    };

    document.data = data;
    document.len = len;
    return sqlite3_vfs_register(&vfs, 1);
}
