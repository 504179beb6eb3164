/*
 * The languages of scanned pages: as people name them, and whether they can be read here. To be
 * told at the start is better than to find it in the row of every scan.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "cmd/command.h"
#include "text/language_names.h"
#include "wire/models.h"

enum { INSTALLED_MAX = 200, LIST_BYTES_MAX = 4096, LANG_SPACE = 128 };

/* One language as Tesseract names it: "fa" and "Persian" are "fas"; what is not known stays. */
static int put_lang(struct buf *out, const char *given, size_t len, struct err *err)
{
    char name[64];

    if (!len || len >= sizeof(name) ||
        strspn(given, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_/") < len)
        return err_set(err, ERR_USAGE,
                       "--langs wants languages with commas between them, such as eng,fas,ara");
    for (size_t i = 0; i < len; i++)
        name[i] = (char)tolower((unsigned char)given[i]);
    name[len] = '\0';
    const char *code = language_code(name);
    if ((out->len && buf_append_char(out, '+')) || buf_append_str(out, code ? code : name))
        return err_set(err, ERR_USAGE, "--langs names too many languages");
    return 0;
}

int cmd_langs(const char *given, char *out, size_t size, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf list = {0};
    int rc = 0;

    buf_init(&list, size - 1);
    for (const char *at = given; !rc; at++) {
        size_t len = strcspn(at, ",+");
        rc = put_lang(&list, at, len, err);
        at += len;
        if (!*at)
            break;
    }
    if (!rc)
        snprintf(out, size, "%s", list.data);
    return rc;
}

/* ---- what is installed ---- */

struct installed {
    char langs[INSTALLED_MAX][MODEL_LANG_MAX];
    size_t count;
};

static void keep(void *ctx, const char *lang, int fd, size_t size)
{
    struct installed *installed = ctx;

    (void)fd;
    (void)size;
    if (strcmp(lang, MODEL_OF_SCRIPTS) != 0 && installed->count < INSTALLED_MAX)
        snprintf(installed->langs[installed->count++], MODEL_LANG_MAX, "%s", lang);
}

static int compare_langs(const void *a, const void *b)
{
    return strcmp(a, b);
}

static bool is_installed(const struct installed *installed, const char *lang)
{
    for (size_t i = 0; i < installed->count; i++)
        if (strcmp(installed->langs[i], lang) == 0)
            return true;
    return false;
}

static void put_item(struct buf *list, const char *between, const char *item)
{
    (void)buf_printf(list, "%s%s", list->len ? between : "", item);
}

/* Of a list joined by "+", the next; NULL at the end. */
static const char *next_lang(const char *langs, char ret_lang[LANG_SPACE])
{
    size_t len = strcspn(langs, "+");

    if (!*langs)
        return NULL;
    snprintf(ret_lang, LANG_SPACE, "%.*s", (int)len, langs);
    return langs + len + (langs[len] == '+');
}

/* What of the languages asked for is not there. */
struct missing {
    struct buf unknown;  /* names that no model has */
    struct buf langs;    /* the others, */
    struct buf packages; /* and where they are */
};

static void missing_release(struct missing *missing)
{
    buf_release(&missing->unknown);
    buf_release(&missing->langs);
    buf_release(&missing->packages);
}

static int refuse(const struct installed *installed, const struct missing *missing, struct err *err)
{
    CLEANUP(cleanup_buf) struct buf have = {0};

    buf_init(&have, LIST_BYTES_MAX);
    for (size_t i = 0; i < installed->count; i++)
        put_item(&have, ", ", installed->langs[i]);
    const char *list = have.len ? have.data : "none";
    if (missing->unknown.len)
        return err_set(err, ERR_USAGE,
                       "--langs: no OCR model is called %s, neither here nor in Debian, where they "
                       "have codes such as ell for Greek; installed: %s",
                       missing->unknown.data, list);
    return err_set(err, ERR_USAGE,
                   "--langs: the OCR model is missing for %s; on Debian: sudo apt install %s; "
                   "installed: %s",
                   missing->langs.data, missing->packages.data, list);
}

int cmd_langs_check(const char *langs, struct err *err)
{
    CLEANUP(cleanup_free) struct installed *installed = mem_zalloc(1, sizeof(*installed));
    CLEANUP(missing_release) struct missing missing = {0};
    char lang[LANG_SPACE];

    buf_init(&missing.unknown, LIST_BYTES_MAX);
    buf_init(&missing.langs, LIST_BYTES_MAX);
    buf_init(&missing.packages, LIST_BYTES_MAX);
    (void)models_each(keep, installed);
    qsort(installed->langs, installed->count, sizeof(installed->langs[0]), compare_langs);
    for (const char *next = next_lang(langs, lang); next; next = next_lang(next, lang)) {
        char package[MODEL_PACKAGE_MAX];
        if (is_installed(installed, lang))
            continue;
        model_package(lang, package);
        put_item(model_is_known(lang) ? &missing.langs : &missing.unknown, ", ", lang);
        if (model_is_known(lang))
            put_item(&missing.packages, " ", package);
    }
    return missing.unknown.len || missing.langs.len ? refuse(installed, &missing, err) : 0;
}
