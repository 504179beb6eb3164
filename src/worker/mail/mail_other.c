#include "worker/mail/mail_other.h"

#include <stdlib.h>

#include "base/buf.h"
#include "text/fold.h"
#include "worker/mail/mail.h"
#include "worker/mail/mail_body.h"

/* The words of a text as hashes, in order, repeated as often as they stand there. */
struct word_bag {
    uint64_t *words;
    size_t count, space;
};

static void bag_release(struct word_bag *bag)
{
    free(bag->words);
}

/* FNV-1a. Plain text marks words with underscores around them, which are no part of the word. */
static uint64_t hash_of(const struct word *word)
{
    const char *at = word->surface;
    const char *end = at + word->surface_len;
    uint64_t hash = UINT64_C(0xCBF29CE484222325);

    while (at < end && *at == '_')
        at++;
    while (end > at && end[-1] == '_')
        end--;
    for (; at < end; at++)
        hash = (hash ^ (unsigned char)*at) * UINT64_C(0x100000001B3);
    return hash;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

static void bag_add(struct word_bag *bag, const struct buf *text)
{
    struct words words;
    struct word word;

    words_init(&words, text->data, text->len);
    while (words_next(&words, &word)) {
        if (bag->count == bag->space) {
            bag->space = bag->space ? 2 * bag->space : 256;
            bag->words = mem_realloc(bag->words, bag->space, sizeof(*bag->words));
        }
        bag->words[bag->count++] = hash_of(&word);
    }
}

static void bag_sort(struct word_bag *bag)
{
    if (bag->count)
        qsort(bag->words, bag->count, sizeof(*bag->words), by_value);
}

/* Whether every word of `part` is in `whole`, as often. Both in order. */
static bool bag_holds(const struct word_bag *whole, const struct word_bag *part)
{
    size_t at = 0;

    for (size_t i = 0; i < part->count; i++, at++) {
        while (at < whole->count && whole->words[at] < part->words[i])
            at++;
        if (at >= whole->count || whole->words[at] != part->words[i])
            return false;
    }
    return true;
}

/* The outermost choice that a part is a form of; SIZE_MAX for none. */
static size_t choice_of(const struct mime_message *message, size_t index)
{
    size_t choice = SIZE_MAX;

    for (;;) {
        if (mime_is(&message->parts[index], "multipart/alternative"))
            choice = index;
        if (index == 0)
            return choice;
        index = message->parts[index].parent;
    }
}

static void add_chosen(const struct mime_message *message, const uint8_t *roles, size_t choice,
                       struct word_bag *bag)
{
    for (size_t i = 0; i < message->count; i++) {
        if (roles[i] != ROLE_TEXT || choice_of(message, i) != choice)
            continue;
        CLEANUP(cleanup_buf) struct buf text = {0};
        buf_init(&text, (size_t)4 * MAIL_BODY_MAX);
        mail_part_text(&message->parts[i], &text);
        bag_add(bag, &text);
    }
    bag_sort(bag);
}

static void send_unless_known(const struct mime_part *part, const struct word_bag *known,
                              struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    CLEANUP(bag_release) struct word_bag bag = {0};

    buf_init(&text, (size_t)4 * MAIL_BODY_MAX);
    mail_part_text(part, &text);
    bag_add(&bag, &text);
    bag_sort(&bag);
    if (bag_holds(known, &bag))
        return;
    emit_flow(emit, TEXT_REST, text.data, text.len);
    if (text.len && text.data[text.len - 1] != '\n')
        emit_flow_str(emit, TEXT_REST, "\n");
}

void mail_other_send(const struct mime_message *message, const uint8_t *roles, struct emit *emit)
{
    CLEANUP(bag_release) struct word_bag known = {0};
    size_t known_choice = SIZE_MAX;

    for (size_t i = 0; i < message->count && !emit->stop; i++) {
        if (roles[i] != ROLE_OTHER)
            continue;
        size_t choice = choice_of(message, i);
        if (choice != known_choice) {
            known.count = 0;
            known_choice = choice;
            add_chosen(message, roles, choice, &known);
        }
        send_unless_known(&message->parts[i], &known, emit);
    }
}
