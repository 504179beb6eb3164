#include "web/session.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>

#include "base/bytes.h"

/* Random bytes as hexadecimal; `out` holds 2 * len + 1. */
static int random_hex(size_t len, char *out, struct err *err)
{
    unsigned char bytes[COOKIE_BYTES];
    BUG_IF(len > sizeof bytes);
    if (getrandom(bytes, len, 0) != (ssize_t)len)
        return err_set_errno(err, ERR_IO, errno, "cannot get random bytes");
    hex_encode(bytes, len, out);
    explicit_bzero(bytes, sizeof bytes);
    return 0;
}

/* Compares in a time that depends on nothing but the length of what was expected. */
static bool is_secret(const char *expected, const char *given)
{
    size_t len = strlen(expected);
    if (len == 0 || strlen(given) != len)
        return false;
    volatile unsigned char differs = 0;
    for (size_t i = 0; i < len; i++)
        differs |= (unsigned char)(expected[i] ^ given[i]);
    return differs == 0;
}

int session_init(struct session *session, struct err *err)
{
    *session = (struct session){0};
    pthread_mutex_init(&session->lock, NULL);
    return random_hex(TOKEN_BYTES, session->token, err);
}

void session_set_address(struct session *session, const char *address, uint16_t port)
{
    snprintf(session->address, sizeof session->address, "%s", address);
    session->port = port;
    snprintf(session->cookie_name, sizeof session->cookie_name, "sanad%u", (unsigned)port);
}

void session_release(struct session *session)
{
    pthread_mutex_destroy(&session->lock);
    explicit_bzero(session, sizeof *session);
}

static bool is_v6(const char *address)
{
    return strchr(address, ':') != NULL;
}

/* As a Host header has it: "127.0.0.1:7766", "[::1]:7766". */
static void put_host(const char *address, uint16_t port, char *out, size_t space)
{
    snprintf(out, space, is_v6(address) ? "[%s]:%u" : "%s:%u", address, (unsigned)port);
}

void session_print_address(const struct session *session, struct buf *out)
{
    char host[80];
    put_host(session->address, session->port, host, sizeof host);
    buf_printf(out, "http://%s/?t=%s", host, session->token);
}

bool session_enter(struct session *session, const char *token, struct buf *out, struct err *err)
{
    pthread_mutex_lock(&session->lock);
    bool fits =
        is_secret(session->token, token) && random_hex(COOKIE_BYTES, session->cookie, err) == 0;
    if (fits) {
        explicit_bzero(session->token, sizeof session->token);
        buf_printf(out, "%s=%s; Path=/; HttpOnly; SameSite=Strict", session->cookie_name,
                   session->cookie);
    }
    pthread_mutex_unlock(&session->lock);
    return fits;
}

bool session_holds(struct session *session, const struct http_request *request)
{
    char given[2 * COOKIE_BYTES + 1];
    if (!http_cookie(request, session->cookie_name, given, sizeof given))
        return false;
    pthread_mutex_lock(&session->lock);
    bool holds = is_secret(session->cookie, given);
    pthread_mutex_unlock(&session->lock);
    explicit_bzero(given, sizeof given);
    return holds;
}

void session_leave(struct session *session)
{
    pthread_mutex_lock(&session->lock);
    explicit_bzero(session->cookie, sizeof session->cookie);
    pthread_mutex_unlock(&session->lock);
}

/* Listening on every address of the machine, the room is named by any of them; a name of the DNS
 * stays refused, whoever owns it. */
static bool is_any_address(const struct session *session, const char *host)
{
    char number[INET6_ADDRSTRLEN + 1];
    unsigned char parsed[sizeof(struct in6_addr)];
    const char *colon = strrchr(host, ':');
    bool wildcard = strcmp(session->address, "0.0.0.0") == 0 || strcmp(session->address, "::") == 0;

    if (!wildcard || colon == NULL)
        return false;
    bool bracketed = host[0] == '[' && colon > host + 1 && colon[-1] == ']';
    size_t len = (size_t)(colon - host) - (bracketed ? 2 : 0);
    if (len >= sizeof number)
        return false;
    memcpy(number, host + (bracketed ? 1 : 0), len);
    number[len] = '\0';
    char port[16];
    snprintf(port, sizeof port, "%u", (unsigned)session->port);
    return strcmp(colon + 1, port) == 0 &&
           inet_pton(bracketed ? AF_INET6 : AF_INET, number, parsed) == 1;
}

static bool is_our_host(const struct session *session, const char *host)
{
    char expected[80];
    put_host(session->address, session->port, expected, sizeof expected);
    if (strcasecmp(host, expected) == 0)
        return true;
    put_host("localhost", session->port, expected, sizeof expected);
    return strcasecmp(host, expected) == 0 || is_any_address(session, host);
}

bool session_host_fits(const struct session *session, const struct http_request *request)
{
    const char *host = http_header(request, "Host");
    return host != NULL && is_our_host(session, host);
}

bool session_origin_fits(const struct session *session, const struct http_request *request)
{
    const char *site = http_header(request, "Sec-Fetch-Site");
    const char *origin = http_header(request, "Origin");
    bool reads = request->method == HTTP_GET || request->method == HTTP_HEAD;

    if (origin != NULL && (strncmp(origin, "http://", 7) != 0 || !is_our_host(session, origin + 7)))
        return false;
    if (site != NULL)
        return strcmp(site, "same-origin") == 0 || (reads && strcmp(site, "none") == 0);
    return reads || origin != NULL;
}
