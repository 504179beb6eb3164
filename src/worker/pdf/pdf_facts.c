/*
 * What a reader of the paper would not see of a document: who signed it and how much of it, and
 * which scripts it runs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "worker/pdf/pdf.h"
#include "worker/pdf/pdf_date.h"

enum { FIELDS_MAX = 20000, FIELD_DEPTH_MAX = 40, SCRIPTS_MAX = 500, SCRIPT_BYTES_MAX = 4 << 20 };

/* ---- signatures ---- */

/* Appends the names of persons and firms (commonName, OID 2.5.4.3) in the certificates of a
 * signature, each once: X.509 names are a sequence of the OID and a string (RFC 5280, 4.1.2.4). */
static void append_names(const unsigned char *der, size_t len, struct buf *names)
{
    static const unsigned char OID[] = {0x06, 0x03, 0x55, 0x04, 0x03};
    size_t at = 0;

    while (at + sizeof(OID) + 2 < len) {
        const unsigned char *found = memmem(der + at, len - at, OID, sizeof(OID));
        if (!found || (size_t)(found - der) + sizeof(OID) + 2 > len)
            return;
        at = (size_t)(found - der) + sizeof(OID);
        unsigned kind = der[at], size = der[at + 1];
        at += 2;
        if ((kind != 0x0C && kind != 0x13 && kind != 0x14) || size > 0x7F || size > len - at)
            continue;
        if (size && !memmem(names->data, names->len, der + at, size)) {
            if (names->len)
                (void)buf_append_str(names, ", ");
            (void)buf_append(names, der + at, size);
        }
        at += size;
    }
}

/* How much of the file the signature covers. */
static void append_range(fz_context *ctx, pdf_obj *range, size_t file_len, struct buf *out)
{
    int64_t end = 0;

    for (int i = 0; i + 1 < pdf_array_len(ctx, range) && i < 64; i += 2) {
        int64_t stop = pdf_array_get_int(ctx, range, i);
        stop += pdf_array_get_int(ctx, range, i + 1);
        end = stop > end ? stop : end;
    }
    if (end <= 0)
        return;
    if ((size_t)end >= file_len)
        (void)buf_append_str(out, "; covers the whole file");
    else
        (void)buf_printf(out, "; covers the first %lld of %zu bytes: the file was changed after it",
                         (long long)end, file_len);
}

static void append_entry(fz_context *ctx, pdf_obj *value, const char *key, const char *before,
                         struct buf *out)
{
    pdf_obj *entry = pdf_dict_gets(ctx, value, key);
    const char *text = pdf_is_string(ctx, entry) ? pdf_to_text_string(ctx, entry) : "";

    if (*text)
        (void)buf_printf(out, "%s%.1000s", before, text);
}

/* One signature in words; may throw. */
static void describe_signature(fz_context *ctx, pdf_obj *value, size_t file_len, struct buf *out)
{
    pdf_obj *contents = pdf_dict_get(ctx, value, PDF_NAME(Contents));
    CLEANUP(cleanup_buf) struct buf names = {0};
    char date[PDF_DATE_TEXT];

    buf_init(&names, 1000);
    append_names((const unsigned char *)pdf_to_str_buf(ctx, contents),
                 pdf_to_str_len(ctx, contents), &names);
    append_entry(ctx, value, "Name", "", out);
    if (names.len)
        (void)buf_printf(out, "%scertificates of %s", out->len ? "; " : "", names.data);
    pdf_obj *when = pdf_dict_gets(ctx, value, "M");
    if (pdf_is_string(ctx, when) && pdf_date_format(pdf_to_text_string(ctx, when), date))
        (void)buf_printf(out, "; %s", date);
    append_entry(ctx, value, "Reason", "; reason: ", out);
    append_entry(ctx, value, "Location", "; at: ", out);
    append_range(ctx, pdf_dict_gets(ctx, value, "ByteRange"), file_len, out);
}

/* The fields of the form, to any depth. */
struct walk {
    struct emit *emit;
    size_t file_len;
    int fields, signatures, empty;
};

static void walk_field(fz_context *ctx, pdf_obj *field, int depth, struct walk *walk)
{
    pdf_obj *kids = pdf_dict_get(ctx, field, PDF_NAME(Kids));
    pdf_obj *value = pdf_dict_get(ctx, field, PDF_NAME(V));

    if (depth > FIELD_DEPTH_MAX || walk->fields++ > FIELDS_MAX)
        return;
    if (strcmp(pdf_dict_get_name(ctx, field, PDF_NAME(FT)), "Sig") == 0) {
        CLEANUP(cleanup_buf) struct buf text = {0};
        buf_init(&text, 4096);
        if (pdf_is_dict(ctx, value)) {
            describe_signature(ctx, value, walk->file_len, &text);
            emit_meta(walk->emit, "signature", text.len ? text.data : "unnamed");
            walk->signatures++;
        } else {
            walk->empty++;
        }
    }
    for (int i = 0; i < pdf_array_len(ctx, kids); i++)
        walk_field(ctx, pdf_array_get(ctx, kids, i), depth + 1, walk);
}

static void read_signatures(struct pdf *pdf, const struct input *input, struct emit *emit)
{
    struct walk walk = {.emit = emit, .file_len = input->len};
    fz_context *ctx = pdf->ctx;

    fz_try(ctx)
    {
        pdf_obj *root = pdf_dict_get(ctx, pdf_trailer(ctx, pdf->pdf), PDF_NAME(Root));
        pdf_obj *fields =
            pdf_dict_get(ctx, pdf_dict_get(ctx, root, PDF_NAME(AcroForm)), PDF_NAME(Fields));
        for (int i = 0; i < pdf_array_len(ctx, fields); i++)
            walk_field(ctx, pdf_array_get(ctx, fields, i), 0, &walk);
    }
    fz_catch(ctx)
    {
        return; /* what was told stands */
    }
    if (walk.empty)
        emit_meta(emit, "signature", "a field for a signature is empty");
}

/* ---- scripts ---- */

/* A script as a file of its own. */
static void emit_script(fz_context *ctx, pdf_obj *action, const char *name, struct emit *emit,
                        int *count)
{
    pdf_obj *script = pdf_dict_get(ctx, action, PDF_NAME(JS));
    char file[200];
    char *text = NULL;

    if (!script || *count >= SCRIPTS_MAX)
        return;
    fz_var(text);
    fz_try(ctx)
    {
        text = pdf_load_stream_or_string_as_utf8(ctx, script);
    }
    fz_catch(ctx)
    {
        text = NULL;
    }
    ++*count;
    snprintf(file, sizeof(file), "script-%d%s%.150s.js", *count, *name ? "-" : "", name);
    emit_child(emit, file, strlen(file), "text/javascript", INT64_MIN);
    if (text)
        emit_child_data(emit, text, strnlen(text, SCRIPT_BYTES_MAX));
    emit_child_end(emit, text ? REASON_NONE : REASON_CORRUPT, text ? "" : "the script is broken");
    fz_free(ctx, text);
}

static void read_scripts(struct pdf *pdf, struct emit *emit)
{
    fz_context *ctx = pdf->ctx;
    pdf_obj *tree = NULL;
    int count = 0;

    fz_var(tree);
    fz_var(count);
    fz_try(ctx)
    {
        pdf_obj *root = pdf_dict_get(ctx, pdf_trailer(ctx, pdf->pdf), PDF_NAME(Root));
        emit_script(ctx, pdf_dict_gets(ctx, root, "OpenAction"), "open", emit, &count);
        pdf_obj *more = pdf_dict_get(ctx, root, PDF_NAME(AA));
        for (int i = 0; i < pdf_dict_len(ctx, more); i++)
            emit_script(ctx, pdf_dict_get_val(ctx, more, i),
                        pdf_to_name(ctx, pdf_dict_get_key(ctx, more, i)), emit, &count);
        tree = pdf_load_name_tree(ctx, pdf->pdf, PDF_NAME(JavaScript));
        for (int i = 0; i < pdf_dict_len(ctx, tree); i++)
            emit_script(ctx, pdf_dict_get_val(ctx, tree, i),
                        pdf_to_name(ctx, pdf_dict_get_key(ctx, tree, i)), emit, &count);
    }
    fz_always(ctx)
    {
        pdf_drop_obj(ctx, tree);
    }
    fz_catch(ctx)
    {
        /* what was found stands */
    }
    if (count)
        emit_warning(emit, REASON_NONE, "the document runs scripts: %d, kept as its children",
                     count);
}

void pdf_facts_read(struct pdf *pdf, const struct input *input, struct emit *emit)
{
    read_signatures(pdf, input, emit);
    read_scripts(pdf, emit);
}
