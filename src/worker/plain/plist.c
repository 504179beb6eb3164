#include "worker/plain/plist.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/bytes.h"
#include "base/clock.h"
#include "worker/plain/plist_tree.h"
#include "worker/sniff/sniff.h"
#include "worker/web/html.h"

enum { SHOWN_DATA = 32, NAME_SPACE = 256 };

static void send_child(const char *name, const char *mime, const struct plist_node *data,
                       struct emit *emit)
{
    if (emit->stop)
        return;
    emit_child(emit, name, strlen(name), mime, INT64_MIN);
    emit_child_data(emit, data->bytes, data->len);
    emit_child_end(emit, REASON_NONE, "");
}

/* ---- values as lines ---- */

/* A few bytes that are no file are said, all else is a file of its own. */
static bool is_shown(const struct plist_node *node)
{
    return node->len <= SHOWN_DATA && !sniff_magic((const unsigned char *)node->bytes, node->len);
}

static void put_value(const struct plist_node *node, struct emit *emit)
{
    char text[2 * SHOWN_DATA + 1];

    if (node->type == PLIST_DATE) {
        clock_format(node->seconds, text);
        emit_flow_str(emit, TEXT_MAIN, text[0] ? text : node->bytes);
    } else if (node->type == PLIST_TEXT) {
        emit_flow(emit, TEXT_MAIN, node->bytes, node->len);
    } else if (is_shown(node)) {
        hex_encode(node->bytes, node->len, text);
        emit_flow_str(emit, TEXT_MAIN, text);
    } else {
        snprintf(text, sizeof(text), "%zu bytes", node->len);
        emit_flow_str(emit, TEXT_MAIN, text);
    }
}

static void put_lines(const struct plist_node *node, unsigned depth, struct emit *emit)
{
    static const char SPACES[] = "                ";
    size_t indent = depth < sizeof(SPACES) / 2 ? (size_t)2 * depth : sizeof(SPACES) - 1;
    bool many = node->type == PLIST_ARRAY || node->type == PLIST_DICT;

    if (emit->stop)
        return;
    if (node->key || !many)
        emit_flow(emit, TEXT_MAIN, SPACES, indent);
    if (node->key) {
        emit_flow_str(emit, TEXT_MAIN, node->key);
        emit_flow_str(emit, TEXT_MAIN, many ? ":" : ": ");
    }
    if (!many)
        put_value(node, emit);
    if (node->key || !many)
        emit_flow_str(emit, TEXT_MAIN, "\n");
    for (const struct plist_node *child = node->first; child; child = child->next)
        put_lines(child, node->key ? depth + 1 : depth, emit);
}

/* Data as children, after all text: named by the nearest key. */
static void send_data(const struct plist_node *node, const char *key, struct emit *emit)
{
    char name[NAME_SPACE];

    key = node->key && node->key[0] ? node->key : key;
    if (node->type == PLIST_DATA && !is_shown(node)) {
        snprintf(name, sizeof(name), "%s-%u", key, emit->children + 1);
        send_child(name, "", node, emit);
    }
    for (const struct plist_node *child = node->first; child && !emit->stop; child = child->next)
        send_data(child, key, emit);
}

/* ---- saved web pages ---- */

static const char *text_of(const struct plist_node *dict, const char *key)
{
    const struct plist_node *node = plist_get(dict, key);

    return node && node->type == PLIST_TEXT ? node->bytes : "";
}

static const struct plist_node *data_of(const struct plist_node *resource)
{
    const struct plist_node *data = plist_get(resource, "WebResourceData");

    return data && (data->type == PLIST_DATA || data->type == PLIST_TEXT) ? data : NULL;
}

static bool is_page(const struct plist_node *resource)
{
    const char *mime = text_of(resource, "WebResourceMIMEType");

    return data_of(resource) &&
           (strcasecmp(mime, "text/html") == 0 || strcasecmp(mime, "application/xhtml+xml") == 0);
}

/* The last step of its address. */
static void resource_name(const char *url, char out[NAME_SPACE])
{
    size_t len = strcspn(url, "?#");

    while (len && url[len - 1] == '/')
        len--;
    size_t start = len;
    while (start && url[start - 1] != '/')
        start--;
    snprintf(out, NAME_SPACE, "%.*s",
             (int)(len - start < NAME_SPACE ? len - start : NAME_SPACE - 1), url + start);
    if (out[0] == '\0')
        snprintf(out, NAME_SPACE, "resource");
}

static void send_resource(const struct plist_node *resource, struct emit *emit)
{
    const struct plist_node *data = data_of(resource);
    char name[NAME_SPACE];

    if (!data)
        return;
    resource_name(text_of(resource, "WebResourceURL"), name);
    send_child(name, text_of(resource, "WebResourceMIMEType"), data, emit);
}

/* What belongs to a page; frames are archives of their own. */
static void send_belongings(const struct plist_node *archive, struct emit *emit)
{
    const struct plist_node *resources = plist_get(archive, "WebSubresources");
    const struct plist_node *frames = plist_get(archive, "WebSubframeArchives");

    for (const struct plist_node *r = resources ? resources->first : NULL; r; r = r->next)
        send_resource(r, emit);
    for (const struct plist_node *f = frames ? frames->first : NULL; f; f = f->next) {
        send_resource(plist_get(f, "WebMainResource"), emit);
        send_belongings(f, emit);
    }
}

static bool send_web_archive(const struct plist_node *root, struct emit *emit)
{
    const struct plist_node *resource = plist_get(root, "WebMainResource");

    if (!data_of(resource))
        return false;
    emit_meta(emit, "url", text_of(resource, "WebResourceURL"));
    if (is_page(resource)) {
        const struct plist_node *data = data_of(resource);
        if (data->len > HTML_BYTES_MAX)
            emit_warning(emit, REASON_LIMIT_SIZE, "only the start of the page was read");
        html_emit(data->bytes, data->len < HTML_BYTES_MAX ? data->len : HTML_BYTES_MAX,
                  text_of(resource, "WebResourceTextEncodingName"), emit);
    } else {
        send_resource(resource, emit);
    }
    send_belongings(root, emit);
    return true;
}

/* ---- the reader ---- */

static struct verdict verdict_of(const struct plist *plist, struct emit *emit)
{
    struct verdict verdict = verdict_by_words(emit);

    if (verdict.outcome == OUTCOME_EMPTY && emit->children)
        verdict = verdict_empty(REASON_CONTAINER, "%u files", emit->children);
    if (plist->reason == REASON_NONE)
        return verdict;
    if (verdict.outcome != OUTCOME_TEXT)
        return verdict_failed(plist->reason, "not all of the property list could be read");
    verdict.reason = plist->reason;
    snprintf(verdict.detail, sizeof(verdict.detail), "not all of the property list could be read");
    return verdict;
}

struct verdict plist_read(const struct input *input, struct emit *emit)
{
    struct plist plist;

    if (plist_is_binary(input->data, input->len))
        plist_read_binary(input->data, input->len, &plist);
    else
        plist_read_xml(input->data, input->len, &plist);
    if (plist.root && !send_web_archive(plist.root, emit)) {
        put_lines(plist.root, 0, emit);
        send_data(plist.root, "data", emit);
    }
    struct verdict verdict = verdict_of(&plist, emit);
    plist_release(&plist);
    return verdict;
}
