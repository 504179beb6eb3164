/*
 * A network as files: for the reading room and for the command line.
 */
#ifndef WEB_NETWORK_OUT_H
#define WEB_NETWORK_OUT_H

#include "fmt/json.h"
#include "names/network.h"

/* The members of a network, into an open object. */
void network_members_put(struct json_writer *json, const struct network *network);

/* A row for each tie: both names with their numbers and kinds, passages, documents. */
void network_put_csv(struct buf *out, const struct network *network);

/* GraphML 1.0 (graphml.graphdrawing.org), undirected: nodes with name, kind, documents and
 * mentions; edges with passages, which is also their weight, and documents. */
void network_put_graphml(struct buf *out, const struct network *network);

/* "person,place": which kinds are tied; "" all. ERR_USAGE for another word. */
int network_kinds_read(const char *words, bool ret_kinds[NETWORK_KINDS], struct err *err);

#endif
