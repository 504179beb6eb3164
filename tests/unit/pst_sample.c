#include "pst_sample.h"

/* Identifiers of nodes: 5 bits of type below a number ([MS-PST] 2.2.2.1). */
enum {
    STORE = 0x21,
    NAMES = 0x61,
    ROOT = 0x122,
    ROOT_FOLDERS = 0x12D,
    ROOT_MESSAGES = 0x12E,
    ROOT_HIDDEN = 0x12F,
    INBOX = PST_SAMPLE_INBOX,
    INBOX_FOLDERS = 0x802D,
    INBOX_MESSAGES = 0x802E,
    MESSAGE = 0x200024,
    ATTACHMENTS = 0x671,
    RECIPIENTS = 0x692,
    ATTACHMENT = 0x8025,
};

enum { ROW_ID = 0x67F20003, ROW_VERSION = 0x67F30003 };

/* One named property: a text of the public set, "Keywords". */
static const unsigned char GUIDS[16] = {0x29, 0x03, 0x02, 0x00, 0, 0, 0, 0,
                                        0xC0, 0,    0,    0,    0, 0, 0, 0x46};
static const unsigned char NAME_LIST[8] = {0, 0, 0, 0, 7, 0, 0, 0};
static const unsigned char NAME_TEXTS[20] = {16,  0, 0,   0, 'K', 0, 'e', 0, 'y', 0,
                                             'w', 0, 'o', 0, 'r', 0, 'd', 0, 's', 0};
static const unsigned char DELIVERED[8] = {0, 0x40, 0x1E, 0xD8, 0x9B, 0xC0, 0xD5, 1};

static const struct pst_prop STORE_PROPS[] = {{.tag = 0x3001001F, .data = "Store"}, {0}};
static const struct pst_prop NAMES_PROPS[] = {
    {.tag = 0x00010003, .number = 251},
    {.tag = 0x00020102, .data = GUIDS, .len = sizeof(GUIDS)},
    {.tag = 0x00030102, .data = NAME_LIST, .len = sizeof(NAME_LIST)},
    {.tag = 0x00040102, .data = NAME_TEXTS, .len = sizeof(NAME_TEXTS)},
    {0}};
static const struct pst_prop ROOT_PROPS[] = {{.tag = 0x3001001F, .data = "Top"},
                                             {.tag = 0x36020003, .number = 0},
                                             {.tag = 0x360A000B, .number = 1},
                                             {0}};
static const struct pst_prop INBOX_PROPS[] = {{.tag = 0x3001001F, .data = "Inbox"},
                                              {.tag = 0x36020003, .number = 1},
                                              {.tag = 0x360A000B, .number = 0},
                                              {0}};
static const struct pst_prop MESSAGE_PROPS[] = {
    {.tag = 0x001A001F, .data = "IPM.Note"},
    {.tag = 0x0037001F, .data = "Herring"},
    {.tag = 0x0C1A001F, .data = "Ada"},
    {.tag = 0x0C1F001F, .data = "ada@example.org"},
    {.tag = 0x0E060040, .data = DELIVERED, .len = sizeof(DELIVERED)},
    {.tag = 0x0E1B000B, .number = 1},
    {.tag = 0x1000001F, .data = "Forty barrels by Monday."},
    {.tag = 0x10130102, .data = "<p>Forty <b>barrels</b></p>", .len = 27},
    {.tag = 0x300B0102, .data = "0123456789abcdef", .len = 16},
    {.tag = 0x8000001F, .data = "harbour"},
    {0}};
static const struct pst_prop ATTACHMENT_PROPS[] = {{.tag = 0x0E200003, .number = 4},
                                                   {.tag = 0x37010102, .data = "list", .len = 4},
                                                   {.tag = 0x37050003, .number = 1},
                                                   {.tag = 0x3707001F, .data = "list.txt"},
                                                   {0}};

static const uint32_t IDS[] = {ROW_ID, ROW_VERSION};
static const uint32_t RECIPIENT_TAGS[] = {ROW_ID, ROW_VERSION, 0x0C150003, 0x3001001F, 0x39FE001F};
static const struct pst_prop FOLDER_ROWS[] = {{.number = INBOX}, {.number = 1}};
static const struct pst_prop MESSAGE_ROWS[] = {{.number = MESSAGE}, {.number = 1}};
static const struct pst_prop ATTACHMENT_ROWS[] = {{.number = ATTACHMENT}, {.number = 1}};
static const struct pst_prop RECIPIENT_ROWS[] = {
    {.number = 1}, {.number = 1}, {.number = 1}, {.data = "Bob"}, {.data = "bob@example.org"},
    {.number = 2}, {.number = 1}, {.number = 2}, {.data = "Cyn"}, {.data = "cyn@example.org"}};

static const struct part {
    uint32_t id, parent;
    bool sub;
    const struct pst_prop *props; /* or a table */
    const uint32_t *tags;
    size_t columns, rows;
    const struct pst_prop *cells;
} PARTS[PST_SAMPLE_NODES] = {
    {.id = STORE, .props = STORE_PROPS},
    {.id = NAMES, .props = NAMES_PROPS},
    {.id = ROOT, .parent = ROOT, .props = ROOT_PROPS},
    {.id = ROOT_FOLDERS, .tags = IDS, .columns = 2, .rows = 1, .cells = FOLDER_ROWS},
    {.id = ROOT_MESSAGES, .tags = IDS, .columns = 2},
    {.id = ROOT_HIDDEN, .tags = IDS, .columns = 2},
    {.id = INBOX, .parent = ROOT, .props = INBOX_PROPS},
    {.id = INBOX_FOLDERS, .tags = IDS, .columns = 2},
    {.id = INBOX_MESSAGES, .tags = IDS, .columns = 2, .rows = 1, .cells = MESSAGE_ROWS},
    {.id = MESSAGE, .parent = INBOX, .props = MESSAGE_PROPS},
    {.id = ATTACHMENTS,
     .sub = true,
     .tags = IDS,
     .columns = 2,
     .rows = 1,
     .cells = ATTACHMENT_ROWS},
    {.id = RECIPIENTS,
     .sub = true,
     .tags = RECIPIENT_TAGS,
     .columns = 5,
     .rows = 2,
     .cells = RECIPIENT_ROWS},
    {.id = ATTACHMENT, .sub = true, .props = ATTACHMENT_PROPS},
};

void sample_pst(struct pst_node nodes[PST_SAMPLE_NODES], struct buf heaps[PST_SAMPLE_NODES])
{
    for (size_t i = 0; i < PST_SAMPLE_NODES; i++) {
        const struct part *part = &PARTS[i];
        if (part->props)
            build_pst_props(part->props, &heaps[i]);
        else
            build_pst_table(part->tags, part->columns, part->cells, part->rows, &heaps[i]);
        nodes[i] =
            (struct pst_node){part->id, part->parent, part->sub, heaps[i].data, heaps[i].len};
    }
}
