/*
 * Locked OOXML documents: a compound file with the streams EncryptionInfo and EncryptedPackage
 * ([MS-OFFCRYPTO] 2.3.4). Standard and agile encryption with AES are opened, extensible is named.
 */
#ifndef WORKER_LOCK_PACKAGE_H
#define WORKER_LOCK_PACKAGE_H

#include "worker/reader.h"

enum { LOCK_PACKAGE_MAX = 256 << 20 };

/* Opens the package and reads it as the document it is. */
struct verdict lock_package_read(const struct input *input, struct emit *emit);

#endif
