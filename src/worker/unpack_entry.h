/*
 * One entry of an archive as a child: its name in letters, its bytes with holes filled, what it is
 * when it is no file. Private to unpack.
 */
#ifndef WORKER_UNPACK_ENTRY_H
#define WORKER_UNPACK_ENTRY_H

#include <archive.h>
#include <archive_entry.h>

#include "worker/name_charset.h"
#include "worker/reader.h"
#include "worker/source.h"

struct unpack {
    struct archive *archive;
    const struct input *input;
    struct source *source;
    struct emit *emit;
    uint64_t expanded; /* bytes of all entries */
    uint64_t files;
    uint64_t refused;       /* entries that became failed children */
    uint64_t locked;        /* of them, those that want a password */
    uint64_t swollen;       /* of them, those that expand like bombs */
    uint64_t read_before;   /* bytes of the archive given out before the last look */
    struct source *resumed; /* where reading goes on after damage; NULL */
    bool single;            /* a compressed file that holds one file, not an archive */
    bool bomb;              /* the archive as a whole expands too far: nothing more is read */
    bool names_known;       /* `names` was looked for */
    const struct name_charset *names;
    /* Sets `archive` up anew for a second look at the names; NULL: there is no second look. */
    struct archive *(*again)(void);
};

/* How reading an entry ended. */
enum entry_end {
    ENTRY_DONE,    /* the next one can be read */
    ENTRY_DAMAGED, /* the archive cannot be read any further */
    ENTRY_STOP,    /* a limit: unpack->bomb or emit->stop */
};

enum entry_end unpack_entry(struct unpack *unpack, struct archive_entry *entry);

/* libarchive's last words, and which kind of trouble they speak of. */
const char *unpack_error(struct archive *archive);
enum reason unpack_error_reason(struct archive *archive);

#endif
