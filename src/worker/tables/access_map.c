/*
 * A guard before mdbtools' look for a table's next page. The library takes the first byte of the
 * map of the table's pages without asking whether there is one: a damaged database may lead to a
 * row of no bytes. Calls of mdb_map_find_next are led here by the linker (--wrap); such a table has
 * no pages.
 */
#include <mdbtools.h>

gint32 __real_mdb_map_find_next(MdbHandle *mdb, unsigned char *map, unsigned int map_sz,
                                guint32 start_pg);
gint32 __wrap_mdb_map_find_next(MdbHandle *mdb, unsigned char *map, unsigned int map_sz,
                                guint32 start_pg);

gint32 __wrap_mdb_map_find_next(MdbHandle *mdb, unsigned char *map, unsigned int map_sz,
                                guint32 start_pg)
{
    return map && map_sz ? __real_mdb_map_find_next(mdb, map, map_sz, start_pg) : 0;
}
