#include "names_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "store/item.h"
#include "store/page.h"
#include "store_case.h"

/* What stands for the tagger: each of these is a mention wherever a text has it. */
static const struct {
    enum mention_kind kind;
    const char *text;
} known[] = {
    {MENTION_PERSON, "General Qasem Soleimani"},
    {MENTION_PERSON, "Qasem Soleimani"},
    {MENTION_PERSON, "Qassem Soleimani"},
    {MENTION_PERSON, "قاسم سلیمانی"},
    {MENTION_PERSON, "Soleimani"},
    {MENTION_PERSON, "Adel Abdel Mahdi"},
    {MENTION_PERSON, "Mr. Abdel Mahdi"},
    {MENTION_PERSON, "عادل عبدالمهدی"},
    {MENTION_PERSON, "Ali Larijani"},
    {MENTION_PERSON, "Sadeq Larijani"},
    {MENTION_PERSON, "Larijani"},
    {MENTION_PERSON, "Mohammad Khatami"},
    {MENTION_PERSON, "Mohammad Reza Khatami"},
    {MENTION_PERSON, "Ali Hassan"},
    {MENTION_PERSON, "Ali Hasan"},
    {MENTION_PERSON, "Jean Martin"},
    {MENTION_PERSON, "Pierre Dupont"},
    {MENTION_PERSON, "He"},
    {MENTION_PLACE, "Baghdad"},
    {MENTION_PLACE, "بغداد"},
    {MENTION_EMAIL, "Ross@Example.org"},
    {MENTION_POST, "Ambassador"},
    {MENTION_POST, "Foreign Minister"},
};

static int find_known(struct tagger *tagger, const char *text, size_t len, const char *lang,
                      mention_seen_fn seen, void *ctx)
{
    (void)tagger;
    (void)lang;
    for (size_t at = 0; at < len; at++) {
        for (size_t i = 0; i < ARRAY_LEN(known); i++) {
            size_t known_len = strlen(known[i].text);
            if (at + known_len > len || memcmp(text + at, known[i].text, known_len) != 0)
                continue;
            struct mention mention = {at, at + known_len, known[i].kind, 0.9F};
            int rc = seen(ctx, &mention);
            if (rc)
                return rc;
            at += known_len - 1;
            break;
        }
    }
    return 0;
}

void record_page(void *state, const struct page *page)
{
    struct err err = {0};

    must(names_record(state, page, find_known, &err), &err);
}

int64_t add_document(struct sanad_case *kase, const char *text)
{
    struct err err = {0};
    struct item item = {.path = "leak/a.txt", .name = "a.txt", .mime_hint = ""};
    struct page page = {.text = text, .text_len = strlen(text), .head = {.number = 1}};
    void *state;

    must(item_add(kase, &item, &err), &err);
    page.item = item.id;
    must(page_put(kase, &page, 1, &err), &err);
    must(names_deriver.start(kase, &state, &err), &err);
    record_page(state, &page);
    must(names_deriver.flush(state, &err), &err);
    must(names_deriver.settle(state, &err), &err);
    names_deriver.finish(state);
    return item.id;
}

int64_t meant(struct sanad_case *kase, const char *name)
{
    struct err err = {0};
    int64_t id = 0;

    must(entity_meant(kase, name, &id, &err), &err);
    return id;
}

int64_t decide(struct sanad_case *kase, enum verdict verdict, const char *a, const char *b)
{
    struct err err = {0};
    int64_t id = 0;

    must(names_decide(kase, verdict, a, b, "tester", "a reason", &id, &err), &err);
    return id;
}
