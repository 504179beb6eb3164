#include "worker/outlook/mapi_body.h"

#include <string.h>

#include "worker/outlook/mapi_rtf.h"

static void load_html(struct mapi_body *body, const struct mapi_message *message)
{
    const struct mapi_prop *html = mapi_get(&message->props, PR_HTML);

    if (!html)
        return;
    if (html->type == MAPI_UNICODE) {
        if (mapi_prop_text(&message->props, html, &body->html))
            body->html_charset = "utf-8";
        return;
    }
    size_t len = html->len;
    while (len > 0 && html->data[len - 1] == 0)
        len--;
    (void)buf_append(&body->html, html->data, len);
    body->html_charset =
        mapi_codepage((unsigned)mapi_number(mapi_get(&message->props, PR_INTERNET_CPID), 0));
}

static void load_rtf(struct mapi_body *body, const struct mapi_message *message)
{
    const struct mapi_prop *compressed = mapi_get(&message->props, PR_RTF_COMPRESSED);
    CLEANUP(cleanup_buf) struct buf rtf = {0};
    CLEANUP(cleanup_buf) struct buf text = {0};

    if (!compressed || compressed->type != MAPI_BINARY)
        return;
    buf_init(&rtf, MAPI_BODY_BYTES);
    buf_init(&text, MAPI_BODY_BYTES);
    body->damaged = mapi_rtf_expand(compressed->data, compressed->len, &rtf) < 0;
    if (mapi_rtf_unwrap(rtf.data, rtf.len, &text) == RTF_FROM_HTML) {
        (void)buf_append(&body->html, text.data, text.len);
        body->html_charset = "utf-8";
    } else if (!body->plain.len) {
        (void)buf_append(&body->plain, text.data, text.len);
    }
}

void mapi_body_load(struct mapi_body *body, const struct mapi_message *message)
{
    *body = (struct mapi_body){0};
    buf_init(&body->plain, MAPI_BODY_BYTES);
    buf_init(&body->html, MAPI_BODY_BYTES);
    (void)mapi_text(&message->props, PR_BODY, &body->plain);
    load_html(body, message);
    if (!body->html.len)
        load_rtf(body, message);
    if (!body->plain.len && !body->html.len)
        (void)mapi_text(&message->props, PR_REPORT_TEXT, &body->plain);
}

void mapi_body_release(struct mapi_body *body)
{
    buf_release(&body->plain);
    buf_release(&body->html);
}
