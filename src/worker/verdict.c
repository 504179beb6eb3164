#include "worker/reader.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/err.h"

struct verdict verdict_text(void)
{
    return (struct verdict){.outcome = OUTCOME_TEXT};
}

struct verdict verdict_empty(enum reason reason, const char *format, ...)
{
    struct verdict verdict = {.outcome = OUTCOME_EMPTY, .reason = reason};
    va_list args;

    va_start(args, format);
    vsnprintf(verdict.detail, sizeof(verdict.detail), format, args);
    va_end(args);
    return verdict;
}

struct verdict verdict_failed(enum reason reason, const char *format, ...)
{
    struct verdict verdict = {.outcome = OUTCOME_FAILED, .reason = reason};
    va_list args;

    va_start(args, format);
    vsnprintf(verdict.detail, sizeof(verdict.detail), format, args);
    va_end(args);
    return verdict;
}

struct verdict verdict_by_words(struct emit *emit)
{
    if (emit_words(emit) == 0)
        return verdict_empty(REASON_NO_WORDS, "there are no words in it");
    return (struct verdict){.outcome = emit->ocr_used ? OUTCOME_OCR : OUTCOME_TEXT};
}

struct verdict verdict_by_xml(int rc, struct emit *emit)
{
    struct verdict verdict = verdict_by_words(emit);

    if (rc == 0)
        return verdict;
    enum reason reason = rc == ERR_LIMIT ? REASON_LIMIT_DEPTH : REASON_CORRUPT;
    if (verdict.outcome == OUTCOME_EMPTY)
        return verdict_failed(reason, "its XML makes no sense");
    verdict.reason = reason;
    return verdict;
}
