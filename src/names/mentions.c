#include "names/mentions.h"

#include "base/err.h"
#include "names/tagger.h"

const char *mention_kind_word(enum mention_kind kind)
{
    static const char *const words[MENTION_KINDS] = {
        "person", "organisation", "place",    "post",        "email", "url",         "phone",
        "iban",   "card",         "passport", "national-id", "plate", "coordinates", "reference"};

    BUG_IF(kind >= MENTION_KINDS);
    return words[kind];
}

int mentions_find(const char *text, size_t len, const char *lang, mention_seen_fn seen, void *ctx)
{
    return tagger_find(NULL, text, len, lang, seen, ctx);
}
