#include "cmd/command.h"
#include "cmd/terminal.h"

int cmd_init(struct cmd *cmd, struct err *err)
{
    CLEANUP(cleanup_passphrase) struct passphrase *passphrase = NULL;
    int rc = cmd_passphrase(cmd, "New passphrase: ", true, &passphrase, err);

    if (!rc)
        rc = case_init(cmd->case_path, passphrase, err);
    if (rc)
        return rc;
    fputs("Made the case ", stdout);
    term_str(stdout, cmd->case_path);
    fputs(".\nKeep its passphrase safe: it cannot be recovered. A second one for a colleague:\n"
          "  sanad keys ",
          stdout);
    term_argument(stdout, cmd->case_path);
    fputs(" add\nNow take files in:\n  sanad add ", stdout);
    term_argument(stdout, cmd->case_path);
    puts(" FOLDER");
    return 0;
}
