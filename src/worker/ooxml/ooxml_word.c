#include "worker/ooxml/ooxml_lists.h"
#include "worker/ooxml/ooxml_parts.h"
#include "worker/ooxml/ooxml_rels.h"
#include "worker/ooxml/word_markup.h"

static void read_part(struct package *package, const char *part, struct word_lists *lists,
                      struct emit *emit)
{
    struct word_markup word;

    word_markup_init(&word, lists, emit);
    (void)package_read_xml(package, part, &word_markup_handler, &word);
    word_markup_end(&word);
}

static void read_related(struct package *package, const struct relations *relations,
                         const char *type, struct word_lists *lists, struct emit *emit)
{
    const struct relation *relation;

    for (size_t at = 0; (relation = relation_by_type(relations, type, &at)) != NULL;) {
        struct part *part = relation->external ? NULL : package_part(package, relation->target);
        if (part && !part->taken && !emit->stop)
            read_part(package, relation->target, lists, emit);
    }
}

static void read_drawings(struct package *package, const struct relations *relations,
                          const char *type, struct emit *emit)
{
    const struct relation *relation;

    for (size_t at = 0; (relation = relation_by_type(relations, type, &at)) != NULL;) {
        CLEANUP(cleanup_buf) struct buf text = {0};
        buf_init(&text, PAGE_TEXT_MAX);
        ooxml_drawing_text(package, relation->target, &text);
        emit_flow(emit, TEXT_MAIN, text.data, text.len);
    }
}

void ooxml_word_read(struct package *package, const char *main_part, struct emit *emit)
{
    struct relations relations;
    struct word_lists lists;

    relations_read(package, main_part, &relations);
    word_lists_read(package, &relations, &lists);
    read_related(package, &relations, "header", &lists, emit);
    read_part(package, main_part, &lists, emit);
    read_related(package, &relations, "footnotes", &lists, emit);
    read_related(package, &relations, "endnotes", &lists, emit);
    read_related(package, &relations, "comments", &lists, emit);
    read_drawings(package, &relations, "chart", emit);
    read_drawings(package, &relations, "diagramData", emit);
    read_related(package, &relations, "footer", &lists, emit);
    word_lists_release(&lists);
    relations_release(&relations);
}
