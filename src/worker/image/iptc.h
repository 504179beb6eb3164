/*
 * IPTC-IIM 4.2, what newsrooms write into pictures, and the Photoshop resources that hold it.
 */
#ifndef WORKER_IPTC_H
#define WORKER_IPTC_H

#include "worker/image/facts.h"

/* A run of IIM datasets. Damaged ones end it. */
void iptc_facts(const unsigned char *data, size_t len, struct facts *facts);

/* Photoshop image resources ("8BIM" blocks): IPTC, EXIF and XMP in them. */
void photoshop_facts(const unsigned char *data, size_t len, struct facts *facts);

#endif
