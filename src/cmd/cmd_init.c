#include "cmd/command.h"
#include "cmd/terminal.h"

int cmd_init(struct cmd *cmd, struct err *err)
{
    CLEANUP(cleanup_passphrase) struct passphrase *passphrase = NULL;
    int rc = cmd_passphrase(cmd, "New passphrase: ", true, &passphrase, err);

    if (!rc)
        rc = case_init(cmd->args[0], passphrase, err);
    if (rc)
        return rc;
    fputs("Made the case ", stdout);
    term_str(stdout, cmd->args[0]);
    fputs(".\nKeep its passphrase safe: it cannot be recovered. A second one for a colleague:\n"
          "  sanad keys ",
          stdout);
    term_argument(stdout, cmd->args[0]);
    fputs(" add\nNow take files in:\n  sanad add ", stdout);
    term_argument(stdout, cmd->args[0]);
    puts(" FOLDER");
    return 0;
}
