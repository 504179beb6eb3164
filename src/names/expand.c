/* name:"..." in a query, widened to the spellings of the entity it means. */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "names/link.h"
#include "names/spelling.h"
#include "names/tables.h"

enum {
    MEANT_MIN = 500,    /* thousandths: a name in the case that may be the one sought */
    LOOKED_UP_MAX = 20, /* names that are looked at for it */
    ASKED_MAX = 1024,
};

static const char prefix[] = "name:";

struct expanding {
    struct sanad_case *kase;
    struct names_model *model; /* read when it is needed first */
    struct linker *linker;
    struct buf *out;
    struct used_names *used;
    struct err *err;
};

/* What stands behind name:, without its quotation marks. */
struct asked {
    const char *text;
    size_t len;
    const char *end; /* in the query */
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Quotation marks that open and close a phrase in the query language. */
static const struct {
    const char *open, *close;
} quotes[] = {{"\"", "\""}, {"\xE2\x80\x9C", "\xE2\x80\x9D"}, {"\xC2\xAB", "\xC2\xBB"}};

static bool read_asked(const char *at, struct asked *ret_asked)
{
    for (size_t i = 0; i < ARRAY_LEN(quotes); i++) {
        size_t open = strlen(quotes[i].open);
        if (strncmp(at, quotes[i].open, open) != 0)
            continue;
        const char *close = strstr(at + open, quotes[i].close);
        if (!close)
            return false;
        *ret_asked =
            (struct asked){at + open, (size_t)(close - at) - open, close + strlen(quotes[i].close)};
        char after = *ret_asked->end;
        return ret_asked->len > 0 && ret_asked->len < ASKED_MAX && after != '*' && after != '~';
    }
    size_t len = strcspn(at, " \t\r\n()|\"*~");
    *ret_asked = (struct asked){at, len, at + len};
    return len > 0 && len < ASKED_MAX && at[len] != '*' && at[len] != '~';
}

/* ---- who is meant ---- */

static int take_shown(void *ctx, const struct entity *entity)
{
    char **shown = ctx;

    free(*shown);
    *shown = mem_strdup(entity->shown);
    return 0;
}

static int add_other(struct expanding *e, struct used_name *used, int64_t entity)
{
    if (entity == used->entity || used->other_count == USED_OTHERS_MAX)
        return 0;
    for (size_t i = 0; i < used->other_count; i++)
        if (used->others[i].id == entity)
            return 0;
    used->others[used->other_count].id = entity;
    return entity_one(e->kase, entity, take_shown, &used->others[used->other_count++].shown,
                      e->err);
}

/* The entity that has just this spelling, else the one whose names are likeliest to be meant; the
 * next ones are told. */
static int find_meant(struct expanding *e, struct used_name *used)
{
    struct looked_up found[LOOKED_UP_MAX];
    struct err unknown = {0};
    int rc = entity_meant(e->kase, used->asked, &used->entity, &unknown);

    if (rc && rc != ERR_NOT_FOUND)
        return err_set(e->err, rc, "%s", unknown.message);
    if (used->asked[0] == '#')
        return 0;
    if (!e->linker) {
        e->model = names_model_new();
        e->linker = linker_new(e->model, case_db(e->kase));
    }
    int count = link_lookup(e->linker, used->asked, found, LOOKED_UP_MAX, e->err);
    if (count < 0)
        return count;
    rc = 0;
    for (int i = 0; i < count && !rc && found[i].probability >= MEANT_MIN; i++) {
        if (!used->entity)
            used->entity = found[i].entity;
        rc = add_other(e, used, found[i].entity);
    }
    return rc;
}

/* ---- its spellings ---- */

struct spelling_list {
    struct used_name *used;
    const char *off; /* the spellings that are switched off, with ";-" before each */
    struct buf *out;
};

static bool is_off(const char *off, const char *spelling)
{
    char one[SPELLING_BYTES_MAX];

    for (const char *at = strchr(off, ';'); at; at = strchr(at + 1, ';')) {
        const char *from = at + 1;
        size_t len = strcspn(from, ";");
        while (len && is_space(*from))
            from++, len--;
        if (len && *from == '-' && spelling_of(MENTION_ORGANISATION, from + 1, len - 1, one) &&
            !strcmp(one, spelling))
            return true;
    }
    return false;
}

/* Any mention of the spelling is found, so those of all count. */
static int take_spelling(void *ctx, const struct name_row *spelling)
{
    struct spelling_list *list = ctx;
    struct used_name *used = list->used;

    if (used->count == USED_SPELLINGS_MAX) {
        used->left_out++;
        return 0;
    }
    bool off = is_off(list->off, spelling->spelling);
    used->spellings[used->count].shown = mem_strdup(spelling->shown);
    used->spellings[used->count].mentions = spelling->mentions;
    used->spellings[used->count++].off = off;
    if (!off && (!strchr(spelling->spelling, '"')))
        (void)buf_printf(list->out, " OR \"%s\"", spelling->spelling);
    return 0;
}

/* A quote would end what is quoted. */
static void without_quotes(char *text)
{
    for (char *quote = text; (quote = strchr(quote, '"'));)
        *quote = ' ';
}

/* Writes (name:"X" OR "spelling" OR ...): what was asked stays, for files may be called so. */
static int write_meant(struct expanding *e, struct used_name *used, const char *off)
{
    struct spelling_list list = {used, off, e->out};
    int rc = entity_one(e->kase, used->entity, take_shown, &used->shown, e->err);

    if (rc)
        return rc;
    CLEANUP(cleanup_free)
    char *file = mem_strdup(used->asked[0] == '#' ? used->shown : used->asked);
    without_quotes(file);
    (void)buf_printf(e->out, "(name:\"%s\"", file);
    rc = names_of_entity(case_db(e->kase), used->entity, take_spelling, &list, e->err);
    (void)buf_append_char(e->out, ')');
    return rc;
}

static int expand_one(struct expanding *e, const struct asked *asked)
{
    struct used_name *used = &e->used->names[e->used->count++];
    size_t len = 0;

    while (len < asked->len && asked->text[len] != ';')
        len++;
    CLEANUP(cleanup_free) char *off = mem_strndup(asked->text + len, asked->len - len);
    used->asked = mem_strndup(asked->text, len);
    without_quotes(used->asked);
    int rc = find_meant(e, used);
    if (rc)
        return rc;
    if (used->entity)
        return write_meant(e, used, off);
    /* what nothing was tagged as may stand in a text all the same; a word alone is a file's */
    if (strpbrk(used->asked, " \t"))
        (void)buf_printf(e->out, "(name:\"%s\" OR \"%s\")", used->asked, used->asked);
    else
        (void)buf_printf(e->out, "name:\"%s\"", used->asked);
    return 0;
}

/* Whether name: begins here: not inside a word. */
static bool begins(const char *query, const char *at)
{
    bool starts = at == query || is_space(at[-1]) || strchr("(-|", at[-1]);

    return starts && !strncmp(at, prefix, sizeof(prefix) - 1);
}

int names_expand(struct sanad_case *kase, const char *query, struct buf *ret_query,
                 struct used_names *ret_used, struct err *err)
{
    struct expanding e = {.kase = kase, .out = ret_query, .used = ret_used, .err = err};
    bool ready = tables_are_there(case_db(kase));
    bool quoted = false;
    int rc = 0;

    *ret_used = (struct used_names){0};
    for (const char *at = query; *at && !rc;) {
        struct asked asked;
        if (ready && !quoted && ret_used->count < USED_MAX && begins(query, at) &&
            read_asked(at + sizeof(prefix) - 1, &asked)) {
            rc = expand_one(&e, &asked);
            at = asked.end;
            continue;
        }
        quoted ^= *at == '"';
        (void)buf_append_char(ret_query, *at++);
    }
    linker_free(e.linker);
    names_model_free(e.model);
    if (!rc && ret_query->full)
        rc = err_set(err, ERR_LIMIT, "the query is too long with all spellings of its names");
    return rc;
}

void used_names_release(struct used_names *used)
{
    for (size_t i = 0; i < used->count; i++) {
        struct used_name *name = &used->names[i];
        free(name->asked);
        free(name->shown);
        for (size_t k = 0; k < name->count; k++)
            free(name->spellings[k].shown);
        for (size_t k = 0; k < name->other_count; k++)
            free(name->others[k].shown);
    }
    *used = (struct used_names){0};
}
