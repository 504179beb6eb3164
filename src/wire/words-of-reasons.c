#include "wire/frame.h"

#include <string.h>

static const char *const OUTCOMES[OUTCOME_COUNT] = {
    [OUTCOME_WAITING] = "waiting", [OUTCOME_TEXT] = "text",           [OUTCOME_OCR] = "ocr",
    [OUTCOME_EMPTY] = "empty",     [OUTCOME_DUPLICATE] = "duplicate", [OUTCOME_FAILED] = "failed",
};

static const char *const REASONS[REASON_COUNT] = {
    [REASON_PASSWORD] = "password",
    [REASON_TRUNCATED] = "truncated",
    [REASON_CORRUPT] = "corrupt",
    [REASON_MISSING_PART] = "missing-part",
    [REASON_UNSUPPORTED] = "unsupported",
    [REASON_LIMIT_TIME] = "limit-time",
    [REASON_LIMIT_MEMORY] = "limit-memory",
    [REASON_LIMIT_SIZE] = "limit-size",
    [REASON_LIMIT_DEPTH] = "limit-depth",
    [REASON_LIMIT_COUNT] = "limit-count",
    [REASON_CRASH] = "crash",
    [REASON_SANDBOX] = "sandbox",
    [REASON_NO_LANGUAGE_MODEL] = "no-language-model",
    [REASON_NO_BYTES] = "no-bytes",
    [REASON_NO_WORDS] = "no-words",
    [REASON_CONTAINER] = "container",
    [REASON_SYMLINK] = "symlink",
    [REASON_SPECIAL] = "special",
    [REASON_UNREADABLE] = "unreadable",
    [REASON_VANISHED] = "vanished",
    [REASON_PROTOCOL] = "protocol",
    [REASON_NO_SPEECH_READER] = "no-speech-reader",
    [REASON_LOW_CONFIDENCE] = "low-confidence",
    [REASON_NO_CONVERTER] = "no-converter",
};

static const char *word_at(const char *const *words, int count, int value)
{
    return value >= 0 && value < count ? words[value] : NULL;
}

static int value_of(const char *const *words, int count, const char *word)
{
    for (int i = 0; i < count; i++)
        if (words[i] && strcmp(words[i], word) == 0)
            return i;
    return -1;
}

const char *outcome_word(enum outcome outcome)
{
    return word_at(OUTCOMES, OUTCOME_COUNT, (int)outcome);
}

const char *reason_word(enum reason reason)
{
    return word_at(REASONS, REASON_COUNT, (int)reason);
}

int outcome_from_word(const char *word)
{
    return value_of(OUTCOMES, OUTCOME_COUNT, word);
}

int reason_from_word(const char *word)
{
    return value_of(REASONS, REASON_COUNT, word);
}
