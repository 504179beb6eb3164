#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "worker/pdf.h"
#include "worker/pdf_date.h"

/* A value of the information dictionary; "" when it has none. */
static void lookup(struct pdf *pdf, const char *key, char *value, int size)
{
    fz_context *ctx = pdf->ctx;

    value[0] = '\0';
    fz_try(ctx)
    {
        if (fz_lookup_metadata(ctx, pdf->doc, key, value, size) < 0)
            value[0] = '\0';
    }
    fz_catch(ctx)
    {
        value[0] = '\0';
    }
}

void pdf_meta_read(struct pdf *pdf, struct emit *emit)
{
    static const struct {
        const char *info, *key;
        bool date;
    } values[] = {
        {FZ_META_INFO_TITLE, "title", false},
        {FZ_META_INFO_AUTHOR, "author", false},
        {FZ_META_INFO_SUBJECT, "subject", false},
        {FZ_META_INFO_KEYWORDS, "keywords", false},
        {FZ_META_INFO_CREATOR, "creator", false},
        {FZ_META_INFO_PRODUCER, "producer", false},
        {FZ_META_INFO_CREATIONDATE, "date", true},
        {FZ_META_INFO_MODIFICATIONDATE, "modified", true},
    };
    char value[4096], date[PDF_DATE_TEXT];

    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        lookup(pdf, values[i].info, value, sizeof(value));
        if (!values[i].date)
            emit_meta(emit, values[i].key, value);
        else if (pdf_date_format(value, date))
            emit_meta(emit, values[i].key, date);
    }
}
