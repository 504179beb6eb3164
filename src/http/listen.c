#include "http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 64 };

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

static int bad_address(const char *where, struct err *err)
{
    return err_set(err, ERR_USAGE,
                   "\"%s\" is not an address to listen on; write it like 127.0.0.1:7766", where);
}

static int parse_port(const char *text, uint16_t *ret_port)
{
    char *end;
    if (text[0] < '0' || text[0] > '9')
        return ERR_USAGE;
    unsigned long port = strtoul(text, &end, 10);
    if (*end != '\0' || port > UINT16_MAX)
        return ERR_USAGE;
    *ret_port = (uint16_t)port;
    return 0;
}

static int parse_address(const char *where, union address *ret_address, struct err *err)
{
    char host[INET6_ADDRSTRLEN + 2];
    uint16_t port;
    const char *colon = strrchr(where, ':');
    if (colon == NULL || (size_t)(colon - where) >= sizeof host)
        return bad_address(where, err);
    memcpy(host, where, (size_t)(colon - where));
    host[colon - where] = '\0';
    if (parse_port(colon + 1, &port) < 0)
        return bad_address(where, err);

    size_t len = strlen(host);
    memset(ret_address, 0, sizeof *ret_address);
    if (len > 2 && host[0] == '[' && host[len - 1] == ']') {
        host[len - 1] = '\0';
        ret_address->v6.sin6_family = AF_INET6;
        ret_address->v6.sin6_port = htons(port);
        if (inet_pton(AF_INET6, host + 1, &ret_address->v6.sin6_addr) != 1)
            return bad_address(where, err);
        return 0;
    }
    ret_address->v4.sin_family = AF_INET;
    ret_address->v4.sin_port = htons(port);
    if (inet_pton(AF_INET, strcmp(host, "localhost") == 0 ? "127.0.0.1" : host,
                  &ret_address->v4.sin_addr) != 1)
        return bad_address(where, err);
    return 0;
}

static bool is_loopback(const union address *address)
{
    if (address->any.sa_family == AF_INET6)
        return IN6_IS_ADDR_LOOPBACK(&address->v6.sin6_addr);
    return ntohl(address->v4.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
}

static socklen_t address_size(const union address *address)
{
    return address->any.sa_family == AF_INET6 ? sizeof address->v6 : sizeof address->v4;
}

static int bind_failed(const char *where, int number, struct err *err)
{
    if (number == EADDRINUSE) {
        return err_set(err, ERR_EXISTS,
                       "another program listens on %s already; choose another port with --listen",
                       where);
    }
    return err_set_errno(err, ERR_IO, number, "cannot listen on %s", where);
}

/* What the kernel chose, for port 0. */
static void describe(struct listening *listening)
{
    union address address = {0};
    socklen_t size = sizeof address;

    getsockname(listening->fd, &address.any, &size);
    if (address.any.sa_family == AF_INET6) {
        inet_ntop(AF_INET6, &address.v6.sin6_addr, listening->address, sizeof listening->address);
        listening->port = ntohs(address.v6.sin6_port);
    } else {
        inet_ntop(AF_INET, &address.v4.sin_addr, listening->address, sizeof listening->address);
        listening->port = ntohs(address.v4.sin_port);
    }
}

static int open_socket(const char *where, const union address *address, int *ret_fd,
                       struct err *err)
{
    int on = 1;
    int fd = socket(address->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return err_set_errno(err, ERR_IO, errno, "cannot make a socket");
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, &address->any, address_size(address)) < 0 || listen(fd, BACKLOG) < 0) {
        int result = bind_failed(where, errno, err);
        close(fd);
        return result;
    }
    *ret_fd = fd;
    return 0;
}

int listen_on(const char *where, bool allow_remote, struct listening *ret_listening,
              struct err *err)
{
    union address address = {0};
    int result = parse_address(where, &address, err);
    if (result != 0)
        return result;
    if (!allow_remote && !is_loopback(&address)) {
        return err_set(
            err, ERR_USAGE,
            "%s is reachable from other machines; the reading room listens on this "
            "machine only, unless --allow-remote is given (nothing is encrypted on the way)",
            where);
    }
    result = open_socket(where, &address, &ret_listening->fd, err);
    if (result == 0)
        describe(ret_listening);
    return result;
}
