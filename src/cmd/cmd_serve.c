#include <stdio.h>

#include "cmd/command.h"
#include "ingest/render.h"
#include "web/serve.h"

static void on_ready(void *ctx, const char *address)
{
    (void)ctx;
    printf("The reading room is open:\n\n  %s\n\n"
           "The address works once, for one browser on this machine. Ctrl-C closes the room.\n",
           address);
    fflush(stdout);
}

/* As --langs takes them. */
static int read_langs(const char *given, char *out, size_t size, struct err *err)
{
    int rc = cmd_langs(given[0] ? given : "eng,fas,ara", out, size, err);

    return rc || !given[0] ? rc : cmd_langs_check(out, err);
}

int cmd_serve(struct cmd *cmd, struct err *err)
{
    const char *listen = cmd_option(cmd, "listen");
    struct web_options options = {.listen = listen ? listen : "127.0.0.1:7766",
                                  .who = cmd_author(cmd),
                                  .allow_remote = cmd_has(cmd, "allow-remote"),
                                  .derivers = command_derivers,
                                  .read_langs = read_langs,
                                  .render = render_service_new(),
                                  .ready = on_ready};
    int rc = web_serve(cmd->kase, &options, err);

    render_service_free(options.render);
    return rc;
}
