#include "cmd/command.h"

#include "events/events.h"
#include "names/entities.h"
#include "relate/near.h"
#include "relate/threads.h"
#include "search/search.h"

const struct deriver *const command_derivers[] = {
    &search_deriver, &names_deriver, &events_deriver, &near_deriver, &threads_deriver, NULL};

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

#define DECISION_OPTIONS                                                                           \
    JSON_OPTION, {"why", "TEXT", "the reason, kept with the decision"},                            \
    {                                                                                              \
        "by", "NAME", "who decides (default: the name of the login)"                               \
    }
#define DECISION_NOTES                                                                             \
    "A and B are numbers that sanad names shows, or spellings that stand in the case.\n"

const struct command commands[] = {
    {.name = "init",
     .heading = "A case",
     .arguments = "CASE",
     .summary = "make a new, empty case",
     .need = NEED_CASE_NAME,
     .notes = "CASE is a folder that does not exist yet; by habit its name ends in .sanad.\n"
              "The passphrase cannot be recovered: without it nobody can read the case.\n",
     .run = cmd_init},
    {.name = "keys",
     .arguments = "CASE list | add | remove ID | change",
     .summary = "the passphrases that open a case",
     .need = NEED_CASE_FOUND,
     .min_args = 1,
     .max_args = 2,
     .options = {JSON_OPTION,
                 {"label", "TEXT", "a name for the new passphrase, as whose it is"},
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
    {.name = "status",
     .arguments = "CASE",
     .summary = "how many files there are, and what became of them",
     .need = NEED_CASE_READ,
     .options = {JSON_OPTION},
     .notes = "The sums of the ledger; sanad ledger lists the files.\n",
     .run = cmd_status},
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
    {.name = "retry",
     .arguments = "CASE",
     .summary = "read again what failed",
     .need = NEED_CASE_WRITE,
     .options = {JSON_OPTION, {"reason", "R", "only what has this reason"}, READING_OPTIONS},
     .notes = "Without options everything that failed; with --password-file what is locked. A\n"
              "password that does not open a document changes nothing.\n",
     .run = cmd_retry},
    {.name = "check",
     .arguments = "CASE",
     .summary = "verify every byte, row and sum of a case",
     .need = NEED_CASE_FOUND,
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
     .notes = "Text and indexes are dropped and made again from the sealed originals, which stay\n"
              "as they are. That takes as long as adding did; with --index it is much faster.\n",
     .run = cmd_rebuild},
    {.name = "search",
     .heading = "Searching and reading",
     .arguments = "CASE QUERY... | CASE --batch FILE",
     .summary = "find documents by their words",
     .need = NEED_CASE_READ,
     .max_args = ARGUMENTS_MAX,
     .options = {JSON_OPTION,
                 {"limit", "N", "show N hits (default 10)"},
                 {"offset", "N", "leave out the first N"},
                 {"sort", "S", "relevance, date, newest or path"},
                 {"batch", "FILE", "how much each line of FILE finds (- for standard input)"},
                 {"csv", NULL, "with --batch: for spreadsheets"}},
     .notes = "QUERY: words, \"a phrase\", AND OR NOT ( ), prefix*, NEAR(a b, 5), typo~,\n"
              "ocr~word (as OCR may have misread it; -ocr~ for none of that) and filters:\n"
              "type:pdf lang:fas path:mail date:2014 from:2014-01-01 to:1393-08-12.\n"
              "name:\"Qasem Soleimani\" finds a name in every spelling that the case has.\n"
              "Whatever is not understood as that is searched as words.\n",
     .run = cmd_search},
    {.name = "serve",
     .arguments = "CASE",
     .summary = "the reading room, in a browser on this machine",
     .need = NEED_CASE_READ,
     .options = {{"listen", "ADDRESS", "default 127.0.0.1:7766; port 0 takes a free one"},
                 {"allow-remote", NULL, "listen on an address that other machines reach"},
                 {"by", "NAME", "who decides about names there (default: the name of the login)"}},
     .notes = "Prints an address to open in your browser; it works once. Ctrl-C closes the room.\n",
     .run = cmd_serve},
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
     .arguments = "CASE ITEM -o FILE | CASE ITEM... | --query Q -o FILE.zip",
     .summary = "originals, one byte for byte or several as a ZIP",
     .need = NEED_CASE_READ,
     .max_args = ARGUMENTS_MAX,
     .options = {{"output", "FILE", "where to write (- for standard output); short: -o"},
                 {"query", "Q", "of all that a search finds, as a ZIP"},
                 {"zip", NULL, "a ZIP with a manifest also of one"},
                 {"by", "NAME", "who takes them (default: the name of the login)"},
                 {"why", "TEXT", "kept with the ZIP and in the custody log"}},
     .notes =
         "An original can harm the program that opens it, and can tell its sender that it was\n"
         "opened. Open it on a machine without a network.\n"
         "A ZIP has the originals under names that do no harm, and manifest.csv and .json with\n"
         "their paths and hashes. The custody log records it.\n",
     .run = cmd_export},
    {.name = "timeline",
     .arguments = "CASE",
     .summary = "documents and the dates in them, in order",
     .need = NEED_CASE_READ,
     .options = {JSON_OPTION,
                 {"name", "NAME", "only documents with this name, and the dates near it"},
                 {"from", "DATE", "from that day on: 2014, 2014-11, 2014-11-03 or 1393-08-12"},
                 {"to", "DATE", "up to that day, written likewise"},
                 {"documents", NULL, "only the documents, not the dates their texts name"}},
     .notes =
         "A line for each: the date, the same in Iran's calendar, how sure it is, by what it is\n"
         "known, the item. Documents without a date are counted at the end.\n",
     .run = cmd_timeline},
    {.name = "names",
     .heading = "Names in a case",
     .arguments = "CASE",
     .summary = "who and what is named in a case",
     .need = NEED_CASE_READ,
     .options = {JSON_OPTION,
                 {"kind", "K", "only person, organisation, place, post, email, phone, ..."},
                 {"limit", "N", "only the first N"},
                 {"mentions", NULL, "all of each, with every place where it stands"},
                 {"decisions", NULL, "instead, what people decided of names"}},
     .notes =
         "A line for each, with tabs between: number, kind, in how many documents, mentions,\n"
         "spellings, name. What stands in most documents comes first. sanad name tells all of\n"
         "one; sanad same, different and unsure say what you know of two.\n",
     .run = cmd_names},
    {.name = "name",
     .arguments = "CASE NAME",
     .summary = "one name: its spellings, and where it stands",
     .need = NEED_CASE_READ,
     .min_args = 1,
     .max_args = 1,
     .options = {JSON_OPTION,
                 {"limit", "N", "show N mentions (default 20)"},
                 {"rename", "X", "show it as X from now on; \"\" as its commonest spelling"},
                 {"note", "TEXT", "note TEXT of it, in place of what is noted; \"\" nothing"},
                 {"why", "TEXT", "the reason for the name, kept with it"},
                 {"by", "NAME", "who says so (default: the name of the login)"}},
     .writing = {"rename", "note"},
     .notes = "NAME is a number that sanad names shows, or a spelling that stands in the case.\n"
              "sanad undo takes a name or a note back.\n",
     .run = cmd_name},
    {.name = "network",
     .arguments = "CASE",
     .summary = "who is named with whom",
     .need = NEED_CASE_READ,
     .options = {JSON_OPTION,
                 {"csv", NULL, "ties as CSV, for spreadsheets"},
                 {"graphml", NULL, "names and ties as GraphML, for programs that draw graphs"},
                 {"name", "NAME", "from this name outwards: those named with it, and their ties"},
                 {"names", "N", "show N names (default 100; around one name 50)"},
                 {"kind", "K", "only person, organisation, place; several with commas between"},
                 {"least", "N", "only ties of N passages and more"},
                 {"from", "DATE", "from that day on: 2014, 2014-11, 2014-11-03 or 1393-08-12"},
                 {"to", "DATE", "up to that day, written likewise"}},
     .notes =
         "Two names are tied by every passage in which both stand, some sentences at most apart.\n"
         "A line for each tie, with tabs between: passages, documents, the two names.\n",
     .run = cmd_network},
    {.name = "same",
     .arguments = "CASE A B",
     .summary = "decide that two names are one",
     .need = NEED_CASE_TURN,
     .min_args = 2,
     .max_args = 2,
     .options = {DECISION_OPTIONS},
     .notes = DECISION_NOTES
     "Refused when a decision says they are different; sanad undo takes one back.\n",
     .run = cmd_same},
    {.name = "different",
     .arguments = "CASE A B",
     .summary = "decide that two names are not one",
     .need = NEED_CASE_TURN,
     .min_args = 2,
     .max_args = 2,
     .options = {DECISION_OPTIONS},
     .notes = DECISION_NOTES "They are kept apart whatever speaks for them.\n",
     .run = cmd_different},
    {.name = "unsure",
     .arguments = "CASE A B",
     .summary = "note that nobody can tell whether two names are one",
     .need = NEED_CASE_TURN,
     .min_args = 2,
     .max_args = 2,
     .options = {DECISION_OPTIONS},
     .notes = DECISION_NOTES "sanad does not make them one by itself then; sanad same still can.\n",
     .run = cmd_unsure},
    {.name = "undo",
     .arguments = "CASE DECISION",
     .summary = "take back a decision about names",
     .need = NEED_CASE_TURN,
     .min_args = 1,
     .max_args = 1,
     .options = {DECISION_OPTIONS},
     .notes = "The decision stays on record, and so does who took it back.\n",
     .run = cmd_undo},
    {.name = "tag",
     .heading = "Without a case, for a text or names that you have",
     .arguments = "< TEXT",
     .summary = "the people, organisations and places that a text names",
     .options = {JSON_OPTION,
                 {"lang", "LANG", "the text's language: en, fa or ar (default: by line)"}},
     .notes = "Reads the text from standard input. A line for each, with tabs between: start, end\n"
              "(in bytes), kind, how sure (0 to 1), text. A name is found within one line of the\n"
              "text, not across two. No case is needed.\n",
     .run = cmd_tag},
    {.name = "dates",
     .arguments = "< TEXT",
     .summary = "the dates that a text names",
     .options = {JSON_OPTION,
                 {"lang", "LANG", "the text's language: en, fa or ar (default: as it looks)"},
                 {"ref", "DATE", "the day it was written, for \"yesterday\" and the like"}},
     .notes =
         "Reads the text from standard input. A line for each, with tabs between: start, end\n"
         "(in bytes), date, earliest and latest day, calendar, certainty, text. A date that may\n"
         "be read in several ways has a line for each reading. No case is needed.\n",
     .run = cmd_dates},
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
    {0},
};
