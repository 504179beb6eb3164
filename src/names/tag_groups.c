#include "names/tag_features.h"

enum { EDGE = 77 };

const struct tag_look tag_edge = {
    .word = EDGE, .stem = EDGE, .shape = EDGE, .style = TAG_CASES, .id = EDGE};

struct keys {
    uint64_t *at;
    size_t count;
};

static void put(struct keys *keys, unsigned form, uint64_t value)
{
    if (keys->count < TAG_FEATURES_MAX)
        keys->at[keys->count++] =
            (tag_mix((uint64_t)form << 8, value) & ~((uint64_t)0xFF << TAG_FORM_AT)) |
            (uint64_t)form << TAG_FORM_AT;
}

static void put_two(struct keys *keys, unsigned form, uint64_t first, uint64_t second)
{
    put(keys, form, tag_mix(first, second));
}

static void put_classes(struct keys *keys, unsigned form, unsigned classes)
{
    for (unsigned i = 0; classes; i++, classes >>= 1)
        if (classes & 1)
            put(keys, form, i);
}

static void put_cluster(struct keys *keys, unsigned form, const struct tag_look *look)
{
    if (look->cluster.narrow)
        put(keys, form, look->cluster.narrow);
    if (look->cluster.wide)
        put(keys, form + 10, look->cluster.wide);
}

static void put_here(struct keys *keys, const struct tag_window *window)
{
    const struct tag_look *look = window->around[2];

    put(keys, 0, window->language);
    put_two(keys, 70, window->language, look->style);
    put(keys, 3, look->word);
    put(keys, 12, look->stem);
    if (look->raw)
        put(keys, 16, look->raw);
    for (unsigned i = 0; i < TAG_AFFIXES; i++) {
        if (look->prefix[i])
            put(keys, 20 + i, look->prefix[i]);
        if (look->suffix[i])
            put(keys, 24 + i, look->suffix[i]);
    }
    put_two(keys, 28, look->suffix[2], look->style);
    put(keys, 40, look->shape);
    put_two(keys, 47, look->word, look->style * 2u + window->first);
    put_classes(keys, 50, look->classes);
    put_classes(keys, 53, look->begins);
    put_classes(keys, 54, look->goes_on);
    put_two(keys, 55, look->classes, look->style);
    put_two(keys, 60, look->begins, look->goes_on);
    put_cluster(keys, 92, look);
}

/* `side` is 0 for the token before, 1 for the one after. */
static void put_beside(struct keys *keys, const struct tag_look *look, unsigned side)
{
    put(keys, side ? 4 : 2, look->word);
    put(keys, side ? 13 : 11, look->stem);
    put(keys, 29 + side, look->suffix[2]);
    put(keys, 31 + side, look->prefix[2]);
    put_classes(keys, 51 + side, look->classes);
    put_cluster(keys, side ? 93 : 91, look);
}

/* Of the features that look at several tokens those of some groups, in the order that training
 * depends on for what it leaves out by chance. */
static inline void put_several(struct keys *keys, const struct tag_window *window, uint32_t groups)
{
    const struct tag_look *far_before = window->around[0];
    const struct tag_look *before = window->around[1];
    const struct tag_look *here = window->around[2];
    const struct tag_look *after = window->around[3];
    const struct tag_look *far_after = window->around[4];

    if (groups & 1u << GROUP_WORDS_BEFORE) {
        put_two(keys, 6, before->word, here->word);
        put_two(keys, 14, before->stem, here->stem);
    }
    if (groups & 1u << GROUP_MARKS_BEFORE)
        put_two(keys, 41, before->shape, here->shape);
    if (groups & 1u << GROUP_STYLE_BEFORE)
        put_two(keys, 45, before->word, here->style);
    if (groups & 1u << GROUP_MARKS_BEFORE) {
        put_two(keys, 56, before->classes, here->classes);
        put_two(keys, 58, before->classes, here->style);
    }
    if (groups & 1u << GROUP_CLUSTERS_BEFORE)
        put_two(keys, 95, before->cluster.narrow, here->cluster.narrow);
    if (groups & 1u << GROUP_STYLE_BEFORE)
        put_two(keys, 98, before->cluster.narrow, here->style);
    if (groups & 1u << GROUP_CLUSTERS_BEFORE)
        put_two(keys, 105, before->cluster.wide, here->cluster.wide);
    if (groups & 1u << GROUP_WORDS_AFTER) {
        put_two(keys, 7, here->word, after->word);
        put_two(keys, 15, here->stem, after->stem);
        if (here->raw)
            put_two(keys, 17, here->raw, after->word);
    }
    if (groups & 1u << GROUP_MARKS_AFTER)
        put_two(keys, 42, here->shape, after->shape);
    if (groups & 1u << GROUP_STYLE_AFTER)
        put_two(keys, 46, after->word, here->style);
    if (groups & 1u << GROUP_MARKS_AFTER) {
        put_two(keys, 57, here->classes, after->classes);
        put_two(keys, 59, after->classes, here->style);
    }
    if (groups & 1u << GROUP_CLUSTERS_AFTER) {
        put_two(keys, 96, here->cluster.narrow, after->cluster.narrow);
        put_two(keys, 106, here->cluster.wide, after->cluster.wide);
    }
    if (groups & 1u << GROUP_FAR_BEFORE)
        put(keys, 1, far_before->word);
    if (groups & 1u << GROUP_FAR_AFTER)
        put(keys, 5, far_after->word);
    if (groups & 1u << GROUP_SIDES)
        put_two(keys, 8, before->word, after->word);
    if (groups & 1u << GROUP_WORDS_FAR_BEFORE)
        put_two(keys, 9, far_before->word, before->word);
    if (groups & 1u << GROUP_WORDS_FAR_AFTER)
        put_two(keys, 10, after->word, far_after->word);
    if (groups & 1u << GROUP_STYLES) {
        uint64_t three = before->style * 400u + here->style * 20u + after->style;

        put_two(keys, 43, three, window->first);
        put_two(keys, 44, three, far_before->style * 20u + far_after->style);
    }
    if (groups & 1u << GROUP_MARKS_FAR_BEFORE)
        put_two(keys, 61, far_before->classes, before->classes);
    if (groups & 1u << GROUP_CLASSES)
        put_two(keys, 62, tag_mix(before->classes, here->classes), after->classes);
    if (groups & 1u << GROUP_STYLES) {
        put_two(keys, 71, window->glue, window->next_glue);
        put_two(keys, 72, window->glue, before->style * 20u + here->style);
    }
    if (groups & 1u << GROUP_FAR_BEFORE)
        put_cluster(keys, 90, far_before);
    if (groups & 1u << GROUP_FAR_AFTER)
        put_cluster(keys, 94, far_after);
    if (groups & 1u << GROUP_SIDES_CLUSTERS) {
        put_two(keys, 97, before->cluster.narrow, after->cluster.narrow);
        put_two(keys, 107, before->cluster.wide, after->cluster.wide);
    }
}

static void put_known(struct keys *keys, const struct tag_look *const around[5])
{
    if (around[2]->known) {
        put(keys, 80, around[2]->known);
        put_two(keys, 81, around[2]->known, around[2]->style);
        put_two(keys, 82, around[2]->known, around[1]->known);
    }
    put(keys, 83, around[1]->known);
    put(keys, 84, around[3]->known);
}

size_t tag_group_features(const struct tag_window *window, enum tag_group group,
                          uint64_t at[TAG_FEATURES_MAX])
{
    struct keys keys = {at, 0};

    switch (group) {
    case GROUP_HERE:
        put_here(&keys, window);
        break;
    case GROUP_BEFORE:
        put_beside(&keys, window->around[1], 0);
        break;
    case GROUP_AFTER:
        put_beside(&keys, window->around[3], 1);
        break;
    case GROUP_KNOWN:
        put_known(&keys, window->around);
        break;
    default:
        put_several(&keys, window, (uint32_t)1 << group);
        break;
    }
    return keys.count;
}

static const struct tag_look *look_at(const struct tag_view *view, size_t token, int away)
{
    size_t at = token + (size_t)away;

    return at < view->sentence->count ? &view->looks[at] : &tag_edge;
}

size_t tag_features(const struct tag_view *view, size_t token, uint64_t at[TAG_FEATURES_MAX])
{
    struct tag_window window = {.language = view->language,
                                .first = token == 0,
                                .glue = (unsigned char)view->sentence->tokens[token].glue,
                                .next_glue = tag_next_glue(view->sentence, token)};
    struct keys keys = {at, 0};

    for (int i = -2; i <= 2; i++)
        window.around[i + 2] = look_at(view, token, i);
    put_here(&keys, &window);
    put_beside(&keys, window.around[1], 0);
    put_beside(&keys, window.around[3], 1);
    put_several(&keys, &window, UINT32_MAX);
    put_known(&keys, window.around);
    return keys.count;
}
