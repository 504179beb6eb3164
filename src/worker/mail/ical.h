/*
 * Calendars: iCalendar and vCalendar. Each event, task or note is a paragraph of readable lines;
 * files that stand in it are children; definitions of time zones and alarms are left out.
 *
 * Limits: those of content_line.h and content_file.h.
 */
#ifndef WORKER_ICAL_H
#define WORKER_ICAL_H

#include "worker/reader.h"

struct verdict ical_read(const struct input *input, struct emit *emit);

#endif
