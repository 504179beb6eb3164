/*
 * One entry of an archive as a child: its name in letters, its bytes with holes filled, what it is
 * when it is no file. Private to unpack.
 */
#ifndef WORKER_UNPACK_ENTRY_H
#define WORKER_UNPACK_ENTRY_H

#include <archive.h>
#include <archive_entry.h>

#include "worker/archive/name_charset.h"
#include "worker/archive/rar.h"
#include "worker/reader.h"
#include "worker/archive/source.h"

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
    const uint8_t *sealed; /* by header, an enum seal; NULL */
    size_t sealed_count;
    bool sealed_all;       /* no password opens anything: only names are told */
    uint64_t headers;      /* seen so far */
    const char *password;  /* the one that fitted last; NULL */
    unsigned unlock_fails; /* entries that no password fitted */
    /* Sets an archive of the same kind up anew. */
    struct archive *(*again)(void);
};

/* How reading an entry ended. */
enum entry_end {
    ENTRY_DONE,    /* the next one can be read */
    ENTRY_DAMAGED, /* the archive cannot be read any further */
    ENTRY_STOP,    /* a limit: unpack->bomb or emit->stop */
};

enum entry_end unpack_entry(struct unpack *unpack, struct archive_entry *entry);

/* Bytes that the library has taken of the archive since it was opened last. */
uint64_t unpack_given(const struct unpack *unpack);
bool unpack_is_zip(const struct unpack *unpack);

/* Opens the archive anew, with `password` if there is one, and goes to its header `number` (from 1;
 * 0 for before the first). False when it cannot be reached; then the old archive stays. */
bool unpack_reopen(struct unpack *unpack, uint64_t number);

/* libarchive's last words, and which kind of trouble they speak of. */
const char *unpack_error(struct archive *archive);
enum reason unpack_error_reason(struct archive *archive);

#endif
