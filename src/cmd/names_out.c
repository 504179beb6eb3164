#include "cmd/names_out.h"

#include <stdio.h>

#include "base/clock.h"
#include "cmd/terminal.h"
#include "web/names_json.h"

void entity_open_json(struct json_writer *json, const struct entity *entity)
{
    json_open_object(json, NULL);
    json_put_int(json, "v", 1);
    entity_brief_put(json, entity);
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
        if (decision->b[0])
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
