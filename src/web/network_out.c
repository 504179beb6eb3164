#include "web/network_out.h"

#include <inttypes.h>
#include <string.h>

#include "base/attr.h"
#include "fmt/csv.h"
#include "fmt/xml.h"

static void put_name(struct json_writer *json, const struct network_name *name)
{
    json_open_object(json, NULL);
    json_put_int(json, "id", name->id);
    json_put_str(json, "kind", mention_kind_word(name->kind));
    json_put_str(json, "name", name->shown);
    json_put_int(json, "documents", name->documents);
    json_put_int(json, "mentions", name->mentions);
    json_put_int(json, "ties", name->ties);
    json_put_int(json, "passages", name->passages);
    json_put_bool(json, "centre", name->centre);
    json_close_object(json);
}

void network_members_put(struct json_writer *json, const struct network *network)
{
    json_put_int(json, "within", NETWORK_NEAR);
    json_open_array(json, "names");
    for (size_t i = 0; i < network->name_count; i++)
        put_name(json, &network->names[i]);
    json_close_array(json);
    json_open_array(json, "ties");
    for (size_t i = 0; i < network->tie_count; i++) {
        const struct network_tie *tie = &network->ties[i];
        json_open_object(json, NULL);
        json_put_int(json, "a", network->names[tie->a].id);
        json_put_int(json, "b", network->names[tie->b].id);
        json_put_int(json, "passages", tie->passages);
        json_put_int(json, "documents", tie->documents);
        json_close_object(json);
    }
    json_close_array(json);
    json_put_int(json, "names_left_out", network->names_left_out);
    json_put_int(json, "ties_left_out", network->ties_left_out);
    json_put_int(json, "mentions", network->mentions);
    json_put_bool(json, "capped", network->capped);
}

void network_put_csv(struct buf *out, const struct network *network)
{
    static const char *const heads[] = {"a",      "a_kind", "a_id",     "b",
                                        "b_kind", "b_id",   "passages", "documents"};
    struct csv_writer csv;

    csv_start(&csv, out);
    for (size_t i = 0; i < ARRAY_LEN(heads); i++)
        csv_text(&csv, heads[i]);
    csv_end_row(&csv);
    for (size_t i = 0; i < network->tie_count; i++) {
        const struct network_tie *tie = &network->ties[i];
        const struct network_name *ends[] = {&network->names[tie->a], &network->names[tie->b]};
        for (size_t j = 0; j < ARRAY_LEN(ends); j++) {
            csv_text(&csv, ends[j]->shown);
            csv_text(&csv, mention_kind_word(ends[j]->kind));
            csv_int(&csv, ends[j]->id);
        }
        csv_int(&csv, tie->passages);
        csv_int(&csv, tie->documents);
        csv_end_row(&csv);
    }
}

static const char graphml_head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
    "<key id=\"name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n"
    "<key id=\"kind\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/>\n"
    "<key id=\"documents\" for=\"all\" attr.name=\"documents\" attr.type=\"long\"/>\n"
    "<key id=\"mentions\" for=\"node\" attr.name=\"mentions\" attr.type=\"long\"/>\n"
    "<key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n"
    "<key id=\"passages\" for=\"edge\" attr.name=\"passages\" attr.type=\"long\"/>\n"
    "<graph id=\"names\" edgedefault=\"undirected\">\n";

void network_put_graphml(struct buf *out, const struct network *network)
{
    buf_append_str(out, graphml_head);
    for (size_t i = 0; i < network->name_count; i++) {
        const struct network_name *name = &network->names[i];
        buf_printf(out, "<node id=\"n%" PRId64 "\"><data key=\"name\">", name->id);
        xml_text(out, name->shown);
        buf_printf(out,
                   "</data><data key=\"kind\">%s</data><data key=\"documents\">%" PRId64
                   "</data><data key=\"mentions\">%" PRId64 "</data></node>\n",
                   mention_kind_word(name->kind), name->documents, name->mentions);
    }
    for (size_t i = 0; i < network->tie_count; i++) {
        const struct network_tie *tie = &network->ties[i];
        buf_printf(out,
                   "<edge source=\"n%" PRId64 "\" target=\"n%" PRId64
                   "\"><data key=\"weight\">%" PRId64 "</data><data key=\"passages\">%" PRId64
                   "</data><data key=\"documents\">%" PRId64 "</data></edge>\n",
                   network->names[tie->a].id, network->names[tie->b].id, tie->passages,
                   tie->passages, tie->documents);
    }
    buf_append_str(out, "</graph>\n</graphml>\n");
}

int network_kinds_read(const char *words, bool ret_kinds[NETWORK_KINDS], struct err *err)
{
    for (int kind = 0; kind < NETWORK_KINDS; kind++)
        ret_kinds[kind] = words[0] == '\0';
    while (words[0] != '\0') {
        size_t len = strcspn(words, ",");
        int kind = 0;
        while (kind < NETWORK_KINDS &&
               (strlen(mention_kind_word((enum mention_kind)kind)) != len ||
                strncmp(mention_kind_word((enum mention_kind)kind), words, len) != 0))
            kind++;
        if (kind == NETWORK_KINDS)
            return err_set(err, ERR_USAGE,
                           "kinds are person, organisation and place, with commas between");
        ret_kinds[kind] = true;
        words += len + (words[len] == ',');
    }
    return 0;
}
