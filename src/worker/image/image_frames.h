/*
 * Animations: of how many pictures a GIF, a PNG (APNG) or a WebP is made.
 */
#ifndef WORKER_IMAGE_FRAMES_H
#define WORKER_IMAGE_FRAMES_H

#include "worker/image/image_header.h"

/* 1 for a picture that does not move. */
unsigned image_frames(enum image_format format, const unsigned char *data, size_t len);

#endif
