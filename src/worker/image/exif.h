/*
 * EXIF 2.32 and TIFF 6.0 (BigTIFF too) directories: what a camera wrote about a picture. The block
 * starts with a TIFF header; a TIFF file is such a block itself. Follows the main directory, EXIF
 * and GPS, the next directories of a TIFF left alone, and IPTC, XMP and Photoshop resources in
 * them; of makers' notes only those of Canon and Nikon, for the serial number and the owner.
 */
#ifndef WORKER_EXIF_H
#define WORKER_EXIF_H

#include "worker/image/facts.h"

void exif_facts(const unsigned char *data, size_t len, struct facts *facts);

/* 1-8; 1 (upright) when it does not say. */
int exif_orientation(const unsigned char *data, size_t len);

#endif
