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

/* Why there is nothing to print, or where the text is: for the person, not in the output. */
static void explain(const struct ledger_row *row)
{
    long long item = (long long)row->item.id;
    const char *reason = reason_word(row->reason);

    fprintf(stderr, "sanad: item %lld ", item);
    if (row->outcome == OUTCOME_DUPLICATE)
        fprintf(stderr, "has the same bytes as item %lld; its text is there",
                (long long)row->duplicate_of);
    else if (row->outcome == OUTCOME_WAITING)
        fputs("is not read yet; run the same sanad add again", stderr);
    else if (row->reason == REASON_CONTAINER)
        fprintf(stderr, "has no text of its own; what is in it: sanad ledger CASE --parent %lld",
                item);
    else
        fprintf(stderr, "has no text (%s)%s%s; more: sanad show CASE %lld",
                outcome_word(row->outcome), reason ? ": " : "", reason ? reason : "", item);
    fputc('\n', stderr);
}

struct asked {
    struct sanad_case *kase;
    struct printing *printing;
    struct err *err;
};

static int print_item(void *ctx, const struct ledger_row *row)
{
    struct asked *asked = ctx;
    int rc = page_each(asked->kase, row->item.id, print_page, asked->printing, asked->err);

    if (!rc && !asked->printing->found && !asked->printing->only)
        explain(row);
    return rc;
}

int cmd_text(struct cmd *cmd, struct err *err)
{
    struct printing printing = {.all = cmd_has(cmd, "all")};
    struct asked asked = {.kase = cmd->kase, .printing = &printing, .err = err};
    int64_t item;
    int64_t only;
    int rc = cmd_item(cmd, 0, &item, err);

    if (!rc)
        rc = cmd_number(cmd, "page", 1, 1 << 20, 0, &only, err);
    if (rc)
        return rc;
    printing.only = (uint32_t)only;
    rc = ledger_one(cmd->kase, item, print_item, &asked, err);
    if (!rc && only && !printing.found)
        rc = err_set(err, ERR_NOT_FOUND, "item %lld has no page %lld", (long long)item,
                     (long long)only);
    return rc;
}
