#include "worker/office/numfmt.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

enum { DECIMALS_MAX = 30, DIGITS_MAX = 340, SECTIONS_MAX = 4 };

struct section {
    const char *at, *end;
};

const char *number_skip_literal(const char *at)
{
    const char *end;

    switch (*at) {
    case '"':
        end = strchr(at + 1, '"');
        return end ? end + 1 : at + strlen(at);
    case '\\':
    case '_':
    case '*':
        return at[1] ? at + 2 : at + 1;
    case '[':
        end = strchr(at, ']');
        if (end && at[1] && !strchr("hHmMsS", at[1]))
            return end + 1;
        return at;
    default:
        return at;
    }
}

enum number_kind number_kind_of(const char *format)
{
    bool date = false;
    bool time_of_day = false;
    bool month_or_minute = false;

    for (const char *at = format; *at && *at != ';';) {
        const char *next = number_skip_literal(at);
        if (next != at) {
            at = next;
            continue;
        }
        date |= strchr("yYdD", *at) != NULL;
        time_of_day |= strchr("hHsS", *at) != NULL;
        month_or_minute |= *at == 'm' || *at == 'M';
        if (strncasecmp(at, "General", 7) == 0 || strncasecmp(at, "Standard", 8) == 0)
            at += 6;
        at++;
    }
    if (month_or_minute && !time_of_day)
        date = true;
    if (date)
        return time_of_day ? NUMBER_DATE_TIME : NUMBER_DATE;
    return time_of_day ? NUMBER_TIME : NUMBER_PLAIN;
}

const char *number_built_in(long id)
{
    static const struct {
        uint8_t from, to;
        const char *code;
    } codes[] = {
        {1, 1, "0"},
        {2, 2, "0.00"},
        {3, 3, "#,##0"},
        {4, 4, "#,##0.00"},
        {5, 6, "$#,##0_);($#,##0)"},
        {7, 8, "$#,##0.00_);($#,##0.00)"},
        {9, 9, "0%"},
        {10, 10, "0.00%"},
        {11, 11, "0.00E+00"},
        {14, 17, "yyyy-mm-dd"},
        {18, 21, "hh:mm:ss"},
        {22, 22, "yyyy-mm-dd hh:mm"},
        {27, 31, "yyyy-mm-dd"},
        {32, 33, "hh:mm:ss"},
        {34, 36, "yyyy-mm-dd"},
        {37, 38, "#,##0_);(#,##0)"},
        {39, 40, "#,##0.00_);(#,##0.00)"},
        {41, 41, "#,##0_);(#,##0);-_)"},
        {42, 42, "$* #,##0_);$* (#,##0);$* -_)"},
        {43, 43, "#,##0.00_);(#,##0.00);-_)"},
        {44, 44, "$* #,##0.00_);$* (#,##0.00);$* -_)"},
        {45, 45, "mm:ss"},
        {46, 46, "[h]:mm:ss"},
        {47, 47, "mm:ss.0"},
        {48, 48, "##0.0E+0"},
        {50, 58, "yyyy-mm-dd"},
    };

    for (size_t i = 0; i < ARRAY_LEN(codes); i++)
        if (id >= codes[i].from && id <= codes[i].to)
            return codes[i].code;
    return NULL;
}

/* ---- sections ---- */

static size_t split(const char *format, struct section sections[SECTIONS_MAX])
{
    size_t count = 0;
    const char *start = format;
    const char *at = format;

    while (count < SECTIONS_MAX) {
        const char *next = *at ? number_skip_literal(at) : at;
        if (next != at) {
            at = next;
            continue;
        }
        if (*at == '\0' || *at == ';') {
            sections[count++] = (struct section){start, at};
            start = at + 1;
        }
        if (*at++ == '\0')
            break;
    }
    return count;
}

/* "[>=100]" at the start of a section, after colours: whether it has one, and whether it holds. */
static bool condition(const struct section *section, double value, bool *ret_holds)
{
    for (const char *at = section->at; at < section->end && *at == '[';) {
        const char *end = memchr(at, ']', (size_t)(section->end - at));
        if (!end)
            return false;
        if (strchr("<>=", at[1])) {
            const char *number = at + 1 + strspn(at + 1, "<>=");
            double bound = strtod(number, NULL);
            bool less = memchr(at, '<', (size_t)(number - at)) != NULL;
            bool more = memchr(at, '>', (size_t)(number - at)) != NULL;
            bool equal = memchr(at, '=', (size_t)(number - at)) != NULL;
            *ret_holds = (less && value < bound) || (more && value > bound) ||
                         (equal && value == bound) || (less && more && value != bound);
            return true;
        }
        at = end + 1;
    }
    return false;
}

/* The section for a value; *ret_negate says that its sign is the section's business. */
static struct section choose(const struct section *sections, size_t count, double value,
                             bool *ret_negate)
{
    bool holds = false;

    *ret_negate = false;
    if (count > 1 && condition(&sections[0], value, &holds)) {
        if (holds)
            return sections[0];
        if (count > 2 && condition(&sections[1], value, &holds))
            return sections[holds ? 1 : 2];
        return sections[1];
    }
    if (value < 0 && count > 1) {
        *ret_negate = true;
        return sections[1];
    }
    return value == 0 && count > 2 ? sections[2] : sections[0];
}

/* ---- one section ---- */

/* What the digits' places of a section ask for. */
struct shape {
    int whole, decimals;    /* places before and after the point */
    int percent, thousands; /* how often "%"; commas that divide by a thousand */
    bool grouped, exponent, fraction, point, general;
};

static bool is_place(char c)
{
    return c == '0' || c == '#' || c == '?';
}

static struct shape shape_of(const struct section *section)
{
    struct shape shape = {0};
    int commas = 0;

    for (const char *at = section->at; at < section->end;) {
        const char *next = number_skip_literal(at);
        if (next != at) {
            at = next;
            continue;
        }
        if (is_place(*at)) {
            shape.grouped |= commas > 0 && shape.whole > 0 && !shape.point;
            commas = 0;
            if (shape.point)
                shape.decimals += shape.decimals < DECIMALS_MAX;
            else
                shape.whole++;
        } else if (*at == ',') {
            commas++;
        } else if (*at == '.') {
            shape.thousands += shape.point ? 0 : commas;
            commas = 0;
            shape.point = true;
        } else if (*at == '%') {
            shape.percent++;
        } else if ((*at == 'E' || *at == 'e') && (at[1] == '+' || at[1] == '-')) {
            shape.exponent = true;
            break;
        } else if (*at == '/' && shape.whole) {
            shape.fraction = true;
        } else if (strncasecmp(at, "General", 7) == 0) {
            shape.general = true;
            at += 6;
        }
        at++;
    }
    shape.thousands += shape.whole || shape.decimals ? commas : 0;
    return shape;
}

static void put_general(double value, struct buf *out)
{
    (void)buf_printf(out, "%.15g", value);
}

/* The currency of "[$€-407]". */
static void put_bracket(const char *at, const char *next, struct buf *out)
{
    if (at[1] != '$')
        return;
    size_t len = 0;
    while (at + 2 + len < next && at[2 + len] != '-' && at[2 + len] != ']')
        len++;
    (void)buf_append(out, at + 2, len);
}

static const char *put_literal(const char *at, const char *next, const char *end, struct buf *out)
{
    if (next > end)
        next = end;
    if (*at == '"')
        (void)buf_append(out, at + 1, (size_t)(next - at) - (next[-1] == '"' && next - at > 1) - 1);
    else if (*at == '\\')
        next = at + 1 + (at + 1 < end ? 1 : 0);
    else if (*at == '*')
        (void)buf_append_char(out, ' ');
    else if (*at == '[')
        put_bracket(at, next, out);
    if (*at == '\\' && next > at + 1) {
        /* the sign that stands for itself may be of several bytes */
        while (next < end && ((unsigned char)*next & 0xC0) == 0x80)
            next++;
        (void)buf_append(out, at + 1, (size_t)(next - at) - 1);
    }
    return next;
}

/* The digits of one number, given out place by place. */
struct digits {
    char text[DIGITS_MAX];
    const char *point; /* the end of the whole part */
    int places;        /* before the point, not yet met */
    const char *next;
    bool started;
};

static void put_grouped(struct digits *digits, bool grouped, struct buf *out)
{
    (void)buf_append_char(out, *digits->next++);
    digits->started = true;
    size_t left = (size_t)(digits->point - digits->next);
    if (grouped && left && left % 3 == 0)
        (void)buf_append_char(out, ',');
}

/* One place before the point: the first gives what the places have no room for. */
static void put_whole(struct digits *digits, char place, bool grouped, struct buf *out)
{
    while (digits->point - digits->next > digits->places)
        put_grouped(digits, grouped, out);
    if (digits->point - digits->next == digits->places && digits->places > 0) {
        if (*digits->next == '0' && !digits->started && digits->point - digits->next == 1 &&
            place != '0') {
            digits->next++;
            if (place == '?')
                (void)buf_append_char(out, ' ');
        } else {
            put_grouped(digits, grouped, out);
        }
    } else if (place == '0') {
        (void)buf_append_char(out, '0');
        digits->started = true;
        if (grouped && digits->places > 1 && (digits->places - 1) % 3 == 0)
            (void)buf_append_char(out, ',');
    } else if (place == '?') {
        (void)buf_append_char(out, ' ');
    }
    digits->places--;
}

/* One place after it: "#" leaves zeros at the end out. */
static void put_decimal(struct digits *digits, char place, struct buf *out)
{
    if (*digits->next == '\0')
        return;
    if (place == '0' || strspn(digits->next, "0") < strlen(digits->next))
        (void)buf_append_char(out, *digits->next);
    digits->next++;
}

static void digits_of(double value, int decimals, int places, struct digits *ret)
{
    snprintf(ret->text, sizeof(ret->text), "%.*f", decimals, value);
    char *point = strchr(ret->text, '.');
    if (point)
        memmove(point, point + 1, strlen(point));
    ret->point = point ? point : ret->text + strlen(ret->text);
    ret->next = ret->text;
    ret->places = places;
    ret->started = false;
}

static void put_places(const struct section *section, const struct shape *shape, double value,
                       struct buf *out)
{
    struct digits digits;
    bool point = false;

    digits_of(value, shape->decimals, shape->whole, &digits);
    if (shape->whole == 0 && digits.text[0] == '0' && digits.point - digits.text == 1)
        digits.next = digits.point;
    for (const char *at = section->at; at < section->end;) {
        const char *next = number_skip_literal(at);
        if (next != at) {
            at = put_literal(at, next, section->end, out);
            continue;
        }
        if (is_place(*at)) {
            if (point)
                put_decimal(&digits, *at, out);
            else
                put_whole(&digits, *at, shape->grouped, out);
        } else if (*at == '.' && !point) {
            while (digits.next < digits.point)
                put_grouped(&digits, shape->grouped, out);
            point = true;
            (void)buf_append_char(out, '.');
        } else if (*at != ',' && *at != '@') {
            (void)buf_append_char(out, *at);
        }
        at++;
    }
}

static void put_exponent(const struct section *section, const struct shape *shape, double value,
                         struct buf *out)
{
    for (const char *at = section->at; at < section->end;) {
        const char *next = number_skip_literal(at);
        if (next != at) {
            at = put_literal(at, next, section->end, out);
            continue;
        }
        if (is_place(*at)) {
            (void)buf_printf(out, "%.*E", shape->decimals, value);
            while (at < section->end && (is_place(*at) || strchr(".,Ee+-", *at)))
                at++;
            continue;
        }
        (void)buf_append_char(out, *at++);
    }
}

/* Text around a number that is shown in its general form. */
static void put_around(const struct section *section, double value, struct buf *out)
{
    for (const char *at = section->at; at < section->end;) {
        const char *next = number_skip_literal(at);
        if (next != at) {
            at = put_literal(at, next, section->end, out);
        } else if (strncasecmp(at, "General", 7) == 0) {
            put_general(value, out);
            at += 7;
        } else {
            (void)buf_append_char(out, *at++);
        }
    }
}

static void put_number(const struct section *section, double value, struct buf *out)
{
    struct shape shape = shape_of(section);

    if (shape.general) {
        put_around(section, value, out);
        return;
    }
    bool literal_only = shape.whole == 0 && shape.decimals == 0 && section->end > section->at &&
                        !memchr(section->at, '@', (size_t)(section->end - section->at));
    if (shape.fraction || (shape.whole == 0 && shape.decimals == 0 && !literal_only)) {
        put_general(value, out);
        return;
    }
    for (int i = 0; i < shape.percent && i < 4; i++)
        value *= 100;
    for (int i = 0; i < shape.thousands && i < 8; i++)
        value /= 1000;
    if (shape.exponent)
        put_exponent(section, &shape, value, out);
    else
        put_places(section, &shape, value, out);
}

/* Whether a section has words beside its date. */
static bool has_words(const struct section *section)
{
    for (const char *at = section->at; at < section->end;) {
        const char *next = number_skip_literal(at);
        if (*at == '"')
            for (const char *c = at + 1; c < next - 1; c++)
                if ((*c & 0x80) || ((*c | 0x20) >= 'a' && (*c | 0x20) <= 'z'))
                    return true;
        at = next == at ? at + 1 : next;
    }
    return false;
}

/* "[h]:mm": hours that go on beyond a day. */
static bool put_elapsed(const struct section *section, double value, struct buf *out)
{
    size_t len = (size_t)(section->end - section->at);
    double seconds = floor(fabs(value) * 86400 + 0.5);

    if ((!memmem(section->at, len, "[h", 2) && !memmem(section->at, len, "[H", 2)) ||
        seconds > 1e12)
        return false;
    long long all = (long long)seconds;
    (void)buf_printf(out, "%s%lld:%02d:%02d", value < 0 ? "-" : "", all / 3600,
                     (int)(all / 60 % 60), (int)(all % 60));
    return true;
}

static bool put_date(const struct section *section, double value, bool from_1904, struct buf *out)
{
    char code[NUMFMT_CODE_MAX];
    char text[32];

    snprintf(code, sizeof(code), "%.*s", (int)(section->end - section->at), section->at);
    enum number_kind kind = number_kind_of(code);
    if (kind == NUMBER_PLAIN)
        return false;
    if (put_elapsed(section, value, out))
        return true;
    if (has_words(section))
        number_show_date(section->at, section->end, value, from_1904, out);
    else if (number_date(value, kind, from_1904, text))
        (void)buf_append_str(out, text);
    else
        put_general(value, out);
    return true;
}

void number_show(const char *format, double value, bool from_1904, struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf shown = {0};
    struct section sections[SECTIONS_MAX] = {{format, format}};
    bool negate;

    buf_init(&shown, NUMFMT_SHOWN_MAX);
    if (!isfinite(value))
        return;
    if (!format || *format == '\0' || strcasecmp(format, "General") == 0 || fabs(value) > 1e100) {
        put_general(value, out);
        return;
    }
    size_t count = split(format, sections);
    struct section section = choose(sections, count, value, &negate);
    if (!put_date(&section, value, from_1904, &shown)) {
        if (value < 0 && !negate)
            (void)buf_append_char(&shown, '-');
        put_number(&section, fabs(value), &shown);
    }
    /* a code that shows nothing hides a number that is there */
    const char *start = shown.data + strspn(shown.data, " ");
    size_t len = strlen(start);
    while (len && start[len - 1] == ' ')
        len--;
    if (len == 0 || !utf8_valid(start, len))
        put_general(value, out);
    else
        (void)buf_append(out, start, len);
}
