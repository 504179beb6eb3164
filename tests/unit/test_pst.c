/* Outlook's stores, as small as they come, built in memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parts_told.h"
#include "pst_sample.h"

struct sample {
    struct pst_node nodes[PST_SAMPLE_NODES];
    struct buf heaps[PST_SAMPLE_NODES];
};

/* Reads the sample as it is now. */
static void read_sample(const struct sample *sample, struct told *told)
{
    struct buf file;

    build_pst(sample->nodes, PST_SAMPLE_NODES, &file);
    told_read(told, "x.pst", file.data, file.len, 1 << 20);
    assert_string_equal(told->mime, "application/vnd.ms-outlook-pst");
    buf_release(&file);
}

static void release(struct sample *sample)
{
    for (size_t i = 0; i < PST_SAMPLE_NODES; i++)
        buf_release(&sample->heaps[i]);
}

static void message_in_a_folder(void **state)
{
    struct sample sample;
    struct told told;

    (void)state;
    sample_pst(sample.nodes, sample.heaps);
    read_sample(&sample, &told);
    assert_int_equal(told.reason, REASON_CONTAINER);
    assert_string_equal(told.metas.data, "folders=2\n");
    assert_string_equal(told.warnings.data, "");
    assert_non_null(strstr(told.children.data, "Top/Inbox/00001 Herring.eml (message/rfc822) "));
    assert_non_null(strstr(told.data.data, "ada@example.org"));
    assert_non_null(strstr(told.data.data, "To: \"Bob\" <bob@example.org>"));
    assert_non_null(strstr(told.data.data, "Cc: \"Cyn\" <cyn@example.org>"));
    assert_non_null(strstr(told.data.data, "Rm9ydHkgYmFycmVscyBieSBNb25kYXku")); /* its text */
    assert_non_null(strstr(told.data.data, "filename=\"list.txt\""));
    assert_non_null(strstr(told.data.data, "Keywords: harbour"));
    told_release(&told);
    release(&sample);
}

/* A message to which the folder's own node no longer leads is still found. */
static void folder_gone(void **state)
{
    struct sample sample;
    struct told told;

    (void)state;
    sample_pst(sample.nodes, sample.heaps);
    for (size_t i = 0; i < PST_SAMPLE_NODES; i++)
        if (sample.nodes[i].id == PST_SAMPLE_INBOX)
            sample.nodes[i].id += 0x20;
    read_sample(&sample, &told);
    assert_non_null(strstr(told.children.data, "00001 Herring.eml (message/rfc822) "));
    told_release(&told);
    release(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(message_in_a_folder),
        cmocka_unit_test(folder_gone),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
