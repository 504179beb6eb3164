/*
 * The settings a converter starts with: no macros, no Java, nothing fetched, no links followed.
 * None of it is needed for the room to hold; it spares LibreOffice from trying.
 */
#ifndef CONVERT_PROFILE_H
#define CONVERT_PROFILE_H

#include <stdbool.h>

/* Writes them below `folder`, which is made; the user profile is then "FOLDER". */
bool profile_write(const char *folder);

#endif
