/*
 * What the programs that meet documents give up in the same way: capabilities, resources,
 * descriptors, system calls. What each keeps is its own to say; see worker/sandbox.h and
 * convert/give_up.h.
 *
 * A table of system calls is written in libseccomp's terms.
 */
#ifndef CONFINE_CONFINE_H
#define CONFINE_CONFINE_H

#include <seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>

/* Every capability, for good. False: the kernel refuses. */
bool confine_capabilities(void);

/* Lowers a limit (RLIMIT_…) for good; one that is lower already stays. */
bool confine_limit(int resource, rlim_t value);

/* Leads input, output and errors to nowhere: parsers and converters print, and nobody listens.
 * Closes the descriptors from `first` on. */
bool confine_descriptors(unsigned first);

struct call_rule {
    int call;                     /* SCMP_SYS(…) */
    uint32_t action;              /* SCMP_ACT_… */
    unsigned tested;              /* how many tests there are; all of them must hold */
    struct scmp_arg_cmp tests[2]; /* of arguments */
};

/* Adds calls that are allowed whatever their arguments. */
bool confine_allow(scmp_filter_ctx filter, const int *calls, size_t count);
bool confine_rules(scmp_filter_ctx filter, const struct call_rule *rules, size_t count);

#endif
