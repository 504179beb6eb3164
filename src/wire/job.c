#include "wire/job.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "wire/frame.h"

/* Both ends are of one build and one machine, so a datagram is a tag and the struct itself; the
 * tag names the kind and the protocol's version, the length must match. */
enum tag {
    TAG_JOB = 0x534A4F00 + WIRE_VERSION,
    TAG_END = 0x53454E00 + WIRE_VERSION,
    TAG_READY = 0x53524500 + WIRE_VERSION,
};

struct job_datagram {
    uint32_t tag;
    struct job job;
    uint32_t has_passwords, volume_fd_count, volume_count;
    struct job_volume volumes[]; /* volume_count */
};

struct end_datagram {
    uint32_t tag;
    struct job_end end;
};

struct ready_datagram {
    uint32_t tag;
    struct nursery_ready ready;
};

enum { FDS_FIXED = 3, FDS_MAX = FDS_FIXED + JOB_VOLUME_FDS_MAX };

union fd_space {
    char bytes[CMSG_SPACE(sizeof(int[FDS_MAX]))];
    struct cmsghdr align;
};

static int send_datagram(int control, const void *data, size_t len, const int *fds, size_t fd_count,
                         struct err *err)
{
    union fd_space space = {0};
    struct iovec part = {(void *)data, len};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    ssize_t n;

    if (fd_count) {
        message.msg_control = space.bytes;
        message.msg_controllen = CMSG_SPACE(fd_count * sizeof(int));
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(fd_count * sizeof(int));
        memcpy(CMSG_DATA(head), fds, fd_count * sizeof(int));
    }
    do
        n = sendmsg(control, &message, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return err_set_errno(err, ERR_WORKER, errno, "the worker's control socket failed");
    return 0;
}

/* Takes one datagram with its descriptors (their number in *ret_fd_count). Returns its length, 0
 * for a closed socket, or ERR_WORKER. */
static ssize_t receive_datagram(int control, void *data, size_t space, int *ret_fds, size_t fds_max,
                                size_t *ret_fd_count, struct err *err)
{
    union fd_space fd_space = {0};
    struct iovec part = {data, space};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    ssize_t n;

    *ret_fd_count = 0;
    if (fds_max) {
        message.msg_control = fd_space.bytes;
        message.msg_controllen = CMSG_SPACE(fds_max * sizeof(int));
    }
    do
        n = recvmsg(control, &message, MSG_CMSG_CLOEXEC);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return err_set_errno(err, ERR_WORKER, errno, "the worker's control socket failed");

    for (struct cmsghdr *head = CMSG_FIRSTHDR(&message); head; head = CMSG_NXTHDR(&message, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS)
            continue;
        size_t count = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < count; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(head) + i * sizeof(int), sizeof(int));
            if (*ret_fd_count < fds_max)
                ret_fds[(*ret_fd_count)++] = fd;
            else
                close(fd);
        }
    }
    if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC))
        return err_set(err, ERR_WORKER, "a datagram on the control socket is too long");
    return n;
}

struct job_load job_load_of(int document_fd, int frames_fd)
{
    return (struct job_load){
        .document_fd = document_fd, .frames_fd = frames_fd, .passwords_fd = -1};
}

void job_load_release(struct job_load *load)
{
    const int fixed[] = {load->document_fd, load->frames_fd, load->passwords_fd};

    for (size_t i = 0; i < ARRAY_LEN(fixed); i++)
        if (fixed[i] >= 0)
            close(fixed[i]);
    for (uint32_t i = 0; i < load->volume_fd_count; i++)
        close(load->volume_fds[i]);
    free(load->volumes);
    *load = job_load_of(-1, -1);
}

static size_t datagram_size(size_t volume_count)
{
    return sizeof(struct job_datagram) + volume_count * sizeof(struct job_volume);
}

int job_send(int control, const struct job *job, const struct job_load *load, struct err *err)
{
    size_t size = datagram_size(load->volume_count);
    /* zeroed, padding too: nothing of ours goes along */
    CLEANUP(cleanup_free) struct job_datagram *datagram = mem_zalloc(1, size);
    int fds[FDS_MAX] = {load->document_fd, load->frames_fd};
    size_t fd_count = 2;

    if (load->volume_count > JOB_VOLUMES_MAX || load->volume_fd_count > JOB_VOLUME_FDS_MAX)
        return err_set(err, ERR_WORKER, "too many volumes for one job");
    datagram->tag = TAG_JOB;
    datagram->job = *job;
    datagram->has_passwords = load->passwords_fd >= 0;
    datagram->volume_fd_count = load->volume_fd_count;
    datagram->volume_count = load->volume_count;
    if (load->volume_count)
        memcpy(datagram->volumes, load->volumes, load->volume_count * sizeof(*load->volumes));
    if (load->passwords_fd >= 0)
        fds[fd_count++] = load->passwords_fd;
    for (uint32_t i = 0; i < load->volume_fd_count; i++)
        fds[fd_count++] = load->volume_fds[i];
    return send_datagram(control, datagram, size, fds, job->kind == JOB_QUIT ? 0 : fd_count, err);
}

/* Whether the datagram's length, its counts and the descriptors agree. */
static bool is_job(const struct job_datagram *datagram, size_t len, size_t fd_count)
{
    if (len < sizeof(*datagram) || datagram->tag != TAG_JOB ||
        datagram->volume_count > JOB_VOLUMES_MAX ||
        datagram->volume_fd_count > JOB_VOLUME_FDS_MAX ||
        len != datagram_size(datagram->volume_count))
        return false;
    if (datagram->job.kind == JOB_QUIT)
        return fd_count == 0;
    return fd_count == 2 + (datagram->has_passwords != 0) + (size_t)datagram->volume_fd_count;
}

int job_receive(int control, struct job *ret_job, struct job_load *ret_load, struct err *err)
{
    /* not zeroed: the nursery would touch, and every child copy, room for volumes that few have */
    CLEANUP(cleanup_free) struct job_datagram *datagram = mem_alloc(datagram_size(JOB_VOLUMES_MAX));
    int fds[FDS_MAX];
    size_t fd_count;
    ssize_t n = receive_datagram(control, datagram, datagram_size(JOB_VOLUMES_MAX), fds, FDS_MAX,
                                 &fd_count, err);

    *ret_load = job_load_of(-1, -1);
    if (n > 0 && !is_job(datagram, (size_t)n, fd_count))
        n = err_set(err, ERR_WORKER, "a datagram on the control socket is not a job");
    if (n <= 0) {
        for (size_t i = 0; i < fd_count; i++)
            close(fds[i]);
        return (int)n;
    }
    *ret_job = datagram->job;
    ret_job->langs[JOB_LANGS_MAX - 1] = '\0';
    ret_job->name[JOB_NAME_MAX - 1] = '\0';
    ret_job->mime[JOB_MIME_MAX - 1] = '\0';
    ret_job->next_volume[JOB_VOLUME_NAME_MAX - 1] = '\0';
    if (!fd_count)
        return 1;
    size_t at = 0;
    ret_load->document_fd = fds[at++];
    ret_load->frames_fd = fds[at++];
    if (datagram->has_passwords)
        ret_load->passwords_fd = fds[at++];
    while (at < fd_count)
        ret_load->volume_fds[ret_load->volume_fd_count++] = fds[at++];
    ret_load->volume_count = datagram->volume_count;
    if (!ret_load->volume_count)
        return 1;
    ret_load->volumes = mem_alloc(ret_load->volume_count * sizeof(*ret_load->volumes));
    memcpy(ret_load->volumes, datagram->volumes,
           ret_load->volume_count * sizeof(*ret_load->volumes));
    for (uint32_t i = 0; i < ret_load->volume_count; i++)
        ret_load->volumes[i].name[JOB_VOLUME_NAME_MAX - 1] = '\0';
    return 1;
}

int job_end_send(int control, const struct job_end *end, struct err *err)
{
    struct end_datagram datagram;

    memset(&datagram, 0, sizeof(datagram));
    datagram.tag = TAG_END;
    datagram.end = *end;
    return send_datagram(control, &datagram, sizeof(datagram), NULL, 0, err);
}

int nursery_ready_send(int control, const struct nursery_ready *ready, struct err *err)
{
    struct ready_datagram datagram;

    memset(&datagram, 0, sizeof(datagram));
    datagram.tag = TAG_READY;
    datagram.ready = *ready;
    return send_datagram(control, &datagram, sizeof(datagram), NULL, 0, err);
}

int nursery_receive(int control, struct job_end *ret_end, struct nursery_ready *ret_ready,
                    struct err *err)
{
    union {
        uint32_t tag;
        struct end_datagram end;
        struct ready_datagram ready;
    } datagram = {0};
    size_t no_fds;
    ssize_t n = receive_datagram(control, &datagram, sizeof(datagram), NULL, 0, &no_fds, err);

    if (n <= 0)
        return (int)n;
    if (datagram.tag == TAG_END && n == (ssize_t)sizeof(datagram.end) &&
        (unsigned)datagram.end.end.death <= DEATH_FORK) {
        *ret_end = datagram.end.end;
        return 1;
    }
    if (datagram.tag == TAG_READY && n == (ssize_t)sizeof(datagram.ready)) {
        *ret_ready = datagram.ready.ready;
        ret_ready->models[sizeof(ret_ready->models) - 1] = '\0';
        return 2;
    }
    return err_set(err, ERR_WORKER, "a datagram from the worker is not of the protocol");
}
