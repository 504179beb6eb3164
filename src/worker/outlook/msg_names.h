/*
 * The name table of a message file ([MS-OXMSG] 2.2.3): what the numbers from 0x8000 on mean in it.
 */
#ifndef WORKER_MSG_NAMES_H
#define WORKER_MSG_NAMES_H

#include "worker/ole/cfb.h"

struct msg_names {
    uint32_t *lids; /* mapi_lid() of property 0x8000 + index */
    size_t count;
};

/* A file without a table gives an empty one. */
void msg_names_load(struct msg_names *names, const struct cfb *cfb);
void msg_names_release(struct msg_names *names);

/* 0 when it means nothing here. */
uint32_t msg_names_lid(const struct msg_names *names, uint16_t id);

#endif
