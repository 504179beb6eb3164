#include "cmd/filter.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/io.h"
#include "cmd/terminal.h"

enum {
    INPUT_MAX = 1 << 30,
    READ_STEP = 1 << 16,
    FLUSH_AT = 1 << 16,
};

int filter_start(struct cmd *cmd, struct filter *filter, struct err *err)
{
    filter->json = cmd_has(cmd, "json");
    buf_init(&filter->text, INPUT_MAX);
    buf_init(&filter->out, 2 * FLUSH_AT);
    for (;;) {
        char *room = buf_reserve(&filter->text, READ_STEP);
        if (!room)
            return err_set(err, ERR_LIMIT, "the text is longer than 1 GiB; give it in parts");
        ssize_t got = io_read(STDIN_FILENO, room, READ_STEP);
        if (got < 0)
            return err_set(err, ERR_IO, "standard input cannot be read: %s", strerror(errno));
        filter->text.len += (size_t)got;
        if (got < READ_STEP)
            return 0;
    }
}

void filter_json_open(struct filter *filter, struct json_writer *json, size_t start, size_t end)
{
    json_start(json, &filter->out);
    json_open_object(json, NULL);
    json_put_int(json, "v", 1);
    json_put_int(json, "start", (int64_t)start);
    json_put_int(json, "end", (int64_t)end);
}

void filter_json_close(struct filter *filter, struct json_writer *json, size_t start, size_t end)
{
    json_put_str_len(json, "text", filter->text.data + start, end - start);
    json_close_object(json);
    json_end_line(json);
}

void filter_end_line(struct filter *filter, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        char c = filter->text.data[i];
        buf_append_char(&filter->out, (unsigned char)c < ' ' ? ' ' : c);
    }
    buf_append_char(&filter->out, '\n');
}

void filter_flush_much(struct filter *filter)
{
    if (filter->out.len >= FLUSH_AT)
        term_flush(&filter->out);
}

void filter_finish(struct filter *filter)
{
    term_flush(&filter->out);
    buf_release(&filter->out);
    buf_release(&filter->text);
}
