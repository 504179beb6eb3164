#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/bytes.h"
#include "worker/books/chm.h"

/* ---- libmspack's view of the world: the document, and what comes out of it ---- */

/* Names mean nothing here: the help file is read, anything else is written. */
static const char INPUT_NAME[] = "in", OUTPUT_NAME[] = "out";

enum { ALLOCATION_MAX = 256 << 20 };

struct stream {
    struct mspack_file super;
    struct chm *chm;
    size_t at;
    bool output;
};

static struct mspack_file *on_open(struct mspack_system *self, const char *name, int mode)
{
    struct stream *file = mem_zalloc(1, sizeof(*file));

    (void)mode;
    file->chm = (struct chm *)(void *)self; /* its first member */
    file->output = name == OUTPUT_NAME;
    return &file->super;
}

static void on_close(struct mspack_file *file)
{
    free(file);
}

static int on_read(struct mspack_file *super, void *buffer, int bytes)
{
    struct stream *file = (struct stream *)super;
    const struct input *input = file->chm->input;

    if (file->output || bytes < 0)
        return -1;
    size_t left = file->at < input->len ? input->len - file->at : 0;
    size_t n = (size_t)bytes < left ? (size_t)bytes : left;
    memcpy(buffer, input->data + (n ? file->at : 0), n);
    file->at += n;
    return (int)n;
}

static int on_write(struct mspack_file *super, void *buffer, int bytes)
{
    struct stream *file = (struct stream *)super;
    struct chm *chm = file->chm;

    if (!file->output || bytes < 0 || !chm->out)
        return -1;
    chm->expanded += (uint64_t)bytes;
    if (chm->expanded > CHM_BOMB_FLOOR && chm->expanded / CHM_BOMB_RATIO > chm->input->len)
        chm->bomb = true;
    if (chm->bomb || buf_append(chm->out, buffer, (size_t)bytes))
        return -1;
    return bytes;
}

static int on_seek(struct mspack_file *super, off_t offset, int mode)
{
    struct stream *file = (struct stream *)super;
    off_t base = mode == MSPACK_SYS_SEEK_CUR   ? (off_t)file->at
                 : mode == MSPACK_SYS_SEEK_END ? (off_t)file->chm->input->len
                                               : 0;
    off_t to;

    if (__builtin_add_overflow(base, offset, &to) || to < 0 || (uint64_t)to > file->chm->input->len)
        return -1;
    file->at = (size_t)to;
    return 0;
}

static off_t on_tell(struct mspack_file *super)
{
    return (off_t)((struct stream *)super)->at;
}

/* What it has to say about a broken file would name its contents in a log. */
static void on_message(struct mspack_file *file, const char *format, ...)
{
    (void)file, (void)format;
}

static void *on_alloc(struct mspack_system *self, size_t bytes)
{
    (void)self;
    return bytes > ALLOCATION_MAX ? NULL : malloc(bytes);
}

static void on_free(void *p)
{
    free(p);
}

static void on_copy(void *from, void *to, size_t bytes)
{
    memcpy(to, from, bytes);
}

/* ---- listing ---- */

static int by_name(const void *a, const void *b)
{
    const struct chm_file *left = a, *right = b;

    return strcasecmp(left->file->filename, right->file->filename);
}

static void list(struct chm *chm)
{
    size_t count = 0;

    for (struct mschmd_file *f = chm->header->files; f && count < CHM_FILES_MAX; f = f->next)
        count++;
    chm->files = mem_zalloc(count ? count : 1, sizeof(*chm->files));
    for (struct mschmd_file *f = chm->header->files; f && chm->count < count; f = f->next)
        chm->files[chm->count++].file = f;
    qsort(chm->files, chm->count, sizeof(*chm->files), by_name);
}

/* The low ten bits of an LCID are the language. */
const char *chm_charset(unsigned lcid)
{
    static const struct {
        unsigned language;
        const char *charset;
    } known[] = {
        {0x01, "windows-1256"}, {0x20, "windows-1256"}, {0x29, "windows-1256"},
        {0x04, "gbk"},          {0x05, "windows-1250"}, {0x0E, "windows-1250"},
        {0x15, "windows-1250"}, {0x18, "windows-1250"}, {0x1A, "windows-1250"},
        {0x1B, "windows-1250"}, {0x24, "windows-1250"}, {0x08, "windows-1253"},
        {0x0D, "windows-1255"}, {0x11, "shift_jis"},    {0x12, "euc-kr"},
        {0x02, "windows-1251"}, {0x19, "windows-1251"}, {0x22, "windows-1251"},
        {0x23, "windows-1251"}, {0x1E, "windows-874"},  {0x1F, "windows-1254"},
        {0x25, "windows-1257"}, {0x26, "windows-1257"}, {0x27, "windows-1257"},
        {0x2A, "windows-1258"},
    };

    if (lcid == 0x0404 || lcid == 0x0C04)
        return "big5";
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (known[i].language == (lcid & 0x3FF))
            return known[i].charset;
    return "windows-1252";
}

bool chm_open(struct chm *chm, const struct input *input)
{
    *chm = (struct chm){
        .system = {.open = on_open,
                   .close = on_close,
                   .read = on_read,
                   .write = on_write,
                   .seek = on_seek,
                   .tell = on_tell,
                   .message = on_message,
                   .alloc = on_alloc,
                   .free = on_free,
                   .copy = on_copy},
        .input = input,
    };
    chm->opener = mspack_create_chm_decompressor(&chm->system);
    chm->header = chm->opener ? chm->opener->open(chm->opener, INPUT_NAME) : NULL;
    if (!chm->header)
        return false;
    chm->charset = chm_charset(chm->header->language);
    list(chm);
    return true;
}

void chm_close(struct chm *chm)
{
    for (size_t i = 0; i < chm->count; i++)
        free(chm->files[i].label);
    free(chm->files);
    if (chm->header)
        chm->opener->close(chm->opener, chm->header);
    if (chm->opener)
        mspack_destroy_chm_decompressor(chm->opener);
    *chm = (struct chm){0};
}

struct chm_file *chm_find(struct chm *chm, const char *path)
{
    struct mschmd_file wanted = {.filename = (char *)path};
    struct chm_file key = {.file = &wanted};

    return bsearch(&key, chm->files, chm->count, sizeof(*chm->files), by_name);
}

bool chm_read(struct chm *chm, struct mschmd_file *file, struct buf *out)
{
    buf_init(out, CHM_FILE_BYTES);
    if (chm->bomb || file->length <= 0)
        return !chm->bomb;
    chm->out = out;
    int rc = chm->opener->extract(chm->opener, file, OUTPUT_NAME);
    chm->out = NULL;
    return rc == MSPACK_ERR_OK;
}
