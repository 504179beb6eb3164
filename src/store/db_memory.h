/*
 * Where SQLite keeps the database key: in locked memory that is wiped when it is given back.
 * Private to store.
 */
#ifndef STORE_DB_MEMORY_H
#define STORE_DB_MEMORY_H

/* Puts SQLite's memory under our care. Once a process, before anything else of SQLite; safe to call
 * from many threads. */
void db_memory_start(void);

/* Between these two, what the calling thread's SQLite allocates comes from locked memory: for the
 * call that hands the key over. */
void db_memory_secret_begin(void);
void db_memory_secret_end(void);

#endif
