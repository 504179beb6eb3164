#include "convert/profile.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/io.h"

#define COMMON "/org.openoffice.Office.Common/"

static const struct {
    const char *path, *name, *value;
} SETTINGS[] = {
    {COMMON "Security/Scripting", "DisableMacrosExecution", "true"},
    {COMMON "Security/Scripting", "MacroSecurityLevel", "3"},
    {COMMON "Security/Scripting", "BlockUntrustedRefererLinks", "true"},
    {COMMON "Misc", "UseOpenCL", "false"},
    {COMMON "Misc", "CrashReport", "false"},
    {"/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"},
    {"/org.openoffice.Office.Writer/Content/Update", "Link", "0"},
    {"/org.openoffice.Office.Calc/Content/Update", "Link", "2"},
    {"/org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"},
};

enum { SETTINGS_BYTES = 16 << 10 };

static void compose(struct buf *out)
{
    (void)buf_append_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                              "<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\">\n");
    for (size_t i = 0; i < ARRAY_LEN(SETTINGS); i++)
        (void)buf_printf(out,
                         "<item oor:path=\"%s\"><prop oor:name=\"%s\" oor:op=\"fuse\">"
                         "<value>%s</value></prop></item>\n",
                         SETTINGS[i].path, SETTINGS[i].name, SETTINGS[i].value);
    (void)buf_append_str(out, "</oor:items>\n");
}

bool profile_write(const char *folder)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    char path[PATH_MAX];

    buf_init(&text, SETTINGS_BYTES);
    compose(&text);
    snprintf(path, sizeof(path), "%s/user", folder);
    if (mkdir(folder, 0700) || mkdir(path, 0700))
        return false;
    snprintf(path, sizeof(path), "%s/user/registrymodifications.xcu", folder);
    CLEANUP(cleanup_fd) int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return fd >= 0 && io_write(fd, text.data, text.len) == 0;
}
