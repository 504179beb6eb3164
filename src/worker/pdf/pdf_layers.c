/*
 * Optional content (ISO 32000-1, 8.11): layers of a page that the document switches off, such as a
 * draft's remarks, another language, what was taken out of a drawing. What only they hold is read
 * too.
 */
#include <stdlib.h>
#include <string.h>

#include "worker/pdf/pdf.h"

enum { LAYERS_MAX = 4096, WORDS_COMPARED_MAX = 1 << 20 };

/* Switches on all layers that are off and notes which; returns how many. */
static int switch_on(struct pdf *pdf, struct pdf_hidden_layers *layers)
{
    fz_context *ctx = pdf->ctx;
    int count = 0;

    fz_var(count);
    fz_try(ctx)
    {
        int all = pdf_count_layers(ctx, pdf->pdf);
        for (int i = 0; i < all && i < LAYERS_MAX; i++) {
            if (pdf_layer_is_enabled(ctx, pdf->pdf, i))
                continue;
            const char *name = pdf_layer_name(ctx, pdf->pdf, i);
            if (layers->names.len)
                (void)buf_append_str(&layers->names, ", ");
            (void)buf_append_str(&layers->names, name ? name : "");
            layers->off[count++] = i;
        }
    }
    fz_catch(ctx)
    {
        count = 0;
    }
    return count;
}

static void set_all(struct pdf *pdf, const struct pdf_hidden_layers *layers, int on)
{
    fz_context *ctx = pdf->ctx;

    fz_try(ctx)
    {
        for (int i = 0; i < layers->count; i++)
            pdf_enable_layer(ctx, pdf->pdf, layers->off[i], on);
    }
    fz_catch(ctx)
    {
        return;
    }
}

void pdf_layers_find(struct pdf *pdf, struct pdf_hidden_layers *ret_layers)
{
    *ret_layers = (struct pdf_hidden_layers){.off = mem_zalloc(LAYERS_MAX, sizeof(int))};
    buf_init(&ret_layers->names, DETAIL_MAX / 2);
    ret_layers->count = switch_on(pdf, ret_layers);
}

void pdf_layers_release(struct pdf_hidden_layers *layers)
{
    free(layers->off);
    buf_release(&layers->names);
    *layers = (struct pdf_hidden_layers){0};
}

/* ---- the words that one text has more than another ---- */

struct token {
    const char *at;
    size_t len;
    size_t left; /* how many of it are not taken yet */
};

static int token_compare(const void *a, const void *b)
{
    const struct token *x = a, *y = b;
    int by_bytes = memcmp(x->at, y->at, x->len < y->len ? x->len : y->len);

    return by_bytes ? by_bytes : (x->len > y->len) - (x->len < y->len);
}

/* The next word at or after `*at`; false at the end. */
static bool next_token(const char *text, size_t *at, struct token *ret_token)
{
    size_t start = *at + strspn(text + *at, " \t\n");

    ret_token->at = text + start;
    ret_token->len = strcspn(ret_token->at, " \t\n");
    ret_token->left = 1;
    *at = start + ret_token->len;
    return ret_token->len > 0;
}

/* The text's words, sorted, each once. */
static size_t tokens_of(const char *text, struct token *tokens)
{
    size_t count = 0, at = 0;

    while (count < WORDS_COMPARED_MAX && next_token(text, &at, &tokens[count]))
        count++;
    qsort(tokens, count, sizeof(*tokens), token_compare);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && token_compare(&tokens[kept - 1], &tokens[i]) == 0)
            tokens[kept - 1].left++;
        else
            tokens[kept++] = tokens[i];
    }
    return kept;
}

/* Takes one of the tokens that is the same; false if none is left. */
static bool take_token(struct token *tokens, size_t count, const struct token *token)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (token_compare(&tokens[middle], token) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == count || token_compare(&tokens[low], token) != 0 || tokens[low].left == 0)
        return false;
    tokens[low].left--;
    return true;
}

/* Appends the words of `more` that `less` lacks; returns whether there were any. */
static bool append_lacking(const char *more, const char *less, struct buf *out)
{
    size_t room = strlen(less) / 2 + 2, at = 0;
    struct token *have =
        mem_zalloc(room < WORDS_COMPARED_MAX ? room : WORDS_COMPARED_MAX, sizeof(*have));
    size_t count = tokens_of(less, have);
    struct token token;
    bool any = false;

    while (next_token(more, &at, &token)) {
        if (take_token(have, count, &token))
            continue;
        if (out->len)
            (void)buf_append_char(out, any ? ' ' : '\n');
        (void)buf_append(out, token.at, token.len);
        any = true;
    }
    free(have);
    return any;
}

bool pdf_layers_read(struct pdf *pdf, const struct pdf_hidden_layers *layers, int number,
                     struct pdf_words *words)
{
    struct pdf_words all;
    bool any = false;

    set_all(pdf, layers, 1);
    fz_page *page = pdf_page_load(pdf, number);
    if (page) {
        pdf_words_init(&all, words->main.width, words->main.height);
        pdf_text_read(pdf, page, &all);
        any = append_lacking(all.main.text.data, words->main.text.data, &words->rest.text);
        pdf_words_release(&all);
        pdf_page_free(pdf, page);
    }
    set_all(pdf, layers, 0);
    return any;
}
