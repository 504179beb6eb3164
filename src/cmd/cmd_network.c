#include "cmd/command.h"
#include "cmd/terminal.h"
#include "web/network_out.h"

enum {
    OUT_MAX = 64 << 20,
    NAMES_DEFAULT = 100,
    EACH_MAX = 1000,
    EACH_DEFAULT = 50,
    LEAST_MAX = 1000000,
};

static int read_query(struct cmd *cmd, int64_t *centre, struct network_query *query,
                      struct err *err)
{
    const char *given = cmd_option(cmd, "name");
    const char *kinds = cmd_option(cmd, "kind");
    int rc = network_kinds_read(kinds ? kinds : "", query->kinds, err);

    if (!rc)
        rc = cmd_number(cmd, "names", 1, given ? EACH_MAX : NETWORK_NAMES_MAX,
                        given ? EACH_DEFAULT : NAMES_DEFAULT, &query->names, err);
    if (!rc)
        rc = cmd_number(cmd, "least", 1, LEAST_MAX, 1, &query->least, err);
    if (!rc)
        rc = cmd_day(cmd, "from", true, &query->has_first, &query->first, err);
    if (!rc)
        rc = cmd_day(cmd, "to", false, &query->has_last, &query->last, err);
    query->around = query->names;
    if (rc || !given)
        return rc;
    rc = names_ready(cmd->kase, err);
    query->centres = centre;
    query->centre_count = 1;
    return rc ? rc : entity_meant(cmd->kase, given, centre, err);
}

static void put_json(struct buf *out, const struct network *network)
{
    struct json_writer json;

    json_start(&json, out);
    json_open_object(&json, NULL);
    json_put_int(&json, "v", 1);
    network_members_put(&json, network);
    json_close_object(&json);
    json_end_line(&json);
}

/* For people: a line a tie, with tabs between. */
static void print_lines(const struct network *network)
{
    char names[COUNTED_MAX];
    char ties[COUNTED_MAX];

    for (size_t i = 0; i < network->tie_count; i++) {
        const struct network_tie *tie = &network->ties[i];
        printf("%lld\t%lld\t", (long long)tie->passages, (long long)tie->documents);
        term_str(stdout, network->names[tie->a].shown);
        putchar('\t');
        term_str(stdout, network->names[tie->b].shown);
        putchar('\n');
    }
    printf("%s%s, %s", network->tie_count ? "\n" : "",
           term_counted((int64_t)network->name_count, "name", "names", names),
           term_counted((int64_t)network->tie_count, "tie", "ties", ties));
    if (network->names_left_out)
        printf("; %s less often named or tied; --names shows more",
               term_counted(network->names_left_out, "name is", "names are", names));
    putchar('\n');
    if (network->ties_left_out)
        printf("%s left out: the lightest; --least leaves out more\n",
               term_counted(network->ties_left_out, "tie is", "ties are", ties));
    if (network->capped)
        printf("the case names more than is looked at: only the first %s count\n",
               term_counted(network->mentions, "mention", "mentions", names));
}

static void print(struct cmd *cmd, const struct network *network)
{
    struct buf out;

    buf_init(&out, OUT_MAX);
    if (cmd_has(cmd, "json"))
        put_json(&out, network);
    else if (cmd_has(cmd, "csv"))
        network_put_csv(&out, network);
    else if (cmd_has(cmd, "graphml"))
        network_put_graphml(&out, network);
    else
        print_lines(network);
    term_flush(&out);
    buf_release(&out);
}

int cmd_network(struct cmd *cmd, struct err *err)
{
    struct network_query query = {0};
    struct network network;
    int64_t centre = 0;

    if (cmd_has(cmd, "json") + cmd_has(cmd, "csv") + cmd_has(cmd, "graphml") > 1)
        return err_set(err, ERR_USAGE, "--json, --csv and --graphml are three forms; take one");
    int rc = read_query(cmd, &centre, &query, err);
    if (!rc)
        rc = network_find(cmd->kase, &query, &network, err);
    if (rc)
        return rc;
    print(cmd, &network);
    network_release(&network);
    return 0;
}
