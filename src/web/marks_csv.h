/*
 * Marks as CSV: for the reading room and the command.
 */
#ifndef WEB_MARKS_CSV_H
#define WEB_MARKS_CSV_H

#include "fmt/csv.h"
#include "marks/marks.h"

void marks_csv_head(struct csv_writer *csv);
void marks_csv_put(struct csv_writer *csv, const struct annotation *mark);

#endif
