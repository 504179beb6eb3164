#include "worker/plain/plist_tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum { BLOCK_HEAD = sizeof(void *) };

/* Blocks are a list through their first bytes. */
static void *block(struct plist *plist, size_t len)
{
    char *bytes = mem_zalloc(1, BLOCK_HEAD + len);

    memcpy(bytes, &plist->blocks, sizeof(plist->blocks));
    plist->blocks = bytes;
    return bytes + BLOCK_HEAD;
}

void plist_start(struct plist *plist, size_t len)
{
    size_t nodes_max = len < PLIST_NODES / PLIST_SHARED ? PLIST_SHARED * len : PLIST_NODES;

    *plist = (struct plist){.nodes_max = nodes_max};
}

char *plist_memory(struct plist *plist, size_t len)
{
    if (len > PLIST_BYTES - plist->bytes) {
        plist->reason = REASON_LIMIT_SIZE;
        return NULL;
    }
    plist->bytes += len;
    return block(plist, len + 1);
}

struct plist_node *plist_add(struct plist *plist, struct plist_node *parent, enum plist_type type,
                             const char *key)
{
    if (plist->nodes >= plist->nodes_max) {
        plist->reason = REASON_LIMIT_COUNT;
        return NULL;
    }
    plist->nodes++;
    struct plist_node *node = block(plist, sizeof(*node));
    node->type = type;
    node->key = key;
    node->bytes = "";
    if (!parent)
        plist->root = node;
    else if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    if (parent)
        parent->last = node;
    return node;
}

void plist_release(struct plist *plist)
{
    while (plist->blocks) {
        void *next;
        memcpy(&next, plist->blocks, sizeof(next));
        free(plist->blocks);
        plist->blocks = next;
    }
    *plist = (struct plist){0};
}

const struct plist_node *plist_get(const struct plist_node *node, const char *key)
{
    if (!node || node->type != PLIST_DICT)
        return NULL;
    for (const struct plist_node *child = node->first; child; child = child->next)
        if (child->key && strcmp(child->key, key) == 0)
            return child;
    return NULL;
}
