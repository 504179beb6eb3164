#include "text/language_names.h"

#include <stddef.h>
#include <strings.h>

#include "base/attr.h"

/* ISO 639-3, ISO 639-1 and the English name. */
static const char *const languages[][3] = {
    {"ara", "ar", "arabic"},     {"fas", "fa", "persian"},    {"eng", "en", "english"},
    {"deu", "de", "german"},     {"fra", "fr", "french"},     {"spa", "es", "spanish"},
    {"por", "pt", "portuguese"}, {"ita", "it", "italian"},    {"nld", "nl", "dutch"},
    {"rus", "ru", "russian"},    {"ukr", "uk", "ukrainian"},  {"pol", "pl", "polish"},
    {"tur", "tr", "turkish"},    {"kmr", "ku", "kurdish"},    {"ckb", "", "sorani"},
    {"urd", "ur", "urdu"},       {"pus", "ps", "pashto"},     {"heb", "he", "hebrew"},
    {"ell", "el", "greek"},      {"zho", "zh", "chinese"},    {"jpn", "ja", "japanese"},
    {"kor", "ko", "korean"},     {"hin", "hi", "hindi"},      {"swe", "sv", "swedish"},
    {"nor", "no", "norwegian"},  {"dan", "da", "danish"},     {"fin", "fi", "finnish"},
    {"ces", "cs", "czech"},      {"hun", "hu", "hungarian"},  {"ron", "ro", "romanian"},
    {"bul", "bg", "bulgarian"},  {"srp", "sr", "serbian"},    {"aze", "az", "azerbaijani"},
    {"kat", "ka", "georgian"},   {"hye", "hy", "armenian"},   {"tha", "th", "thai"},
    {"vie", "vi", "vietnamese"}, {"ind", "id", "indonesian"}, {"fas", "", "farsi"},
    {"fas", "", "per"},          {"deu", "", "ger"},          {"fra", "", "fre"},
};

const char *language_code(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(languages); i++)
        for (size_t j = 1; j < ARRAY_LEN(languages[i]); j++)
            if (languages[i][j][0] && strcasecmp(languages[i][j], name) == 0)
                return languages[i][0];
    return NULL;
}
