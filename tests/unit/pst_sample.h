/*
 * A store with one folder, "Inbox", and in it one message with two receivers and an attachment, for
 * build_pst().
 */
#ifndef TESTS_PST_SAMPLE_H
#define TESTS_PST_SAMPLE_H

#include "pst_build.h"

enum { PST_SAMPLE_NODES = 13, PST_SAMPLE_INBOX = 0x8022 /* its identifier */ };

/* The nodes; `heaps`, in which their bytes are, is initialised here and the caller's to release. */
void sample_pst(struct pst_node nodes[PST_SAMPLE_NODES], struct buf heaps[PST_SAMPLE_NODES]);

#endif
