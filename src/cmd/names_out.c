#include "cmd/names_out.h"

#include <stdio.h>

#include "base/clock.h"
#include "cmd/terminal.h"

void entity_open_json(struct json_writer *json, const struct entity *entity)
{
    json_open_object(json, NULL);
    json_put_int(json, "v", 1);
    json_put_int(json, "id", entity->id);
    json_put_str(json, "kind", mention_kind_word(entity->kind));
    json_put_str(json, "name", entity->shown);
    json_put_int(json, "documents", entity->documents);
    json_put_int(json, "mentions", entity->mentions);
}

void entity_put_json(struct json_writer *json, const struct entity *entity)
{
    entity_open_json(json, entity);
    json_put_int(json, "spellings", entity->spellings);
    json_close_object(json);
}

void decision_put_json(struct json_writer *json, const struct decision *decision)
{
    char at[32];

    clock_format(decision->at, at);
    json_open_object(json, NULL);
    json_put_int(json, "decision", decision->id);
    json_put_str(json, "verdict", verdict_word(decision->verdict));
    if (decision->verdict == VERDICT_UNDO) {
        json_put_int(json, "undoes", decision->undoes);
    } else {
        json_put_str(json, "a", decision->a);
        json_put_str(json, "b", decision->b);
    }
    json_put_str(json, "at", at);
    json_put_str(json, "by", decision->who);
    json_put_str(json, "why", decision->why);
    if (decision->undone_by)
        json_put_int(json, "undone_by", decision->undone_by);
    json_close_object(json);
}

void decision_print(const struct decision *decision)
{
    char at[32];

    clock_format(decision->at, at);
    printf("%lld\t%s\t%s\t", (long long)decision->id, at, verdict_word(decision->verdict));
    term_str(stdout, decision->who);
    if (decision->verdict == VERDICT_UNDO) {
        printf("\tdecision %lld", (long long)decision->undoes);
    } else {
        putchar('\t');
        term_str(stdout, decision->a);
        printf(" / ");
        term_str(stdout, decision->b);
    }
    putchar('\t');
    term_str(stdout, decision->why);
    if (decision->undone_by)
        printf("\ttaken back by %lld", (long long)decision->undone_by);
    putchar('\n');
}

/* ---- names of a query ---- */

static void print_used(const struct used_name *name)
{
    const char *mark = "";

    if (!name->entity) {
        printf("nobody is named \"");
        term_str(stdout, name->asked);
        puts("\" here; see sanad names");
        return;
    }
    printf("%lld  ", (long long)name->entity);
    term_str(stdout, name->shown);
    printf(": ");
    for (size_t i = 0; i < name->count; i++) {
        printf("%s%s", mark, name->spellings[i].off ? "without " : "");
        term_str(stdout, name->spellings[i].shown);
        printf(" (%lld)", (long long)name->spellings[i].mentions);
        mark = "; ";
    }
    if (name->left_out)
        printf("; %lld more spellings were not searched", (long long)name->left_out);
    if (name->count > 1) {
        printf("\n   to leave one out: name:\"");
        term_str(stdout, name->asked);
        printf(";-SPELLING\"");
    }
    putchar('\n');
    if (!name->other_count)
        return;
    printf("   not searched, but perhaps meant:");
    for (size_t i = 0; i < name->other_count; i++) {
        printf("%s name:\"#%lld\" ", i ? "," : "", (long long)name->others[i].id);
        term_str(stdout, name->others[i].shown);
    }
    putchar('\n');
}

void used_names_print(const struct used_names *used)
{
    for (size_t i = 0; i < used->count; i++)
        print_used(&used->names[i]);
    if (used->count)
        putchar('\n');
}

static void put_used(struct json_writer *json, const struct used_name *name)
{
    json_open_object(json, NULL);
    json_put_str(json, "asked", name->asked);
    if (name->entity) {
        json_put_int(json, "id", name->entity);
        json_put_str(json, "name", name->shown);
    }
    json_open_array(json, "spellings");
    for (size_t i = 0; i < name->count; i++) {
        json_open_object(json, NULL);
        json_put_str(json, "spelling", name->spellings[i].shown);
        json_put_int(json, "mentions", name->spellings[i].mentions);
        json_put_bool(json, "used", !name->spellings[i].off);
        json_close_object(json);
    }
    json_close_array(json);
    if (name->left_out)
        json_put_int(json, "left_out", name->left_out);
    json_open_array(json, "others");
    for (size_t i = 0; i < name->other_count; i++) {
        json_open_object(json, NULL);
        json_put_int(json, "id", name->others[i].id);
        json_put_str(json, "name", name->others[i].shown);
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
}

void used_names_put_json(struct json_writer *json, const struct used_names *used)
{
    json_open_array(json, "names");
    for (size_t i = 0; i < used->count; i++)
        put_used(json, &used->names[i]);
    json_close_array(json);
}
