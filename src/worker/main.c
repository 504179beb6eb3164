/*
 * sanad-worker: reads documents for sanad and knows nothing else. Started by sanad it is a nursery
 * on WORKER_CONTROL_FD; by hand it describes one file.
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire/job.h"
#include "worker/plain/charset.h"
#include "worker/describe.h"
#include "worker/nursery.h"
#include "worker/ocr/ocr.h"
#include "worker/parts.h"
#include "worker/sniff/sniff.h"

enum {
    OPT_DESCRIBE = 256,
    OPT_FORMATS,
    OPT_LANGS,
    OPT_NO_OCR,
    OPT_TEXT,
    OPT_PASSWORD,
    OPT_VOLUME,
    OPT_VERSION,
    OPT_HELP
};

static const struct option OPTIONS[] = {
    {"describe", required_argument, NULL, OPT_DESCRIBE},
    {"formats", no_argument, NULL, OPT_FORMATS},
    {"langs", required_argument, NULL, OPT_LANGS},
    {"no-ocr", no_argument, NULL, OPT_NO_OCR},
    {"text", no_argument, NULL, OPT_TEXT},
    {"password", required_argument, NULL, OPT_PASSWORD},
    {"volume", required_argument, NULL, OPT_VOLUME},
    {"version", no_argument, NULL, OPT_VERSION},
    {"help", no_argument, NULL, OPT_HELP},
    {0},
};

static const char USAGE[] = "sanad-worker reads documents for sanad, which starts it. By hand:\n"
                            "  sanad-worker --describe FILE [--langs fas+eng] [--no-ocr] [--text]\n"
                            "                [--password P]... [--volume FILE]...\n"
                            "  sanad-worker --formats\n";

static bool started_by_sanad(void)
{
    int type = 0;
    socklen_t len = sizeof(type);

    return getsockopt(WORKER_CONTROL_FD, SOL_SOCKET, SO_TYPE, &type, &len) == 0 &&
           type == SOCK_SEQPACKET;
}

/* What readers need from files, before there are none: each family adds its own. */
static void load(bool ocr)
{
    charset_open();
    sniff_library_open();
    parts_start();
    ocr_models_open(ocr);
}

int main(int argc, char **argv)
{
    const char *file = NULL;
    struct describe_options describe = {.langs = "eng", .ocr = true};
    int option;

    while ((option = getopt_long(argc, argv, "", OPTIONS, NULL)) != -1) {
        switch (option) {
        case OPT_DESCRIBE:
            file = optarg;
            break;
        case OPT_FORMATS:
            describe_formats();
            return 0;
        case OPT_LANGS:
            describe.langs = optarg;
            break;
        case OPT_NO_OCR:
            describe.ocr = false;
            break;
        case OPT_TEXT:
            describe.whole_text = true;
            break;
        case OPT_PASSWORD:
            if (describe.password_count < DESCRIBE_MAX)
                describe.passwords[describe.password_count++] = optarg;
            break;
        case OPT_VOLUME:
            if (describe.volume_count < DESCRIBE_MAX)
                describe.volumes[describe.volume_count++] = optarg;
            break;
        case OPT_VERSION:
            printf("sanad-worker %s\n", SANAD_VERSION);
            return 0;
        case OPT_HELP:
            fputs(USAGE, stdout);
            return 0;
        default:
            fputs(USAGE, stderr);
            return 2;
        }
    }
    load(describe.ocr);
    if (file)
        return describe_file(file, &describe);
    if (!started_by_sanad()) {
        fputs(USAGE, stderr);
        return 2;
    }
    struct err err = {0};
    if (nursery_run(&err) == 0)
        _exit(0); /* what libraries do at an ordinary exit, the sandbox forbids */
    fprintf(stderr, "sanad-worker: %s\n", err.message);
    return 1;
}
