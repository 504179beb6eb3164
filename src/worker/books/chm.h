/*
 * Compiled HTML help (.chm), by libmspack: topics in the order of the table of contents, each a
 * page labelled from it; topics that it leaves out follow by name; pictures and other files are
 * children.
 *
 * Limits: CHM_FILES_MAX files, 64 MiB a file, and a guard against bombs: beyond CHM_BOMB_FLOOR
 * expanded bytes a file may not grow more than CHM_BOMB_RATIO times its own size.
 */
#ifndef WORKER_CHM_H
#define WORKER_CHM_H

#include <mspack.h>
#include <stdint.h>

#include "base/buf.h"
#include "worker/reader.h"

enum {
    CHM_FILES_MAX = 200000,
    CHM_FILE_BYTES = 64 << 20,
    CHM_BOMB_FLOOR = 256 << 20,
    CHM_BOMB_RATIO = 100,
};

struct chm_file {
    struct mschmd_file *file;
    char *label; /* from the table of contents, or NULL */
    bool taken;
};

/* An open help file: all of it comes from memory. */
struct chm {
    struct mspack_system system;
    const struct input *input;
    struct mschm_decompressor *opener;
    struct mschmd_header *header;
    struct chm_file *files; /* sorted by name, ASCII case ignored */
    size_t count;
    struct buf *out; /* where the file being extracted goes */
    uint64_t expanded;
    bool bomb;
    const char *charset; /* of its topics, as its language has it */
};

/* Opens and lists (chm_open.c). False when it makes no sense; chm_close either way. */
bool chm_open(struct chm *chm, const struct input *input);
void chm_close(struct chm *chm);
struct chm_file *chm_find(struct chm *chm, const char *path);
/* The bytes of a file into `out`, which is initialised here. False when not all of them came. */
bool chm_read(struct chm *chm, struct mschmd_file *file, struct buf *out);

/* Windows' character set for a language, as an LCID. */
const char *chm_charset(unsigned lcid);

struct verdict chm_read_document(const struct input *input, struct emit *emit);

#endif
