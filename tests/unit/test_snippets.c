/* What a hit shows: the marked words, the snippet, the story, the doubt of OCR. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"
#include "search_case.h"

static void marks_words(void **state)
{
    static const struct {
        const char *query, *text, *marked;
    } texts[] = {
        {"company", "Companies, a company.", "[Companies][company]"},
        {"\"a company\"", "Companies, a company.", "[a][company]"},
        {"\"a company\"", "a a company a b company", "[a][company]"},
        {"compan*", "COMPANY com Companies", "[COMPANY][Companies]"},
        {"company NOT oil", "oil company", "[company]"},
        {"company type:oil", "oil company", "[company]"},
        {"کتاب", "كِتاب و کتابهای", "[كِتاب][کتابهای]"},
        {"petrolium~", "petroleum", "[petroleum]"},
        {"NEAR(oil gas)", "oil and gas", "[oil][gas]"},
        {"", "oil", ""},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct mark marks[8];
        char out[256] = "";
        struct page page = {.text = texts[i].text, .text_len = strlen(texts[i].text)};
        size_t count = search_marks(f->kase, texts[i].query, &page, TEXT_MAIN, marks, 8);
        for (size_t j = 0; j < count; j++)
            snprintf(out + strlen(out), sizeof(out) - strlen(out), "[%.*s]", (int)marks[j].len,
                     texts[i].text + marks[j].at);
        assert_string_equal(out, texts[i].marked);
    }
}

static void cuts_snippets(void **state)
{
    struct fixture *f = *state;
    CLEANUP(cleanup_buf) struct buf text;
    struct document document = {"long/words.txt", "", "", "", "", "", "", NULL};

    buf_init(&text, 1 << 20);
    for (int i = 0; i < 2000; i++)
        (void)buf_printf(&text, "کلمه%d   \n", i);
    (void)buf_append_str(&text, "okapi ");
    for (int i = 0; i < 200; i++)
        (void)buf_append_str(&text, "é€é");
    (void)buf_append_str(&text, " okapi giraffe okapi ");
    for (int i = 0; i < 2000; i++)
        (void)buf_printf(&text, "é%d ", i);
    document.text = text.data;
    int64_t item = add_document(f, &document);
    commit(f);
    struct search_result *result =
        run(f, (struct search_request){.query = "okapi giraffe", .limit = 1, .snippets = true});
    assert_int_equal(result->count, 1);
    const struct hit *hit = &result->hits[0];
    assert_int_equal(hit->item, item);
    assert_in_range(strlen(hit->snippet), 50, SNIPPET_BYTES + 6);
    assert_int_equal(hit->mark_count, 3);
    assert_memory_equal(hit->snippet, "…", 3);
    assert_null(strstr(hit->snippet, "  "));
    search_result_free(result);
    struct err err = {0};
    must(search_deriver.forget(NULL, f->kase, item, &err), &err);
    commit(f);
}

/* A page read by OCR: the confidence of the page, and of each of its words. */
static int64_t add_scan(struct fixture *f, const char *text, uint8_t page_confidence,
                        uint8_t word_confidence)
{
    struct document document = {"scan/page.png", "image/png", "eng", "", "", "", "", NULL};
    int64_t item = add_document(f, &document);
    struct word_box words[16];
    size_t count = 0;

    for (size_t at = 0; text[at] && count < ARRAY_LEN(words); at += text[at] == ' ') {
        size_t len = strcspn(text + at, " ");
        words[count++] = (struct word_box){
            .at = (uint32_t)at, .len = (uint16_t)len, .confidence = word_confidence};
        at += len;
    }
    struct page page = {.item = item,
                        .text = text,
                        .text_len = strlen(text),
                        .words = words,
                        .word_count = count,
                        .head = {.number = 1, .method = PAGE_OCR, .confidence = page_confidence}};
    put_page(f, &page);
    return item;
}

/* A saved page that holds several stories: the hit names the one where the words stand. */
static void names_the_story(void **state)
{
    static const char *const STORIES[] = {"The bridge is open\nCarts cross the zeugma again.",
                                          "The lake is frozen\nSkates for hire at the quonset."};
    struct fixture *f = *state;
    struct err err = {0};
    struct document document = {"page/saved.txt", "text/plain", "eng", "", "", "", "", NULL};
    int64_t item = add_document(f, &document);

    for (uint32_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        struct page page = {.item = item,
                            .text = STORIES[i],
                            .text_len = strlen(STORIES[i]),
                            .head = {.number = i + 1, .method = PAGE_FLOW}};
        memcpy(page.head.label, STORIES[i], strcspn(STORIES[i], "\n"));
        put_page(f, &page);
    }
    commit(f);
    struct search_request request = {.query = "quonset", .limit = 10, .snippets = true};
    CLEANUP(cleanup_search_result) struct search_result *result = NULL;
    must(search_run(f->kase, &request, &result, &err), &err);
    assert_int_equal(result->total, 1);
    assert_int_equal(result->hits[0].page, 2);
    assert_string_equal(result->hits[0].label, "The lake is frozen");
}

static void finds_misread(void **state)
{
    static const struct {
        const char *query;
        bool doubtful, weak_word, sure; /* which scans are found */
    } cases[] = {
        {"solernn", true, false, false}, /* as it stands there */
        {"solemn", true, false, false},  /* rn and m */
        {"solemn -ocr~", false, false, false},
        {"solomn", false, false, false},
        {"ocr~solomn", true, false, false}, /* and one letter */
        {"گزارش", true, false, false},      /* گ and ک, ش and س */
        {"\"solemn oath\"", false, false, false},
        {"ocr~ \"solemn oath\"", true, false, false},
        {"modern", false, false, true},
        {"rnodern", false, false, false},
        {"ocr~rnodern", false, false, true},
        {"ocr~ rnodern", false, false, true},
        {"kingdorn", false, false, false}, /* the page is doubtful, but the word is not */
        {"ocr~kingdorn", false, true, false},
        {"solemn solernn", true, false, false},
        {"lt", false, false, false}, /* too short to tell */
    };
    struct fixture *f = *state;
    struct err err = {0};
    int64_t doubtful = add_scan(f, "solernn oath کزارس it", 70, 60);
    int64_t weak = add_scan(f, "kingdom", 70, 96);
    int64_t sure = add_scan(f, "modern", 95, 60);

    commit(f);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char want[64] = "";
        char items[64];
        const int64_t scans[] = {doubtful, weak, sure};
        const bool found_there[] = {cases[i].doubtful, cases[i].weak_word, cases[i].sure};
        for (size_t j = 0; j < ARRAY_LEN(scans); j++)
            if (found_there[j])
                snprintf(want, sizeof(want), "%lld ", (long long)scans[j]);
        found(f, cases[i].query, items, sizeof(items));
        if (strcmp(items, want) != 0)
            fail_msg("%s found [%s], not [%s]", cases[i].query, items, want);
    }

    struct search_request request = {.query = "solemn oath", .limit = 10, .snippets = true};
    CLEANUP(cleanup_search_result) struct search_result *result = NULL;
    must(search_run(f->kase, &request, &result, &err), &err);
    assert_int_equal(result->total, 1);
    assert_string_equal(result->hits[0].snippet, "solernn oath کزارس it");
    assert_int_equal(result->hits[0].mark_count, 2);
    assert_true(result->hits[0].marks[0].misread);
    assert_int_equal(result->hits[0].marks[0].len, strlen("solernn"));
    assert_false(result->hits[0].marks[1].misread);
    assert_false(result->hits[0].misread);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_words),
        cmocka_unit_test(cuts_snippets),
        cmocka_unit_test(finds_misread),
        cmocka_unit_test(names_the_story),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
