/*
 * Building trees of queries; for the parser only.
 */
#ifndef SEARCH_QUERY_TREE_H
#define SEARCH_QUERY_TREE_H

#include "search/query.h"

/* FIELD_NONE when no filter has this name. */
enum query_field query_field_find(const char *name, size_t len);

/* A node; `text` may be NULL and is copied. Free with query_node_free, which takes NULL. */
struct query_node *query_node_new(enum query_kind kind, const char *text, size_t len);
void query_node_free(struct query_node *node);

/* Both take ownership of their arguments. */
void query_node_add(struct query_node *node, struct query_node *child);
/* (kind left right), kept flat; with one of them NULL, the other. */
struct query_node *query_node_join(enum query_kind kind, struct query_node *left,
                                   struct query_node *right);

#endif
