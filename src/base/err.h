/*
 * Errors: a function that can fail returns 0 or one of these negative codes. A function with
 * several causes takes a last `struct err *`, which the code that detects the failure fills once,
 * in the user's words and with the next step; callers above pass it on untouched.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/attr.h"

enum err_code {
    ERR_OK = 0,
    ERR_USAGE = -1,       /* the command line or a request is wrong */
    ERR_IO = -2,          /* reading or writing failed */
    ERR_NOT_FOUND = -3,   /* no such case, item, page, file */
    ERR_EXISTS = -4,      /* it is there already */
    ERR_PASSPHRASE = -5,  /* no key slot opens with this passphrase */
    ERR_CORRUPT = -6,     /* bytes are not what was written */
    ERR_LOCKED = -7,      /* another process writes to the case */
    ERR_LIMIT = -8,       /* a cap was reached */
    ERR_UNSUPPORTED = -9, /* a version or feature this program lacks */
    ERR_WORKER = -10,     /* the worker could not be started or broke the protocol */
    ERR_INTERRUPTED = -11,
    ERR_INTERNAL = -12, /* our own mistake */
};

/* Longest message kept; longer ones are cut at a character boundary. */
enum { ERR_MESSAGE_MAX = 1024 };

struct err {
    int code;                      /* enum err_code; 0 while nothing failed */
    char message[ERR_MESSAGE_MAX]; /* UTF-8, no trailing newline */
};

/* Fills `err` (may be NULL) and returns `code`, so that `return err_set(...)` reads well.
 * The first message wins: an error that is already set is kept. */
int err_set(struct err *err, int code, const char *format, ...) PRINTF_LIKE(3, 4);

/* As err_set, with ": " and strerror(errno_value) appended. */
int err_set_errno(struct err *err, int code, int errno_value, const char *format, ...)
    PRINTF_LIKE(4, 5);

/* Forgets what was set. */
void err_clear(struct err *err);

/* Reports a mistake of our own (a broken invariant) on standard error and aborts. */
void err_bug(const char *file, int line, const char *what) __attribute__((noreturn));

#define BUG_IF(condition)                                                                          \
    do {                                                                                           \
        if (condition)                                                                             \
            err_bug(__FILE__, __LINE__, #condition);                                               \
    } while (0)

#endif
