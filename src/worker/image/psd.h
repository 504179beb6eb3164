/*
 * Photoshop documents: what they say of themselves (XMP with the texts of their layers, IPTC, EXIF)
 * their text
 * in the layers themselves, and the picture of all layers together; where that is not there, the
 * preview that Photoshop keeps in them, as a child. Single layers are not decoded.
 */
#ifndef WORKER_PSD_H
#define WORKER_PSD_H

#include "worker/reader.h"

struct verdict psd_read(const struct input *input, struct emit *emit);

#endif
