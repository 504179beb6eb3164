/*
 * What a reader of frames hands out, as lines.
 */
#ifndef TESTS_FRAME_HEARD_H
#define TESTS_FRAME_HEARD_H

#include "base/buf.h"
#include "wire/frame.h"

/* A log of what the reader handed out, one call a line. */
extern struct buf heard;

/* For cmocka's groups. */
int heard_set_up(void **state);
int heard_tear_down(void **state);

/* Feeds `data` in portions; returns the code and whether END came. */
int feed(const void *data, size_t len, size_t portion, bool *ret_done, struct err *err);

#endif
