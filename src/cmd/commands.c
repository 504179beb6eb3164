#include "cmd/command.h"

#include "search/search.h"

const struct deriver *const command_derivers[] = {&search_deriver, NULL};

#define JSON_OPTION                                                                                \
    {                                                                                              \
        "json", NULL, "for programs: a JSON object a line"                                         \
    }
#define READING_OPTIONS                                                                            \
    {"password-file", "FILE", "passwords of locked documents, one a line"},                        \
        {"langs", "LANGS", "languages of scanned pages, as eng,fas,ara (default: those three)"},   \
        {"jobs", "N", "documents read at the same time (default: three a processor)"},             \
        {"no-ocr", NULL, "do not read scanned pages"},                                             \
    {                                                                                              \
        "memory", "MIB", "memory one document may take while it is read (default 512)"             \
    }

const struct command commands[] = {
    {.name = "init",
     .arguments = "CASE",
     .summary = "make a new, empty case",
     .min_args = 1,
     .max_args = 1,
     .notes = "CASE is a folder that does not exist yet; by habit its name ends in .sanad.\n"
              "The passphrase cannot be recovered: without it nobody can read the case.\n",
     .run = cmd_init},
    {.name = "keys",
     .arguments = "CASE list | add | remove ID | change",
     .summary = "the passphrases that open a case",
     .min_args = 2,
     .max_args = 3,
     .options = {JSON_OPTION,
                 {"label", "TEXT", "a name for a new passphrase's slot"},
                 {"new-passphrase-file", "FILE", "read the new passphrase there"}},
     .run = cmd_keys},
    {.name = "add",
     .arguments = "CASE PATH...",
     .summary = "take files and folders into a case and read them",
     .need = NEED_CASE_WRITE,
     .min_args = 1,
     .max_args = ARGUMENTS_MAX,
     .options = {JSON_OPTION,
                 {"source", "TEXT", "how the files came, for the custody log"},
                 READING_OPTIONS},
     .notes = "The same command again goes on where it stopped and takes only what is new or\n"
              "changed. Ctrl-C stops cleanly. The files themselves are never changed.\n",
     .run = cmd_add},
    {.name = "ledger",
     .arguments = "CASE",
     .summary = "what became of every file",
     .need = NEED_CASE_READ,
     .options = {JSON_OPTION,
                 {"csv", NULL, "for spreadsheets"},
                 {"outcome", "O", "only text, ocr, empty, duplicate, failed or waiting"},
                 {"reason", "R", "only this reason (password, truncated, ...)"},
                 {"parent", "ITEM", "only what was found directly inside ITEM"}},
     .notes =
         "A line holds the item's number, its outcome, the reason and the path.\n"
         "sanad status counts them and says what they mean; sanad show tells all of one item.\n",
     .run = cmd_ledger},
    {.name = "status",
     .arguments = "CASE",
     .summary = "the sums of the ledger",
     .need = NEED_CASE_READ,
     .options = {JSON_OPTION},
     .run = cmd_status},
    {.name = "retry",
     .arguments = "CASE",
     .summary = "read again what failed",
     .need = NEED_CASE_WRITE,
     .options = {JSON_OPTION, {"reason", "R", "only what has this reason"}, READING_OPTIONS},
     .notes = "Without options everything that failed; with --password-file what is locked. A\n"
              "password that does not open a document changes nothing.\n",
     .run = cmd_retry},
    {.name = "search",
     .arguments = "CASE QUERY...",
     .summary = "find documents by their words",
     .need = NEED_CASE_READ,
     .min_args = 1,
     .max_args = ARGUMENTS_MAX,
     .options = {JSON_OPTION,
                 {"limit", "N", "show N hits (default 10)"},
                 {"offset", "N", "leave out the first N"},
                 {"sort", "S", "relevance, date, newest or path"}},
     .notes = "QUERY: words, \"a phrase\", AND OR NOT ( ), prefix*, NEAR(a b, 5), typo~, ocr~word "
              "(as OCR may\n"
              "have misread it; -ocr~ for none of that) and filters:\n"
              "type:pdf lang:fas path:mail date:2014 from:2014-01-01 to:2014-12-31.\n"
              "Whatever is not understood as that is searched as words.\n",
     .run = cmd_search},
    {.name = "show",
     .arguments = "CASE ITEM",
     .summary = "all that is known of an item",
     .need = NEED_CASE_READ,
     .min_args = 1,
     .max_args = 1,
     .options = {JSON_OPTION},
     .run = cmd_show},
    {.name = "text",
     .arguments = "CASE ITEM",
     .summary = "the text of an item",
     .need = NEED_CASE_READ,
     .min_args = 1,
     .max_args = 1,
     .options = {{"page", "N", "only this page"},
                 {"all", NULL, "of a web page also its menus and other stories"}},
     .notes = "Pages are separated by a form feed.\n",
     .run = cmd_text},
    {.name = "tag",
     .arguments = "< TEXT",
     .summary = "the persons, bodies and places that a text names, a line each",
     .options = {JSON_OPTION,
                 {"lang", "LANG", "the text's language: en, fa or ar (default: by line)"}},
     .notes = "A line: start, end (bytes), kind, score, text. A line of the input is at most a\n"
              "paragraph. No case is needed.\n",
     .run = cmd_tag},
    {.name = "dates",
     .arguments = "< TEXT",
     .summary = "the dates that a text names, a line each",
     .options = {JSON_OPTION,
                 {"lang", "LANG", "the text's language: en, fa or ar (default: as it looks)"},
                 {"ref", "DATE", "the text's own date, to which \"yesterday\" is counted"}},
     .notes =
         "A line: start, end (bytes), EDTF, earliest and latest day, calendar, certainty, text.\n"
         "A date that may be read in several ways has a line for each reading.\n",
     .run = cmd_dates},
    {.name = "page",
     .arguments = "CASE ITEM PAGE -o FILE",
     .summary = "a picture of a page, as PNG",
     .need = NEED_CASE_READ,
     .min_args = 2,
     .max_args = 2,
     .options = {{"output", "FILE", "where to write (- for standard output); short: -o"},
                 {"dpi", "N", "dots per inch (36-600, default 150)"}},
     .run = cmd_page},
    {.name = "export",
     .arguments = "CASE ITEM -o FILE",
     .summary = "the original of an item, byte for byte",
     .need = NEED_CASE_READ,
     .min_args = 1,
     .max_args = 1,
     .options = {{"output", "FILE", "where to write (- for standard output); short: -o"}},
     .notes =
         "An original can harm the program that opens it, and can tell its sender that it was\n"
         "opened. Open it on a machine without a network.\n",
     .run = cmd_export},
    {.name = "match",
     .arguments = "A B | --tsv <PAIRS",
     .summary = "whether two names are the same",
     .max_args = 2,
     .options = {JSON_OPTION, {"tsv", NULL, "pairs from standard input, a tab between them"}},
     .notes =
         "Prints a probability, and for two names the reason word by word. No case is needed.\n",
     .run = cmd_match},
    {.name = "rank",
     .arguments = "--names FILE <QUERIES",
     .summary = "find names in a list, however they are written",
     .options = {JSON_OPTION,
                 {"names", "FILE", "the list, a name a line"},
                 {"top", "K", "names to give for a query (1-1000, default 10)"}},
     .notes =
         "A line for each hit: the query's line, its rank, the name's line, the score. No case\n"
         "is needed.\n",
     .run = cmd_rank},
    {.name = "check",
     .arguments = "CASE",
     .summary = "verify every byte, row and sum of a case",
     .min_args = 1,
     .max_args = 1,
     .options = {JSON_OPTION},
     .notes = "Ends with status 5 when something is damaged.\n",
     .run = cmd_check},
    {.name = "rebuild",
     .arguments = "CASE",
     .summary = "compute again everything that was derived",
     .need = NEED_CASE_WRITE,
     .options = {JSON_OPTION,
                 {"index", NULL, "only the indexes, from the text that is stored"},
                 READING_OPTIONS},
     .run = cmd_rebuild},
    {.name = "serve",
     .arguments = "CASE",
     .summary = "the reading room, in a browser on this machine",
     .need = NEED_CASE_READ,
     .options = {{"listen", "ADDRESS", "default 127.0.0.1:7766; port 0 takes a free one"},
                 {"allow-remote", NULL, "listen on an address that other machines reach"}},
     .run = cmd_serve},
    {0},
};
