/*
 * Locked parts of OpenDocument packages (ODF 1.3 part 2, 3.4 and 4.8): AES in CBC or Blowfish in
 * CFB mode, keys by PBKDF2 from a hash of the password.
 */
#ifndef WORKER_ODF_LOCK_H
#define WORKER_ODF_LOCK_H

#include "worker/archive/package.h"

enum odf_lock { ODF_NOT_LOCKED, ODF_OPENED, ODF_LOCKED, ODF_LOCK_UNKNOWN };

/* Reads the manifest and opens what is locked, so that the parts read as if they were not. */
enum odf_lock odf_unlock(struct package *package, const struct input *input);

#endif
