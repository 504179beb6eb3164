#include "fmt/json_read.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

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

int json_require(const struct json_object *object, const char *const *names, struct err *err)
{
    for (; *names != NULL; names++) {
        if (member(object, *names) == NULL)
            return err_set(err, ERR_USAGE, "\"%s\" is missing", *names);
    }
    return 0;
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

bool json_has(const struct json_object *object, const char *name)
{
    return member(object, name) != NULL;
}

int json_get_bool(const struct json_object *object, const char *name, bool otherwise,
                  bool *ret_value, struct err *err)
{
    const json_t *value = member(object, name);

    *ret_value = value == NULL ? otherwise : json_is_true(value);
    return value == NULL || json_is_boolean(value)
               ? 0
               : err_set(err, ERR_USAGE, "\"%s\" must be true or false", name);
}

/* ---- lists of numbers ---- */

struct numbers {
    int64_t *list;
    size_t count, max;
};

static bool take_number(struct numbers *numbers, const json_t *value)
{
    if (!json_is_integer(value) || numbers->count == numbers->max)
        return false;
    numbers->list = mem_room(numbers->list, numbers->count, sizeof *numbers->list);
    numbers->list[numbers->count++] = json_integer_value(value);
    return true;
}

static bool take_numbers(struct numbers *numbers, const json_t *list, size_t each)
{
    if (each > 0 && json_array_size(list) != each)
        return false;
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!take_number(numbers, json_array_get(list, i)))
            return false;
    return json_is_array(list);
}

static bool take_lists(struct numbers *numbers, const json_t *lists, size_t each)
{
    for (size_t i = 0; i < json_array_size(lists); i++)
        if (!take_numbers(numbers, json_array_get(lists, i), each))
            return false;
    return json_is_array(lists);
}

int json_get_numbers(const struct json_object *object, const char *name, size_t each, size_t max,
                     int64_t **ret_numbers, size_t *ret_count, struct err *err)
{
    const json_t *value = member(object, name);
    struct numbers numbers = {.max = max};

    *ret_numbers = NULL;
    *ret_count = 0;
    if (value == NULL)
        return 0;
    bool taken = each > 0 ? take_lists(&numbers, value, each) : take_numbers(&numbers, value, 0);
    if (!taken) {
        free(numbers.list);
        return err_set(err, ERR_USAGE, "\"%s\" must be a list of at most %zu whole numbers%s", name,
                       max, each > 0 ? ", in lists" : "");
    }
    *ret_numbers = numbers.list;
    *ret_count = numbers.count;
    return 0;
}
