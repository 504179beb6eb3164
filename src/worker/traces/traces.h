/*
 * What systems leave beside people's files, and what it tells of them: who had a document open,
 * what was thrown away and when, which files a folder had, which documents were used last.
 *
 *  - "~$report.docx": Office's note of who has the document open;
 *  - "$I4UZ2X9.docx": where a file of the recycle bin came from, its size, when it was thrown away
 *    (versions of Vista and of Windows 10);
 *  - ".DS_Store": names of the files and folders that a Mac showed in a folder;
 *  - jump lists (.automaticDestinations-ms, a compound file; .customDestinations-ms): documents
 *    last used, as shortcuts;
 *  - Thumbs.db: small pictures of a folder's files, which may be gone.
 *
 * Sources: [MS-SHLLINK], and descriptions of the formats by J. Metz (libyal) and others.
 *
 * Limits: 100,000 names, shortcuts or pictures a file.
 */
#ifndef WORKER_TRACES_H
#define WORKER_TRACES_H

#include "worker/reader.h"

enum { TRACES_MAX = 100000 };

/* By the first bytes, the length and the name. */
bool owner_file_is(const unsigned char *data, size_t len, const char *name);
bool recycled_is(const unsigned char *data, size_t len, const char *name);
bool custom_list_is(const unsigned char *data, size_t len, const char *name);

struct verdict owner_file_read(const struct input *input, struct emit *emit);
struct verdict recycled_read(const struct input *input, struct emit *emit);
struct verdict folder_view_read(const struct input *input, struct emit *emit);
struct verdict custom_list_read(const struct input *input, struct emit *emit);
struct verdict jump_list_read(const struct input *input, struct emit *emit);
struct verdict thumbs_read(const struct input *input, struct emit *emit);

#endif
