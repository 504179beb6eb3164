#include <stdio.h>
#include <string.h>

#include "worker/office/remote.h"
#include "worker/ooxml/ooxml_parts.h"
#include "worker/ooxml/ooxml_rels.h"

/* The part whose relationships "a/_rels/b.xml.rels" holds: "a/b.xml". False when it is none. */
static bool owner_of(const char *name, char *out, size_t size)
{
    static const char folder[] = "_rels/";
    static const char suffix[] = ".rels";
    const char *base = strrchr(name, '/');
    size_t len = strlen(name);

    if (!base || len < sizeof(suffix) || strcmp(name + len - (sizeof(suffix) - 1), suffix) != 0)
        return false;
    base++;
    if ((size_t)(base - name) < sizeof(folder) - 1 ||
        strncmp(base - (sizeof(folder) - 1), folder, sizeof(folder) - 1) != 0)
        return false;
    int before = (int)(base - name - (ptrdiff_t)(sizeof(folder) - 1));
    int length = (int)(name + len - base - (ptrdiff_t)(sizeof(suffix) - 1));
    return snprintf(out, size, "%.*s%.*s", before, name, length, base) < (int)size;
}

void ooxml_links_send(struct package *package, struct emit *emit)
{
    char owner[2 * PART_NAME_MAX];

    for (size_t i = 0; i < package->count && !emit->stop; i++) {
        struct relations relations;
        if (!owner_of(package->parts[i].name, owner, sizeof(owner)))
            continue;
        relations_read(package, owner, &relations);
        for (size_t k = 0; k < relations.count && !emit->stop; k++) {
            const struct relation *link = &relations.items[k];
            if (!link->external)
                continue;
            emit_flow_str(emit, TEXT_REST, link->target);
            emit_flow_str(emit, TEXT_REST, "\n");
            if (strcmp(link->type, "hyperlink") != 0)
                remote_tell(emit, link->type, link->target, strlen(link->target));
        }
        relations_release(&relations);
    }
}
