#include "worker/attached.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/utf8.h"

struct mapping {
    unsigned char *data; /* NULL: not mapped */
    size_t len;
};

struct attached {
    struct mapping password_bytes;
    const char *passwords[JOB_PASSWORDS_MAX];
    struct mapping volume_bytes[JOB_VOLUME_FDS_MAX];
    struct volume volumes[JOB_VOLUMES_MAX];
};

static struct mapping map(int fd)
{
    struct mapping mapping = {0};
    struct stat st;

    if (fd < 0 || fstat(fd, &st) || st.st_size <= 0)
        return mapping;
    void *data = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (data != MAP_FAILED)
        mapping = (struct mapping){data, (size_t)st.st_size};
    return mapping;
}

static void unmap(struct mapping *mapping)
{
    if (mapping->data)
        (void)munmap(mapping->data, mapping->len);
}

static size_t list_passwords(struct attached *attached)
{
    const char *at = (const char *)attached->password_bytes.data;
    size_t left = attached->password_bytes.len;
    size_t count = 0;

    while (count < JOB_PASSWORDS_MAX && left) {
        size_t len = strnlen(at, left);
        if (len == 0 || len == left)
            break;
        if (len <= JOB_PASSWORD_BYTES && utf8_valid(at, len))
            attached->passwords[count++] = at;
        at += len + 1;
        left -= len + 1;
    }
    return count;
}

static size_t list_volumes(struct attached *attached, const struct job_load *load)
{
    size_t count = 0;

    for (uint32_t i = 0; i < load->volume_count; i++) {
        const struct job_volume *volume = &load->volumes[i];
        if (volume->fd >= load->volume_fd_count)
            break;
        const struct mapping *bytes = &attached->volume_bytes[volume->fd];
        if (!bytes->data || volume->offset > bytes->len ||
            volume->bytes > bytes->len - volume->offset)
            break; /* those after it would not join what comes before */
        attached->volumes[count++] =
            (struct volume){bytes->data + volume->offset, (size_t)volume->bytes, volume->name};
    }
    return count;
}

struct attached *attached_open(const struct job_load *load, struct input *input)
{
    if (load->passwords_fd < 0 && !load->volume_count)
        return NULL;
    struct attached *attached = mem_zalloc(1, sizeof(*attached));

    attached->password_bytes = map(load->passwords_fd);
    for (uint32_t i = 0; i < load->volume_fd_count; i++)
        attached->volume_bytes[i] = map(load->volume_fds[i]);
    input->passwords = attached->passwords;
    input->password_count = list_passwords(attached);
    input->volumes = attached->volumes;
    input->volume_count = list_volumes(attached, load);
    return attached;
}

void attached_free(struct attached *attached)
{
    if (!attached)
        return;
    unmap(&attached->password_bytes);
    for (size_t i = 0; i < ARRAY_LEN(attached->volume_bytes); i++)
        unmap(&attached->volume_bytes[i]);
    free(attached);
}
