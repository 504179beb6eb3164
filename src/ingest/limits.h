/*
 * Caps on what a file can make sanad do. Each becomes a reason in the ledger, never a loss.
 */
#ifndef INGEST_LIMITS_H
#define INGEST_LIMITS_H

enum {
    LIMIT_IDLE_SECONDS = 120,        /* a document's reader makes no progress */
    LIMIT_TOTAL_SECONDS = 3600,      /* a document in all */
    LIMIT_MEMORY_MIB = 512,          /* private memory of a reader */
    LIMIT_DEPTH = 64,                /* containers inside containers */
    LIMIT_CONVERT_SECONDS = 300,     /* LibreOffice with one document */
    LIMIT_CONVERT_MEMORY_MIB = 1024, /* its private memory, unless --memory says more */
};

/* A page that OCR read with less confidence, in percent, is one to be compared with its picture: of
 * such pages one word in ten and more is wrong. The reading room's Text.tsx says so too. */
enum { OCR_UNSURE = 80 };

/* What one container may expand to: the larger of a fixed size and a multiple of its own. */
#define LIMIT_EXPANDED_BYTES (1ull << 30)
#define LIMIT_EXPANDED_RATIO 20ull
/* What everything inside one file that was given may expand to. */
#define LIMIT_ROOT_BYTES (64ull << 30)
#define LIMIT_ROOT_RATIO 100ull
/* A document up to this size is handed to a reader in memory; beyond it as the file itself, if it
 * is still there unchanged. */
#define LIMIT_MEMORY_FILE (1ull << 30)
/* What LibreOffice may make of one document. */
#define LIMIT_CONVERT_BYTES (128ull << 20)
/* All documents that are being read at one time, in memory together; a larger one is read alone. */
#define LIMIT_IN_FLIGHT (1ull << 30)

#endif
