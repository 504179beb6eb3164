/*
 * Rows of the ledger as CSV, on the command line and in the reading room.
 */
#ifndef WEB_ROW_CSV_H
#define WEB_ROW_CSV_H

#include "fmt/csv.h"
#include "store/item.h"

void row_csv_head(struct csv_writer *csv);
void row_csv_put(struct csv_writer *csv, const struct ledger_row *row);

#endif
