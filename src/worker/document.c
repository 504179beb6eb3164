#include "worker/document.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "base/utf8.h"
#include "worker/attached.h"
#include "worker/ocr/ocr.h"
#include "worker/reader.h"
#include "worker/slot.h"
#include "worker/sniff/unsupported.h"
#include "worker/archive/volumes.h"

static int map_input(struct input *input)
{
    struct stat st;

    if (fstat(input->fd, &st) || st.st_size < 0)
        return -1;
    input->len = (size_t)st.st_size;
    if (input->len == 0) {
        input->data = (const unsigned char *)"";
        return 0;
    }
    void *map = mmap(NULL, input->len, PROT_READ, MAP_PRIVATE, input->fd, 0);
    if (map == MAP_FAILED)
        return -1;
    input->data = map;
    return 0;
}

static struct verdict read_document(struct input *input, const struct reader *reader,
                                    struct emit *emit)
{
    if (input->len == 0)
        return verdict_empty(REASON_NO_BYTES, "the file has no bytes");
    const char *missing = reader ? NULL : volumes_missing(input);
    if (missing)
        return verdict_failed(REASON_MISSING_PART, "%s", missing);
    if (!reader)
        return verdict_empty(REASON_UNSUPPORTED, "no reader for %s", format_in_words(input->mime));
    struct verdict verdict = reader->read(input, emit);
    emit_flow_end(emit);
    return verdict;
}

static struct verdict render_document(struct input *input, const struct reader *reader,
                                      const struct job *job, struct emit *emit)
{
    if (!reader || !reader->render)
        return verdict_failed(REASON_UNSUPPORTED, "%s has no page images", input->mime);
    return reader->render(input, job->page, job->dpi, emit);
}

/* What the nursery wants to know of this child; see slot.h. A reader that failed after memory had
 * been refused says "corrupt" of a document that is only large. */
static struct verdict with_slot(struct verdict verdict, const struct emit *emit)
{
    struct slot *slot = slot_peek();

    if (!slot)
        return verdict;
    if (emit->ocr_used)
        atomic_store(&slot->ocr_used, true);
    if (verdict.outcome == OUTCOME_FAILED && atomic_load(&slot->memory_refused))
        return verdict_failed(REASON_LIMIT_MEMORY, "reading it needs more memory than the limit");
    return verdict;
}

/* A reached cap overrules what the reader said of itself. */
static struct verdict with_limits(struct verdict verdict, const struct emit *emit)
{
    if (!emit->stop)
        return verdict;
    if (verdict.outcome == OUTCOME_TEXT || verdict.outcome == OUTCOME_OCR) {
        verdict.reason = emit->stop_reason;
        return verdict;
    }
    return verdict_failed(emit->stop_reason, "it holds more than the limits allow; what came first "
                                             "was kept");
}

static void send_end(struct emit *emit, const struct verdict *verdict)
{
    CLEANUP(cleanup_buf) struct buf detail = {0};
    struct end_frame end = {.outcome = verdict->outcome, .reason = verdict->reason};

    buf_init(&detail, (size_t)DETAIL_MAX * 3);
    (void)utf8_escape(verdict->detail, strnlen(verdict->detail, DETAIL_MAX), &detail);
    end.detail = detail.data;
    end.pages = emit->pages;
    end.children = emit->children;
    (void)frame_end(emit->writer, &end);
}

int document_run(const struct job *job, const struct job_load *load)
{
    struct input input = {.fd = load->document_fd,
                          .name = job->name,
                          .hint_mime = job->mime,
                          .langs = job->langs,
                          .ocr = job->ocr,
                          .next_volume = job->next_volume};
    struct frame_writer writer;
    struct emit emit;
    struct verdict verdict;

    frame_writer_init(&writer, load->frames_fd);
    emit_init(&emit, &writer, job->limits.output_bytes);
    (void)frame_hello(&writer);
    struct attached *attached = attached_open(load, &input);
    if (map_input(&input)) {
        verdict = verdict_failed(REASON_UNREADABLE, "the document could not be mapped");
    } else {
        input.mime = sniff(&input);
        const struct reader *reader = input.len ? reader_for(input.mime) : NULL;
        emit_type(&emit, input.mime, reader ? reader->name : "");
        verdict = job->kind == JOB_RENDER ? render_document(&input, reader, job, &emit)
                                          : read_document(&input, reader, &emit);
    }
    emit_child_end(&emit, REASON_CORRUPT, "its container ended in the middle of it");
    verdict = with_limits(with_slot(ocr_script_verdict(verdict), &emit), &emit);
    send_end(&emit, &verdict);
    bool broken = writer.broken;
    emit_release(&emit);
    frame_writer_release(&writer);
    if (input.len && input.data)
        (void)munmap((void *)input.data, input.len);
    attached_free(attached);
    return broken;
}
