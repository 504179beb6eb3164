#include "crypt/keys.h"

#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>

int crypt_start(struct err *err)
{
    struct rlimit none = {0, 0};

    if (sodium_init() < 0)
        return err_set(err, ERR_INTERNAL, "the cryptographic library libsodium does not start");
    /* Neither a core file nor another process of this user may see the keys. */
    if (prctl(PR_SET_DUMPABLE, 0) || setrlimit(RLIMIT_CORE, &none))
        return err_set(err, ERR_INTERNAL, "this system does not let sanad forbid core dumps");
    return 0;
}
