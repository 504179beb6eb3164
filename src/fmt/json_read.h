/*
 * JSON in: the object that a request brings. Read by jansson, strictly: UTF-8, no member twice, no
 * NUL in strings, nothing behind the object. Who calls has capped the bytes.
 */
#ifndef FMT_JSON_READ_H
#define FMT_JSON_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct json_object;

/* ERR_USAGE when it is no object, and says where. Free with json_object_free. */
int json_read(const char *text, size_t len, struct json_object **ret_object, struct err *err);
void json_object_free(struct json_object *object);
void cleanup_json_object(struct json_object *const *object);

/* ERR_USAGE when one of `names`, which ends with NULL, is missing or null; names it. */
int json_require(const struct json_object *object, const char *const *names, struct err *err);
/* A member that is a string; missing or null: "". Borrowed. ERR_USAGE for another type, and for
 * more than `max` bytes. */
int json_get_text(const struct json_object *object, const char *name, size_t max,
                  const char **ret_text, struct err *err);
/* Overwrites a member that is a string, where it stands: a secret that was read. */
void json_wipe_text(const struct json_object *object, const char *name);
/* A member that is a whole number from `min` to `max`; missing or null: `otherwise`. ERR_USAGE. */
int json_get_number(const struct json_object *object, const char *name, int64_t min, int64_t max,
                    int64_t otherwise, int64_t *ret_number, struct err *err);
/* A member that is true or false; missing or null: `otherwise`. ERR_USAGE. */
int json_get_bool(const struct json_object *object, const char *name, bool otherwise,
                  bool *ret_value, struct err *err);
/* Whether there is a member of that name that is not null. */
bool json_has(const struct json_object *object, const char *name);
/* A member that is a list of whole numbers, or of lists of them, which are laid end to end; missing
 * or null: none. With `each`, every inner list has so many. ERR_USAGE for another type and for
 * more than `max` numbers. The caller frees the list. */
int json_get_numbers(const struct json_object *object, const char *name, size_t each, size_t max,
                     int64_t **ret_numbers, size_t *ret_count, struct err *err);

#endif
