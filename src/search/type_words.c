#include "search/type_words.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/attr.h"

enum { STARTS_MAX = 20 };

#define OPEN_WORD "application/vnd.openxmlformats-officedocument.wordprocessingml"
#define OPEN_SHEET "application/vnd.openxmlformats-officedocument.spreadsheetml"
#define OPEN_SLIDES "application/vnd.openxmlformats-officedocument.presentationml"
#define MAILS                                                                                      \
    {                                                                                              \
        "message/", "application/mbox", "application/vnd.ms-outlook", "application/vnd.ms-tnef",   \
            "application/ms-tnef", "application/x-outlook-express"                                 \
    }
#define BOOKS                                                                                      \
    {                                                                                              \
        "application/epub", "application/x-fictionbook", "application/x-mobipocket",               \
            "application/x-ibooks", "application/vnd.ms-htmlhelp", "image/vnd.djvu"                \
    }
#define DATABASES                                                                                  \
    {                                                                                              \
        "application/vnd.sqlite3", "application/x-msaccess", "application/x-dbf",                  \
            "application/vnd.oasis.opendocument.base",                                             \
            "application/vnd.oasis.opendocument.database"                                          \
    }

/* A word, and the beginnings of the MIME types that it means; with a "$" the whole of one. */
static const struct {
    const char *name;
    const char *starts[STARTS_MAX];
} types[] = {
    {"pdf", {"application/pdf"}},
    {"text", {"text/plain"}},
    {"txt", {"text/plain"}},
    {"csv", {"text/csv", "text/tab-separated-values"}},
    {"html", {"text/html", "application/xhtml"}},
    {"web", {"text/html", "application/xhtml", "multipart/related", "application/x-webarchive"}},
    {"mail", MAILS},
    {"email", MAILS},
    {"eml", {"message/rfc822", "message/x-emlx"}},
    {"msg", {"application/vnd.ms-outlook$"}},
    {"pst", {"application/vnd.ms-outlook-pst"}},
    {"mbox", {"application/mbox"}},
    {"mailbox", {"application/mbox", "application/vnd.ms-outlook-pst"}},
    {"calendar", {"text/calendar", "text/x-vcalendar"}},
    {"contacts", {"text/vcard", "text/x-vcard"}},
    {"picture", {"image/"}},
    {"photo", {"image/"}},
    {"jpg", {"image/jpeg"}},
    {"tif", {"image/tiff"}},
    {"djvu", {"image/vnd.djvu"}},
    {"sound", {"audio/"}},
    {"film", {"video/"}},
    {"word",
     {OPEN_WORD, "application/msword", "application/vnd.ms-word",
      "application/vnd.oasis.opendocument.text", "application/rtf", "text/rtf",
      "application/vnd.wordperfect", "application/vnd.sun.xml.writer",
      "application/vnd.stardivision.writer", "application/x-mswrite"}},
    {"doc", {"application/msword"}},
    {"docx", {OPEN_WORD, "application/vnd.ms-word."}},
    {"odt", {"application/vnd.oasis.opendocument.text"}},
    {"sheet",
     {OPEN_SHEET, "application/vnd.ms-excel", "application/vnd.ms-spreadsheetml",
      "application/vnd.oasis.opendocument.spreadsheet", "text/csv", "text/tab-separated-values",
      "application/vnd.lotus-1-2-3", "application/x-quattro-pro", "application/vnd.sun.xml.calc",
      "application/vnd.stardivision.calc", "application/vnd.apple.numbers"}},
    {"excel", {OPEN_SHEET, "application/vnd.ms-excel", "application/vnd.ms-spreadsheetml"}},
    {"xls", {"application/vnd.ms-excel$"}},
    {"xlsx", {OPEN_SHEET, "application/vnd.ms-excel."}},
    {"ods", {"application/vnd.oasis.opendocument.spreadsheet"}},
    {"slides",
     {OPEN_SLIDES, "application/vnd.ms-powerpoint",
      "application/vnd.oasis.opendocument.presentation", "application/vnd.sun.xml.impress",
      "application/vnd.stardivision.impress", "application/vnd.apple.keynote"}},
    {"ppt", {"application/vnd.ms-powerpoint$"}},
    {"pptx", {OPEN_SLIDES, "application/vnd.ms-powerpoint."}},
    {"odp", {"application/vnd.oasis.opendocument.presentation"}},
    {"book", BOOKS},
    {"ebook", BOOKS},
    {"epub", {"application/epub"}},
    {"mobi", {"application/x-mobipocket"}},
    {"chm", {"application/vnd.ms-htmlhelp"}},
    {"xps", {"application/vnd.ms-xpsdocument"}},
    {"database", DATABASES},
    {"sqlite", {"application/vnd.sqlite3"}},
    {"access", {"application/x-msaccess"}},
    {"dbf", {"application/x-dbf"}},
    {"onenote", {"application/onenote"}},
    {"publisher", {"application/x-mspublisher"}},
    {"visio", {"application/vnd.visio", "application/vnd.ms-visio"}},
    {"archive", {"application/zip",          "application/x-tar",      "application/gzip",
                 "application/x-7z",         "application/x-rar",      "application/x-bzip",
                 "application/x-xz",         "application/zstd",       "application/x-lz",
                 "application/zlib",         "application/vnd.ms-cab", "application/x-cpio",
                 "application/x-archive",    "application/x-iso9660",  "application/x-udf",
                 "application/x-xar",        "application/x-arj",      "application/warc",
                 "application/java-archive", "application/x-compress"}},
    {"zip", {"application/zip"}},
    {"rar", {"application/x-rar"}},
    {"7z", {"application/x-7z"}},
    {"tar", {"application/x-tar"}},
    {"iso", {"application/x-iso9660", "application/x-udf"}},
    {"cab", {"application/vnd.ms-cab"}},
};

static bool begins(const char *type, const char *start)
{
    size_t len = strlen(start);

    if (start[len - 1] == '$')
        return strncmp(type, start, len - 1) == 0 && type[len - 1] == '\0';
    return strncmp(type, start, len) == 0;
}

bool type_is_called(const char *type, const char *name)
{
    size_t len = strlen(name);

    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        if (strcasecmp(types[i].name, name) != 0)
            continue;
        for (size_t j = 0; j < STARTS_MAX && types[i].starts[j]; j++)
            if (begins(type, types[i].starts[j]))
                return true;
        return false;
    }
    const char *slash = strchr(type, '/');
    return strcasecmp(type, name) == 0 ||
           (slash && (size_t)(slash - type) == len && strncasecmp(type, name, len) == 0) ||
           (slash && strcasecmp(slash + 1, name) == 0);
}
