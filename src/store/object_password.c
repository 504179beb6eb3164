#include "store/internal.h"
#include "store/object.h"

#include "store/db.h"

int object_password_put(struct sanad_case *kase, int64_t object, const char *password,
                        struct err *err)
{
    struct stmt *stmt =
        db_stmt(kase->db, "INSERT INTO opened VALUES (?, ?) ON CONFLICT (object) DO NOTHING", err);

    if (!stmt)
        return ERR_IO;
    stmt_bind_int(stmt, 1, object);
    stmt_bind_text(stmt, 2, password);
    return stmt_run(stmt, err);
}

int object_password(struct sanad_case *kase, int64_t object, struct password_list **ret_list,
                    struct err *err)
{
    struct err no_table = {0};
    struct stmt *stmt =
        db_stmt(kase->db, "SELECT password FROM opened WHERE object = ?", &no_table);

    *ret_list = NULL;
    if (!stmt) /* nobody has written to the case since passwords are kept */
        return 0;
    stmt_bind_int(stmt, 1, object);
    int rc = stmt_step(stmt, err);
    if (rc <= 0)
        return rc;
    rc = password_list_of(stmt_text(stmt, 0), ret_list, err);
    stmt_reset(stmt);
    return rc;
}
