#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "base/clock.h"
#include "worker/plain/charset.h"
#include "worker/outlook/mapi_body.h"

enum detail_kind { TEXT, TIME, DAY, YES, NUMBER, PERCENT, MEMBERS };

/* Fields of items, [MS-OXOCNTC], [MS-OXOCAL], [MS-OXOTASK], [MS-OXOJRNL]. `id` is a property, or
 * from 0x8000 on the number of a named one. */
static const struct {
    const char *class_name;
    const char *label;
    uint32_t id;
    enum detail_kind kind;
} DETAILS[] = {
    {"IPM.Contact", "Name", PR_DISPLAY_NAME, TEXT},
    {"IPM.Contact", "Prefix", 0x3A45, TEXT},
    {"IPM.Contact", "Given name", 0x3A06, TEXT},
    {"IPM.Contact", "Middle name", 0x3A44, TEXT},
    {"IPM.Contact", "Surname", 0x3A11, TEXT},
    {"IPM.Contact", "Nickname", 0x3A4F, TEXT},
    {"IPM.Contact", "Filed as", 0x8005, TEXT},
    {"IPM.Contact", "Company", 0x3A16, TEXT},
    {"IPM.Contact", "Department", 0x3A18, TEXT},
    {"IPM.Contact", "Job title", 0x3A17, TEXT},
    {"IPM.Contact", "Profession", 0x3A46, TEXT},
    {"IPM.Contact", "Office", 0x3A19, TEXT},
    {"IPM.Contact", "Manager", 0x3A4E, TEXT},
    {"IPM.Contact", "Assistant", 0x3A30, TEXT},
    {"IPM.Contact", "Email", 0x8083, TEXT},
    {"IPM.Contact", "Email shown as", 0x8080, TEXT},
    {"IPM.Contact", "Email 2", 0x8093, TEXT},
    {"IPM.Contact", "Email 2 shown as", 0x8090, TEXT},
    {"IPM.Contact", "Email 3", 0x80A3, TEXT},
    {"IPM.Contact", "Email 3 shown as", 0x80A0, TEXT},
    {"IPM.Contact", "Instant messages", 0x8062, TEXT},
    {"IPM.Contact", "Business phone", 0x3A08, TEXT},
    {"IPM.Contact", "Business phone 2", 0x3A1B, TEXT},
    {"IPM.Contact", "Company phone", 0x3A57, TEXT},
    {"IPM.Contact", "Home phone", 0x3A09, TEXT},
    {"IPM.Contact", "Home phone 2", 0x3A2F, TEXT},
    {"IPM.Contact", "Mobile phone", 0x3A1C, TEXT},
    {"IPM.Contact", "Car phone", 0x3A1E, TEXT},
    {"IPM.Contact", "Primary phone", 0x3A1A, TEXT},
    {"IPM.Contact", "Other phone", 0x3A1F, TEXT},
    {"IPM.Contact", "Pager", 0x3A21, TEXT},
    {"IPM.Contact", "Assistant's phone", 0x3A2E, TEXT},
    {"IPM.Contact", "Primary fax", 0x3A23, TEXT},
    {"IPM.Contact", "Business fax", 0x3A24, TEXT},
    {"IPM.Contact", "Home fax", 0x3A25, TEXT},
    {"IPM.Contact", "Work address", 0x801B, TEXT},
    {"IPM.Contact", "Home address", 0x801A, TEXT},
    {"IPM.Contact", "Other address", 0x801C, TEXT},
    {"IPM.Contact", "Postal address", 0x3A15, TEXT},
    {"IPM.Contact", "Web page", 0x802B, TEXT},
    {"IPM.Contact", "Business page", 0x3A51, TEXT},
    {"IPM.Contact", "Personal page", 0x3A50, TEXT},
    {"IPM.Contact", "Birthday", 0x3A42, DAY},
    {"IPM.Contact", "Anniversary", 0x3A41, DAY},
    {"IPM.Contact", "Spouse", 0x3A48, TEXT},
    {"IPM.Contact", "Child", 0x3A58, TEXT},
    {"IPM.Contact", "Hobbies", 0x3A43, TEXT},
    {"IPM.Contact", "Account", 0x3A00, TEXT},
    {"IPM.Contact", "Customer", 0x3A4A, TEXT},
    {"IPM.Contact", "Government id", 0x3A07, TEXT},
    {"IPM.DistList", "List", 0x8053, TEXT},
    {"IPM.DistList", "Member", 0x8054, MEMBERS},
    {"IPM.Appointment", "Location", 0x8208, TEXT},
    {"IPM.Appointment", "Start", 0x820D, TIME},
    {"IPM.Appointment", "End", 0x820E, TIME},
    {"IPM.Appointment", "All day", 0x8215, YES},
    {"IPM.Appointment", "Repeats", 0x8232, TEXT},
    {"IPM.Appointment", "Time zone", 0x8234, TEXT},
    {"IPM.Appointment", "Attendees", 0x8238, TEXT},
    {"IPM.Schedule", "Location", 0x8208, TEXT},
    {"IPM.Schedule", "Start", 0x820D, TIME},
    {"IPM.Schedule", "End", 0x820E, TIME},
    {"IPM.Schedule", "All day", 0x8215, YES},
    {"IPM.Schedule", "Repeats", 0x8232, TEXT},
    {"IPM.Schedule", "Attendees", 0x8238, TEXT},
    /* a date of a series that differs from the others */
    {"IPM.OLE.CLASS", "Location", 0x8208, TEXT},
    {"IPM.OLE.CLASS", "Start", 0x820D, TIME},
    {"IPM.OLE.CLASS", "End", 0x820E, TIME},
    {"IPM.Task", "Owner", 0x811F, TEXT},
    {"IPM.Task", "Assigned by", 0x8121, TEXT},
    {"IPM.Task", "Start", 0x8104, DAY},
    {"IPM.Task", "Due", 0x8105, DAY},
    {"IPM.Task", "Completed", 0x810F, DAY},
    {"IPM.Task", "Done", 0x811C, YES},
    {"IPM.Task", "Done in percent", 0x8102, PERCENT},
    {"IPM.Task", "Minutes planned", 0x8111, NUMBER},
    {"IPM.Task", "Minutes spent", 0x8110, NUMBER},
    {"IPM.TaskRequest", "Due", 0x8105, DAY},
    {"IPM.Activity", "Kind", 0x8712, TEXT},
    {"IPM.Activity", "Start", 0x8706, TIME},
    {"IPM.Activity", "End", 0x8708, TIME},
    {"IPM.Activity", "Minutes", 0x8707, NUMBER},
};

/* A string of a one-off entry id: UTF-16 or 8-bit, ended by zero. */
static size_t one_off_string(const unsigned char *data, size_t len, bool wide, const char *charset,
                             struct buf *out)
{
    size_t n = 0;

    if (!wide) {
        n = strnlen((const char *)data, len);
        (void)charset_text(charset, data, n, out);
        return n < len ? n + 1 : len;
    }
    while (n + 1 < len && (data[n] || data[n + 1]))
        n += 2;
    (void)charset_to_utf8("utf-16le", data, n, out);
    return n + 2 < len ? n + 2 : len;
}

/* A member of a list as a one-off entry id ([MS-OXCDATA] 2.2.5.1): name, kind of address, address.
 */
static bool one_off(const struct mapi_props *props, const struct mapi_prop *prop, struct buf *out)
{
    static const unsigned char KIND[] = {0x81, 0x2B, 0x1F, 0xA4, 0xBE, 0xA3, 0x10, 0x19,
                                         0x9D, 0x6E, 0x00, 0xDD, 0x01, 0x0F, 0x54, 0x02};
    enum { STRINGS_AT = 24, WIDE = 0x8000 };
    CLEANUP(cleanup_buf) struct buf kind = {0};
    size_t at = STRINGS_AT;

    if (prop->len <= STRINGS_AT || memcmp(prop->data + 4, KIND, sizeof(KIND)) != 0)
        return false;
    bool wide = le16_get(prop->data + 22) & WIDE;
    buf_init(&kind, 1024);
    at += one_off_string(prop->data + at, prop->len - at, wide, props->charset, out);
    at += one_off_string(prop->data + at, prop->len - at, wide, props->charset, &kind);
    (void)buf_append_str(out, " <");
    (void)one_off_string(prop->data + at, prop->len - at, wide, props->charset, out);
    (void)buf_append_char(out, '>');
    return true;
}

static bool value(const struct mapi_props *props, const struct mapi_prop *prop,
                  enum detail_kind kind, struct buf *out)
{
    char iso[32];
    int64_t seconds;

    switch (kind) {
    case TEXT:
        return mapi_prop_text(props, prop, out);
    case MEMBERS:
        return one_off(props, prop, out);
    case TIME:
    case DAY:
        if (!mapi_time(prop, &seconds))
            return false;
        clock_format(seconds, iso);
        iso[10] = kind == DAY ? '\0' : ' ';
        iso[16] = '\0';
        (void)buf_printf(out, kind == DAY ? "%s" : "%s UTC", iso);
        return true;
    case YES:
        return mapi_number(prop, 0) != 0 && buf_append_str(out, "yes") == 0;
    case NUMBER:
        return mapi_number(prop, 0) > 0 &&
               buf_printf(out, "%lld", (long long)mapi_number(prop, 0)) == 0;
    case PERCENT: {
        double part = 0;
        if (prop->type != MAPI_DOUBLE || prop->len < 8)
            return false;
        memcpy(&part, prop->data, sizeof(part));
        return part > 0 && part <= 1 && buf_printf(out, "%.0f", part * 100) == 0;
    }
    }
    return false;
}

void mapi_details(const struct mapi_message *message, struct buf *out)
{
    const struct mapi_props *props = &message->props;
    CLEANUP(cleanup_buf) struct buf text = {0};

    buf_init(&text, 1 << 20);
    for (size_t i = 0; i < ARRAY_LEN(DETAILS); i++) {
        if (!mapi_is_class(message, DETAILS[i].class_name))
            continue;
        uint32_t id = DETAILS[i].id;
        for (size_t p = 0; p < props->count; p++) {
            const struct mapi_prop *prop = &props->list[p];
            bool same = id < MAPI_FIRST_NAMED ? prop->id == id : prop->lid == id;
            buf_clear(&text);
            if (same && value(props, prop, DETAILS[i].kind, &text))
                (void)buf_printf(out, "%s: %s\n", DETAILS[i].label, text.data);
        }
    }
}
