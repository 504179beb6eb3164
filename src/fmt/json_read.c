#include "fmt/json_read.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

/* The functions of jansson behind an opaque name: json_t is never seen outside. */
static const json_t *native(const struct json_object *object)
{
    return (const json_t *)(const void *)object;
}

int json_read(const char *text, size_t len, struct json_object **ret_object, struct err *err)
{
    json_error_t why;
    json_t *read = json_loadb(text, len, JSON_REJECT_DUPLICATES, &why);

    if (read == NULL)
        return err_set(err, ERR_USAGE, "this is not JSON: %s (line %d)", why.text, why.line);
    if (!json_is_object(read)) {
        json_decref(read);
        return err_set(err, ERR_USAGE, "a JSON object is expected");
    }
    *ret_object = (struct json_object *)(void *)read;
    return 0;
}

void json_object_free(struct json_object *object)
{
    json_decref((json_t *)(void *)object);
}

void cleanup_json_object(struct json_object *const *object)
{
    json_object_free(*object);
}

/* NULL when it is missing or null. */
static const json_t *member(const struct json_object *object, const char *name)
{
    const json_t *value = json_object_get(native(object), name);
    return json_is_null(value) ? NULL : value;
}

int json_get_text(const struct json_object *object, const char *name, size_t max,
                  const char **ret_text, struct err *err)
{
    const json_t *value = member(object, name);

    *ret_text = "";
    if (value == NULL)
        return 0;
    if (!json_is_string(value))
        return err_set(err, ERR_USAGE, "\"%s\" must be a text", name);
    if (json_string_length(value) > max)
        return err_set(err, ERR_USAGE, "\"%s\" has more than %zu bytes", name, max);
    *ret_text = json_string_value(value);
    return 0;
}

void json_wipe_text(const struct json_object *object, const char *name)
{
    const json_t *value = member(object, name);

    if (json_is_string(value))
        explicit_bzero((char *)json_string_value(value), json_string_length(value));
}

int json_get_number(const struct json_object *object, const char *name, int64_t min, int64_t max,
                    int64_t otherwise, int64_t *ret_number, struct err *err)
{
    const json_t *value = member(object, name);

    *ret_number = otherwise;
    if (value == NULL)
        return 0;
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < min || number > max)
        return err_set(err, ERR_USAGE, "\"%s\" must be a whole number from %" PRId64 " to %" PRId64,
                       name, min, max);
    *ret_number = number;
    return 0;
}
