#include "worker/pdf/pdf_labels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "worker/office/numbering.h"

/* May throw. */
static void add_range(fz_context *ctx, struct pdf_labels *labels, int from, pdf_obj *said)
{
    const char *style = pdf_to_name(ctx, pdf_dict_get(ctx, said, PDF_NAME(S)));
    pdf_obj *start = pdf_dict_gets(ctx, said, "St");
    pdf_obj *prefix = pdf_dict_get(ctx, said, PDF_NAME(P));

    if (from < 0 || !pdf_is_dict(ctx, said) || labels->count >= PDF_LABEL_RANGES_MAX)
        return;
    labels->ranges = mem_room(labels->ranges, labels->count, sizeof(*labels->ranges));
    struct pdf_label_range *range = &labels->ranges[labels->count++];
    *range = (struct pdf_label_range){.from = from, .start = 1};
    if (style[0] && !style[1] && strchr("DRrAa", style[0]))
        range->style = style[0];
    if (pdf_is_int(ctx, start))
        range->start = pdf_to_int(ctx, start);
    if (pdf_is_string(ctx, prefix)) {
        const char *text = pdf_to_text_string(ctx, prefix);
        size_t len = utf8_prefix(text, strlen(text), sizeof(range->prefix) - 1);
        memcpy(range->prefix, text, len);
    }
}

/* A node of the number tree: ranges, or further nodes. May throw. */
static void read_node(fz_context *ctx, struct pdf_labels *labels, pdf_obj *node, int depth)
{
    pdf_obj *ranges = pdf_dict_gets(ctx, node, "Nums");
    pdf_obj *kids = pdf_dict_get(ctx, node, PDF_NAME(Kids));

    for (int i = 0; i + 1 < pdf_array_len(ctx, ranges); i += 2)
        add_range(ctx, labels, pdf_array_get_int(ctx, ranges, i),
                  pdf_array_get(ctx, ranges, i + 1));
    for (int i = 0; depth < PDF_LABEL_DEPTH && i < pdf_array_len(ctx, kids) &&
                    labels->count < PDF_LABEL_RANGES_MAX;
         i++)
        read_node(ctx, labels, pdf_array_get(ctx, kids, i), depth + 1);
}

static int compare_ranges(const void *a, const void *b)
{
    const struct pdf_label_range *left = a, *right = b;

    return left->from < right->from ? -1 : left->from > right->from;
}

void pdf_labels_read(struct pdf *pdf, struct pdf_labels *ret_labels)
{
    fz_context *ctx = pdf->ctx;

    *ret_labels = (struct pdf_labels){0};
    fz_try(ctx)
    {
        pdf_obj *root = pdf_dict_get(ctx, pdf_trailer(ctx, pdf->pdf), PDF_NAME(Root));
        read_node(ctx, ret_labels, pdf_dict_gets(ctx, root, "PageLabels"), 0);
    }
    fz_catch(ctx)
    {
        ret_labels->count = 0; /* pages are then known by their number, as always */
    }
    if (ret_labels->count)
        qsort(ret_labels->ranges, ret_labels->count, sizeof(*ret_labels->ranges), compare_ranges);
}

void pdf_labels_release(struct pdf_labels *labels)
{
    free(labels->ranges);
    *labels = (struct pdf_labels){0};
}

static enum list_format format_of(char style)
{
    static const struct {
        char style;
        enum list_format format;
    } FORMATS[] = {
        {'D', LIST_DECIMAL},      {'R', LIST_UPPER_ROMAN},  {'r', LIST_LOWER_ROMAN},
        {'A', LIST_UPPER_LETTER}, {'a', LIST_LOWER_LETTER},
    };

    for (size_t i = 0; i < ARRAY_LEN(FORMATS); i++)
        if (FORMATS[i].style == style)
            return FORMATS[i].format;
    return LIST_NONE;
}

/* The last range that starts at this page or before it. */
static const struct pdf_label_range *range_of(const struct pdf_labels *labels, int page)
{
    size_t low = 0, high = labels->count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (labels->ranges[middle].from <= page)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? &labels->ranges[low - 1] : NULL;
}

void pdf_label(const struct pdf_labels *labels, int page, char *out, size_t size)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    const struct pdf_label_range *range = range_of(labels, page);
    char usual[16];

    out[0] = '\0';
    if (!range)
        return;
    buf_init(&text, 4096);
    (void)buf_append_str(&text, range->prefix);
    int64_t number = (int64_t)range->start + (page - range->from);
    if (number > 0)
        list_number(format_of(range->style), (uint32_t)number, &text);
    snprintf(usual, sizeof(usual), "%d", page + 1);
    if (strcmp(text.data, usual) == 0)
        return;
    size_t len = utf8_prefix(text.data, text.len, size - 1);
    memcpy(out, text.data, len);
    out[len] = '\0';
}
