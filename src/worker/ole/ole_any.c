#include "worker/ole/ole_any.h"

#include <string.h>

#include "worker/ole/cfb.h"
#include "worker/ole/ole_object.h"
#include "worker/ole/ole_props.h"
#include "worker/sniff/sniff.h"

static const char NATIVE[] = "\001Ole10Native";

/* A stream's name without the control character that marks those of OLE itself. */
static const char *shown_name(const struct cfb_entry *entry)
{
    const char *name = entry->name;

    while (*name && (unsigned char)*name < ' ')
        name++;
    return name;
}

/* Streams that are the object itself are children whatever they hold; others when they are files.
 */
static bool is_object(const struct cfb_entry *stream)
{
    return strcmp(stream->name, "Package") == 0 || strcmp(stream->name, "CONTENTS") == 0;
}

static void send_stream(const struct cfb *cfb, const struct cfb_entry *stream, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};

    buf_init(&bytes, OLE_ANY_BYTES);
    int rc = cfb_read(cfb, stream, &bytes);
    if (!bytes.len)
        return;
    if (strcmp(stream->name, NATIVE) == 0) {
        size_t length = bytes.len > 4 ? 4 : 0;
        ole_native_send((const unsigned char *)bytes.data + length, bytes.len - length,
                        shown_name(stream), emit);
        return;
    }
    if (!is_object(stream) && !sniff_magic((const unsigned char *)bytes.data, bytes.len))
        return;
    emit_child(emit, shown_name(stream), strlen(shown_name(stream)), "", stream->modified);
    emit_child_data(emit, bytes.data, bytes.len);
    enum reason reason = rc == 0             ? REASON_NONE
                         : rc == ERR_CORRUPT ? REASON_TRUNCATED
                                             : REASON_LIMIT_SIZE;
    emit_child_end(emit, reason, reason ? "not all of the stream could be read" : "");
}

static void send_below(const struct cfb *cfb, const struct cfb_entry *storage, unsigned depth,
                       struct emit *emit)
{
    for (const struct cfb_entry *e = storage->first; e && !emit->stop; e = e->next) {
        if (e->type == CFB_STREAM)
            send_stream(cfb, e, emit);
        else if (depth < OLE_ANY_DEPTH)
            send_below(cfb, e, depth + 1, emit);
    }
}

struct verdict ole_any_read(const struct input *input, struct emit *emit)
{
    struct cfb *cfb = cfb_open(input->data, input->len);

    if (!cfb)
        return verdict_failed(REASON_CORRUPT, "the compound file has no directory");
    ole_props_read(cfb, cfb_root(cfb), emit);
    send_below(cfb, cfb_root(cfb), 0, emit);
    cfb_free(cfb);
    if (emit->children)
        return verdict_empty(REASON_CONTAINER, "an object of another program");
    return verdict_empty(REASON_UNSUPPORTED, "a compound file of no known kind");
}
