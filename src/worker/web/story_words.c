#include "worker/web/story_words.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/attr.h"
#include "base/utf8.h"
#include "worker/web/story_lines.h"

enum how { WHOLE, START };

static const struct {
    const char *word;
    enum how how;
    bool tail;
} WORDS[] = {
    {"share", WHOLE, false},
    {"share on facebook", START, false},
    {"share on twitter", START, false},
    {"share this", START, false},
    {"sharetweet", START, false},
    {"tweet", WHOLE, false},
    {"tt", WHOLE, false},
    {"facebook twitter", START, false},
    {"no result", WHOLE, false},
    {"view all result", WHOLE, false},
    {"newsletter", WHOLE, false},
    {"newsletters", WHOLE, false},
    {"subscribe", START, false},
    {"sign in", WHOLE, false},
    {"log in", WHOLE, false},
    {"sign up", START, false},
    {"about us", WHOLE, false},
    {"contact us", WHOLE, false},
    {"privacy policy", WHOLE, false},
    {"terms of use", START, false},
    {"terms of service", WHOLE, false},
    {"cookie policy", WHOLE, false},
    {"advertisement", WHOLE, false},
    {"skip to content", START, false},
    {"skip to main content", START, false},
    {"menu", WHOLE, false},
    {"home", WHOLE, false},
    {"search", WHOLE, false},
    {"follow us", START, false},
    {"all rights reserved", START, false},
    {"\xC2\xA9", START, false},
    {"copyright \xC2\xA9", START, false},
    {"print", WHOLE, false},
    {"comments", WHOLE, false},
    {"leave a comment", WHOLE, true},
    {"leave a reply", START, true},
    {"post a comment", WHOLE, true},
    {"related posts", WHOLE, true},
    {"related stories", WHOLE, true},
    {"related articles", WHOLE, true},
    {"related news", WHOLE, true},
    {"related topics", WHOLE, true},
    {"related", WHOLE, true},
    {"recommended", START, true},
    {"more on the subject", WHOLE, true},
    {"more on this story", WHOLE, true},
    {"more stories", START, true},
    {"more from", START, true},
    {"most read", WHOLE, true},
    {"most popular", WHOLE, true},
    {"read also", START, true},
    {"read more", START, true},
    {"you may also like", START, true},
    {"next post", WHOLE, true},
    {"previous post", WHOLE, true},
    {"latest news", WHOLE, true},
    {"trending", WHOLE, true},
    {"اشتراک گذاری", START, false},
    {"اشتراک‌گذاری", START, false},
    {"به اشتراک بگذارید", START, false},
    {"کد خبر", START, false},
    {"لینک کوتاه", START, false},
    {"تماس با ما", WHOLE, false},
    {"درباره ما", WHOLE, false},
    {"تمامی حقوق", START, false},
    {"کلیه حقوق", START, false},
    {"جستجو", WHOLE, false},
    {"خانه", WHOLE, false},
    {"ورود", WHOLE, false},
    {"تبلیغات", WHOLE, false},
    {"برچسب‌ها", START, false},
    {"برچسب ها", START, false},
    {"ارسال نظر", START, true},
    {"نظر شما", START, true},
    {"اخبار مرتبط", START, true},
    {"مطالب مرتبط", START, true},
    {"بیشتر بخوانید", START, true},
    {"پربازدید", START, true},
    {"آخرین اخبار", START, true},
    {"مشاركة", START, false},
    {"شارك", START, false},
    {"اتصل بنا", WHOLE, false},
    {"من نحن", WHOLE, false},
    {"جميع الحقوق", START, false},
    {"بحث", WHOLE, false},
    {"الرئيسية", WHOLE, false},
    {"تسجيل الدخول", WHOLE, false},
    {"إعلان", WHOLE, false},
    {"اقرأ أيضا", START, true},
    {"اقرأ المزيد", START, true},
    {"مواضيع ذات صلة", START, true},
    {"أخبار ذات صلة", START, true},
    {"الأكثر قراءة", START, true},
    {"آخر الأخبار", START, true},
};

enum { START_ROOM = 40 }; /* bytes that may follow a word a line starts with */

int story_page_word(const char *line, size_t len)
{
    for (size_t i = 0; i < ARRAY_LEN(WORDS); i++) {
        size_t n = strlen(WORDS[i].word);
        bool fits = WORDS[i].how == WHOLE ? len == n || (len == n + 1 && line[n] == ':')
                                          : len >= n && len <= n + START_ROOM;
        /* a short word must not be the start of a longer one */
        bool ends = fits && (len == n || n > 8 || !isalpha((unsigned char)line[n]));
        if (ends && strncasecmp(line, WORDS[i].word, n) == 0)
            return (int)i;
    }
    return -1;
}

bool story_word_is_tail(int word)
{
    return word >= 0 && (size_t)word < ARRAY_LEN(WORDS) && WORDS[word].tail;
}

static bool starts(const char *line, size_t len, const char *with)
{
    size_t n = strlen(with);

    return len > n && strncasecmp(line, with, n) == 0;
}

bool story_is_byline(const char *line, size_t len)
{
    static const char *const BEGIN[] = {"by ",     "by:",     "written by ", "author:", "نویسنده",
                                        "گزارشگر", "خبرنگار", "نوشته",       "بقلم",    "كتب",
                                        "إعداد",   "الكاتب",  "تحریریه",     "مترجم:"};

    for (size_t i = 0; i < ARRAY_LEN(BEGIN); i++)
        if (starts(line, len, BEGIN[i]))
            return true;
    /* "Staff Writer by Staff Writer": names on both sides */
    const char *by = memmem(line, len, " by ", 4);
    return by && isupper((unsigned char)line[0]) && by + 4 < line + len &&
           isupper((unsigned char)by[4]) && (size_t)(by - line) == len - 4 - (size_t)(by - line) &&
           memcmp(line, by + 4, (size_t)(by - line)) == 0;
}

size_t story_digits(const char *line, size_t len, char *out, size_t size)
{
    size_t n = 0;

    memset(out, 0, size);
    for (size_t at = 0; at < len;) {
        uint32_t rune;
        size_t step = utf8_decode(line + at, len - at, &rune);
        bool eastern = (rune >= 0x0660 && rune <= 0x0669) || (rune >= 0x06F0 && rune <= 0x06F9);
        if (n + step >= size)
            break;
        if (eastern) {
            out[n++] = (char)('0' + (rune & 0xF));
        } else {
            memcpy(out + n, line + at, step);
            n += step;
        }
        at += step;
    }
    return n;
}

static const char *const MONTHS[] = {"january",   "february", "march",    "april",
                                     "may",       "june",     "july",     "august",
                                     "september", "october",  "november", "december"};

static const char *const OTHER_MONTHS[] = {
    "فروردین",   "اردیبهشت", "خرداد",    "تیر",      "مرداد",   "شهریور",     "مهر",
    "آبان",      "آذر",      "بهمن",     "اسفند",    "ژانویه",  "فوریه",      "مارس",
    "آوریل",     "ژوئن",     "ژوئیه",    "اوت",      "سپتامبر", "اکتبر",      "نوامبر",
    "دسامبر",    "يناير",    "فبراير",   "أبريل",    "مايو",    "يونيو",      "يوليو",
    "أغسطس",     "سبتمبر",   "أكتوبر",   "نوفمبر",   "ديسمبر",  "كانون",      "شباط",
    "آذار",      "نيسان",    "أيار",     "حزيران",   "تموز",    "أيلول",      "تشرين",
    "janvier",   "février",  "mars",     "avril",    "juin",    "juillet",    "août",
    "septembre", "octobre",  "novembre", "décembre", "Januar",  "Februar",    "März",
    "Juni",      "Juli",     "Oktober",  "Dezember", "enero",   "febrero",    "marzo",
    "abril",     "mayo",     "junio",    "julio",    "agosto",  "septiembre", "octubre",
    "noviembre", "diciembre"};

/* A month's name at the start of a word, short ("Nov") or whole; its number from 1, or 0. */
static int month_at(const char *word)
{
    size_t letters = 0;

    while (isalpha((unsigned char)word[letters]))
        letters++;
    for (int i = 0; i < 12 && letters >= 3; i++)
        if (letters <= strlen(MONTHS[i]) && strncasecmp(word, MONTHS[i], letters) == 0)
            return i + 1;
    return letters == 4 && strncasecmp(word, "sept", 4) == 0 ? 9 : 0;
}

bool story_has_month(const char *line, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((i == 0 || !isalpha((unsigned char)line[i - 1])) && month_at(line + i))
            return true;
    for (size_t i = 0; i < ARRAY_LEN(OTHER_MONTHS); i++)
        if (memmem(line, len, OTHER_MONTHS[i], strlen(OTHER_MONTHS[i])))
            return true;
    return false;
}

/* Three numbers with one kind of sign between, at the start of a word. */
static bool three_numbers(const char *at, int ret_numbers[3])
{
    char sign = 0;

    for (int i = 0; i < 3; i++) {
        size_t digits = strspn(at, "0123456789");
        if (digits < 1 || digits > 4)
            return false;
        ret_numbers[i] = atoi(at);
        at += digits;
        if (i == 2)
            return !isdigit((unsigned char)*at) && *at != sign;
        if (!*at || !strchr("/-.", *at) || (sign && *at != sign))
            return false;
        sign = *at++;
    }
    return false;
}

static bool find_numbers(const char *line, int ret_numbers[3])
{
    for (size_t i = 0; line[i]; i++)
        if ((i == 0 || !isdigit((unsigned char)line[i - 1])) && isdigit((unsigned char)line[i]) &&
            three_numbers(line + i, ret_numbers))
            return true;
    return false;
}

/* Of three numbers the one above 31 is the year; of the others one above 12 is the day. */
bool story_numeric_date(const char *line)
{
    int n[3];

    if (!find_numbers(line, n))
        return false;
    bool year_first = n[0] > 31;
    int a = year_first ? n[1] : n[0];
    int b = year_first ? n[2] : n[1];
    return a >= 1 && b >= 1 && a <= 31 && b <= 31 && (a <= 12 || b <= 12);
}

static int whole_year(int year)
{
    return year >= 100 ? year : year < 70 ? 2000 + year : 1900 + year;
}

static bool iso(int year, int month, int day, char out[16])
{
    if (year < 1700 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    snprintf(out, 16, "%04d-%02d-%02d", year, month, day);
    return true;
}

bool story_date_iso(const char *text, size_t len, char out[16])
{
    char plain[256];
    int n[3];
    int month = 0, day = 0, year = 0;

    (void)story_digits(text, len, plain, sizeof(plain));
    if (find_numbers(plain, n)) {
        if (n[0] > 31)
            return iso(whole_year(n[0]), n[1], n[2], out);
        if (n[0] > 12)
            return iso(whole_year(n[2]), n[1], n[0], out);
        return n[1] > 12 && iso(whole_year(n[2]), n[0], n[1], out);
    }
    for (size_t i = 0; plain[i]; i++) {
        if (i && isalnum((unsigned char)plain[i - 1]))
            continue;
        size_t digits = strspn(plain + i, "0123456789");
        if (digits == 4)
            year = atoi(plain + i);
        else if (digits && digits <= 2 && !day && plain[i + digits] != ':')
            day = atoi(plain + i);
        else if (!digits && !month)
            month = month_at(plain + i);
    }
    return iso(year, month, day, out);
}
