/* The tagger: how a text is cut, what the model file may be, what is found. */
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
#include "names/mentions.h"
#include "names/tag_memory.h"
#include "names/tag_tokens.h"
#include "names/tagger.h"
#include "names/tagger_data.h"

/* Tokens of a text: their bytes between bars, sentences between slashes. */
static const char *cut(const char *text)
{
    static char out[4096];
    static struct tag_sentence sentence;
    struct tag_reader reader;
    size_t len = 0;

    tag_reader_init(&reader, text, strlen(text));
    out[0] = 0;
    while (tag_reader_next(&reader, &sentence)) {
        for (size_t i = 0; i < sentence.count; i++)
            len += (size_t)snprintf(out + len, sizeof(out) - len, "%.*s|",
                                    (int)sentence.tokens[i].len, text + sentence.tokens[i].at);
        len += (size_t)snprintf(out + len, sizeof(out) - len, "/");
    }
    return out;
}

static void tokens_are_words_and_signs(void **state)
{
    (void)state;
    assert_string_equal(cut("Haider al-Abadi spoke."), "Haider|al|Abadi|spoke|.|/");
    assert_string_equal(cut("the U.S. and Mr. Smith. He left"),
                        "the|U.S|and|Mr|Smith|.|/He|left|/");
    assert_string_equal(cut("O'Brien's \"x\"\n\nb"), "O'Brien|s|\"|x|\"|/b|/");
    assert_string_equal(cut("J. R. Smith ... 3.5"), "J|R|Smith|...|/3|5|/");
    assert_string_equal(cut(" \n \n"), "");
    assert_string_equal(cut("Gen. [Qasem] Soleimani [12] [sic] [a b] [X"),
                        "Gen|Qasem|Soleimani|[|12|]|[|sic|]|[|a|b|]|[|X|/");
    assert_string_equal(cut("[X] ]Y["), "X|]|Y|[|/");
    assert_string_equal(cut("رفت. آمد؟ بله،"), "رفت|.|/آمد|؟|/بله|،|/");
    assert_string_equal(cut("بر\xE2\x80\x8Cآن"), "بر\xE2\x80\x8Cآن|/");
}

static void looks_are_noted(void **state)
{
    struct tag_reader reader;
    struct tag_sentence sentence;

    (void)state;
    tag_reader_init(&reader, "Ali McNamara IRAN x 12 J.\nALL CAPITALS HERE", 44);
    assert_true(tag_reader_next(&reader, &sentence));
    assert_int_equal(sentence.tokens[0].style, CASE_INITIAL);
    assert_int_equal(sentence.tokens[1].style, CASE_MIXED);
    assert_int_equal(sentence.tokens[2].style, CASE_UPPER);
    assert_int_equal(sentence.tokens[3].style, CASE_LOWER);
    assert_int_equal(sentence.tokens[4].style, CASE_NUMBER);
    assert_int_equal(sentence.tokens[5].style, CASE_LETTER);
    assert_true(sentence.tokens[5].point);
    assert_true(tag_reader_next(&reader, &sentence));
    assert_true(sentence.no_case);
    assert_int_equal(sentence.tokens[0].style, CASE_NONE);
    assert_false(tag_reader_next(&reader, &sentence));
}

/* No sentence is endless, and none of the text is lost. */
static void long_lines_are_cut(void **state)
{
    static struct tag_sentence sentence;
    CLEANUP(cleanup_buf) struct buf text = {0};
    struct tag_reader reader;
    size_t words = 0;

    (void)state;
    buf_init(&text, 1 << 20);
    for (int i = 0; i < 5000; i++)
        buf_append_str(&text, i % 3 ? "word " : "وزارت\xE2\x80\x8Cخانه ");
    tag_reader_init(&reader, text.data, text.len);
    while (tag_reader_next(&reader, &sentence)) {
        assert_true(sentence.count <= TAG_TOKENS_MAX);
        words += sentence.count;
    }
    assert_int_equal(words, 5000);
}

static void memory_is_of_other_sentences(void **state)
{
    struct tag_memory *memory = tag_memory_new();

    (void)state;
    tag_memory_note(memory, 11, 1, 0);
    assert_int_equal(tag_memory_known(memory, 11, 0), 0);
    assert_int_equal(tag_memory_known(memory, 11, 1), 1);
    tag_memory_note(memory, 11, 3, 4);
    assert_int_equal(tag_memory_known(memory, 11, 0), 3);
    assert_int_equal(tag_memory_known(memory, 11, 4), 1);
    for (uint64_t i = 1; i < 100000; i++)
        tag_memory_note(memory, i * 7919, 1, 9);
    assert_int_equal(tag_memory_known(memory, 11, 1), 3);
    tag_memory_clear(memory);
    assert_int_equal(tag_memory_known(memory, 11, 1), 0);
    tag_memory_free(memory);
}

static void broken_models_are_refused(void **state)
{
    struct tag_model model;
    unsigned char *copy = mem_alloc(tagger_data_len);

    (void)state;
    memcpy(copy, tagger_data, tagger_data_len);
    assert_int_equal(tag_model_read(copy, tagger_data_len, &model, NULL), 0);
    assert_int_equal(tag_model_read(copy, tagger_data_len - 1, &model, NULL), ERR_CORRUPT);
    assert_int_equal(tag_model_read(copy, 11, &model, NULL), ERR_CORRUPT);
    copy[12] = 60; /* slots of the list, as bits */
    assert_int_equal(tag_model_read(copy, tagger_data_len, &model, NULL), ERR_CORRUPT);
    copy[8]++;
    assert_int_equal(tag_model_read(copy, tagger_data_len, &model, NULL), ERR_CORRUPT);
    free(copy);
}

struct found {
    const char *text;
    char list[1024];
    size_t len;
    int stop;
};

static int note(void *ctx, const struct mention *mention)
{
    struct found *found = ctx;

    assert_true(mention->start < mention->end);
    assert_true(mention->score >= 0 && mention->score <= 1);
    found->len +=
        (size_t)snprintf(found->list + found->len, sizeof(found->list) - found->len, "%s:%.*s;",
                         mention_kind_word(mention->kind), (int)(mention->end - mention->start),
                         found->text + mention->start);
    return found->stop;
}

static int find(const char *text, size_t len, const char *lang, mention_seen_fn seen, void *ctx)
{
    struct tagger *tagger = tagger_new(NULL);
    int rc = mentions_find(tagger, text, len, lang, seen, ctx);

    tagger_free(tagger);
    return rc;
}

static const char *mentions(const char *text, const char *lang)
{
    static struct found found;

    found = (struct found){.text = text};
    assert_int_equal(find(text, strlen(text), lang, note, &found), 0);
    return found.list;
}

static void names_are_found(void **state)
{
    (void)state;
    assert_non_null(strstr(mentions("General Qasem Soleimani flew to Baghdad.", NULL),
                           "person:Qasem Soleimani;place:Baghdad;"));
    assert_non_null(strstr(mentions("General [Qasem] Soleimani flew to Baghdad.", NULL),
                           "person:Qasem] Soleimani;place:Baghdad;"));
    assert_non_null(
        strstr(mentions("حسن روحانی در تهران بود.", NULL), "person:حسن روحانی;place:تهران;"));
    assert_non_null(strstr(mentions("قال عادل عبد المهدي في بغداد", "ar"),
                           "person:عادل عبد المهدي;place:بغداد;"));
    assert_string_equal(mentions("nothing is here to be found at all", "en"), "");
    assert_string_equal(mentions("", NULL), "");
}

/* What stands before or behind a name tells a place of Arabic words from a person of them. */
static void places_are_no_persons(void **state)
{
    (void)state;
    assert_non_null(strstr(mentions("The militias drove them out of Jurf al-Sakhar.", "en"),
                           "place:Jurf al-Sakhar;"));
    assert_non_null(
        strstr(mentions("Sources in Jisr al-Shughur said Ziad al-Nakhalah had left.", "en"),
               "place:Jisr al-Shughur;person:Ziad al-Nakhalah;"));
    assert_non_null(strstr(mentions("It was a raid near the Kerem Shalom crossing.", "en"),
                           "place:Kerem Shalom;"));
    assert_non_null(strstr(mentions("Ships avoid the Bab al-Mandeb Strait.", "en"),
                           "place:Bab al-Mandeb Strait;"));
    assert_non_null(strstr(mentions("The president told Asharq Al-Awsat that talks go on.", "en"),
                           "organisation:Asharq Al-Awsat;"));
    assert_non_null(strstr(mentions("They rejected the recognition of Somaliland.", "en"),
                           "place:Somaliland;"));
}

static void posts_are_found(void **state)
{
    (void)state;
    assert_non_null(strstr(mentions("Foreign Minister Hoshyar Zebari came.", "en"),
                           "post:Foreign Minister;person:"));
    assert_non_null(strstr(mentions("وزیر امور خارجه رفت.", "fa"), "post:وزیر امور خارجه;"));
    assert_non_null(strstr(mentions("He flew to the U.S. yesterday.", "en"), "U.S.;"));
}

static void forms_stand_among_names(void **state)
{
    (void)state;
    assert_string_equal(mentions("Write to qasem.soleimani@example.org in Baghdad.", "en"),
                        "email:qasem.soleimani@example.org;place:Baghdad;");
}

/* A surname alone is known by the full name in another sentence. */
static void surnames_are_carried(void **state)
{
    (void)state;
    assert_non_null(strstr(mentions("Then Talfah Ghazwani came. He met Mr. Talfah Ghazwani.\n"
                                    "later ghazwani spoke and Ghazwani left.",
                                    "en"),
                           "person:Ghazwani;"));
}

/* A text of several parts: places are counted from its beginning. */
static void long_texts_are_read_in_parts(void **state)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    struct found found = {0};

    (void)state;
    buf_init(&text, 4 << 20);
    while (text.len < 700 << 10)
        buf_append_str(&text, "nothing is here to be found at all\n");
    buf_append_str(&text, "Qasem Soleimani\n");
    found.text = text.data;
    assert_int_equal(find(text.data, text.len, "en", note, &found), 0);
    assert_string_equal(found.list, "person:Qasem Soleimani;");
}

static void telling_stops_when_told(void **state)
{
    const char *text = "Qasem Soleimani in Baghdad. Qasem Soleimani in Tehran.";
    struct found found = {.text = text, .stop = 7};

    (void)state;
    assert_int_equal(find(text, strlen(text), "en", note, &found), 7);
    assert_null(strchr(strchr(found.list, ';') + 1, ';'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_are_words_and_signs),
        cmocka_unit_test(looks_are_noted),
        cmocka_unit_test(long_lines_are_cut),
        cmocka_unit_test(memory_is_of_other_sentences),
        cmocka_unit_test(broken_models_are_refused),
        cmocka_unit_test(names_are_found),
        cmocka_unit_test(places_are_no_persons),
        cmocka_unit_test(posts_are_found),
        cmocka_unit_test(forms_stand_among_names),
        cmocka_unit_test(surnames_are_carried),
        cmocka_unit_test(long_texts_are_read_in_parts),
        cmocka_unit_test(telling_stops_when_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
