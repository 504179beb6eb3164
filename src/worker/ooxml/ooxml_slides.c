#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "worker/ooxml/ooxml.h"
#include "worker/ooxml/ooxml_parts.h"
#include "worker/ooxml/ooxml_rels.h"

struct deck {
    char (*ids)[RELATION_ID_MAX]; /* relationship of each slide, in the order of the talk */
    size_t count;
    struct comment_authors authors;
};

static void on_start(void *ctx, const struct xml_element *element)
{
    struct deck *deck = ctx;

    if (strcmp(element->name, "sldId") != 0 || deck->count >= SLIDES_MAX)
        return;
    deck->ids = mem_room(deck->ids, deck->count, sizeof(*deck->ids));
    xml_attribute_of(element, "r", "id", deck->ids[deck->count++], RELATION_ID_MAX);
}

static void read_slide(struct package *package, const struct deck *deck, const char *part,
                       size_t number, struct emit *emit)
{
    static const char *const types[] = {"diagramData", "chart", "notesSlide"};
    static const char *const comments[] = {"comments", "comment"};
    struct relations relations;
    const struct relation *relation;
    CLEANUP(cleanup_buf) struct buf text = {0};
    struct page_head page = {.method = PAGE_TEXT, .confidence = CONFIDENCE_NONE};

    buf_init(&text, PAGE_TEXT_MAX);
    ooxml_drawing_text(package, part, &text);
    relations_read(package, part, &relations);
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        for (size_t at = 0; (relation = relation_by_type(&relations, types[i], &at)) != NULL;)
            if (!relation->external)
                ooxml_drawing_text(package, relation->target, &text);
    for (size_t i = 0; i < ARRAY_LEN(comments); i++)
        for (size_t at = 0; (relation = relation_by_type(&relations, comments[i], &at)) != NULL;)
            if (!relation->external)
                ooxml_comments_text(package, relation->target, &deck->authors, &text);
    relations_release(&relations);
    snprintf(page.label, sizeof(page.label), "slide %zu", number);
    emit_page(emit, &page, text.data, text.len, NULL, 0);
}

void ooxml_slides_read(struct package *package, const char *main_part, struct emit *emit)
{
    static const struct xml_handler handler = {.start = on_start};
    struct deck deck = {0};
    struct relations relations;

    (void)package_read_xml(package, main_part, &handler, &deck);
    relations_read(package, main_part, &relations);
    for (size_t i = 0; i < relations.count; i++)
        if (!relations.items[i].external &&
            (strcmp(relations.items[i].type, "commentAuthors") == 0 ||
             strcmp(relations.items[i].type, "authors") == 0))
            ooxml_authors_read(package, relations.items[i].target, &deck.authors);
    for (size_t i = 0; i < deck.count && !emit->stop; i++) {
        const struct relation *relation = relation_by_id(&relations, deck.ids[i]);
        if (relation && !relation->external)
            read_slide(package, &deck, relation->target, i + 1, emit);
    }
    relations_release(&relations);
    free(deck.ids);
    free(deck.authors.items);
}
