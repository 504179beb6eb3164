/*
 * Split files: which items are volumes of one, by their names and sizes alone, and how they are
 * read as one. Private to ingest.
 *
 * One volume leads (wire/volume_name.h): it is read with all others that follow each other without
 * a gap. They get the outcome `empty`, reason `container`, and a detail that names the leader. When
 * a volume arrives after its leader was read, the leader is read again.
 */
#ifndef INGEST_VOLUMES_H
#define INGEST_VOLUMES_H

#include "ingest/pipeline.h"
#include "wire/volume_name.h"

struct volume_set {
    struct volume_name name; /* of the item that was asked about */
    int64_t leader;          /* 0: not there */
    uint32_t count;          /* further volumes, in order */
    int64_t items[JOB_VOLUMES_MAX];
    int64_t objects[JOB_VOLUMES_MAX];
    struct job_volume volumes[JOB_VOLUMES_MAX]; /* names and sizes */
    uint64_t bytes;                             /* of all, the leader's included */
    bool joined;                                /* volume_set_open made one document of them */
    char next[JOB_VOLUME_NAME_MAX];             /* the first that is not there; "" for no set */
};

/* Whether the name may be a volume's, so that the set is worth looking for. */
bool volume_set_possible(const struct item *item);

/* Looks for the set of an item. False when it stands alone. */
bool volume_set_find(struct pipeline *pipeline, const struct item *item, struct volume_set *ret_set,
                     struct err *err);

/* Whether more volumes may still come: files are being taken in, or the container is being read. */
bool volume_set_waits(const struct pipeline *pipeline, const struct item *item);

/* Whether the set is being read at this moment. */
bool volume_set_busy(const struct pipeline *pipeline, const struct volume_set *set);

/* A further volume: records that it is read as part of its leader, and lets the leader be read
 * again if it was read without it. 1: done; 0: there is no leader; ERR_IO. */
int volume_record_part(struct pipeline *pipeline, const struct item *item,
                       const struct volume_set *set, struct err *err);

/* The leader is read now: the others are recorded as parts of it, whatever was said of them. */
int volume_record_parts(struct pipeline *pipeline, const struct item *leader,
                        const struct volume_set *set, struct err *err);

/* Opens the volumes for a job whose document is the leader. A file that was cut becomes one
 * document in memory (load->document_fd) if it fits; the volumes of archives stand beside it.
 * ERR_LIMIT when they are too large. */
int volume_set_open(struct pipeline *pipeline, const struct item *leader, struct volume_set *set,
                    struct job_load *load, struct err *err);

#endif
