#include "names/tag_features.h"

enum { EDGE = 77 };

/* What stands before the first token and after the last. */
static const struct tag_look edge = {
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

static void put_with_before(struct keys *keys, const struct tag_look *before,
                            const struct tag_look *look)
{
    put_two(keys, 6, before->word, look->word);
    put_two(keys, 14, before->stem, look->stem);
    put_two(keys, 41, before->shape, look->shape);
    put_two(keys, 45, before->word, look->style);
    put_two(keys, 56, before->classes, look->classes);
    put_two(keys, 58, before->classes, look->style);
    put_two(keys, 95, before->cluster.narrow, look->cluster.narrow);
    put_two(keys, 98, before->cluster.narrow, look->style);
    put_two(keys, 105, before->cluster.wide, look->cluster.wide);
}

static void put_with_after(struct keys *keys, const struct tag_look *look,
                           const struct tag_look *after)
{
    put_two(keys, 7, look->word, after->word);
    put_two(keys, 15, look->stem, after->stem);
    if (look->raw)
        put_two(keys, 17, look->raw, after->word);
    put_two(keys, 42, look->shape, after->shape);
    put_two(keys, 46, after->word, look->style);
    put_two(keys, 57, look->classes, after->classes);
    put_two(keys, 59, after->classes, look->style);
    put_two(keys, 96, look->cluster.narrow, after->cluster.narrow);
    put_two(keys, 106, look->cluster.wide, after->cluster.wide);
}

static void put_rest(struct keys *keys, const struct tag_window *window)
{
    const struct tag_look *const *around = window->around;
    uint64_t three = around[1]->style * 400u + around[2]->style * 20u + around[3]->style;

    put(keys, 1, around[0]->word);
    put(keys, 5, around[4]->word);
    put_two(keys, 8, around[1]->word, around[3]->word);
    put_two(keys, 9, around[0]->word, around[1]->word);
    put_two(keys, 10, around[3]->word, around[4]->word);
    put_two(keys, 43, three, window->first);
    put_two(keys, 44, three, around[0]->style * 20u + around[4]->style);
    put_two(keys, 61, around[0]->classes, around[1]->classes);
    put_two(keys, 62, tag_mix(around[1]->classes, around[2]->classes), around[3]->classes);
    put_two(keys, 71, window->glue, window->next_glue);
    put_two(keys, 72, window->glue, around[1]->style * 20u + around[2]->style);
    put_cluster(keys, 90, around[0]);
    put_cluster(keys, 94, around[4]);
    put_two(keys, 97, around[1]->cluster.narrow, around[3]->cluster.narrow);
    put_two(keys, 107, around[1]->cluster.wide, around[3]->cluster.wide);
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

static const struct tag_look *look_at(const struct tag_view *view, size_t token, int away)
{
    size_t at = token + (size_t)away;

    return at < view->sentence->count ? &view->looks[at] : &edge;
}

void tag_window(const struct tag_view *view, size_t token, struct tag_window *window)
{
    const struct tag_token *this = &view->sentence->tokens[token];

    for (int i = -2; i <= 2; i++)
        window->around[i + 2] = look_at(view, token, i);
    window->language = view->language;
    window->first = token == 0;
    window->glue = (unsigned char)this->glue;
    window->next_glue =
        token + 1 < view->sentence->count ? (unsigned char)this[1].glue : (unsigned char)1;
}

size_t tag_group_features(const struct tag_window *window, enum tag_group group,
                          uint64_t at[TAG_FEATURES_MAX])
{
    const struct tag_look *const *around = window->around;
    struct keys keys = {at, 0};

    switch (group) {
    case GROUP_HERE:
        put_here(&keys, window);
        break;
    case GROUP_BEFORE:
        put_beside(&keys, around[1], 0);
        break;
    case GROUP_AFTER:
        put_beside(&keys, around[3], 1);
        break;
    case GROUP_WITH_BEFORE:
        put_with_before(&keys, around[1], around[2]);
        break;
    case GROUP_WITH_AFTER:
        put_with_after(&keys, around[2], around[3]);
        break;
    case GROUP_REST:
        put_rest(&keys, window);
        break;
    case GROUP_KNOWN:
    case TAG_GROUPS:
        put_known(&keys, around);
        break;
    }
    return keys.count;
}

uint64_t tag_group_key(const struct tag_window *window, enum tag_group group)
{
    static const unsigned char looks_at[TAG_GROUPS_OFTEN][2] = {
        {2, 2}, {1, 1}, {3, 3}, {1, 2}, {2, 3}}; /* of the five tokens */
    uint64_t seed = (uint64_t)group << 8 | (uint64_t)window->language << 1 |
                    (group == GROUP_HERE && window->first);
    uint64_t first = window->around[looks_at[group][0]]->id;
    uint64_t second = window->around[looks_at[group][1]]->id;

    return tag_mix(tag_mix(seed, first), second);
}

uint64_t tag_window_key(const struct tag_window *window)
{
    uint64_t key = (uint64_t)window->next_glue << 16 | (uint64_t)window->glue << 8 |
                   (uint64_t)window->language << 1 | window->first;

    for (size_t i = 0; i < 5; i++)
        key = tag_mix(key, window->around[i]->id);
    return key;
}

size_t tag_features(const struct tag_view *view, size_t token, uint64_t keys[TAG_FEATURES_MAX])
{
    struct tag_window window;
    size_t count = 0;

    tag_window(view, token, &window);
    for (enum tag_group group = 0; group < TAG_GROUPS; group++) {
        uint64_t more[TAG_FEATURES_MAX];
        size_t room = TAG_FEATURES_MAX - count;
        size_t found = tag_group_features(&window, group, more);

        for (size_t i = 0; i < found && i < room; i++)
            keys[count++] = more[i];
    }
    return count;
}
