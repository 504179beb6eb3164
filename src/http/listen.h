/*
 * The listening socket.
 */
#ifndef HTTP_LISTEN_H
#define HTTP_LISTEN_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct listening {
    int fd;
    char address[INET6_ADDRSTRLEN];
    uint16_t port;
};

/* `where` is "ADDRESS:PORT" with a numeric address, IPv6 in brackets. Only loopback addresses
 * unless `allow_remote`. ERR_USAGE, ERR_EXISTS (in use), ERR_IO. The caller closes the socket. */
int listen_on(const char *where, bool allow_remote, struct listening *ret_listening,
              struct err *err);

#endif
