#include "worker/books/kindle.h"

#include <mobi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/books/book.h"

static void send_fact(struct emit *emit, const char *key, char *value)
{
    if (value)
        emit_meta(emit, key, value);
    free(value);
}

static void read_facts(const MOBIData *book, struct emit *emit)
{
    send_fact(emit, "title", mobi_meta_get_title(book));
    send_fact(emit, "author", mobi_meta_get_author(book));
    send_fact(emit, "publisher", mobi_meta_get_publisher(book));
    send_fact(emit, "description", mobi_meta_get_description(book));
    send_fact(emit, "subject", mobi_meta_get_subject(book));
    send_fact(emit, "date", mobi_meta_get_publishdate(book));
    send_fact(emit, "language", mobi_meta_get_language(book));
    send_fact(emit, "identifier", mobi_meta_get_isbn(book));
    send_fact(emit, "rights", mobi_meta_get_copyright(book));
}

static void send_files(const MOBIRawml *parts, struct emit *emit)
{
    for (const MOBIPart *part = parts->resources; part && !emit->stop; part = part->next) {
        MOBIFileMeta kind = mobi_get_filemeta_by_type(part->type);
        char name[64];
        if (part->size == 0 || part->type < T_JPG || part->type == T_FONT || part->type == T_OPF ||
            part->type == T_NCX || part->type == T_BREAK)
            continue;
        snprintf(name, sizeof(name), "file-%zu.%s", part->uid, kind.extension);
        emit_child(emit, name, strlen(name), kind.mime_type, INT64_MIN);
        emit_child_data(emit, part->data, part->size);
        emit_child_end(emit, REASON_NONE, "");
    }
}

static struct verdict read_parts(const MOBIData *book, struct emit *emit)
{
    MOBIRawml *parts = mobi_init_rawml(book);
    bool good = parts && mobi_parse_rawml_opt(parts, book, false, false, true) == MOBI_SUCCESS;

    for (const MOBIPart *part = good ? parts->markup : NULL; part && !emit->stop; part = part->next)
        book_chapter(emit, "", "UTF-8", (const char *)part->data, part->size);
    if (good)
        send_files(parts, emit);
    if (parts)
        mobi_free_rawml(parts);
    if (!good)
        return verdict_failed(REASON_CORRUPT, "its text cannot be unpacked");
    return verdict_by_words(emit);
}

static struct verdict read_book(MOBIData *book, FILE *file, struct emit *emit)
{
    if (mobi_load_file(book, file) != MOBI_SUCCESS)
        return verdict_failed(REASON_CORRUPT, "its records make no sense");
    read_facts(book, emit);
    if (mobi_is_encrypted(book))
        return verdict_failed(REASON_UNSUPPORTED, "the book is under copy protection");
    return read_parts(book, emit);
}

/* Whether the records follow each other inside the file: libmobi takes the room for each that lies
 * between its place and the next one's, which may be 4 GiB. */
static bool has_records(const unsigned char *data, size_t len)
{
    enum { COUNT_AT = 76, LIST_AT = 78, ENTRY_BYTES = 8 };
    size_t count = len >= LIST_AT ? be16_get(data + COUNT_AT) : 0, before = 0;

    if (count == 0 || (len - LIST_AT) / ENTRY_BYTES < count)
        return false;
    for (size_t i = 0; i < count; i++) {
        size_t at = be32_get(data + LIST_AT + i * ENTRY_BYTES);
        if (at < before || at > len)
            return false;
        before = at;
    }
    return true;
}

struct verdict kindle_read(const struct input *input, struct emit *emit)
{
    size_t len = input->len < KINDLE_BYTES_MAX ? input->len : KINDLE_BYTES_MAX;

    if (!has_records(input->data, len))
        return verdict_failed(REASON_CORRUPT, "its records make no sense");
    FILE *file = fmemopen((void *)input->data, len, "rb");
    MOBIData *book = mobi_init();
    struct verdict verdict = file && book
                                 ? read_book(book, file, emit)
                                 : verdict_failed(REASON_LIMIT_MEMORY, "it needs more memory than "
                                                                       "it may have");

    mobi_free(book);
    if (file)
        fclose(file);
    return verdict;
}
