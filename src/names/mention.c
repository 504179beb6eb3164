#include "names/mention.h"

#include "base/attr.h"

const char *mention_kind_word(enum mention_kind kind)
{
    static const char *const words[MENTION_KINDS] = {
        "person", "organisation", "place",    "post",        "email", "url",         "phone",
        "iban",   "card",         "passport", "national-id", "plate", "coordinates", "reference"};

    return (size_t)kind < ARRAY_LEN(words) ? words[kind] : "";
}
