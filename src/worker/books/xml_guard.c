/*
 * A guard before MuPDF's reading of fixed pages and drawings. The library asks for every attribute
 * with fz_xml_att() and for what one refers to with xps_resolve_resource_reference(); the linker
 * leads those calls here (--wrap), and a value at which the library would not end is mended or is
 * not there. Only the one outline, or the one list of glyphs, is lost: without numbers of glyphs
 * the letters are taken from the text beside them.
 */
#include <string.h>

#include "base/attr.h"
#include "worker/books/xps_brush.h"
#include "worker/books/xps_syntax.h"
#include "worker/image/svg_outline.h"

char *__real_fz_xml_att(fz_xml *element, const char *name);
char *__wrap_fz_xml_att(fz_xml *element, const char *name);
void __real_xps_resolve_resource_reference(fz_context *ctx, xps_document *doc, xps_resource *dict,
                                           char **value, fz_xml **found, char **base);
void __wrap_xps_resolve_resource_reference(fz_context *ctx, xps_document *doc, xps_resource *dict,
                                           char **value, fz_xml **found, char **base);

static char nothing[1]; /* the library writes to no attribute */

static bool is_outline(const char *text)
{
    return xps_is_reference(text) || xps_is_outline(text);
}

/* Whether the library comes to its end with this value. */
static bool ends(const char *name, const char *value)
{
    static const struct {
        const char *name;
        bool (*ends)(const char *text);
    } guarded[] = {{"Data", is_outline},
                   {"Clip", is_outline},
                   {"Figures", is_outline},
                   {"Indices", xps_is_indices},
                   {"Points", xps_is_points}};

    for (size_t i = 0; i < ARRAY_LEN(guarded); i++)
        if (strcmp(name, guarded[i].name) == 0)
            return guarded[i].ends(value);
    return true;
}

/* A dictionary of resources in a part of its own may not refer to a further part ([ECMA-388]
 * 14.2.3.1): it could be itself. */
static bool leads_on(fz_xml *element, const char *name)
{
    return strcmp(name, "Source") == 0 && !fz_xml_up(element) &&
           fz_xml_is_tag(element, "ResourceDictionary");
}

char *__wrap_fz_xml_att(fz_xml *element, const char *name)
{
    char *value = __real_fz_xml_att(element, name);

    /* Letters without a font are shown in another, but their links end the child. */
    if (!value && strcmp(name, "FontUri") == 0)
        return nothing;
    if (value && strcmp(name, "d") == 0)
        svg_outline_mend(value);
    if (value && strcmp(name, "points") == 0)
        svg_points_mend(value);
    if (!value || !ends(name, value) || leads_on(element, name) || xps_brush_hides(element, name))
        return NULL;
    return value;
}

/* A reference to what is not there would be read as if it were the thing itself. */
void __wrap_xps_resolve_resource_reference(fz_context *ctx, xps_document *doc, xps_resource *dict,
                                           char **value, fz_xml **found, char **base)
{
    __real_xps_resolve_resource_reference(ctx, doc, dict, value, found, base);
    if (*value && xps_is_reference(*value))
        *value = nothing;
}
