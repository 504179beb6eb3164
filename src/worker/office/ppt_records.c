#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/office/lock_rc4.h"
#include "worker/office/ppt.h"
#include "worker/office/ppt_parts.h"

enum { EDITS_MAX = 4096 };

/* Runs of places, each with the number of its first object. Later edits were read first. */
static void persist_directory(struct ppt *ppt, uint32_t place)
{
    struct record record;
    size_t at = place;

    if (!record_next(ppt->data, ppt->len, &at, &record) || record.type != PPT_PERSIST)
        return;
    for (size_t i = 0; record.len - i >= 4;) {
        uint32_t run = le32_get(record.data + i);
        uint32_t number = run & 0xFFFFF;
        uint32_t count = run >> 20;
        i += 4;
        for (; count && record.len - i >= 4; count--, i += 4, number++) {
            if (number >= PPT_PERSIST_MAX)
                return;
            if (ppt->persist[number] == 0)
                ppt->persist[number] = le32_get(record.data + i) + 1;
            if (number >= ppt->persist_count)
                ppt->persist_count = number + 1;
        }
    }
}

void ppt_persist_read(struct ppt *ppt, uint32_t edit)
{
    struct record record;

    ppt->persist = mem_zalloc(PPT_PERSIST_MAX, sizeof(*ppt->persist));
    for (int i = 0; i < EDITS_MAX && edit < ppt->len; i++) {
        size_t at = edit;
        if (!record_next(ppt->data, ppt->len, &at, &record) || record.type != PPT_EDIT ||
            record.len < 20)
            return;
        persist_directory(ppt, le32_get(record.data + 12));
        if (ppt->document == 0) {
            ppt->document = le32_get(record.data + 16);
            ppt->lock_object = record.len >= 32 ? le32_get(record.data + 28) : 0;
        }
        uint32_t before = le32_get(record.data + 8);
        if (before == 0 || before >= edit)
            return;
        edit = before;
    }
}

bool ppt_object(const struct ppt *ppt, uint32_t number, struct record *ret)
{
    size_t at = number < ppt->persist_count ? ppt->persist[number] : 0;

    return at-- && record_next(ppt->data, ppt->len, &at, ret);
}

/* [MS-PPT] 2.3.7: each object is locked by itself, header and all; its number names the block. */
bool ppt_unlock(struct ppt *ppt, const struct input *input)
{
    struct record record;
    struct lock_rc4 lock;

    if (!ppt_object(ppt, ppt->lock_object, &record) || record.type != PPT_LOCK ||
        lock_rc4_try(record.data, record.len, input, &lock) != LOCK_OPEN)
        return false;
    ppt->locked = true;
    for (uint32_t number = 1; number < ppt->persist_count; number++) {
        size_t at = ppt->persist[number];
        unsigned char head[RECORD_HEADER];
        if (at == 0 || number == ppt->lock_object || --at > ppt->len ||
            ppt->len - at < RECORD_HEADER)
            continue;
        memcpy(head, ppt->data + at, RECORD_HEADER);
        lock_rc4_apply_block(&lock, head, RECORD_HEADER, number);
        size_t len = (size_t)le32_get(head + 4) + RECORD_HEADER;
        if (len > ppt->len - at)
            len = ppt->len - at;
        lock_rc4_apply_block(&lock, ppt->data + at, len, number);
    }
    return true;
}
