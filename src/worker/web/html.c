#include "worker/web/html.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "worker/plain/charset.h"
#include "worker/web/html_data.h"
#include "worker/web/html_main.h"
#include "worker/web/html_render.h"
#include "worker/web/html_stories.h"
#include "worker/web/html_tree.h"

enum { PRESCAN_BYTES = 4096 };

/* The declaration of a page, looked for in its first bytes as browsers do (HTML Standard,
 * 13.2.3.2, without its tokeniser): charset=NAME inside a tag. */
void html_declared_charset(const char *data, size_t len, char out[HTML_CHARSET_MAX])
{
    char head[PRESCAN_BYTES + 1];
    size_t n = 0;

    len = len < PRESCAN_BYTES ? len : PRESCAN_BYTES;
    for (size_t i = 0; i < len; i++)
        head[i] = data[i] ? data[i] : ' ';
    head[len] = '\0';
    out[0] = '\0';
    const char *at = strcasestr(head, "charset");
    const char *xml = strcasestr(head, "encoding=");
    if (!at && xml && xml < head + 100)
        at = xml + 1; /* "encoding" has the length of "charset" and one */
    if (!at)
        return;
    at += strlen("charset");
    at += strspn(at, " \t\r\n=\"'");
    while (n < HTML_CHARSET_MAX - 1 && at[n] && !strchr(" \t\r\n\"'/>;", at[n])) {
        out[n] = at[n];
        n++;
    }
    out[n] = '\0';
}

/* The page as UTF-8 without the zeros that end libxml2's reading. */
static void to_utf8(const char *data, size_t len, const char *around, struct emit *emit,
                    struct buf *out)
{
    char declared[HTML_CHARSET_MAX];
    const char *found = charset_detect(data, len);

    html_declared_charset(data, len, declared);
    const char *known = charset_known(around);
    if (!known)
        known = charset_known(declared);
    if (found && strncmp(found, "UTF", 3) == 0)
        known = found;
    else if (!known || strncmp(known, "UTF", 3) == 0)
        known = found ? found : "windows-1252";
    emit_meta(emit, "charset", known);
    (void)charset_to_utf8(known, data, len, out);
    for (size_t i = 0; i < out->len; i++) {
        unsigned char c = (unsigned char)out->data[i];
        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
            out->data[i] = ' ';
    }
}

static const struct {
    const char *name, *key;
} FACTS[] = {
    {"article:published_time", "date"},
    {"ld:datepublished", "date"},
    {"datepublished", "date"},
    {"dc.date", "date"},
    {"dc.date.issued", "date"},
    {"dcterms.created", "date"},
    {"date", "date"},
    {"pubdate", "date"},
    {"publishdate", "date"},
    {"parsely-pub-date", "date"},
    {"sailthru.date", "date"},
    {"time", "date"},
    {"article:modified_time", "modified"},
    {"ld:datemodified", "modified"},
    {"datemodified", "modified"},
    {"last-modified", "modified"},
    {"og:title", "title"},
    {"ld:headline", "headline"},
    {"ld:author", "author"},
    {"author", "author"},
    {"dc.creator", "author"},
    {"article:author", "author"},
    {"description", "description"},
    {"og:description", "description"},
    {"keywords", "keywords"},
    {"news_keywords", "keywords"},
    {"generator", "producer"},
    {"lang", "language"},
    {"og:url", "url"},
    {"canonical", "url"},
};

/* One value a key, the most telling first; the order of FACTS is the order of trust. */
static void send_facts(const struct html_tree *tree, struct emit *emit)
{
    const char *sent[ARRAY_LEN(FACTS)] = {0};
    size_t count = 0;

    for (size_t i = 0; i < ARRAY_LEN(FACTS); i++) {
        bool known = tree->title.len && strcmp(FACTS[i].key, "title") == 0;
        for (size_t j = 0; j < count; j++)
            known |= strcmp(sent[j], FACTS[i].key) == 0;
        for (size_t j = 0; j < tree->fact_count && !known; j++) {
            const struct html_fact *fact = &tree->facts[j];
            if (strcmp(fact->name, FACTS[i].name) != 0 || fact->len == 0)
                continue;
            emit_meta_len(emit, FACTS[i].key, tree->text.data + fact->at, fact->len);
            sent[count++] = FACTS[i].key;
            known = true;
        }
    }
}

static void send_title(const struct html_tree *tree, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf title = {0};

    buf_init(&title, tree->title.len + 1);
    for (size_t i = 0; i < tree->title.len; i++) {
        char c = strchr("\t\n\r ", tree->title.data[i]) ? ' ' : tree->title.data[i];
        if (c != ' ' || (title.len && title.data[title.len - 1] != ' '))
            (void)buf_append_char(&title, c);
    }
    emit_meta_len(emit, "title", title.data, title.len);
}

static void send_text(const struct html_tree *tree, struct emit *emit)
{
    CLEANUP(cleanup_free) bool *story = mem_zalloc(tree->count, sizeof(*story));
    CLEANUP(cleanup_buf) struct buf main_text = {0};
    CLEANUP(cleanup_buf) struct buf rest = {0};
    bool found = html_main_find(tree, story);

    buf_init(&main_text, HTML_TEXT_MAX);
    buf_init(&rest, HTML_TEXT_MAX);
    html_render(tree, found ? story : NULL, &main_text, &rest);
    emit_flow(emit, TEXT_MAIN, main_text.data, main_text.len);
    emit_flow(emit, TEXT_REST, rest.data, rest.len);
    emit_flow_end(emit);
}

void html_emit(const char *data, size_t len, const char *declared, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf utf8 = {0};
    struct html_tree tree;

    buf_init(&utf8, (size_t)4 * HTML_BYTES_MAX);
    to_utf8(data, len < HTML_BYTES_MAX ? len : HTML_BYTES_MAX, declared, emit, &utf8);
    html_tree_parse(&tree, utf8.data, utf8.len);
    send_title(&tree, emit);
    send_facts(&tree, emit);
    if (!html_stories_emit(&tree, emit))
        send_text(&tree, emit);
    html_tree_release(&tree);
    html_data_emit(utf8.data, utf8.len, emit);
}

struct verdict html_read(const struct input *input, struct emit *emit)
{
    html_emit((const char *)input->data, input->len, "", emit);
    if (input->len > HTML_BYTES_MAX)
        return verdict_failed(REASON_LIMIT_SIZE, "only its first 64 MiB were read");
    return verdict_by_words(emit);
}

void html_text(const char *utf8, size_t len, struct buf *out)
{
    struct html_tree tree;

    html_tree_parse(&tree, utf8, len < HTML_BYTES_MAX ? len : HTML_BYTES_MAX);
    html_render(&tree, NULL, out, NULL);
    html_tree_release(&tree);
}
