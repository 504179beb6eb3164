/*
 * PDF dates (ISO 32000-1, 7.9.4): "D:20240131123000+03'30'" with everything after the year
 * optional.
 */
#ifndef WORKER_PDF_DATE_H
#define WORKER_PDF_DATE_H

#include <stdbool.h>

enum { PDF_DATE_TEXT = 32 };

/* As ISO 8601, as exact as the date is ("2024", "2024-01-31", "2024-01-31T12:30:00+03:30"); the
 * offset is left out when the file does not say it. False when it is no date. */
bool pdf_date_format(const char *text, char out[PDF_DATE_TEXT]);

#endif
