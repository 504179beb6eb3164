/* Patterns: what has a fixed form is found where it stands, and what only looks so is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "names/patterns.h"

struct told {
    const char *text;
    size_t end;
    struct buf out;
};

static const char *const kinds[MENTION_KINDS] = {
    [MENTION_EMAIL] = "email",    [MENTION_URL] = "url",     [MENTION_PHONE] = "phone",
    [MENTION_IBAN] = "iban",      [MENTION_CARD] = "card",   [MENTION_PASSPORT] = "passport",
    [MENTION_NATIONAL_ID] = "id", [MENTION_PLATE] = "plate", [MENTION_COORDINATES] = "geo",
    [MENTION_REFERENCE] = "ref",
};

static int tell(void *ctx, const struct mention *found)
{
    struct told *told = ctx;

    assert_non_null(kinds[found->kind]);
    assert_true(found->start >= told->end && found->start < found->end);
    assert_true(found->end <= strlen(told->text));
    assert_true(found->score > 0 && found->score <= 1);
    told->end = found->end;
    buf_printf(&told->out, "%s%s=%.*s", told->out.len ? " | " : "", kinds[found->kind],
               (int)(found->end - found->start), told->text + found->start);
    return 0;
}

struct example {
    const char *text, *wanted;
};

static void check(const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct told told = {.text = examples[i].text};
        buf_init(&told.out, 1 << 16);
        assert_int_equal(patterns_find(told.text, strlen(told.text), tell, &told), 0);
        if (strcmp(told.out.data, examples[i].wanted) != 0)
            fail_msg("%s\n  got    %s\n  wanted %s", told.text, told.out.data, examples[i].wanted);
        buf_release(&told.out);
    }
}

#define CHECK(examples) check(examples, sizeof(examples) / sizeof((examples)[0]))

static void addresses_of_mail(void **state)
{
    static const struct example examples[] = {
        {"write to j.smith+list@mail.example.co.uk.", "email=j.smith+list@mail.example.co.uk"},
        {"<ali@moi.gov.iq>, 'x@y.org'", "email=ali@moi.gov.iq | email=x@y.org"},
        {"mailto:a_b@c.ir?subject=x", "email=a_b@c.ir"},
        {"ایمیلali@x.irبود", "email=ali@x.ir"},
        {"پست: علی@مثال.ایران", "email=علی@مثال.ایران"},
        {"josé@exámple.es", "email=josé@exámple.es"},
        {"name (at) host.org, name[at]host[.]org",
         "email=name (at) host.org | email=name[at]host[.]org"},
        {"root@[192.168.0.1]", "email=root@[192.168.0.1]"},
        {"root@localhost a@b @c icon@2x.png x@.com a@b.1", ""},
        {"09121234567@gmail.com", "email=09121234567@gmail.com"},
    };

    (void)state;
    CHECK(examples);
}

static void addresses_of_the_web(void **state)
{
    static const struct example examples[] = {
        {"see https://example.org/a_(b)?q=1#x.", "url=https://example.org/a_(b)?q=1#x"},
        {"(http://x.ir/y), \"ftp://h/z\"", "url=http://x.ir/y | url=ftp://h/z"},
        {"www.mehrnews.com، و", "url=www.mehrnews.com"},
        {"https://fa.wikipedia.org/wiki/تهران است", "url=https://fa.wikipedia.org/wiki/تهران"},
        {"hxxps://evil[.]com/a", "url=hxxps://evil[.]com/a"},
        {"t.me/kanal و mehrnews.com", "url=t.me/kanal | url=mehrnews.com"},
        {"e.g. this. Node.js a.m. foo://x note://y U.S.A.", ""},
        {"file:///C:/Users/a.doc", "url=file:///C:/Users/a.doc"},
    };

    (void)state;
    CHECK(examples);
}

static void phones(void **state)
{
    static const struct example examples[] = {
        {"+98 21 8899 0011", "phone=+98 21 8899 0011"},
        {"+44 (0)20 7946 0958, x", "phone=+44 (0)20 7946 0958"},
        {"(+98) 912 123 4567", "phone=(+98) 912 123 4567"},
        {"+٩٦٤ ٧٧٠ ١٢٣ ٤٥٦٧", "phone=+٩٦٤ ٧٧٠ ١٢٣ ٤٥٦٧"},
        {"00989121234567", "phone=00989121234567"},
        {"+1 202 555 0143 15", "phone=+1 202 555 0143"},
        {"۰۹۱۲۱۲۳۴۵۶۷", "phone=۰۹۱۲۱۲۳۴۵۶۷"},
        {"۰۲۱-۸۸۹۹۰۰۱۱ یا ۸۸۹۹۰۰۱۲-۰۲۱", "phone=۰۲۱-۸۸۹۹۰۰۱۱ | phone=۸۸۹۹۰۰۱۲-۰۲۱"},
        {"07701234567", "phone=07701234567"},
        {"(202) 555-0143; 202-555-0144", "phone=(202) 555-0143 | phone=202-555-0144"},
        {"01 42 68 53 00", "phone=01 42 68 53 00"},
        {"03/123456", "phone=03/123456"},
        {"Tel: 750123, 750124", "phone=750123 | phone=750124"},
        {"تلفن: ۸۸۹۹۰۰۱۱", "phone=۸۸۹۹۰۰۱۱"},
        {"هاتف: ٧٥٠١٢٣٤", "phone=٧٥٠١٢٣٤"},
        {"\xE2\x80\xAA+98 21 8899 0011\xE2\x80\xAC", "phone=+98 21 8899 0011"},
    };
    static const struct example none[] = {
        {"88990011 1234567890 12345678901", ""},
        {"03-11-2014 01.02.2014 1393/08/12 2013-2014", ""},
        {"+5 apples, +999 123456789, +98 12", ""},
        {"$202-555-0143 x202-555-0143 0.1234567", ""},
        {"همراه ۱۲۰۰۰۰۰ نفر, Mobile 2014-11-03", ""},
        {"1,021,889,900 and 12-345-678", ""},
    };

    (void)state;
    CHECK(examples);
    CHECK(none);
}

static void accounts(void **state)
{
    static const struct example examples[] = {
        {"IBAN GB29 NWBK 6016 1331 9268 19.", "iban=GB29 NWBK 6016 1331 9268 19"},
        {"DE89370400440532013000", "iban=DE89370400440532013000"},
        {"شبا: IR۰۶۲۹۶۰۰۰۰۰۰۰۱۰۰۳۲۴۲۰۰۰۰۱", "iban=IR۰۶۲۹۶۰۰۰۰۰۰۰۱۰۰۳۲۴۲۰۰۰۰۱"},
        {"شبا: 062960000000100324200001", "iban=062960000000100324200001"},
        {"GB29NWBK60161331926818 DE8937040044053201300", ""},
        {"4111 1111 1111 1111", "card=4111 1111 1111 1111"},
        {"3782-822463-10005", "card=3782-822463-10005"},
        {"۶۰۳۷ ۹۹۷۱ ۲۳۴۵ ۶۷۸۳", "card=۶۰۳۷ ۹۹۷۱ ۲۳۴۵ ۶۷۸۳"},
        {"4111 1111 1111 1112 1234567812345670", ""},
        {"کد ملی: ۰۰۸۴۵۷۵۹۴۸", "id=۰۰۸۴۵۷۵۹۴۸"},
        {"کد‌ملی ۸۴۵۷۵۹۴۸", "id=۸۴۵۷۵۹۴۸"},
        {"008-457594-8", "id=008-457594-8"},
        {"0084575948 کد ملی: 0084575947, 1111111111", ""},
        {"Passport No. A12345678", "passport=A12345678"},
        {"گذرنامه شماره: K ۹۸۷۶۵۴۳۲", "passport=K ۹۸۷۶۵۴۳۲"},
        {"جواز سفر رقم A1234567", "passport=A1234567"},
        {"گذرنامه ح۱۲۳۴۵۶۷۸", "passport=ح۱۲۳۴۵۶۷۸"},
        {"گذرنامه به شماره ح ۱۲۳۴۵۶۷۸ و", "passport=ح ۱۲۳۴۵۶۷۸"},
        {"گذرنامه و ۱۲۳۴ نفر", ""},
        {"a passport of 1979 and A1234567890123", ""},
    };

    (void)state;
    CHECK(examples);
}

static void plates(void **state)
{
    static const struct example examples[] = {
        {"خودرو ۱۲ ب ۳۴۵ ایران ۶۷ بود", "plate=۱۲ ب ۳۴۵ ایران ۶۷"},
        {"ایران ۶۷ - ۳۴۵ ب ۱۲", "plate=ایران ۶۷ - ۳۴۵ ب ۱۲"},
        {"۱۲الف۳۴۵-۶۷", "plate=۱۲الف۳۴۵-۶۷"},
        {"المرقمة ١٢٣٤٥ بغداد / خصوصي", "plate=١٢٣٤٥ بغداد / خصوصي"},
        {"١٢٣٤٥ بغداد", ""},
        {"رقم اللوحة؟ لوحة 22 A 12345", "plate=22 A 12345"},
        {"در ۱۲ و ۳۴۵ نفر", ""},
        {"plate number: 12345 Baghdad A", "plate=12345 Baghdad A"},
        {"plate Baghdad A 12345, white", "plate=Baghdad A 12345"},
        {"license plate 60214 Erbil Private", "plate=60214 Erbil Private"},
        {"لوحة بغداد ١٢٣٤٥ خصوصي", "plate=بغداد ١٢٣٤٥ خصوصي"},
        {"المرقمة ١٢٣٤٥ أ بغداد", "plate=١٢٣٤٥ أ بغداد"},
        {"a plate of Baghdad copper, 12345 dinars", ""},
        {"12345 Baghdad A", ""},
    };

    (void)state;
    CHECK(examples);
}

static void coordinates(void **state)
{
    static const struct example examples[] = {
        {"at 33.3152, 44.3661.", "geo=33.3152, 44.3661"},
        {"-33.8688,151.2093", "geo=-33.8688,151.2093"},
        {"33°18'55\"N 44°21'58\"E", "geo=33°18'55\"N 44°21'58\"E"},
        {"33° 18′ N, 44° 21′ E", "geo=33° 18′ N, 44° 21′ E"},
        {"N33°18.917' E044°21.967'", "geo=N33°18.917' E044°21.967'"},
        {"331855N 0442158E", "geo=331855N 0442158E"},
        {"33 18 55 N, 44 21 58 E", "geo=33 18 55 N, 44 21 58 E"},
        {"۳۳ درجه و ۱۸ دقیقه شمالی و ۴۴ درجه و ۲۱ دقیقه شرقی",
         "geo=۳۳ درجه و ۱۸ دقیقه شمالی و ۴۴ درجه و ۲۱ دقیقه شرقی"},
        {"38S MB 45123 89012; 38SMB4512389012", "geo=38S MB 45123 89012 | geo=38SMB4512389012"},
        {"99.1234, 44.3661 / 38S XB 4512 8901", ""},
        {"12.345, 67.890 1.2 3.4 5 N, 44 E", ""},
    };

    (void)state;
    CHECK(examples);
}

static void references(void **state)
{
    static const struct example examples[] = {
        {"شماره: ۱۲۳/۴/۵۶۷", "ref=۱۲۳/۴/۵۶۷"},
        {"نامه شماره ۴۵/م/۱۲ مورخ", "ref=۴۵/م/۱۲"},
        {"العدد / س ل / ١٢٣", ""},
        {"العدد: س/١٢٣/٢٠١٤", "ref=س/١٢٣/٢٠١٤"},
        {"العدد: ١٢٣٤", "ref=١٢٣٤"},
        {"Ref: MOI/4/1123-B.", "ref=MOI/4/1123-B"},
        {"Our ref. AB-123", "ref=AB-123"},
        {"No. 12/345", "ref=12/345"},
        {"No. 5, no 12/345, number 4; Ref: see below; شماره ۵", ""},
        {"شماره: ۱۳۹۳/۰۸/۱۲", ""},
        {"شماره تلفن: ۰۲۱-۸۸۹۹۰۰۱۱", "phone=۰۲۱-۸۸۹۹۰۰۱۱"},
    };

    (void)state;
    CHECK(examples);
}

/* No place is looked at more than a window's times, whatever stands there. */
static void hostile(void **state)
{
    static const char *const pieces[] = {
        "a@",  "1 ",       "+1", "(1", "http://",      "a.com.", "1.1", "No. ", "۰-",  "تلفن ",
        "38S", "ایران ۱۲", "((", "@@", "\xE2\x80\x8B", "N1",     "ʺʹ",  "０ａ", "IR12"};
    enum { BYTES = 1 << 20 };
    char *text = mem_alloc(BYTES + 1);

    (void)state;
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
        struct told told = {.text = text};
        size_t size = strlen(pieces[i]);
        size_t len = 0;
        while (len + size <= BYTES) {
            memcpy(text + len, pieces[i], size);
            len += size;
        }
        text[len] = '\0';
        buf_init(&told.out, 1 << 16);
        assert_int_equal(patterns_find(text, len, tell, &told), 0);
        buf_release(&told.out);
    }
    free(text);
}

static int stop(void *ctx, const struct mention *found)
{
    (void)found;
    return ++*(int *)ctx == 2 ? 7 : 0;
}

static void a_no_ends_it(void **state)
{
    static const char text[] = "a@b.org c@d.org e@f.org";
    int count = 0;

    (void)state;
    assert_int_equal(patterns_find(text, sizeof(text) - 1, stop, &count), 7);
    assert_int_equal(count, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_of_mail),
        cmocka_unit_test(addresses_of_the_web),
        cmocka_unit_test(phones),
        cmocka_unit_test(accounts),
        cmocka_unit_test(plates),
        cmocka_unit_test(coordinates),
        cmocka_unit_test(references),
        cmocka_unit_test(hostile),
        cmocka_unit_test(a_no_ends_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
