/* Saved pages that hold several stories, and texts that are no such pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "parts_told.h"
#include "worker/web/story_lines.h"

#define ONE                                                                                        \
    "The ministry sent the cable on Monday, and the embassy, which had waited for it, answered "   \
    "the same day, two officials said.\n\n"
#define TWO                                                                                        \
    "Both papers were found years later among what the consul had left behind in the house at "    \
    "the river, in a box without a name.\n\n"
#define THREE                                                                                      \
    "A spokesman for the embassy said that it had no comment for the time being, and that the "    \
    "papers could not be verified by it.\n\n"
#define BODY ONE TWO THREE TWO

static const char PAGE[] =
    "• Home\n• World\nNewsletter\nSubscribe now\nTuesday, March 21, 2023\n\n"
    "A cable was found in the house at the river\n\nby A. Reporter\n11/18/19\n\n"
    "Share on Facebook\n\n" BODY "What the box held\n\n" ONE
    "Related posts\n\nWhale is seen near the old harbour again\nby B. Writer\nMarch 3, 2023\n\n"
    "The lake has frozen over for the first time\n\nBy C. Author\n2019-11-20\n\n" BODY
    "© 2019 The Paper\nPrivacy policy\n";

static void a_saved_page_is_its_stories(void **state)
{
    struct told told;

    (void)state;
    told_read(&told, "page.txt", PAGE, strlen(PAGE), PLENTY);
    assert_string_equal(told.pages.data, "A cable was found in the house at the river\n"
                                         "The lake has frozen over for the first time\n");
    assert_int_equal(strncmp(told.main.data, "A cable was found in the house at the river\n", 44),
                     0);
    assert_non_null(strstr(told.main.data, "What the box held\n"));
    assert_non_null(strstr(told.main.data, "\nThe lake has frozen over for the first time\n"));
    assert_null(strstr(told.main.data, "Share on"));
    assert_null(strstr(told.main.data, "Whale"));
    assert_null(strstr(told.main.data, "Home"));
    assert_non_null(strstr(told.rest.data, "Whale is seen"));
    assert_non_null(strstr(told.rest.data, "Share on Facebook"));
    assert_non_null(strstr(told.rest.data, "• World"));
    assert_non_null(strstr(told.rest.data, "Privacy policy"));
    assert_non_null(strstr(told.metas.data, "title=A cable was found in the house at the river\n"));
    assert_non_null(strstr(told.metas.data, "date=2019-11-18\n"));
    assert_non_null(strstr(told.metas.data, "story=The lake has frozen over for the first time | "
                                            "By C. Author | 2019-11-20\n"));
    told_release(&told);
}

static void a_headline_that_stands_twice(void **state)
{
    struct told told;
    static const char HEAD[] = "The old bridge is open for carts once more\n"; /* 43 bytes */
    struct buf page;

    (void)state;
    buf_init(&page, 1 << 16);
    for (int i = 0; i < 2; i++)
        (void)buf_printf(&page,
                         "%d %s\nCarts on the bridge. (AFP)\nCarts on the bridge. (AFP)\nTT\n\n"
                         "%d %s\nCarts on the bridge. (AFP)\n\n%sA short heading\n\n%s\n",
                         i, HEAD, i, HEAD, ONE TWO, THREE);
    told_read(&told, "page.txt", page.data, page.len, PLENTY);
    assert_string_equal(told.pages.data, "0 The old bridge is open for carts once more\n"
                                         "1 The old bridge is open for carts once more\n");
    const char *caption = strstr(told.main.data, "(AFP)");
    assert_non_null(caption);
    assert_non_null(strstr(told.main.data, "A short heading\n"));
    buf_release(&page);
    told_release(&told);
}

static void persian_pages(void **state)
{
    struct told told;
    static const char HEAD[] =
        "سند تازه‌ای در خانه کنار رودخانه پیدا شد\n";
    static const char TEXT[] =
        "وزارتخانه روز دوشنبه این نامه را فرستاد و سفارت که در انتظار آن بود همان روز "
        "پاسخ داد، دو مقام گفتند.\n\n";
    struct buf page;

    (void)state;
    buf_init(&page, 1 << 16);
    (void)buf_printf(&page, "خانه\nجستجو\nدرباره ما\n\n%s\n۲۸ آبان ۱۳۹۸\nکد خبر: ۱۲۳\n\n%s%s%s%s%s",
                     HEAD, TEXT, TEXT, TEXT, TEXT, "اخبار مرتبط\nیک خبر دیگر\n");
    told_read(&told, "page.txt", page.data, page.len, PLENTY);
    assert_non_null(strstr(told.pages.data, "سند تازه‌ای"));
    assert_null(strstr(told.main.data, "کد خبر"));
    assert_non_null(strstr(told.main.data, "۲۸ آبان ۱۳۹۸"));
    assert_non_null(strstr(told.rest.data, "یک خبر دیگر"));
    buf_release(&page);
    told_release(&told);
}

static void other_texts_stay_one(void **state)
{
    static const char *const TEXTS[] = {
        /* a report with dated sections, and no word of a web page */
        "The first meeting with the ambassador\nMarch 3, 2019\n\n" BODY
        "The second meeting with the ambassador\nMarch 5, 2019\n\n" BODY,
        /* a conversation in which answers come again */
        "MacArthur: Well I know that much.\n\nNixon: Yes.\n\nMacArthur: Well I know that "
        "much.\n\n" BODY
        "MacArthur: I know that well.\n\nNixon: No.\n\nMacArthur: I know that well.\n\n" BODY,
        /* a menu and nothing else */
        "• Home\nNewsletter\nSubscribe\nPrivacy policy\nAbout us\nContact us\n",
    };
    struct told told;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(TEXTS); i++) {
        told_read(&told, "text.txt", TEXTS[i], strlen(TEXTS[i]), PLENTY);
        assert_string_equal(told.pages.data, "");
        assert_string_equal(told.rest.data, "");
        assert_string_equal(told.main.data, TEXTS[i]);
        told_release(&told);
    }
}

#define P1 "<p>" ONE "</p>"
#define P2 "<p>" TWO "</p><p>" THREE "</p>"
#define TEASER "<article><h2>Whale near the harbour</h2><p>It was seen again.</p></article>"

static void several_articles(void **state)
{
    static const char HTML[] =
        "<html><body><nav><a href=1>Home</a></nav><article><h1>The <b>first</b> story</h1>"
        "<p class=byline>A. Reporter</p>" P1 P2 P1 P2 "</article>" TEASER
        "<article><h2>The second\nstory</h2>" P2 P1 P2 P1
        "<ul class=share><li>Share</li></ul></article>"
        "<footer>Imprint</footer></body></html>";
    struct told told;

    (void)state;
    told_read(&told, "x.html", HTML, strlen(HTML), PLENTY);
    assert_string_equal(told.pages.data, "The first story\nThe second story\n");
    assert_int_equal(strncmp(told.main.data, "The first story\nThe ministry", 28), 0);
    assert_non_null(strstr(told.main.data, "\nThe second story\nBoth papers"));
    assert_null(strstr(told.main.data, "Whale"));
    assert_null(strstr(told.main.data, "Imprint"));
    assert_non_null(strstr(told.rest.data, "Whale near"));
    assert_non_null(strstr(told.rest.data, "Share"));
    assert_non_null(strstr(told.metas.data, "story=The first story | A. Reporter\n"));
    told_release(&told);
}

static void several_h1(void **state)
{
    static const char HTML[] =
        "<html><body><div class=wrap><div><div class=head><h1>One bridge</h1></div>" P1 P2 P1 P2
        "</div><div><div class=head><h1>Another bridge</h1></div>" P1 P2 P1 P2
        "</div></div></body></html>";
    struct told told;

    (void)state;
    told_read(&told, "x.html", HTML, strlen(HTML), PLENTY);
    assert_string_equal(told.pages.data, "One bridge\nAnother bridge\n");
    assert_string_equal(told.rest.data, "");
    told_release(&told);
}

static void dates(void **state)
{
    static const struct {
        const char *line, *iso;
    } LINES[] = {
        {"Tuesday, March 21, 2023", "2023-03-21"},
        {"11/18/19", "2019-11-18"},
        {"18.11.2019", "2019-11-18"},
        {"2019-11-18 10:00", "2019-11-18"},
        {"۲۰۲۳/۰۳/۲۱", "2023-03-21"},
        {"18 Sept 2019, 10:20", "2019-09-18"},
        {"5/6/2019", NULL}, /* the fifth of June or the sixth of May */
        {"۱۳۹۸/۰۸/۲۸", NULL},
        {"March of the penguins", NULL},
    };
    char iso[16];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(LINES); i++) {
        bool found = story_date_iso(LINES[i].line, strlen(LINES[i].line), iso);
        assert_int_equal(found, LINES[i].iso != NULL);
        if (found)
            assert_string_equal(iso, LINES[i].iso);
    }
}

static void real_pages(void **state)
{
    struct told told;

    (void)state;
    if (!told_read_shared(&told, "reports/004_6ec05461cbc230fc.txt"))
        skip();
    assert_string_equal(
        told.pages.data,
        "Intelligence Leaks Reveal How Iran Gained Influence over Iraq\n"
        "Israel Says Killed Hamas Operative Responsible for 2004 Bus Bombings\n"
        "Somali President to Asharq Al-Awsat: Working with Saudi-led Partners to Void Israel’s "
        "Somaliland Recognition\n"
        "RSF Drone Strike on Mosque Kills 2 Children in Sudan’s Kordofan Region\n");
    assert_non_null(strstr(told.main.data, "\nThree parallel steps\n"));
    told_release(&told);
    if (!told_read_shared(&told, "reports/000_bcc47ea7f750e6e2.txt"))
        skip();
    assert_string_equal(told.pages.data,
                        "Spy Agency Leaks Show ‘Vast’ Iranian Influence in Iraq\n");
    assert_non_null(strstr(told.main.data, "consider it yours.”"));
    assert_null(strstr(told.main.data, "Tennessee"));
    assert_non_null(strstr(told.rest.data, "Tennessee"));
    told_release(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_saved_page_is_its_stories),
        cmocka_unit_test(a_headline_that_stands_twice),
        cmocka_unit_test(persian_pages),
        cmocka_unit_test(other_texts_stay_one),
        cmocka_unit_test(several_articles),
        cmocka_unit_test(several_h1),
        cmocka_unit_test(dates),
        cmocka_unit_test(real_pages),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
