#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "names/keys.h"
#include "rows.h"

/* A skeleton in a list; sorted, equal ones are neighbours. */
struct skeletons {
    size_t count, names;
    struct name_key *at;
};

static void count_name(struct skeletons *skeletons, const char *text)
{
    struct name name;

    name_parse(&name, text, strlen(text));
    skeletons->names++;
    for (size_t i = 0; i < name.count; i++) {
        struct name_key keys[SKELETONS_MAX];
        const struct token *token = &name.tokens[i];

        if ((token->kind != TOKEN_NAME && token->kind != TOKEN_WEAK) ||
            token_skeletons(token, keys) == 0 || !keys[0].text[0])
            continue;
        skeletons->at = mem_room(skeletons->at, skeletons->count, sizeof(*skeletons->at));
        skeletons->at[skeletons->count++] = keys[0];
    }
}

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct name_key *)a)->text, ((const struct name_key *)b)->text);
}

void train_rarity(const char *folder, FILE *out)
{
    static const struct {
        const char *path;
        size_t name, aliases; /* 0: none */
    } lists[] = {
        {"un_sc_list/entities.tsv", 3, 5},
        {"ofac_aliases/clusters.tsv", 3, 4},
        {"opensanctions_name_bench/negatives_global.tsv", 0, 0},
    };
    struct skeletons skeletons = {0};

    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        struct rows rows;
        rows_open(&rows, folder, lists[i].path, '\t');
        while (rows_next(&rows)) {
            char *alias = lists[i].aliases && lists[i].aliases < rows.count
                              ? rows.field[lists[i].aliases]
                              : NULL;
            count_name(&skeletons, rows.field[lists[i].name]);
            /* one alias more: an entity with forty spellings of Mohammed is one man
             */
            if (alias && *alias) {
                char *one = strsep(&alias, "|");
                count_name(&skeletons, strchr(one, ':') ? strchr(one, ':') + 1 : one);
            }
        }
        rows_close(&rows);
    }
    qsort(skeletons.at, skeletons.count, sizeof *skeletons.at, by_text);
    fprintf(out, "names %zu\n", skeletons.names);
    for (size_t i = 0, k; i < skeletons.count; i = k) {
        for (k = i; k < skeletons.count && !strcmp(skeletons.at[i].text, skeletons.at[k].text); k++)
            ;
        if (k - i >= 2 && strlen(skeletons.at[i].text) < KEY_BYTES_MAX / 2)
            fprintf(out, "df %s %zu\n", skeletons.at[i].text, k - i);
    }
    free(skeletons.at);
}
