#include "web/facets_json.h"

void facets_put(struct json_writer *json, const char *key, const struct facet facets[FACETS])
{
    json_open_object(json, key);
    for (size_t i = 0; i < FACETS; i++) {
        const struct facet *facet = &facets[i];
        if (facet->name == NULL)
            continue;
        json_open_array(json, facet->name);
        for (size_t j = 0; j < facet->count; j++) {
            json_open_object(json, NULL);
            json_put_str(json, "value", facet->values[j].value);
            json_put_int(json, "items", facet->values[j].count);
            json_close_object(json);
        }
        json_close_array(json);
    }
    json_close_object(json);
}
