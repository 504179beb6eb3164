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

/* Of a part: the outermost choice it stands in, and which of its forms it belongs to. */
struct place {
    size_t choice, form; /* SIZE_MAX for none */
};

static struct place place_of(const struct mime_message *message, size_t index)
{
    struct place place = {SIZE_MAX, SIZE_MAX};
    size_t below = index;

    for (;;) {
        if (mime_is(&message->parts[index], "multipart/alternative"))
            place = (struct place){index, below};
        if (index == 0)
            return place;
        below = index;
        index = message->parts[index].parent;
    }
}

struct forms {
    const struct mime_message *message;
    const uint8_t *roles;
    struct place *places; /* of every part */
    bool *told;
};

static void part_text(const struct forms *forms, size_t index, struct buf *text)
{
    buf_init(text, (size_t)4 * MAIL_BODY_MAX);
    mail_part_text(&forms->message->parts[index], text);
}

static void add_part(const struct forms *forms, size_t index, struct word_bag *bag)
{
    CLEANUP(cleanup_buf) struct buf text = {0};

    part_text(forms, index, &text);
    bag_add(bag, &text);
}

static void add_chosen(const struct forms *forms, size_t choice, struct word_bag *bag)
{
    for (size_t i = 0; i < forms->message->count; i++)
        if (forms->roles[i] == ROLE_TEXT && forms->places[i].choice == choice)
            add_part(forms, i, bag);
    bag_sort(bag);
}

static void send_part(const struct forms *forms, size_t index, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf text = {0};

    part_text(forms, index, &text);
    emit_flow(emit, TEXT_REST, text.data, text.len);
    if (text.len && text.data[text.len - 1] != '\n')
        emit_flow_str(emit, TEXT_REST, "\n");
}

/* A form may be of several parts, which say together what another says in one. */
static void send_unless_known(const struct forms *forms, size_t first, const struct word_bag *known,
                              struct emit *emit)
{
    CLEANUP(bag_release) struct word_bag bag = {0};
    size_t form = forms->places[first].form;

    for (size_t i = first; i < forms->message->count; i++)
        if (forms->roles[i] == ROLE_OTHER && forms->places[i].form == form) {
            forms->told[i] = true;
            add_part(forms, i, &bag);
        }
    bag_sort(&bag);
    if (bag_holds(known, &bag))
        return;
    for (size_t i = first; i < forms->message->count && !emit->stop; i++)
        if (forms->roles[i] == ROLE_OTHER && forms->places[i].form == form)
            send_part(forms, i, emit);
}

void mail_other_send(const struct mime_message *message, const uint8_t *roles, struct emit *emit)
{
    CLEANUP(bag_release) struct word_bag known = {0};
    CLEANUP(cleanup_free) struct place *places = mem_zalloc(message->count, sizeof(*places));
    CLEANUP(cleanup_free) bool *told = mem_zalloc(message->count, sizeof(*told));
    struct forms forms = {message, roles, places, told};
    size_t known_choice = SIZE_MAX;

    for (size_t i = 0; i < message->count; i++)
        places[i] = place_of(message, i);
    for (size_t i = 0; i < message->count && !emit->stop; i++) {
        if (roles[i] != ROLE_OTHER || told[i])
            continue;
        if (places[i].choice != known_choice) {
            known_choice = places[i].choice;
            known.count = 0;
            add_chosen(&forms, known_choice, &known);
        }
        send_unless_known(&forms, i, &known, emit);
    }
}
