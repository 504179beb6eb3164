/* Trees of queries: making, joining, printing and freeing nodes. */
#include "search/query_tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

static const struct {
    const char *name;
    enum query_field field;
} fields[] = {
    {"type", FIELD_TYPE},     {"lang", FIELD_LANG},       {"path", FIELD_PATH},
    {"name", FIELD_NAME},     {"date", FIELD_DATE},       {"from", FIELD_FROM},
    {"to", FIELD_TO},         {"sender", FIELD_SENDER},   {"recipient", FIELD_RECIPIENT},
    {"folder", FIELD_FOLDER}, {"outcome", FIELD_OUTCOME}, {"named", FIELD_NAMED},
    {"tag", FIELD_TAG},       {"list", FIELD_LIST},       {"colour", FIELD_COLOUR},
    {"color", FIELD_COLOUR},  {"starred", FIELD_STARRED}, {"noted", FIELD_NOTED},
    {"in", FIELD_IN},
};

enum query_field query_field_find(const char *name, size_t len)
{
    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        if (strlen(fields[i].name) == len && memcmp(fields[i].name, name, len) == 0)
            return fields[i].field;
    return FIELD_NONE;
}

static const char *field_name(enum query_field field)
{
    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        if (fields[i].field == field)
            return fields[i].name;
    return "";
}

struct query_node *query_node_new(enum query_kind kind, const char *text, size_t len)
{
    struct query_node *node = mem_zalloc(1, sizeof(*node));

    node->kind = kind;
    if (text)
        node->text = mem_strndup(text, len);
    return node;
}

/* The parser bounds the depth of a tree, and with it this recursion. */
// NOLINTNEXTLINE(misc-no-recursion)
void query_node_free(struct query_node *node)
{
    if (!node)
        return;
    for (size_t i = 0; i < node->count; i++)
        query_node_free(node->children[i]);
    free(node->children);
    free(node->text);
    free(node);
}

void query_node_add(struct query_node *node, struct query_node *child)
{
    node->children = mem_realloc(node->children, node->count + 1, sizeof(struct query_node *));
    node->children[node->count++] = child;
}

struct query_node *query_node_join(enum query_kind kind, struct query_node *left,
                                   struct query_node *right)
{
    if (!left || !right)
        return left ? left : right;
    if (left->kind == kind) {
        query_node_add(left, right);
        return left;
    }
    struct query_node *node = query_node_new(kind, NULL, 0);
    query_node_add(node, left);
    query_node_add(node, right);
    return node;
}

void query_release(struct query *query)
{
    query_node_free(query->root);
    query->root = NULL;
}

void cleanup_query(struct query *query)
{
    query_release(query);
}

static void print_leaf(struct buf *out, const struct query_node *node)
{
    static const char *const names[] = {[QUERY_WORD] = "word",
                                        [QUERY_PREFIX] = "prefix",
                                        [QUERY_TYPO] = "typo",
                                        [QUERY_PHRASE] = "phrase"};

    if (node->kind == QUERY_FILTER)
        buf_printf(out, "%s=%s", field_name(node->field), node->text);
    else
        buf_printf(out, "%s:%s", node->misread ? "ocr" : names[node->kind], node->text);
    if (node->prefix)
        buf_append_str(out, "*");
    if (node->kind == QUERY_TYPO && node->distance > 0)
        buf_printf(out, "~%u", node->distance);
}

// NOLINTNEXTLINE(misc-no-recursion)
static void print_node(struct buf *out, const struct query_node *node)
{
    static const char *const names[] = {
        [QUERY_AND] = "and", [QUERY_OR] = "or", [QUERY_NOT] = "not", [QUERY_NEAR] = "near"};

    if (node->count == 0) {
        print_leaf(out, node);
        return;
    }
    buf_printf(out, "(%s", names[node->kind]);
    if (node->kind == QUERY_NEAR)
        buf_printf(out, "/%u", node->distance);
    for (size_t i = 0; i < node->count; i++) {
        buf_append_str(out, " ");
        print_node(out, node->children[i]);
    }
    buf_append_str(out, ")");
}

char *query_print(const struct query *query)
{
    struct buf out;

    buf_init(&out, 1 << 20);
    if (query->all)
        buf_append_str(&out, "all ");
    if (query->misread != MISREAD_DOUBTFUL)
        buf_append_str(&out, query->misread == MISREAD_ALL ? "ocr " : "no-ocr ");
    if (query->as_words)
        buf_append_str(&out, "as-words ");
    if (query->root)
        print_node(&out, query->root);
    return buf_take(&out);
}
