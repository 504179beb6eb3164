#include "cmd/command.h"
#include "cmd/terminal.h"
#include "store/page.h"

/* Text goes out as it is stored, control characters and all that were dropped when it was read: it
 * is for other programs as much as for people. */

struct printing {
    uint32_t only; /* page number, or 0 for all */
    bool all;      /* with the rest of a web page */
    bool found;
    bool paged; /* a page with a form feed owed before the next */
};

static int print_page(void *ctx, const struct page *page)
{
    struct printing *printing = ctx;

    if (printing->only && page->head.number != printing->only)
        return 0;
    if (printing->paged)
        putchar('\f');
    printing->found = true;
    printing->paged = page->head.method != PAGE_FLOW && !printing->only;
    fwrite(page->text, 1, page->text_len, stdout);
    if (printing->all && page->rest_len) {
        putchar('\n');
        fwrite(page->rest, 1, page->rest_len, stdout);
    }
    return ferror(stdout) ? ERR_IO : 0;
}

static int no_row(void *ctx, const struct ledger_row *row)
{
    (void)ctx;
    (void)row;
    return 0;
}

int cmd_text(struct cmd *cmd, struct err *err)
{
    struct printing printing = {.all = cmd_has(cmd, "all")};
    int64_t item;
    int64_t only;
    int rc = cmd_item(cmd, 0, &item, err);

    if (!rc)
        rc = cmd_number(cmd, "page", 1, 1 << 20, 0, &only, err);
    if (!rc)
        rc = ledger_one(cmd->kase, item, no_row, NULL, err);
    if (rc)
        return rc;
    printing.only = (uint32_t)only;
    rc = page_each(cmd->kase, item, print_page, &printing, err);
    if (!rc && only && !printing.found)
        rc = err_set(err, ERR_NOT_FOUND, "item %lld has no page %lld", (long long)item,
                     (long long)only);
    return rc;
}
