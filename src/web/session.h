/*
 * Who may use the reading room: whoever opened the address that sanad printed, once.
 *
 * The address carries a random token. The first request that brings it gets a random cookie and
 * the token is spent; every further request needs the cookie. The cookie is HttpOnly and
 * SameSite=Strict, and is forgotten by the server when it ends or the user leaves.
 *
 * A page of another site cannot reach the room through the user's browser: the Host header must
 * name the listening address (a rebound DNS name does not), and Sec-Fetch-Site or Origin must not
 * name another site.
 */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "http/http.h"

enum { TOKEN_BYTES = 16, COOKIE_BYTES = 32, COOKIE_NAME_MAX = 24 };

struct session {
    pthread_mutex_t lock;
    char token[2 * TOKEN_BYTES + 1];   /* "" once spent */
    char cookie[2 * COOKIE_BYTES + 1]; /* "" while nobody is in */
    char cookie_name[COOKIE_NAME_MAX]; /* holds the port: cookies are shared between ports */
    char address[64];                  /* where the room listens */
    uint16_t port;
};

int session_init(struct session *session, struct err *err);
/* Where the server listens, known once it does. Before any request is answered. */
void session_set_address(struct session *session, const char *address, uint16_t port);
void session_release(struct session *session);

/* Appends the address to open, with the token. */
void session_print_address(const struct session *session, struct buf *out);

/* Spends the token: true once, with the value for Set-Cookie appended to `out`. */
bool session_enter(struct session *session, const char *token, struct buf *out, struct err *err);

/* Whether the request carries the cookie. */
bool session_holds(struct session *session, const struct http_request *request);

/* Forgets the cookie. */
void session_leave(struct session *session);

/* Whether the Host header names this room. */
bool session_host_fits(const struct session *session, const struct http_request *request);

/* Whether the request comes from the room's own pages or the address bar; what changes something
 * (anything but GET and HEAD) must prove that it comes from its own pages. */
bool session_origin_fits(const struct session *session, const struct http_request *request);

#endif
