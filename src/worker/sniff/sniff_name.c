#include "worker/sniff/sniff.h"

#include <string.h>
#include <strings.h>

#include "base/attr.h"

static const struct {
    const char *extension;
    const char *mime;
} NAMES[] = {
    {"txt", "text/plain"},
    {"log", "text/plain"},
    {"md", "text/plain"},
    {"csv", "text/csv"},
    {"tsv", "text/tab-separated-values"},
    {"tab", "text/tab-separated-values"},
    {"htm", "text/html"},
    {"html", "text/html"},
    {"xhtml", "text/html"},
    {"xml", "text/xml"},
    {"svg", "image/svg+xml"},
    {"json", "application/json"},
    {"jsonl", "application/x-ndjson"},
    {"ndjson", "application/x-ndjson"},
    {"eml", "message/rfc822"},
    {"emlx", "message/x-emlx"},
    {"mbox", "application/mbox"},
    {"vcf", "text/vcard"},
    {"ics", "text/calendar"},
    {"vcs", "text/calendar"},
    {"mht", "multipart/related"},
    {"mhtml", "multipart/related"},
    {"ical", "text/calendar"},
    {"vtt", "text/vtt"},
    {"srt", "application/x-subrip"},
    {"sh", "text/x-shellscript"},
};

const char *sniff_name(const char *name)
{
    const char *dot = strrchr(name, '.');

    if (!dot)
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(NAMES); i++)
        if (strcasecmp(dot + 1, NAMES[i].extension) == 0)
            return NAMES[i].mime;
    return NULL;
}
