#include "worker/office/word_field.h"

#include <string.h>
#include <strings.h>

#include "worker/office/remote.h"

/* The next word or quoted words; false at the end and at a switch ("\o"). */
static bool next_argument(const char **at, const char **ret, size_t *ret_len)
{
    *at += strspn(*at, " ");
    if (!**at || ((*at)[0] == '\\' && (*at)[1] != '\\'))
        return false;
    bool quoted = **at == '"';
    *at += quoted;
    *ret = *at;
    *ret_len = strcspn(*at, quoted ? "\"" : " ");
    *at += *ret_len;
    *at += **at == '"';
    return true;
}

void word_field_address(const char *instruction, struct emit *emit)
{
    static const struct {
        const char *name;
        bool fetches;
    } kinds[] = {{"HYPERLINK", false}, {"INCLUDEPICTURE", true}, {"INCLUDETEXT", true},
                 {"IMPORT", true},     {"LINK", true},           {"DDE", true},
                 {"DDEAUTO", true}};
    const char *at = instruction + strspn(instruction, " ");
    const char *argument;
    size_t len;

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        len = strlen(kinds[i].name);
        if (strncasecmp(at, kinds[i].name, len) != 0 || at[len] != ' ')
            continue;
        at += len;
        while (next_argument(&at, &argument, &len)) {
            emit_flow(emit, TEXT_REST, argument, len);
            emit_flow_str(emit, TEXT_REST, "\n");
            if (kinds[i].fetches)
                remote_tell(emit, kinds[i].name, argument, len);
        }
        return;
    }
}

bool word_field_is_equation(const char *instruction)
{
    const char *at = instruction + strspn(instruction, " ");

    return strncasecmp(at, "EQ ", 3) == 0;
}
