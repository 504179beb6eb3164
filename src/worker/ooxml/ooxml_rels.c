#include "worker/ooxml/ooxml_rels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Joins a folder and a relative target, resolving "." and "..". */
static char *resolve(const char *folder, const char *target)
{
    CLEANUP(cleanup_buf) struct buf path = {0};

    buf_init(&path, 2 * PART_NAME_MAX + 8);
    if (*target != '/')
        (void)buf_append_str(&path, folder);
    while (*target) {
        size_t step = strcspn(target, "/");
        if (step == 2 && target[0] == '.' && target[1] == '.') {
            if (path.len)
                path.data[--path.len] = '\0';
            while (path.len && path.data[path.len - 1] != '/')
                path.data[--path.len] = '\0';
        } else if (step > 1 || (step == 1 && target[0] != '.')) {
            (void)buf_append(&path, target, step);
            if (target[step])
                (void)buf_append_char(&path, '/');
        }
        target += step;
        target += *target == '/';
    }
    return buf_take(&path);
}

static void on_start(void *ctx, const struct xml_element *element)
{
    struct relations *relations = ctx;
    char target[PART_NAME_MAX];
    char type[256];
    char mode[16];

    if (strcmp(element->name, "Relationship") != 0 || relations->count >= RELATIONS_MAX)
        return;
    relations->items = mem_room(relations->items, relations->count, sizeof(*relations->items));
    struct relation *relation = &relations->items[relations->count++];
    xml_attribute(element, "Id", relation->id, sizeof(relation->id));
    xml_attribute(element, "Type", type, sizeof(type));
    xml_attribute(element, "Target", target, sizeof(target));
    xml_attribute(element, "TargetMode", mode, sizeof(mode));
    const char *slash = strrchr(type, '/');
    snprintf(relation->type, sizeof(relation->type), "%.*s", RELATION_TYPE_MAX - 1,
             slash ? slash + 1 : type);
    relation->external = strcmp(mode, "External") == 0;
    relation->target = relation->external ? mem_strdup(target) : resolve(relations->folder, target);
}

void relations_read(struct package *package, const char *part, struct relations *ret)
{
    static const struct xml_handler handler = {.start = on_start};
    char name[2 * PART_NAME_MAX];
    const char *slash = strrchr(part, '/');
    const char *base = slash ? slash + 1 : part;

    *ret = (struct relations){0};
    snprintf(ret->folder, sizeof(ret->folder), "%.*s", (int)(base - part), part);
    snprintf(name, sizeof(name), "%s_rels/%s.rels", ret->folder, base);
    (void)package_read_xml(package, name, &handler, ret);
}

void relations_release(struct relations *relations)
{
    for (size_t i = 0; i < relations->count; i++)
        free(relations->items[i].target);
    free(relations->items);
    *relations = (struct relations){0};
}

const struct relation *relation_by_id(const struct relations *relations, const char *id)
{
    for (size_t i = 0; i < relations->count; i++)
        if (strcmp(relations->items[i].id, id) == 0)
            return &relations->items[i];
    return NULL;
}

const struct relation *relation_by_type(const struct relations *relations, const char *type,
                                        size_t *at)
{
    for (; *at < relations->count; ++*at)
        if (strcmp(relations->items[*at].type, type) == 0)
            return &relations->items[(*at)++];
    return NULL;
}

void relation_read_xml(struct package *package, const struct relations *relations, const char *type,
                       const struct xml_handler *handler, void *ctx)
{
    size_t at = 0;
    const struct relation *relation = relation_by_type(relations, type, &at);

    if (relation && !relation->external)
        (void)package_read_xml(package, relation->target, handler, ctx);
}
