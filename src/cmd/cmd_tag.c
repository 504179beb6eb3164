#include <string.h>

#include "cmd/filter.h"
#include "names/mentions.h"
#include "names/tagger.h"

static void put_json(struct filter *filter, const struct mention *mention)
{
    struct json_writer json;

    filter_json_open(filter, &json, mention->start, mention->end);
    json_put_str(&json, "kind", mention_kind_word(mention->kind));
    json_put_real(&json, "score", (double)mention->score, 3);
    filter_json_close(filter, &json, mention->start, mention->end);
}

static void put_tsv(struct filter *filter, const struct mention *mention)
{
    buf_printf(&filter->out, "%zu\t%zu\t%s\t%.3f\t", mention->start, mention->end,
               mention_kind_word(mention->kind), (double)mention->score);
    filter_end_line(filter, mention->start, mention->end);
}

static int list(void *ctx, const struct mention *mention)
{
    struct filter *filter = ctx;

    (filter->json ? put_json : put_tsv)(filter, mention);
    filter_flush_much(filter);
    return 0;
}

static int check_lang(const char *lang, struct err *err)
{
    if (lang && strcmp(lang, "en") != 0 && strcmp(lang, "fa") != 0 && strcmp(lang, "ar") != 0)
        return err_set(err, ERR_USAGE, "--lang is en, fa or ar");
    return 0;
}

int cmd_tag(struct cmd *cmd, struct err *err)
{
    const char *lang = cmd_option(cmd, "lang");
    struct filter filter;
    int rc = check_lang(lang, err);

    if (rc)
        return rc;
    rc = filter_start(cmd, &filter, err);
    if (!rc) {
        struct tagger *tagger = tagger_new(NULL);
        (void)mentions_find(tagger, filter.text.data, filter.text.len, lang, list, &filter);
        tagger_free(tagger);
    }
    filter_finish(&filter);
    return rc;
}
