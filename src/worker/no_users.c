/*
 * Nobody is known here. DjVuLibre looks for its messages in the home of whoever runs it, and asking
 * who that is opens a socket to the name service, which the sandbox takes for an attack.
 */
#include <pwd.h>
#include <stddef.h>

struct passwd *getpwuid(uid_t uid)
{
    (void)uid;
    return NULL;
}

struct passwd *getpwnam(const char *name)
{
    (void)name;
    return NULL;
}
