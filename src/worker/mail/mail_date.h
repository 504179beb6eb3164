/*
 * Dates of mail (RFC 5322, 3.3 and 4.3) and of the many programs that write them otherwise.
 */
#ifndef WORKER_MAIL_DATE_H
#define WORKER_MAIL_DATE_H

#include <stdbool.h>
#include <stdint.h>

/* Seconds since the epoch. False when no day, month, year and time can be made out. */
bool mail_date_parse(const char *text, int64_t *ret_seconds);

#endif
