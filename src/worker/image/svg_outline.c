#include "worker/image/svg_outline.h"

#include <string.h>

void svg_outline_mend(char *value)
{
    for (char *at = value; *at; at++)
        if (*at == '+' && (at == value || (at[-1] != 'e' && at[-1] != 'E')))
            *at = ' ';
}

void svg_points_mend(char *value)
{
    svg_outline_mend(value);
    value[strspn(value, "0123456789.+-eE, \t\r\n")] = '\0';
}
