/*
 * JSON out: written straight onto a buffer, a value at a time, without a tree in between. What
 * comes out is one valid JSON text in valid UTF-8 whatever the strings hold: a byte that is not
 * UTF-8 becomes U+FFFD, and control characters (C0, DEL and C1, which a terminal would obey) are
 * written as \u escapes.
 *
 *     struct json_writer json;
 *     json_start(&json, &out);
 *     json_open_object(&json, NULL);
 *     json_put_str(&json, "name", name);
 *     json_put_int(&json, "bytes", bytes);
 *     json_close_object(&json);
 *     json_end_line(&json);               // for JSON lines
 *
 * `key` is the member's name inside an object and NULL inside an array or at the top. A buffer that
 * reaches its cap is marked (`out->full`): the caller looks at the end, once.
 */
#ifndef FMT_JSON_H
#define FMT_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum { JSON_DEPTH_MAX = 32 };

struct json_writer {
    struct buf *out;
    unsigned depth;              /* containers that are open, at most JSON_DEPTH_MAX */
    bool filled[JSON_DEPTH_MAX]; /* the container at this depth has a value already */
};

/* Starts a text at the end of `out`, an initialised buffer. */
void json_start(struct json_writer *json, struct buf *out);

void json_open_object(struct json_writer *json, const char *key);
void json_close_object(struct json_writer *json);
void json_open_array(struct json_writer *json, const char *key);
void json_close_array(struct json_writer *json);

/* A NULL text is written as null. */
void json_put_str(struct json_writer *json, const char *key, const char *text);
void json_put_str_len(struct json_writer *json, const char *key, const char *text, size_t len);
void json_put_int(struct json_writer *json, const char *key, int64_t value);
/* With `decimals` (0-9) digits after the point; what is not finite is written as null. */
void json_put_real(struct json_writer *json, const char *key, double value, int decimals);
void json_put_bool(struct json_writer *json, const char *key, bool value);
void json_put_null(struct json_writer *json, const char *key);

/* Ends a JSON line; every container is closed. */
void json_end_line(struct json_writer *json);

#endif
