/* Language and direction: short samples of every language, and the real texts where present. */
#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <fcntl.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/io.h"
#include "base/utf8.h"
#include "text/language.h"
#include "text/language_names.h"

static const struct sample {
    const char *language;
    const char *text;
} samples[] = {
    /* clang-format off */
    {"eng", "The minister said on Monday that the cables had been sent to the embassy before the "
            "talks began, and that he had not read them."},
    {"fas", "وزیر روز دوشنبه گفت که این نامه‌ها را پیش از آغاز گفتگوها به سفارت فرستاده بودند "
            "و "
            "او "
            "آنها را نخوانده است."},
    {"fas", "وزير روز دوشنبه گفت كه اين نامه ها را پيش از آغاز گفتگوها به سفارت فرستاده بودند و او "
            "آنها را نخوانده است."},
    {"ara",
     "قال الوزير يوم الاثنين إن البرقيات قد أرسلت إلى السفارة قبل أن تبدأ المحادثات، وإنه لم "
     "يقرأ منها شيئا."},
    {"ckb",
     "وەزیر ڕۆژی دووشەممە گوتی کە نامەکان پێش دەستپێکردنی گفتوگۆکان بۆ باڵیۆزخانە نێردراون و "
     "ئەو نەیخوێندوونەتەوە."},
    {"kmr", "Wezîr roja duşemê got ku name berî destpêkirina gotûbêjan ji bo balyozxaneyê hatine "
            "şandin û wî ew nexwendine, ji ber ku di wê rojê de ne li wir bû."},
    {"urd",
     "وزیر نے پیر کے روز کہا کہ یہ خطوط مذاکرات شروع ہونے سے پہلے سفارت خانے کو بھیجے گئے تھے "
     "اور انہوں نے انہیں نہیں پڑھا۔"},
    {"deu", "Der Minister sagte am Montag, dass die Depeschen vor dem Beginn der Gespräche an die "
            "Botschaft geschickt worden seien und er sie nicht gelesen habe."},
    {"fra", "Le ministre a dit lundi que les dépêches avaient été envoyées à l'ambassade avant le "
            "début des discussions et qu'il ne les avait pas lues."},
    {"spa", "El ministro dijo el lunes que los cables habían sido enviados a la embajada antes de "
            "que comenzaran las conversaciones y que no los había leído."},
    {"ita", "Il ministro ha detto lunedì che i dispacci erano stati inviati all'ambasciata prima "
            "dell'inizio dei colloqui e che non li aveva letti."},
    {"nld", "De minister zei maandag dat de telegrammen voor het begin van de gesprekken naar de "
            "ambassade waren gestuurd en dat hij ze niet had gelezen."},
    {"por", "O ministro disse na segunda-feira que os telegramas foram enviados para a embaixada "
            "antes do início das conversações e que não os tinha lido."},
    {"tur", "Bakan pazartesi günü yaptığı açıklamada, telgrafların görüşmeler başlamadan önce "
            "büyükelçiliğe gönderildiğini ve kendisinin bunları okumadığını, çok geç olduğu için "
            "söyledi."},
    {"rus", "Министр сказал в понедельник, что телеграммы были отправлены в посольство до начала "
            "переговоров и что он их не читал."},
    {"ukr", "Міністр сказав у понеділок, що телеграми були надіслані до посольства ще до початку "
            "переговорів і що він їх не читав."},
    {"bul", "Министърът каза в понеделник, че телеграмите са били изпратени до посолството преди "
            "началото на преговорите и че не ги е чел."},
    {"srp",
     "Министар је у понедељак рекао да су депеше послате амбасади пре почетка разговора и да "
     "их он није читао."},
    {"ell", "Ο υπουργός είπε τη Δευτέρα ότι τα τηλεγραφήματα είχαν σταλεί στην πρεσβεία."},
    {"heb", "השר אמר ביום שני כי המברקים נשלחו לשגרירות לפני תחילת השיחות."},
    {"zho", "部长星期一说，电报在会谈开始之前已经发往大使馆。"},
    {"jpn", "大臣は月曜日、会談が始まる前に電報が大使館に送られたと述べた。"},
    {"kor", "장관은 월요일 회담이 시작되기 전에 전보가 대사관으로 보내졌다고 말했다."},
    {"pol", "Minister powiedział w poniedziałek, że depesze zostały wysłane do ambasady przed "
            "rozpoczęciem rozmów i że ich nie czytał."},
    {"pus",
     "وزیر د دوشنبې په ورځ وویل چې لیکونه د خبرو اترو له پیل مخکې سفارت ته لیږل شوي او هغه نه "
     "دي لوستي."},
    {"hin", "मंत्री ने सोमवार को कहा कि तार वार्ता शुरू होने से पहले दूतावास को भेजे गए थे।"},
    {"", "12"},
    {"", ""},
    {"", "1969-07-20 14:30 +982188001122 7766"},
    {"", "xk7 qqz2 vbn9 wrt4 zzpl kkjh mmnb"},
    /* clang-format on */
};

static void test_samples(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        const char *guess = language_guess(samples[i].text, strlen(samples[i].text));
        if (strcmp(guess, samples[i].language) != 0)
            fail_msg("'%s' instead of '%s': %s", guess, samples[i].language, samples[i].text);
    }
}

struct score {
    size_t pieces, right;
};

/* Every 400 bytes of a file are a text to guess. */
static void score_file(int folder, const char *name, const char *language, struct score *score)
{
    enum { PIECE = 400 };
    CLEANUP(cleanup_buf) struct buf text = {0};
    struct err err = {0};

    buf_init(&text, 8 << 20);
    assert_int_equal(io_read_file(folder, name, &text, &err), 0);
    for (size_t at = 0; at + PIECE <= text.len;) {
        size_t len = utf8_prefix(text.data + at, text.len - at, PIECE);
        score->pieces++;
        score->right += strcmp(language_guess(text.data + at, len), language) == 0;
        at += len;
    }
}

static void score_folder(const char *relative, const char *language)
{
    char path[4096];
    struct score score = {0};
    const char *shared = getenv("SANAD_SHARED");

    (void)snprintf(path, sizeof path, "%s/data/corpora/texts/%s", shared ? shared : "", relative);
    DIR *folder = opendir(path);
    if (!folder) {
        skip();
        return;
    }
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const char *dot = strchr(entry->d_name, '.');
        const char *end = strrchr(entry->d_name, '.');
        if (entry->d_name[0] == '.' || !end || strcmp(end, ".txt") != 0 ||
            (dot && strstr(dot, "tok")))
            continue;
        score_file(dirfd(folder), entry->d_name, language, &score);
    }
    (void)closedir(folder);
    print_message("# %s: %zu of %zu pieces of 400 bytes are %s\n", relative, score.right,
                  score.pieces, language);
    assert_true(score.pieces > 100);
    assert_true(score.right * 100 >= score.pieces * 99);
}

static void test_news_in_english(void **state)
{
    (void)state;
    score_folder("ntrex/en", "eng");
}

static void test_news_in_persian(void **state)
{
    (void)state;
    score_folder("ntrex/fa", "fas");
}

static void test_news_in_arabic(void **state)
{
    (void)state;
    score_folder("ntrex/ar", "ara");
}

static void test_sentences_in_persian(void **state)
{
    (void)state;
    score_folder("ud_perdt", "fas");
}

static void test_books_in_persian(void **state)
{
    (void)state;
    score_folder("ud_seraji", "fas");
}

static void test_sentences_in_arabic(void **state)
{
    (void)state;
    score_folder("ud_ar_pud", "ara");
}

static bool is_rtl(const char *text)
{
    return text_is_rtl(text, strlen(text));
}

static void test_direction(void **state)
{
    (void)state;
    assert_true(is_rtl("سلام world"));
    assert_true(is_rtl("  12. שלום"));
    assert_false(is_rtl("Hello سلام"));
    assert_false(is_rtl("1234 --"));
    assert_false(is_rtl(""));
    assert_true(is_rtl("\xE2\x80\x8F"
                       "abc"));
    assert_true(is_rtl("\xE2\x81\xA6"
                       "abc\xE2\x81\xA9 سلام")); /* an isolate is passed over */
    assert_false(is_rtl("\xFF\xFE"
                        "abc"));
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(language_code("fa"), "fas");
    assert_string_equal(language_code("Persian"), "fas");
    assert_string_equal(language_code("per"), "fas");
    assert_null(language_code("fas"));
    assert_null(language_code(""));
    assert_null(language_code("chi_sim"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_samples),
        cmocka_unit_test(test_news_in_english),
        cmocka_unit_test(test_news_in_persian),
        cmocka_unit_test(test_news_in_arabic),
        cmocka_unit_test(test_sentences_in_persian),
        cmocka_unit_test(test_books_in_persian),
        cmocka_unit_test(test_sentences_in_arabic),
        cmocka_unit_test(test_direction),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
