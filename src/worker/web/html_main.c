#include "worker/web/html_main.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum {
    PARAGRAPH_MIN = 25, /* characters that make a paragraph count */
    STORY_MIN = 250,    /* a shorter story is looked for again, less strictly */
    STORY_LEAST = 100,  /* a shorter one is none */
    HEADLINE_BYTES = 512,
    TEASER_CHARS = 200, /* a shorter paragraph that is a link leads to another story */

    ANCESTORS = 5, /* levels that a paragraph gives points to */
};

struct stats {
    uint32_t chars, links, commas;       /* of all text inside; links: characters inside <a> */
    uint32_t own, own_links, own_commas; /* of text whose nearest block this is */
    uint32_t paragraphs, items, inputs, images, list_chars, headers;
    uint32_t block; /* the nearest block element around */
    float score;
    bool candidate;
    bool out; /* inside something that is never the story */
};

struct search {
    const struct html_tree *tree;
    struct stats *stats;
    bool strict; /* leave out what unlikely names mark */
};

bool html_is_shown(const struct html_node *node)
{
    return node->tag != TAG_SILENT && node->tag != TAG_HEAD && node->tag != TAG_TITLE;
}

/* ---- counting ---- */

static bool is_comma(uint32_t rune)
{
    return rune == ',' || rune == 0x060C || rune == 0x3001 || rune == 0xFF0C || rune == 0x3002;
}

static void count_text(const char *text, size_t len, struct stats *stats)
{
    bool space = true;

    for (size_t at = 0; at < len;) {
        uint32_t rune;
        at += utf8_decode(text + at, len - at, &rune);
        bool blank = rune == ' ' || rune == '\n' || rune == '\t' || rune == '\r' || rune == 0xA0;
        stats->chars += !blank || !space;
        stats->commas += is_comma(rune);
        space = blank;
    }
}

static bool is_heading(unsigned tag)
{
    return tag >= TAG_H1 && tag <= TAG_H6;
}

/* Elements that hold no part of a story, whatever they are called. */
static bool never_story(const struct html_node *node)
{
    switch (node->tag) {
    case TAG_NAV:
    case TAG_ASIDE:
    case TAG_FOOTER:
    case TAG_BUTTON:
    case TAG_SELECT:
    case TAG_OPTION:
    case TAG_TEXTAREA:
    case TAG_NOSCRIPT:
    case TAG_INPUT:
        return true;
    default:
        return !html_is_shown(node) || (node->hints & HINT_HIDDEN);
    }
}

static bool is_unlikely(const struct html_node *node)
{
    if (node->tag == TAG_BODY || node->tag == TAG_HTML || node->tag == TAG_A ||
        node->tag == TAG_ARTICLE || node->tag == TAG_MAIN || node->tag == TAG_OTHER)
        return false;
    return (node->hints & HINT_UNLIKELY) && !(node->hints & (HINT_POSITIVE | HINT_BODY));
}

/* Whether a heading says what the page's title says. */
static bool is_in_title(const struct html_tree *tree, uint32_t heading)
{
    char text[HEADLINE_BYTES];
    size_t len = 0;

    for (uint32_t i = heading + 1;
         i < tree->count && tree->nodes[i].depth > tree->nodes[heading].depth; i++) {
        const struct html_node *node = &tree->nodes[i];
        if (node->tag != TAG_TEXT || node->text_len > HEADLINE_BYTES - len)
            continue;
        memcpy(text + len, tree->text.data + node->text_at, node->text_len);
        len += node->text_len;
    }
    while (len && strchr(" \n\t\r", text[len - 1]))
        len--;
    size_t start = 0;
    while (start < len && strchr(" \n\t\r", text[start]))
        start++;
    return len == start || memmem(tree->title.data, tree->title.len, text + start, len - start);
}

/* The page's own headline: its first <h1>, or one that stands in its title. The headings of a
 * story's sections may be <h1> as well. */
static bool is_page_headline(const struct search *search, uint32_t i, bool *first)
{
    if (search->tree->nodes[i].tag != TAG_H1)
        return false;
    bool was_first = *first;
    *first = false;
    return was_first || is_in_title(search->tree, i);
}

/* From the top down: what is out of the question, and each node's nearest block. */
static void mark_out(struct search *search)
{
    const struct html_tree *tree = search->tree;
    bool first = true;

    for (uint32_t i = 1; i < tree->count; i++) {
        const struct html_node *node = &tree->nodes[i];
        const struct stats *above = &search->stats[node->parent];
        struct stats *stats = &search->stats[i];
        *stats = (struct stats){.out = above->out};
        if (never_story(node) || is_page_headline(search, i, &first) ||
            (search->strict && is_unlikely(node)))
            stats->out = true;
        bool block = html_tag_is_block((enum html_tag)node->tag) || node->tag == TAG_TD ||
                     node->tag == TAG_TH;
        stats->block = block && node->tag != TAG_BR ? i : above->block;
    }
}

static bool inside_link(const struct html_tree *tree, uint32_t i)
{
    for (unsigned level = 0; i && level < 8; level++, i = tree->nodes[i].parent)
        if (tree->nodes[i].tag == TAG_A)
            return true;
    return false;
}

static void add_up(struct stats *above, const struct stats *below, unsigned tag)
{
    above->chars += below->chars;
    above->commas += below->commas;
    above->links += tag == TAG_A ? below->chars : below->links;
    above->paragraphs += below->paragraphs + (tag == TAG_P);
    above->items += below->items + (tag == TAG_LI);
    above->headers += below->headers + (tag == TAG_TH);
    above->inputs += below->inputs + (tag == TAG_INPUT);
    above->images += below->images + (tag == TAG_IMG);
    above->list_chars += tag == TAG_UL || tag == TAG_OL ? below->chars : below->list_chars;
}

/* From the bottom up: children come after their parents, so one walk backwards does it. */
static void count_all(struct search *search)
{
    const struct html_tree *tree = search->tree;

    for (uint32_t i = tree->count - 1; i > 0; i--) {
        const struct html_node *node = &tree->nodes[i];
        struct stats *stats = &search->stats[i];
        if (stats->out)
            continue;
        if (node->tag == TAG_TEXT) {
            count_text(tree->text.data + node->text_at, node->text_len, stats);
            struct stats *block = &search->stats[stats->block];
            block->own += stats->chars;
            block->own_commas += stats->commas;
            block->own_links += inside_link(tree, node->parent) ? stats->chars : 0;
        }
        add_up(&search->stats[node->parent], stats, node->tag);
    }
}

/* ---- points ---- */

static float weight_of(const struct html_node *node)
{
    float weight = 0;

    weight += node->hints & (HINT_POSITIVE | HINT_BODY) ? 25 : 0;
    weight -= node->hints & HINT_NEGATIVE ? 25 : 0;
    return weight;
}

static float first_points(const struct html_node *node)
{
    float points = weight_of(node);

    switch (node->tag) {
    case TAG_DIV:
    case TAG_ARTICLE:
    case TAG_MAIN:
        return points + 5;
    case TAG_PRE:
    case TAG_TD:
    case TAG_BLOCKQUOTE:
        return points + 3;
    case TAG_ADDRESS:
    case TAG_OL:
    case TAG_UL:
    case TAG_DL:
    case TAG_DD:
    case TAG_DT:
    case TAG_LI:
    case TAG_FORM:
        return points - 3;
    case TAG_TH:
        return points - 5;
    default:
        return is_heading(node->tag) ? points - 5 : points;
    }
}

static float link_density(const struct stats *stats)
{
    return stats->chars ? (float)stats->links / (float)stats->chars : 0;
}

/* Text directly in these counts for themselves; in a paragraph, for the element around it. */
static bool holds_paragraphs(unsigned tag)
{
    return tag == TAG_DIV || tag == TAG_SECTION || tag == TAG_ARTICLE || tag == TAG_BODY ||
           tag == TAG_MAIN || tag == TAG_TD || tag == TAG_BLOCKQUOTE || tag == TAG_FORM;
}

static void give_points(struct search *search, uint32_t i)
{
    const struct html_node *nodes = search->tree->nodes;
    const struct stats *stats = &search->stats[i];
    float length = (float)stats->own / 100;
    float links = (float)stats->own_links / (float)stats->own;
    float points = (1 + (float)stats->own_commas + (length < 3 ? length : 3)) * (1 - links);
    uint32_t to = holds_paragraphs(nodes[i].tag) ? i : nodes[i].parent;

    for (unsigned level = 0; to && level < ANCESTORS; level++, to = nodes[to].parent) {
        struct stats *above = &search->stats[to];
        if (!above->candidate) {
            above->candidate = true;
            above->score = first_points(&nodes[to]);
        }
        above->score += points / (level == 0 ? 1.0F : level == 1 ? 2.0F : (float)level * 3);
    }
}

static uint32_t best_candidate(struct search *search)
{
    uint32_t best = 0;

    for (uint32_t i = 1; i < search->tree->count; i++)
        if (!search->stats[i].out && search->stats[i].own >= PARAGRAPH_MIN &&
            !is_heading(search->tree->nodes[i].tag))
            give_points(search, i);
    for (uint32_t i = 1; i < search->tree->count; i++) {
        struct stats *stats = &search->stats[i];
        if (!stats->candidate || stats->out)
            continue;
        stats->score *= 1 - link_density(stats);
        if (!best || stats->score > search->stats[best].score)
            best = i;
    }
    return best;
}

static bool is_top(const struct html_node *node)
{
    return node->tag == TAG_BODY || node->tag == TAG_HTML || node->parent == 0;
}

/* A page may mark its story; trusted when it holds much of what the points found. */
static uint32_t marked_body(const struct search *search, uint32_t best)
{
    uint32_t found = 0;

    for (uint32_t i = 1; i < search->tree->count; i++)
        if ((search->tree->nodes[i].hints & HINT_BODY) && !search->stats[i].out &&
            search->stats[i].chars > search->stats[found].chars * (found != 0))
            found = i;
    if (found && search->stats[found].chars >= STORY_MIN &&
        search->stats[found].chars * 5 >= search->stats[best].chars * 2)
        return found;
    return 0;
}

/* Stories are often cut into several containers: while the one around has points too, it is better.
 */
static uint32_t climb(const struct search *search, uint32_t best)
{
    const struct html_node *nodes = search->tree->nodes;
    float last = search->stats[best].score;
    float threshold = last / 3;

    for (uint32_t i = nodes[best].parent; i && !is_top(&nodes[i]); i = nodes[i].parent) {
        float score = search->stats[i].score;
        if (!search->stats[i].candidate)
            continue;
        if (score < threshold)
            break;
        if (score > last) {
            best = i;
            break;
        }
        last = score;
    }
    return best;
}

/* An <article> around the best element is the story when most of the text of all articles is in it.
 */
static uint32_t article_around(const struct search *search, uint32_t best)
{
    const struct html_node *nodes = search->tree->nodes;
    uint32_t article = 0;
    uint32_t all = 0;

    for (uint32_t i = nodes[best].parent; i; i = nodes[i].parent)
        if (nodes[i].tag == TAG_ARTICLE)
            article = i;
    if (!article || search->stats[article].out || link_density(&search->stats[article]) > 0.3F)
        return best;
    for (uint32_t i = 1; i < search->tree->count; i++)
        if (nodes[i].tag == TAG_ARTICLE && !search->stats[i].out)
            all += search->stats[i].chars;
    return search->stats[article].chars * 10 >= all * 7 ? article : best;
}

/* ---- taking the story out ---- */

static bool is_wrapper(unsigned tag)
{
    return tag == TAG_DIV || tag == TAG_SECTION || tag == TAG_FORM || tag == TAG_FIELDSET ||
           tag == TAG_UL || tag == TAG_OL || tag == TAG_DL || tag == TAG_TABLE ||
           tag == TAG_HEADER || tag == TAG_DETAILS;
}

/* Whether a wrapper inside the story is something else: links, a form, a share bar. */
static bool is_clutter(const struct search *search, uint32_t i)
{
    const struct html_node *node = &search->tree->nodes[i];
    const struct stats *stats = &search->stats[i];
    float weight = weight_of(node);
    float density = link_density(stats);

    if ((node->hints & HINT_BYLINE) && stats->chars < 100 && node->tag != TAG_A)
        return true;
    if (is_heading(node->tag) || !is_wrapper(node->tag))
        return node->tag == TAG_FIGURE || node->tag == TAG_FIGCAPTION ||
               (node->tag == TAG_P && stats->chars < TEASER_CHARS && density > 0.9F);
    if (weight < 0)
        return true;
    if (stats->commas >= 10 && density < 0.5F)
        return false;
    bool list = node->tag == TAG_UL || node->tag == TAG_OL ||
                (stats->chars && stats->list_chars * 10 >= stats->chars * 9);
    if (node->tag == TAG_TABLE) /* one with headings holds facts, links or not */
        return density > 0.5F && !stats->headers;
    if (stats->inputs * 3 > stats->paragraphs)
        return true;
    if (list)
        return density > 0.5F;
    if (stats->items > stats->paragraphs + 100)
        return true;
    if (weight < 25 && density > 0.25F && stats->chars < 1000)
        return true;
    return density > 0.5F;
}

/* Marks the story's text below `top`. Returns its length in characters. */
static uint32_t take(const struct search *search, uint32_t top, bool *story)
{
    const struct html_node *nodes = search->tree->nodes;
    uint32_t chars = 0;
    uint32_t i = top;

    for (;;) {
        bool enter = !search->stats[i].out && (i == top || !is_clutter(search, i));
        if (enter && nodes[i].tag == TAG_TEXT) {
            story[i] = true;
            chars += search->stats[i].chars;
        }
        if (enter && nodes[i].first) {
            i = nodes[i].first;
            continue;
        }
        while (i != top && !nodes[i].next)
            i = nodes[i].parent;
        if (i == top)
            return chars;
        i = nodes[i].next;
    }
}

static bool joins(const struct search *search, uint32_t top, uint32_t sibling)
{
    const struct stats *stats = &search->stats[sibling];
    float threshold = fmaxf(10, search->stats[top].score * 0.2F);
    float density = link_density(stats);

    if (stats->out || stats->chars == 0)
        return false;
    if (stats->candidate && stats->score >= threshold && density < 0.3F)
        return true;
    if (search->tree->nodes[sibling].tag != TAG_P && search->tree->nodes[sibling].tag != TAG_TEXT)
        return false;
    return (stats->chars > 80 && density < 0.25F) ||
           (stats->links == 0 && stats->commas > 0 && stats->chars > 30);
}

static uint32_t take_with_siblings(const struct search *search, uint32_t top, bool *story)
{
    const struct html_node *nodes = search->tree->nodes;
    uint32_t chars = 0;

    if (is_top(&nodes[top]))
        return take(search, top, story);
    for (uint32_t i = nodes[nodes[top].parent].first; i; i = nodes[i].next)
        if (i == top || joins(search, top, i))
            chars += take(search, i, story);
    return chars;
}

static uint32_t search_once(struct search *search, bool *story)
{
    memset(search->stats, 0, sizeof(*search->stats));
    mark_out(search);
    count_all(search);
    uint32_t best = best_candidate(search);
    if (!best)
        return 0;
    uint32_t marked = marked_body(search, best);
    if (marked)
        return take(search, marked, story);
    return take_with_siblings(search, article_around(search, climb(search, best)), story);
}

bool html_main_find(const struct html_tree *tree, bool *story)
{
    struct search search = {.tree = tree, .strict = true};

    if (tree->count < 2)
        return false;
    search.stats = mem_zalloc(tree->count, sizeof(*search.stats));
    uint32_t chars = search_once(&search, story);
    if (chars < STORY_MIN) {
        memset(story, 0, tree->count * sizeof(*story));
        search.strict = false;
        chars = search_once(&search, story);
    }
    free(search.stats);
    return chars >= STORY_LEAST;
}

void html_main_parts(const struct html_tree *tree, const uint32_t *tops, size_t count, bool *story,
                     uint32_t *ret_chars)
{
    struct search search = {.tree = tree, .strict = true};

    search.stats = mem_zalloc(tree->count, sizeof(*search.stats));
    mark_out(&search);
    count_all(&search);
    for (size_t i = 0; i < count; i++)
        ret_chars[i] = search.stats[tops[i]].out ? 0 : take(&search, tops[i], story);
    free(search.stats);
}
