/* Names: taken apart, keyed, compared, found. */
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
#include "names/index.h"
#include "names/keys.h"
#include "names/lexicon.h"
#include "names/match.h"

static struct names_model *model;

static int load(void **state)
{
    (void)state;
    model = names_model_new();
    return 0;
}

static int unload(void **state)
{
    (void)state;
    names_model_free(model);
    return 0;
}

static void assert_token(const struct name *name, size_t at, enum token_kind kind,
                         const char *letters)
{
    char spelled[2 * TOKEN_LETTERS_MAX + 1];

    assert_true(at < name->count);
    letters_spell(name->tokens[at].letters, name->tokens[at].count, spelled);
    assert_string_equal(spelled, letters);
    assert_int_equal(name->tokens[at].kind, kind);
}

static struct name parsed(const char *text)
{
    struct name name;

    name_parse(&name, text, strlen(text));
    return name;
}

static void lexicon_is_sorted(void **state)
{
    (void)state;
    for (size_t i = 1; i < lexicon_count; i++)
        assert_true(strcmp(lexicon_words[i - 1].text, lexicon_words[i].text) < 0);
    for (size_t i = 1; i < lexicon_short_count; i++)
        assert_true(strcmp(lexicon_shorts[i - 1].text, lexicon_shorts[i].text) < 0);
    for (size_t i = 1; i < lexicon_concept_count; i++)
        assert_true(strcmp(lexicon_concepts[i - 1].text, lexicon_concepts[i].text) < 0);
    for (size_t i = 0; i < lexicon_count; i++)
        assert_ptr_equal(lexicon_find(lexicon_words[i].text), &lexicon_words[i]);
}

static void assert_all_are(const char *const *forms, size_t count, const char *letters)
{
    for (size_t i = 0; i < count; i++) {
        struct name name = parsed(forms[i]);
        assert_int_equal(name.count, 1);
        assert_token(&name, 0, TOKEN_NAME, letters);
    }
}

static void letters_have_their_numbers(void **state)
{
    static const uint8_t letters[] = {
        LATIN('a'),   LATIN('z'), LETTER_0,   LETTER_ALEF, LETTER_BEH, LETTER_TEH, LETTER_DAL,
        LETTER_SHEEN, LETTER_AIN, LETTER_LAM, LETTER_NOON, LETTER_WAW, LETTER_YEH};
    char spelled[2 * sizeof letters + 1];

    (void)state;
    letters_spell(letters, sizeof letters, spelled);
    assert_string_equal(spelled, "az0ابتدشعلنوی");
}

static void articles_and_compounds(void **state)
{
    (void)state;
    struct name name = parsed("Haidar al-Abadi");
    assert_int_equal(name.count, 2);
    assert_token(&name, 1, TOKEN_NAME, "abadi");
    assert_true(name.tokens[1].marks & TOKEN_ARTICLE);
    assert_int_equal(name.tokens[1].at, 7); /* with the article */
    assert_int_equal(name.tokens[1].len, 8);

    static const char *const servants[] = {"Abd al-Rahman", "Abdul Rahman", "Abdurrahman",
                                           "Abdel-Rahman",  "abdirahman",   "ABDUL-RAHMAN"};
    assert_all_are(servants, ARRAY_LEN(servants), "abdrahman");
    static const char *const arabic_servants[] = {"عبد الرحمن", "عبدالرحمن"};
    assert_all_are(arabic_servants, ARRAY_LEN(arabic_servants), "عبدرحمن");
    static const char *const religions[] = {"Salah al-Din", "Salahuddin", "Salah Eddine",
                                            "Salaheddine"};
    assert_all_are(religions, ARRAY_LEN(religions), "salahdin");
    static const char *const arabic_religions[] = {"صلاح الدین", "صلاح‌الدین"};
    assert_all_are(arabic_religions, ARRAY_LEN(arabic_religions), "صلاحدین");
    name = parsed("Abou Bakr");
    assert_int_equal(name.count, 1);
    assert_token(&name, 0, TOKEN_NAME, "abubakr");
    assert_true(name.kunya);
    assert_false(parsed("Abu Mahdi Jamal").kunya);
}

static void roles(void **state)
{
    (void)state;
    struct name name = parsed("Gen. Qasem Soleimani");
    assert_int_equal(name.count, 3);
    assert_token(&name, 0, TOKEN_TITLE, "gen");
    name = parsed("سردار قاسم سلیمانی");
    assert_token(&name, 0, TOKEN_TITLE, "سردار");
    assert_int_equal(name.tokens[1].at, strlen("سردار "));
    name = parsed("Mohammed bin Salman");
    assert_int_equal(name.count, 2);
    assert_true(name.tokens[1].marks & TOKEN_PATRONYMIC);
    name = parsed("Russell B. Long");
    assert_token(&name, 1, TOKEN_INITIAL, "b");
    name = parsed("راسل بی. لانگ");
    assert_token(&name, 1, TOKEN_INITIAL, "b");
    name = parsed("Goldman Sachs & Co. L.L.C.");
    assert_true(name.legal);
    assert_token(&name, name.count - 1u, TOKEN_LEGAL, "llc");
    name = parsed("Brigade Three");
    assert_token(&name, 1, TOKEN_NUMBER, "3");
    name = parsed("Doctor"); /* a name of nothing but a title is a name */
    assert_token(&name, 0, TOKEN_NAME, "doctor");
    assert_int_equal(parsed(" ,.- ").count, 0);
}

static void limits(void **state)
{
    struct buf text;

    (void)state;
    buf_init(&text, 1 << 20);
    for (int i = 0; i < 3000; i++)
        buf_printf(&text, "name%d ", i);
    struct name name = parsed(text.data);
    assert_int_equal(name.count, NAME_TOKENS_MAX);
    assert_true(name.cut);
    buf_clear(&text);
    for (int i = 0; i < 3000; i++)
        buf_append_str(&text, "ab");
    name = parsed(text.data);
    assert_int_equal(name.tokens[0].count, TOKEN_LETTERS_MAX);
    buf_release(&text);
}

static bool has_key(const char *text, const char *key)
{
    struct name_key keys[NAME_KEYS_MAX];
    struct name name = parsed(text);
    size_t count = name_keys(&name, keys);

    for (size_t i = 0; i < count; i++)
        if (strcmp(keys[i].text, key) == 0)
            return true;
    return false;
}

/* A database keeps these: a change is a new KEYS_VERSION. */
static void keys_are_stable(void **state)
{
    (void)state;
    assert_int_equal(KEYS_VERSION, 1);
    static const char *const names[] = {"Qasem Soleimani", "قاسم سلیمانی", "Kassem Suleymani"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        assert_true(has_key(names[i], "1ksm"));
        assert_true(has_key(names[i], "1slmn"));
        assert_true(has_key(names[i], "2ksm+slmn"));
        assert_true(has_key(names[i], "0ksmslmn"));
        assert_true(has_key(names[i], "3slm"));
    }
    assert_true(has_key("Adel Abdul Mahdi", "2bdmd+dl"));
    assert_true(has_key("عادل عبدالمهدی", "2bdmd+dl"));
    assert_true(has_key("Hidayatullah", "0dtl"));
    assert_true(has_key("هدايت الله", "0dtl"));
    assert_true(has_key("شبکه حقانی", "47"));
    assert_true(has_key("Haqqani Network", "47"));
    assert_true(has_key("George", "1jrj"));
    assert_true(has_key("Thamer", "1smr"));
    assert_true(has_key("Thamer", "1tmr"));
}

static double score(const char *first, const char *second)
{
    CLEANUP(cleanup_free) struct scored_name *a = mem_alloc(sizeof *a);
    CLEANUP(cleanup_free) struct scored_name *b = mem_alloc(sizeof *b);
    struct match match;
    struct match turned;

    scored_name_set(model, first, strlen(first), a);
    scored_name_set(model, second, strlen(second), b);
    names_match(model, FIT_PAIR, a, b, &match);
    names_match(model, FIT_PAIR, b, a, &turned);
    assert_int_equal(match.log_odds, turned.log_odds);
    return match_score(&match);
}

static void same(void **state)
{
    static const char *const pairs[][2] = {
        {"Haider al-Abadi", "Haidar al-Abadi"},
        {"Haider al-Abadi", "حیدر العبادی"},
        {"Adel Abdel Mahdi", "عادل عبدالمهدی"},
        {"Adel Abdel Mahdi", "Adel Abdul Mahdi"},
        {"Qasem Soleimani", "قاسم سلیمانی"},
        {"Gen. Qasem Soleimani", "Qasem Soleimani"},
        {"Mohammed bin Salman", "محمد بن سلمان"},
        {"حيدر العبادي", "حیدر العبادی"},
        {"Siemens Aktiengesellschaft", "Siemens AG"},
        {"SALEK, Abdulhai", "Abdulhai Salek"},
        {"Сергей Лавров", "Sergey Lavrov"},
        {"AlisherUsmanov", "Alisher Usmanov"},
        {"J.-C. Juncker", "Jean-Claude Juncker"},
        {"贝拉克·奥巴马", "贝拉克·奥巴马"},
        {"Mohd Ismail", "Muhammad Ismail"},
        {"Wm Burns", "William Burns"},
        {"Seyyed Ali Khamenei", "Ali Hosseini Khamenei"},
        {"Muammar Gaddafi", "معمر القذافي"},
        {"Moammar al-Qadhafi", "معمر القذافي"},
        {"Naseer Haqqani", "Nasiruddin Haqqani"},
        {"Karim Ahmadi", "عبدالکریم احمدی"},
        {"Shafiq Ahmadi", "Shafiqullah Ahmadi"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        double probability = score(pairs[i][0], pairs[i][1]);
        if (probability < 0.5)
            fail_msg("%s / %s: %.3f", pairs[i][0], pairs[i][1], probability);
    }
}

static void different(void **state)
{
    static const char *const pairs[][2] = {
        {"Haider al-Abadi", "Nouri al-Maliki"},
        {"قاسم سلیمانی", "Mohammad Javad Zarif"},
        {"NIDAL AL-DULAIMI", "NIDAL AL-RABI'I"},
        {"Saddam Hussein al-Tikriti", "Izzat Ibrahim al-Duri"},
        {"Government of Estonia", "Government of Ethiopia"},
        {"Eric A. Wendt", "Josh A. Wendt"},
        {"Nasrullah Amini", "Nasruddin Amini"},
        {"Hassan Nasr", "Hassan Nasrallah"},
        {"贝拉克·奥巴马", "Barack Obama Street"},
        {"", "Hannibal"},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        double probability = score(pairs[i][0], pairs[i][1]);
        if (probability >= 0.5)
            fail_msg("%s / %s: %.3f", pairs[i][0], pairs[i][1], probability);
    }
}

static void contradiction_is_dearer(void **state)
{
    (void)state;
    assert_true(score("Hani Abdulrahman Tilfah", "Hani Tilfah") >
                score("Hani Abdulrahman Tilfah", "Hani Jalaluddin Tilfah"));
}

static void reasons_point_at_the_words(void **state)
{
    const char *first = "Adel Abdel Mahdi";
    const char *second = "عادل عبدالمهدی";
    CLEANUP(cleanup_free) struct scored_name *a = mem_alloc(sizeof *a);
    CLEANUP(cleanup_free) struct scored_name *b = mem_alloc(sizeof *b);
    struct match match;

    (void)state;
    scored_name_set(model, first, strlen(first), a);
    scored_name_set(model, second, strlen(second), b);
    names_match(model, FIT_PAIR, a, b, &match);
    assert_int_equal(match.reason_count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(match.reasons[i].kind, WHY_SCRIPT);
        assert_int_equal(match.reasons[i].at_a, match.reasons[i].at_b);
    }
}

static void ranks(void **state)
{
    static const char list[] = "Nouri al-Maliki\nHaidar al-Abadi\nQasem Suleimani\n\n"
                               "Haidar al-Mulla\nAdel Abdul Mahdi\r\nlast one";
    static const struct {
        const char *query;
        uint32_t line;
    } queries[] = {{"حيدر العبادي", 1},
                   {"قاسم سلیمانی", 2},
                   {"عادل عبدالمهدی", 5},
                   {"Last One", 6},
                   {"Al Maliki, Nuri", 0}};
    struct names_index *index = NULL;
    struct ranked ranked[10];

    (void)state;
    assert_int_equal(names_index_new(model, list, strlen(list), &index, NULL), 0);
    assert_int_equal(names_index_count(index), 7);
    for (size_t i = 0; i < ARRAY_LEN(queries); i++) {
        size_t found =
            names_index_rank(index, queries[i].query, strlen(queries[i].query), 10, ranked);
        assert_true(found > 0);
        assert_int_equal(ranked[0].number, queries[i].line);
        for (size_t k = 1; k < found; k++)
            assert_true(ranked[k - 1].log_odds >= ranked[k].log_odds);
    }
    assert_int_equal(names_index_rank(index, "", 0, 10, ranked), 0);
    names_index_free(index);
    assert_int_equal(names_index_new(model, "", 0, &index, NULL), 0);
    assert_int_equal(names_index_rank(index, "Nouri", 5, 10, ranked), 0);
    names_index_free(index);
}

static void broken_models_are_refused(void **state)
{
    static const char *const texts[] = {
        "",
        "sanad-names-model 9\n",
        "sanad-names-model 1\nal b ب 10\n",
        "sanad-names-model 1\nal ب b many\n",
        "sanad-names-model 1\nal ب bbbb 10\n",
        "sanad-names-model 1\nwhat is this\n",
        "sanad-names-model 1\nfit 999 1\n",
    };
    struct names_model *read = NULL;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct err err = {0};
        assert_int_equal(names_model_read(texts[i], strlen(texts[i]), &read, &err), ERR_CORRUPT);
    }
    assert_int_equal(names_model_read("sanad-names-model 1\nal ب b 10\n", 31, &read, NULL), 0);
    names_model_free(read);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lexicon_is_sorted),
        cmocka_unit_test(letters_have_their_numbers),
        cmocka_unit_test(articles_and_compounds),
        cmocka_unit_test(roles),
        cmocka_unit_test(limits),
        cmocka_unit_test(keys_are_stable),
        cmocka_unit_test(same),
        cmocka_unit_test(different),
        cmocka_unit_test(contradiction_is_dearer),
        cmocka_unit_test(reasons_point_at_the_words),
        cmocka_unit_test(ranks),
        cmocka_unit_test(broken_models_are_refused),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
