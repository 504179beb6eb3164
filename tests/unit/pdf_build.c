#include "pdf_build.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { OUTPUT_MAX = 16 << 20 };

void file_start(struct file *file)
{
    *file = (struct file){0};
    buf_init(&file->bytes, PDF_MAX);
    (void)buf_append_str(&file->bytes, "%PDF-1.7\n");
}

void put_object(struct file *file, int number, const char *body)
{
    file->at[number] = file->bytes.len;
    file->last = number > file->last ? number : file->last;
    (void)buf_printf(&file->bytes, "%d 0 obj\n%s\nendobj\n", number, body);
}

void put_stream(struct file *file, int number, const char *dict, const char *data)
{
    file->at[number] = file->bytes.len;
    file->last = number > file->last ? number : file->last;
    (void)buf_printf(&file->bytes, "%d 0 obj\n<<%s/Length %zu>>stream\n%s\nendstream\nendobj\n",
                     number, dict, strlen(data), data);
}

void file_end(struct file *file, const char *trailer)
{
    size_t xref = file->bytes.len;

    (void)buf_append_str(&file->bytes, "xref\n");
    for (int i = 1; i <= file->last; i++)
        if (file->at[i])
            (void)buf_printf(&file->bytes, "%d 1\n%010zu 00000 n \n", i, file->at[i]);
    (void)buf_printf(&file->bytes, "trailer<</Size %d/Root 1 0 R%s", file->last + 1, trailer);
    if (file->xref)
        (void)buf_printf(&file->bytes, "/Prev %zu", file->xref);
    (void)buf_printf(&file->bytes, ">>\nstartxref\n%zu\n%%%%EOF\n", xref);
    file->xref = xref;
    memset(file->at, 0, sizeof(file->at));
}

void put_page(struct file *file, const char *catalog, const char *page, const char *content)
{
    char body[2048];

    snprintf(body, sizeof(body), "<</Type/Catalog/Pages 2 0 R%s>>", catalog);
    put_object(file, 1, body);
    put_object(file, 2, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
    snprintf(body, sizeof(body),
             "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F "
             "5 0 R>>"
             "/Properties<</L 6 0 R>>>>%s>>",
             page);
    put_object(file, 3, body);
    put_stream(file, 4, "", content);
    put_object(file, 5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
}

void file_read(struct file *file, struct told *told)
{
    told_read(told, "a.pdf", file->bytes.data, file->bytes.len, OUTPUT_MAX);
    buf_release(&file->bytes);
}

void assert_has(const struct buf *text, const char *part)
{
    if (!strstr(text->data, part))
        fail_msg("'%s' is not in: %s", part, text->data);
}

void assert_lacks(const struct buf *text, const char *part)
{
    if (strstr(text->data, part))
        fail_msg("'%s' is in: %s", part, text->data);
}
