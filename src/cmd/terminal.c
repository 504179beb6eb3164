#include "cmd/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "fmt/json.h"

enum { PLAIN_LINE_MS = 10000 };

/* Characters that a terminal obeys or that turn a name around. */
static bool is_harmful(uint32_t rune)
{
    return rune < 0x20 || (rune >= 0x7F && rune < 0xA0) || (rune >= 0x202A && rune <= 0x202E) ||
           (rune >= 0x2066 && rune <= 0x2069) || rune == 0x2028 || rune == 0x2029;
}

void term_text(FILE *out, const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint32_t rune;
        size_t step = utf8_decode(text + at, len - at, &rune);
        if (rune == '\n' || rune == '\t')
            fputc(' ', out);
        else if (is_harmful(rune) || rune == UTF8_REPLACEMENT)
            fputs("\xEF\xBF\xBD", out);
        else
            fwrite(text + at, 1, step, out);
        at += step;
    }
}

void term_str(FILE *out, const char *text)
{
    term_text(out, text, strlen(text));
}

static bool has_rtl(const char *text)
{
    for (size_t at = 0, len = strlen(text); at < len;) {
        uint32_t rune;
        at += utf8_decode(text + at, len - at, &rune);
        if ((rune >= 0x590 && rune <= 0x8FF) || (rune >= 0xFB1D && rune <= 0xFEFC))
            return true;
    }
    return false;
}

void term_gap(FILE *out, const char *name)
{
    fputs("  ", out);
    if (isatty(fileno(out)) && has_rtl(name))
        fputs("\xE2\x80\x8E", out); /* left-to-right mark */
}

void term_argument(FILE *out, const char *name)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-";

    if (name[0] && name[strspn(name, plain)] == '\0') {
        fputs(name, out);
        return;
    }
    fputc('\'', out);
    for (const char *at = name, *quote; *at; at = quote + 1) {
        quote = strchrnul(at, '\'');
        term_text(out, at, (size_t)(quote - at));
        if (!*quote)
            break;
        fputs("'\\''", out);
    }
    fputc('\'', out);
}

const char *term_counted(int64_t count, const char *one, const char *many, char out[COUNTED_MAX])
{
    char number[32];

    snprintf(out, COUNTED_MAX, "%s %s", term_count(count, number), count == 1 ? one : many);
    return out;
}

const char *term_count(int64_t count, char out[32])
{
    char digits[32];
    size_t len = (size_t)snprintf(digits, sizeof(digits), "%lld", (long long)count);
    size_t at = 0;

    for (size_t i = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0 && digits[i - 1] != '-')
            out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
    return out;
}

const char *term_bytes(int64_t bytes, char out[32])
{
    static const char *const units[] = {"kB", "MB", "GB", "TB"};
    double value = (double)bytes / 1000;
    size_t unit = 0;

    if (bytes < 1000) {
        snprintf(out, 32, "%lld bytes", (long long)bytes);
        return out;
    }
    while (value >= 1000 && unit + 1 < ARRAY_LEN(units)) {
        value /= 1000;
        unit++;
    }
    snprintf(out, 32, value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    return out;
}

const char *term_duration(int64_t ms, char out[32])
{
    int64_t seconds = (ms + 500) / 1000;

    if (ms < 10000)
        snprintf(out, 32, "%.1f s", (double)ms / 1000);
    else if (seconds < 60)
        snprintf(out, 32, "%lld s", (long long)seconds);
    else if (seconds < 3600)
        snprintf(out, 32, "%lld min %lld s", (long long)(seconds / 60), (long long)(seconds % 60));
    else
        snprintf(out, 32, "%lld h %lld min", (long long)(seconds / 3600),
                 (long long)(seconds % 3600 / 60));
    return out;
}

const char *term_estimate(int64_t ms, char out[32])
{
    long long minutes = (long long)((ms + 30000) / 60000);

    if (ms < 60000)
        snprintf(out, 32, "less than a minute");
    else if (minutes <= 10)
        snprintf(out, 32, "about %lld min", minutes);
    else if (minutes < 58)
        snprintf(out, 32, "about %lld min", (minutes + 2) / 5 * 5);
    else
        snprintf(out, 32, "about %lld h", (minutes + 30) / 60);
    return out;
}

bool term_colours(FILE *out)
{
    const char *term = getenv("TERM");

    return isatty(fileno(out)) && !getenv("NO_COLOR") && term && strcmp(term, "dumb") != 0;
}

void term_style(FILE *out, int style)
{
    if (term_colours(out))
        fprintf(out, "\033[%dm", style);
}

void term_flush(struct buf *buf)
{
    fwrite(buf->data, 1, buf->len, stdout);
    buf_clear(buf);
}

/* ---- progress ---- */

static void describe(const struct ingest_progress *state, char *out, size_t size)
{
    char a[32];
    char b[32];
    char d[32];
    char file[COUNTED_MAX];
    char items[COUNTED_MAX];
    char pages[COUNTED_MAX];
    double rate =
        state->elapsed_ms > 0 ? (double)state->items_read * 1000 / (double)state->elapsed_ms : 0;

    if (state->counting) {
        snprintf(out, size, "counting: %s, %s",
                 term_counted(state->files_total, "file", "files", file),
                 term_bytes(state->bytes_total, b));
        return;
    }
    int64_t known = state->items_new > state->items_read ? state->items_new : state->items_read;
    int64_t not_seen =
        state->files_total > state->files_taken ? state->files_total - state->files_taken : 0;
    int len = snprintf(out, size, "%s of %s%s, %s, %.*f/s", term_count(state->items_read, a),
                       not_seen ? "at least " : "",
                       term_counted(known + not_seen, "item", "items", items),
                       term_counted(state->pages, "page", "pages", pages), rate < 10 ? 1 : 0, rate);
    if (len > 0 && (size_t)len < size && state->left_ms >= 0)
        len +=
            snprintf(out + len, size - (size_t)len, ", %s left", term_estimate(state->left_ms, d));
    if (len > 0 && (size_t)len < size && state->failed)
        snprintf(out + len, size - (size_t)len, ", %s failed", term_count(state->failed, d));
}

static void show_json(const struct ingest_progress *state)
{
    CLEANUP(cleanup_buf) struct buf line = {0};
    struct json_writer json;

    buf_init(&line, 4096);
    json_start(&json, &line);
    json_open_object(&json, NULL);
    json_put_int(&json, "v", 1);
    json_put_str(&json, "event", state->counting ? "counting" : "progress");
    json_put_int(&json, "files", state->files_total);
    json_put_int(&json, "files_taken", state->files_taken);
    json_put_int(&json, "files_known", state->files_known);
    json_put_int(&json, "bytes", state->bytes_total);
    json_put_int(&json, "bytes_taken", state->bytes_taken);
    json_put_int(&json, "items_new", state->items_new);
    json_put_int(&json, "items_read", state->items_read);
    json_put_int(&json, "waiting", state->waiting);
    json_put_int(&json, "pages", state->pages);
    json_put_int(&json, "failed", state->failed);
    json_put_int(&json, "elapsed_ms", state->elapsed_ms);
    if (state->left_ms >= 0)
        json_put_int(&json, "left_ms", state->left_ms);
    else
        json_put_null(&json, "left_ms");
    json_close_object(&json);
    json_end_line(&json);
    term_flush(&line);
    fflush(stdout);
}

void term_progress_show(struct term_progress *progress, const struct ingest_progress *state)
{
    char text[256];

    if (progress->json) {
        show_json(state);
        return;
    }
    describe(state, text, sizeof(text));
    if (isatty(STDERR_FILENO)) {
        struct winsize window = {0};
        int width = ioctl(STDERR_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 1
                        ? window.ws_col - 1
                        : 79;
        fprintf(stderr, "\r%.*s\033[K", width, text);
        fflush(stderr);
        progress->line = true;
        return;
    }
    if (clock_ms() - progress->plain_ms >= PLAIN_LINE_MS) {
        if (progress->plain_ms)
            fprintf(stderr, "%s\n", text);
        progress->plain_ms = clock_ms();
    }
}

void term_progress_clear(struct term_progress *progress)
{
    if (progress->line)
        fputs("\r\033[K", stderr);
    progress->line = false;
}
