#include "worker/mail/content_file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "worker/mail/mime_decode.h"

enum { TYPE_BYTES = 96, NAME_BYTES = 512 };

struct content_file {
    char name[NAME_BYTES];
    char type[TYPE_BYTES];
    struct buf data;
    enum reason reason;
};

/* "TYPE=JPEG", "MEDIATYPE=image/jpeg", "FMTTYPE=image/jpeg", "data:image/jpeg;base64,". */
static void find_type(const struct content_line *line, char out[TYPE_BYTES])
{
    CLEANUP(cleanup_buf) struct buf value = {0};
    static const char *const KINDS[] = {"jpeg", "jpg", "png", "gif", "bmp", "tiff", "webp"};

    buf_init(&value, 4096);
    out[0] = '\0';
    if (strncasecmp(line->value.data, "data:", 5) == 0)
        snprintf(out, TYPE_BYTES, "%.*s", (int)strcspn(line->value.data + 5, ";,"),
                 line->value.data + 5);
    else if (content_parameter(line, "FMTTYPE", &value) ||
             content_parameter(line, "MEDIATYPE", &value))
        snprintf(out, TYPE_BYTES, "%s", value.data);
    for (size_t i = 0; !out[0] && i < ARRAY_LEN(KINDS); i++)
        if (content_has(line, KINDS[i]))
            snprintf(out, TYPE_BYTES, "image/%s", i == 1 ? "jpeg" : KINDS[i]);
}

static void find_name(const struct content_line *line, unsigned owner, struct content_file *file)
{
    CLEANUP(cleanup_buf) struct buf value = {0};
    const char *slash = strrchr(file->type, '/');

    buf_init(&value, NAME_BYTES - 1);
    if (content_parameter(line, "FILENAME", &value) ||
        content_parameter(line, "X-FILENAME", &value) ||
        content_parameter(line, "X-LABEL", &value)) {
        snprintf(file->name, sizeof(file->name), "%s", value.data);
        return;
    }
    size_t n = (size_t)snprintf(file->name, sizeof(file->name), "%s-%u.%s", line->name, owner,
                                slash && strlen(slash) < 8 ? slash + 1 : "bin");
    for (size_t i = 0; i < n; i++)
        file->name[i] = (char)tolower((unsigned char)file->name[i]);
}

void content_file_keep(struct content_files *files, const struct content_line *line, unsigned owner)
{
    const char *text = line->value.data;
    size_t len = line->value.len;

    if (files->count >= CONTENT_FILES_MAX)
        return;
    files->files = mem_room(files->files, files->count, sizeof(*files->files));
    struct content_file *file = &files->files[files->count++];
    *file = (struct content_file){0};
    find_type(line, file->type);
    find_name(line, owner, file);
    buf_init(&file->data, CONTENT_FILE_BYTES);
    if (strncasecmp(text, "data:", 5) == 0) {
        const char *comma = memchr(text, ',', len);
        len -= comma ? (size_t)(comma + 1 - text) : len;
        text = comma ? comma + 1 : text;
    }
    if (len / 4 * 3 > CONTENT_FILE_BYTES - files->bytes) {
        file->reason = REASON_LIMIT_SIZE;
        return;
    }
    mime_decode_base64(text, len, &file->data);
    files->bytes += file->data.len;
}

void content_files_send(struct content_files *files, struct emit *emit)
{
    for (size_t i = 0; i < files->count; i++) {
        struct content_file *file = &files->files[i];
        emit_child(emit, file->name, strlen(file->name), file->type, INT64_MIN);
        emit_child_data(emit, file->data.data, file->data.len);
        emit_child_end(emit, file->reason,
                       file->reason ? "the files in this one have more than 128 MiB" : "");
        buf_release(&file->data);
    }
    free(files->files);
    *files = (struct content_files){0};
}
