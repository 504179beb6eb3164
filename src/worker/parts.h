/*
 * Start-up of the libraries behind the readers of mail, web pages, office files and archives.
 */
#ifndef WORKER_PARTS_H
#define WORKER_PARTS_H

/* Does everything that opens files: locale, GMime's tables, libxml2's start. To be called once by
 * the nursery before its sandbox closes; readers open nothing afterwards. */
void parts_start(void);

#endif
