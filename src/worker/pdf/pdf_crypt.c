/*
 * Encryption (ISO 32000-1, 7.6; ISO 32000-2 for AES-256). MuPDF does the arithmetic; which
 * password, and which of the file is behind it, is found here.
 */
#include <string.h>

#include "worker/pdf/pdf.h"

/* Bytes of a page's contents that are looked at, and how many in a hundred of them are printable
 * when they were decrypted rightly: random ones have 38. */
enum { CONTENTS_PROBE = 4096, PAGES_PROBED = 3, PRINTABLE_LEAST = 60 };

static bool fits(struct pdf *pdf, const char *password)
{
    fz_context *ctx = pdf->ctx;
    bool found = false;

    fz_var(found);
    fz_try(ctx)
    {
        found = fz_authenticate_password(ctx, pdf->doc, password) != 0;
    }
    fz_catch(ctx)
    {
        found = false;
    }
    return found;
}

static bool is_locked(struct pdf *pdf)
{
    fz_context *ctx = pdf->ctx;
    bool locked = true;

    fz_var(locked);
    fz_try(ctx)
    {
        locked = fz_needs_password(ctx, pdf->doc) != 0;
    }
    fz_catch(ctx)
    {
        locked = true;
    }
    return locked;
}

/* The first bytes of a page's contents; 0 when it has none or they cannot be read. */
static size_t contents_of(struct pdf *pdf, int page, unsigned char *bytes, size_t size)
{
    fz_context *ctx = pdf->ctx;
    fz_stream *stream = NULL;
    size_t len = 0;

    fz_var(stream);
    fz_var(len);
    fz_try(ctx)
    {
        pdf_obj *found = pdf_lookup_page_obj(ctx, pdf->pdf, page);
        pdf_obj *contents = pdf_dict_get(ctx, found, PDF_NAME(Contents));
        if (contents) {
            stream = pdf_open_contents_stream(ctx, pdf->pdf, contents);
            len = fz_read(ctx, stream, bytes, size);
        }
    }
    fz_always(ctx)
    {
        fz_drop_stream(ctx, stream);
    }
    fz_catch(ctx)
    {
        len = 0;
    }
    return len;
}

/* Whether the key that the last try left is the right one of AES-256: it then decrypts "adb" in the
 * permissions (ISO 32000-2, 7.6.4.4.9). */
static bool key_fits(struct pdf *pdf)
{
    fz_context *ctx = pdf->ctx;
    bool fit = false;

    fz_var(fit);
    fz_try(ctx)
    {
        pdf_obj *encrypt = pdf_dict_get(ctx, pdf_trailer(ctx, pdf->pdf), PDF_NAME(Encrypt));
        pdf_obj *perms = pdf_dict_gets(ctx, encrypt, "Perms");
        unsigned char none[16] = {0}, clear[16];
        fz_aes aes;
        if (pdf_crypt_revision(ctx, pdf->pdf->crypt) >= 5 && pdf_to_str_len(ctx, perms) >= 16 &&
            fz_aes_setkey_dec(&aes, pdf_crypt_key(ctx, pdf->pdf->crypt), 256) == 0) {
            fz_aes_crypt_cbc(&aes, FZ_AES_DECRYPT, sizeof(clear), none,
                             (const unsigned char *)pdf_to_str_buf(ctx, perms), clear);
            fit = memcmp(clear + 9, "adb", 3) == 0;
        }
    }
    fz_catch(ctx)
    {
        fit = false;
    }
    return fit;
}

/* Whether the pages are readable though MuPDF calls the document locked: only embedded files may be
 * encrypted, or the owner's password be empty, which MuPDF tries and then, as Acrobat, does not
 * honour. */
static bool pages_are_open(struct pdf *pdf)
{
    unsigned char bytes[CONTENTS_PROBE] = {0};
    int pages = pdf_pages(pdf);

    for (int i = 0; i < pages && i < PAGES_PROBED; i++) {
        size_t len = contents_of(pdf, i, bytes, sizeof(bytes)), printable = 0;
        for (size_t at = 0; at < len; at++)
            printable += (bytes[at] >= ' ' && bytes[at] < 0x7F) || bytes[at] == '\n' ||
                         bytes[at] == '\r' || bytes[at] == '\t';
        if (len)
            return printable * 100 >= len * PRINTABLE_LEAST;
    }
    return false;
}

/* Whether embedded files are encrypted and nothing else is. */
static bool files_apart(struct pdf *pdf)
{
    fz_context *ctx = pdf->ctx;
    bool apart = false;

    fz_var(apart);
    fz_try(ctx)
    {
        pdf_obj *encrypt = pdf_dict_get(ctx, pdf_trailer(ctx, pdf->pdf), PDF_NAME(Encrypt));
        pdf_obj *files = pdf_dict_gets(ctx, encrypt, "EFF");
        pdf_obj *streams = pdf_dict_get(ctx, encrypt, PDF_NAME(StmF));
        apart = files && (!streams || strcmp(pdf_to_name(ctx, streams), "Identity") == 0);
    }
    fz_catch(ctx)
    {
        apart = false;
    }
    return apart;
}

bool pdf_unlock(struct pdf *pdf, const struct input *input)
{
    if (!is_locked(pdf) || fits(pdf, ""))
        return true;
    bool open = key_fits(pdf) || pages_are_open(pdf);
    for (size_t i = 0; i < input->password_count; i++)
        if (fits(pdf, input->passwords[i])) {
            pdf->password = i + 1;
            return true;
        }
    if (!open)
        return false;
    (void)fits(pdf, ""); /* leaves the key that opened the pages */
    pdf->files_locked = files_apart(pdf);
    return true;
}

const char *pdf_foreign_handler(const struct input *input)
{
    static const char *const HANDLERS[] = {"Adobe.PubSec", "Adobe.PPKLite", "MicrosoftIRMServices",
                                           "EBX_HANDLER",  "FOPN_fLock",    "Entrust.PPKEF",
                                           "Adobe.APS",    "FileOpen",      "DocuRightsHandler"};

    if (!memmem(input->data, input->len, "/Encrypt", 8))
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(HANDLERS); i++)
        if (memmem(input->data, input->len, HANDLERS[i], strlen(HANDLERS[i])))
            return HANDLERS[i];
    return NULL;
}

/* The stream decrypted by the filter for embedded files instead of the one for streams. */
static fz_stream *apart_stream(fz_context *ctx, struct pdf *pdf, pdf_obj *stream)
{
    pdf_obj *encrypt = pdf_dict_get(ctx, pdf_trailer(ctx, pdf->pdf), PDF_NAME(Encrypt));
    pdf_obj *name = pdf_dict_gets(ctx, encrypt, "EFF");
    int number = pdf_to_num(ctx, stream), generation = pdf_to_gen(ctx, stream);
    int length = pdf_dict_get_int(ctx, stream, PDF_NAME(Length));
    fz_stream *raw = NULL, *clear = NULL, *decoded = NULL;

    fz_var(raw);
    fz_var(clear);
    fz_try(ctx)
    {
        raw = pdf_open_raw_stream_number(ctx, pdf->pdf, number);
        clear = pdf_open_crypt_with_filter(ctx, raw, pdf->pdf->crypt, name, number, generation);
        decoded = pdf_open_inline_stream(ctx, pdf->pdf, stream, length, clear, NULL);
    }
    fz_always(ctx)
    {
        fz_drop_stream(ctx, raw);
        fz_drop_stream(ctx, clear);
    }
    fz_catch(ctx)
    {
        fz_rethrow(ctx);
    }
    return decoded;
}

fz_stream *pdf_file_stream(struct pdf *pdf, pdf_obj *stream)
{
    fz_context *ctx = pdf->ctx;
    bool apart = files_apart(pdf);
    fz_stream *opened = NULL;

    fz_var(opened);
    fz_try(ctx)
    {
        opened = apart ? apart_stream(ctx, pdf, stream) : pdf_open_stream(ctx, stream);
    }
    fz_catch(ctx)
    {
        opened = NULL;
    }
    return opened;
}
