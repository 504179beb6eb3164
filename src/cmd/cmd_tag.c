#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/io.h"
#include "cmd/command.h"
#include "cmd/terminal.h"
#include "fmt/json.h"
#include "names/mentions.h"
#include "names/tagger.h"

enum {
    INPUT_MAX = 1 << 30,
    READ_STEP = 1 << 16,
    FLUSH_AT = 1 << 16,
};

struct listing {
    const char *text;
    struct buf out;
    bool json;
};

static int read_input(struct buf *text, struct err *err)
{
    for (;;) {
        char *room = buf_reserve(text, READ_STEP);
        if (!room)
            return err_set(err, ERR_LIMIT, "the text is longer than 1 GiB; give it in parts");
        ssize_t got = io_read(STDIN_FILENO, room, READ_STEP);
        if (got < 0)
            return err_set(err, ERR_IO, "standard input cannot be read: %s", strerror(errno));
        text->len += (size_t)got;
        if (got < READ_STEP)
            return 0;
    }
}

static void put_json(struct listing *listing, const struct mention *mention)
{
    struct json_writer json;

    json_start(&json, &listing->out);
    json_open_object(&json, NULL);
    json_put_int(&json, "start", (int64_t)mention->start);
    json_put_int(&json, "end", (int64_t)mention->end);
    json_put_str(&json, "kind", mention_kind_word(mention->kind));
    json_put_real(&json, "score", (double)mention->score, 3);
    json_put_str_len(&json, "text", listing->text + mention->start, mention->end - mention->start);
    json_close_object(&json);
    json_end_line(&json);
}

/* A mention's text as one field: without tabs and line ends. */
static void put_field(struct buf *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        buf_append_char(out, (unsigned char)text[i] < ' ' ? ' ' : text[i]);
}

static void put_tsv(struct listing *listing, const struct mention *mention)
{
    buf_printf(&listing->out, "%zu\t%zu\t%s\t%.3f\t", mention->start, mention->end,
               mention_kind_word(mention->kind), (double)mention->score);
    put_field(&listing->out, listing->text + mention->start, mention->end - mention->start);
    buf_append_char(&listing->out, '\n');
}

static int list(void *ctx, const struct mention *mention)
{
    struct listing *listing = ctx;

    (listing->json ? put_json : put_tsv)(listing, mention);
    if (listing->out.len >= FLUSH_AT)
        term_flush(&listing->out);
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
    CLEANUP(cleanup_buf) struct buf text = {0};
    struct listing listing = {.json = cmd_has(cmd, "json")};
    const char *lang = cmd_option(cmd, "lang");
    int rc = check_lang(lang, err);

    buf_init(&text, INPUT_MAX);
    if (!rc)
        rc = read_input(&text, err);
    if (rc)
        return rc;
    listing.text = text.data;
    buf_init(&listing.out, 2 * FLUSH_AT);
    struct tagger *tagger = tagger_new(NULL);
    (void)mentions_find(tagger, text.data, text.len, lang, list, &listing);
    tagger_free(tagger);
    term_flush(&listing.out);
    buf_release(&listing.out);
    return 0;
}
