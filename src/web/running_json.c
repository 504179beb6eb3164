#include "web/running_json.h"

#include "base/clock.h"

void running_put_json(struct json_writer *json, const char *key, const struct running *running)
{
    char started[32];

    if (running == NULL) {
        json_put_null(json, key);
        return;
    }
    clock_format(running->started, started);
    json_open_object(json, key);
    json_put_str(json, "what", running->adds ? "add" : "read");
    json_put_str(json, "started", started);
    json_put_int(json, "elapsed_ms", running->elapsed_ms);
    if (running->left_ms < 0)
        json_put_null(json, "left_ms");
    else
        json_put_int(json, "left_ms", running->left_ms);
    json_put_int(json, "files_total", running->files_total);
    json_put_int(json, "files_taken", running->files_taken);
    json_put_int(json, "items_read", running->items_read);
    json_put_int(json, "waiting", running->waiting);
    json_put_int(json, "pages", running->pages);
    json_put_int(json, "failed", running->failed);
    json_close_object(json);
}
