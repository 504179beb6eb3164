#include "wire/job.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

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
};

struct end_datagram {
    uint32_t tag;
    struct job_end end;
};

struct ready_datagram {
    uint32_t tag;
    struct nursery_ready ready;
};

union fd_space {
    char bytes[CMSG_SPACE(sizeof(int[JOB_FDS]))];
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

/* Takes one datagram with its descriptors (-1 where none came). Returns its length, 0 for a closed
 * socket, or ERR_WORKER. */
static ssize_t receive_datagram(int control, void *data, size_t space, int *ret_fds,
                                size_t fd_count, struct err *err)
{
    union fd_space fd_space = {0};
    struct iovec part = {data, space};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    ssize_t n;

    if (fd_count) {
        message.msg_control = fd_space.bytes;
        message.msg_controllen = CMSG_SPACE(fd_count * sizeof(int));
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
            if (i < fd_count && ret_fds[i] < 0)
                ret_fds[i] = fd;
            else
                close(fd);
        }
    }
    if (message.msg_flags & MSG_TRUNC)
        return err_set(err, ERR_WORKER, "a datagram on the control socket is too long");
    return n;
}

static void close_fds(int fds[JOB_FDS])
{
    for (size_t i = 0; i < JOB_FDS; i++) {
        if (fds[i] >= 0)
            close(fds[i]);
        fds[i] = -1;
    }
}

int job_send(int control, const struct job *job, int document_fd, int frames_fd, struct err *err)
{
    struct job_datagram datagram;
    const int fds[JOB_FDS] = {document_fd, frames_fd};

    memset(&datagram, 0, sizeof(datagram)); /* padding too: nothing of ours goes along */
    datagram.tag = TAG_JOB;
    datagram.job = *job;
    return send_datagram(control, &datagram, sizeof(datagram), fds,
                         job->kind == JOB_QUIT ? 0 : JOB_FDS, err);
}

int job_receive(int control, struct job *ret_job, int ret_fds[JOB_FDS], struct err *err)
{
    struct job_datagram datagram = {0};

    for (size_t i = 0; i < JOB_FDS; i++)
        ret_fds[i] = -1;
    ssize_t n = receive_datagram(control, &datagram, sizeof(datagram), ret_fds, JOB_FDS, err);
    if (n <= 0)
        return (int)n;
    bool has_fds = ret_fds[0] >= 0 && ret_fds[1] >= 0;
    if (n != (ssize_t)sizeof(datagram) || datagram.tag != TAG_JOB ||
        has_fds == (datagram.job.kind == JOB_QUIT)) {
        close_fds(ret_fds);
        return err_set(err, ERR_WORKER, "a datagram on the control socket is not a job");
    }
    *ret_job = datagram.job;
    ret_job->langs[JOB_LANGS_MAX - 1] = '\0';
    ret_job->name[JOB_NAME_MAX - 1] = '\0';
    ret_job->mime[JOB_MIME_MAX - 1] = '\0';
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
    ssize_t n = receive_datagram(control, &datagram, sizeof(datagram), NULL, 0, err);

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
