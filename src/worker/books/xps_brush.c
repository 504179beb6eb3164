#include "worker/books/xps_brush.h"

#include <math.h>
#include <string.h>

typedef void brush_call(fz_context *ctx, xps_document *doc, fz_matrix ctm, fz_rect area,
                        char *base_uri, xps_resource *dict, fz_xml *root);

/* The library's own, by which it understands a brush; its header does not come with it. */
fz_matrix xps_parse_transform(fz_context *ctx, xps_document *doc, char *value, fz_xml *element,
                              fz_matrix ctm);
fz_rect xps_parse_rectangle(fz_context *ctx, xps_document *doc, char *text);
char *xps_parse_point(fz_context *ctx, xps_document *doc, char *text, float *ret_x, float *ret_y);
void xps_resolve_resource_reference(fz_context *ctx, xps_document *doc, xps_resource *dict,
                                    char **value, fz_xml **found, char **base);

brush_call __real_xps_parse_image_brush, __wrap_xps_parse_image_brush;
brush_call __real_xps_parse_visual_brush, __wrap_xps_parse_visual_brush;
brush_call __real_xps_parse_linear_gradient_brush, __wrap_xps_parse_linear_gradient_brush;
brush_call __real_xps_parse_radial_gradient_brush, __wrap_xps_parse_radial_gradient_brush;

/* The brush that is to be drawn once. It is asked for its attributes before anything else is drawn.
 */
static const fz_xml *once;
/* How many brushes show further elements around the one being drawn, and how many of them there
 * were inside of the outermost. */
static int depth, inside;
static const double NUMBER_MAX = 1e9;

bool xps_brush_hides(const fz_xml *element, const char *name)
{
    return element == once && once &&
           (strcmp(name, "TileMode") == 0 || strcmp(name, "SpreadMethod") == 0);
}

static bool ends_with(const char *text, const char *end)
{
    size_t len = strlen(text), n = strlen(end);

    return len >= n && strcmp(text + len - n, end) == 0;
}

/* From the brush's own measures to the page's. */
static fz_matrix brush_matrix(fz_context *ctx, xps_document *doc, fz_matrix ctm, xps_resource *dict,
                              fz_xml *root)
{
    char *value = fz_xml_att(root, "Transform");
    fz_xml *element = NULL;

    for (fz_xml *child = fz_xml_down(root); child; child = fz_xml_next(child)) {
        const char *tag = fz_xml_tag(child);
        if (tag && ends_with(tag, "Brush.Transform"))
            element = fz_xml_down(child);
    }
    xps_resolve_resource_reference(ctx, doc, dict, &value, &element, NULL);
    return xps_parse_transform(ctx, doc, value, element, ctm);
}

/* What is to be filled, in the brush's own measures. */
static fz_rect brush_area(fz_rect area, fz_matrix matrix)
{
    return fz_transform_rect(area, fz_invert_matrix(matrix));
}

static fz_rect rectangle_of(fz_context *ctx, xps_document *doc, fz_xml *root, const char *name)
{
    char *value = fz_xml_att(root, name);

    return value ? xps_parse_rectangle(ctx, doc, value) : fz_unit_rect;
}

/* How many tiles lie on the area, at least 1. The library numbers them with an int. */
static double tiles(fz_context *ctx, xps_document *doc, fz_matrix matrix, fz_rect area,
                    fz_xml *root)
{
    fz_rect box = rectangle_of(ctx, doc, root, "Viewbox");
    fz_rect port = rectangle_of(ctx, doc, root, "Viewport");
    float across = box.x1 - box.x0, down = box.y1 - box.y0;

    matrix = fz_pre_translate(matrix, port.x0, port.y0);
    matrix = fz_pre_scale(matrix, (port.x1 - port.x0) / across, (port.y1 - port.y0) / down);
    matrix = fz_pre_translate(matrix, -box.x0, -box.y0);
    fz_rect fill = brush_area(area, matrix);
    double far = fabs(fill.x0 / across) + fabs(fill.x1 / across) + fabs(fill.y0 / down) +
                 fabs(fill.y1 / down);
    if (!(far < NUMBER_MAX))
        return INFINITY;
    return (fabs((fill.x1 - fill.x0) / across) + 1) * (fabs((fill.y1 - fill.y0) / down) + 1);
}

static void point_of(fz_context *ctx, xps_document *doc, fz_xml *root, const char *name,
                     fz_point *point)
{
    char *value = fz_xml_att(root, name);

    if (value)
        (void)xps_parse_point(ctx, doc, value, &point->x, &point->y);
}

/* How often the way from one point to the other fits into the area; numbered likewise. */
static double stripes(fz_context *ctx, xps_document *doc, fz_matrix matrix, fz_rect area,
                      fz_xml *root)
{
    fz_rect fill = brush_area(area, matrix);
    fz_point from = {0, 0}, to = {1, 1};

    point_of(ctx, doc, root, "StartPoint", &from);
    point_of(ctx, doc, root, "EndPoint", &to);
    double x = fabs((double)to.x - from.x), y = fabs((double)to.y - from.y);
    double width = fabs((double)fill.x1 - fill.x0), height = fabs((double)fill.y1 - fill.y0);
    double wide = fabs((double)fill.x0 - from.x) + width;
    double high = fabs((double)fill.y0 - from.y) + height;
    if (!((wide * x + high * y) / (x * x + y * y) < NUMBER_MAX))
        return INFINITY;
    return (width * x + height * y) / (x * x + y * y);
}

/* How many rings of the ellipse reach the area's farthest corner. */
static double rings(fz_context *ctx, xps_document *doc, fz_matrix matrix, fz_rect area,
                    fz_xml *root)
{
    char *radius_x = fz_xml_att(root, "RadiusX"), *radius_y = fz_xml_att(root, "RadiusY");
    float across = fz_max(0.01F, radius_x ? fz_atof(radius_x) : 1);
    float down = fz_max(0.01F, radius_y ? fz_atof(radius_y) : 1);
    fz_rect fill = brush_area(area, fz_pre_scale(matrix, 1, down / across));
    fz_point origin = {0, 0};

    point_of(ctx, doc, root, "GradientOrigin", &origin);
    double y = (double)origin.y * across / down;
    double wide = fmax(fabs(fill.x0 - (double)origin.x), fabs(fill.x1 - (double)origin.x));
    double high = fmax(fabs(fill.y0 - y), fabs(fill.y1 - y));
    return hypot(wide, high) / across;
}

typedef double brush_count(fz_context *ctx, xps_document *doc, fz_matrix matrix, fz_rect area,
                           fz_xml *root);

/* Marks the brush if it is to be drawn once; what is no number is too much. */
static void brush_measure(fz_context *ctx, xps_document *doc, fz_matrix ctm, fz_rect area,
                          xps_resource *dict, fz_xml *root, brush_count *count, double most)
{
    once = NULL;
    fz_matrix matrix = brush_matrix(ctx, doc, ctm, dict, root);
    if (!(count(ctx, doc, matrix, area, root) <= most))
        once = root;
}

void __wrap_xps_parse_image_brush(fz_context *ctx, xps_document *doc, fz_matrix ctm, fz_rect area,
                                  char *base_uri, xps_resource *dict, fz_xml *root)
{
    brush_measure(ctx, doc, ctm, area, dict, root, tiles, XPS_TILES_MAX);
    __real_xps_parse_image_brush(ctx, doc, ctm, area, base_uri, dict, root);
}

void __wrap_xps_parse_linear_gradient_brush(fz_context *ctx, xps_document *doc, fz_matrix ctm,
                                            fz_rect area, char *base_uri, xps_resource *dict,
                                            fz_xml *root)
{
    brush_measure(ctx, doc, ctm, area, dict, root, stripes, XPS_GRADIENTS_MAX);
    __real_xps_parse_linear_gradient_brush(ctx, doc, ctm, area, base_uri, dict, root);
}

void __wrap_xps_parse_radial_gradient_brush(fz_context *ctx, xps_document *doc, fz_matrix ctm,
                                            fz_rect area, char *base_uri, xps_resource *dict,
                                            fz_xml *root)
{
    brush_measure(ctx, doc, ctm, area, dict, root, rings, XPS_GRADIENTS_MAX);
    __real_xps_parse_radial_gradient_brush(ctx, doc, ctm, area, base_uri, dict, root);
}

void __wrap_xps_parse_visual_brush(fz_context *ctx, xps_document *doc, fz_matrix ctm, fz_rect area,
                                   char *base_uri, xps_resource *dict, fz_xml *root)
{
    inside = depth ? inside + 1 : 0;
    if (depth >= XPS_BRUSH_DEPTH_MAX || inside > XPS_BRUSHES_MAX)
        return;
    depth++;
    fz_try(ctx)
    {
        brush_measure(ctx, doc, ctm, area, dict, root, tiles, XPS_TILES_MAX);
        __real_xps_parse_visual_brush(ctx, doc, ctm, area, base_uri, dict, root);
    }
    fz_always(ctx)
    {
        depth--;
    }
    fz_catch(ctx)
    {
        fz_rethrow(ctx);
    }
}
