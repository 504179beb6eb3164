#include "worker/office/word_field.h"

#include <string.h>
#include <strings.h>

void word_field_address(const char *instruction, struct emit *emit)
{
    static const char *const kinds[] = {
        "HYPERLINK", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "IMPORT", "DDE", "DDEAUTO"};
    const char *at = instruction + strspn(instruction, " ");

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        size_t len = strlen(kinds[i]);
        if (strncasecmp(at, kinds[i], len) != 0 || at[len] != ' ')
            continue;
        at += len + strspn(at + len, " ");
        const char *end = *at == '"' ? strchr(at + 1, '"') : strchr(at, ' ');
        at += *at == '"';
        size_t n = end && end >= at ? (size_t)(end - at) : strlen(at);
        emit_flow(emit, TEXT_REST, at, n);
        emit_flow_str(emit, TEXT_REST, "\n");
        return;
    }
}

bool word_field_is_equation(const char *instruction)
{
    const char *at = instruction + strspn(instruction, " ");

    return strncasecmp(at, "EQ ", 3) == 0;
}
