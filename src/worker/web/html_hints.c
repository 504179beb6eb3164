#include "worker/web/html_hints.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/attr.h"
#include "worker/web/html_tree.h"

enum { VALUE_MAX = 512 };

struct hint_word {
    const char *word;
    unsigned hints;
};

/* Found anywhere in the value. */
static const struct hint_word ANYWHERE[] = {
    {"mw-parser-output", HINT_BODY}, /* what a wiki's page says; MediaWiki marks it nowhere else */
    {"article", HINT_POSITIVE},
    {"body", HINT_POSITIVE},
    {"content", HINT_POSITIVE},
    {"entry", HINT_POSITIVE},
    {"main", HINT_POSITIVE},
    {"story", HINT_POSITIVE},
    {"text", HINT_POSITIVE},
    {"blog", HINT_POSITIVE},
    {"-ad-", HINT_NEGATIVE},
    {"comment", HINT_NEGATIVE | HINT_UNLIKELY},
    {"combx", HINT_NEGATIVE},
    {"footer", HINT_NEGATIVE | HINT_UNLIKELY},
    {"footnote", HINT_NEGATIVE},
    {"masthead", HINT_NEGATIVE},
    {"media-", HINT_NEGATIVE},
    {"outbrain", HINT_NEGATIVE | HINT_UNLIKELY},
    {"promo", HINT_NEGATIVE},
    {"related", HINT_NEGATIVE | HINT_UNLIKELY},
    {"scroll", HINT_NEGATIVE},
    {"share", HINT_NEGATIVE},
    {"sharing", HINT_NEGATIVE},
    {"sidebar", HINT_NEGATIVE | HINT_UNLIKELY},
    {"skyscraper", HINT_NEGATIVE},
    {"sponsor", HINT_NEGATIVE | HINT_UNLIKELY},
    {"shopping", HINT_NEGATIVE},
    {"widget", HINT_NEGATIVE},
    {"breadcrumb", HINT_UNLIKELY},
    {"cookie", HINT_UNLIKELY},
    {"disqus", HINT_UNLIKELY},
    {"gdpr", HINT_UNLIKELY},
    {"legends", HINT_UNLIKELY},
    {"menu", HINT_UNLIKELY},
    {"newsletter", HINT_UNLIKELY},
    {"pagination", HINT_UNLIKELY},
    {"pager", HINT_UNLIKELY},
    {"popup", HINT_UNLIKELY},
    {"remark", HINT_UNLIKELY},
    {"rss", HINT_UNLIKELY},
    {"shoutbox", HINT_UNLIKELY},
    {"social", HINT_UNLIKELY},
    {"subscribe", HINT_UNLIKELY},
    {"supplemental", HINT_UNLIKELY},
    {"taboola", HINT_UNLIKELY},
    {"tags", HINT_NEGATIVE},
    {"yom-remote", HINT_UNLIKELY},
    {"wm-ipp", HINT_UNLIKELY}, /* archive.org's bar above its copies */
    {"byline", HINT_BYLINE},
    {"recommend", HINT_UNLIKELY},
    {"read-more", HINT_UNLIKELY},
    {"readmore", HINT_UNLIKELY},
    {"trending", HINT_UNLIKELY},
    {"author-bio", HINT_UNLIKELY},
    {"author-info", HINT_UNLIKELY},
    {"also-like", HINT_UNLIKELY},
    {"signup", HINT_UNLIKELY},
    {"sign-up", HINT_UNLIKELY},
    {"toolbar", HINT_UNLIKELY},
    {"advert", HINT_UNLIKELY},
    {"caption", HINT_NEGATIVE},
    {"hidden", HINT_NEGATIVE},
    {"contact", HINT_NEGATIVE},
    {"navbar", HINT_UNLIKELY},
    {"navigation", HINT_UNLIKELY},
    {"dateline", HINT_BYLINE},
    {"writtenby", HINT_BYLINE},
    {"p-author", HINT_BYLINE},
    {"banner", HINT_UNLIKELY},
    {"most-read", HINT_UNLIKELY},
    {"mostread", HINT_UNLIKELY},
    {"popular", HINT_UNLIKELY},
    {"screen-reader", HINT_UNLIKELY},
    {"visually-hidden", HINT_UNLIKELY},
    {"modal", HINT_UNLIKELY},
};

/* Found as a word of their own, between other characters than letters. */
static const struct hint_word WHOLE[] = {
    {"ad", HINT_UNLIKELY | HINT_NEGATIVE},
    {"ads", HINT_UNLIKELY | HINT_NEGATIVE},
    {"nav", HINT_UNLIKELY},
    {"header", HINT_UNLIKELY},
    {"post", HINT_POSITIVE},
    {"page", HINT_POSITIVE},
    {"hentry", HINT_POSITIVE},
    {"tool", HINT_NEGATIVE},
    {"tag", HINT_NEGATIVE},
    {"meta", HINT_NEGATIVE},
    {"aside", HINT_UNLIKELY},
    {"complementary", HINT_UNLIKELY},
    {"dialog", HINT_UNLIKELY},
    {"alert", HINT_UNLIKELY},
    {"search", HINT_UNLIKELY},
    {"author", HINT_BYLINE},
    {"copyright", HINT_UNLIKELY},
};

static bool is_whole(const char *value, const char *at, size_t len)
{
    bool starts = at == value || !isalpha((unsigned char)at[-1]);

    return starts && !isalpha((unsigned char)at[len]);
}

static bool has_whole(const char *value, const char *word)
{
    size_t len = strlen(word);

    for (const char *at = value; (at = strstr(at, word)) != NULL; at += len)
        if (is_whole(value, at, len))
            return true;
    return false;
}

unsigned html_hints_of(const char *value)
{
    char lower[VALUE_MAX];
    size_t len = 0;
    unsigned hints = 0;

    if (!value)
        return 0;
    for (; value[len] && len < sizeof(lower) - 1; len++)
        lower[len] = (char)tolower((unsigned char)value[len]);
    lower[len] = '\0';
    for (size_t i = 0; i < ARRAY_LEN(ANYWHERE); i++)
        if (strstr(lower, ANYWHERE[i].word))
            hints |= ANYWHERE[i].hints;
    for (size_t i = 0; i < ARRAY_LEN(WHOLE); i++)
        if (has_whole(lower, WHOLE[i].word))
            hints |= WHOLE[i].hints;
    return hints;
}
