/* Databases: the first bytes tell which. */
#include <string.h>

#include "fuzz_read.h"
#include "worker/tables/access.h"
#include "worker/tables/dbf.h"
#include "worker/tables/sqlite.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    if (len > 16 && memcmp(data, "SQLite format 3", 15) == 0)
        fuzz_read(sqlite_read, "x.db", "application/vnd.sqlite3", data, len);
    else if (len > 16 && memcmp(data + 4, "Standard", 8) == 0)
        fuzz_read(access_read, "x.mdb", "application/x-msaccess", data, len);
    else if (dbf_is(data, len))
        fuzz_read(dbf_read, "x.dbf", "application/x-dbf", data, len);
    else
        fuzz_read(memo_read, len && data[0] & 1 ? "x.fpt" : "x.dbt", "application/x-dbf-memo", data,
                  len);
    return 0;
}
