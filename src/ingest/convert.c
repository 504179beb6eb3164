#include "ingest/convert.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "ingest/limits.h"
#include "ingest/program.h"

struct convert {
    const struct conversion *how;
    pid_t pid;
    int pid_fd, result_fd;
};

/* ---- where LibreOffice is ---- */

/* `folder` as an installation: what its program is. */
static bool has_program(const char *folder, char out[PROGRAM_PATH_MAX])
{
    char path[PROGRAM_PATH_MAX];

    return snprintf(path, sizeof(path), "%s/program/soffice.bin", folder) < (int)sizeof(path) &&
           realpath(path, out) && access(out, X_OK) == 0;
}

/* Of several beside each other the last, by name the newest. */
static bool find_among(const char *pattern, char out[PROGRAM_PATH_MAX])
{
    bool found = false;
    glob_t list;

    if (glob(pattern, 0, NULL, &list) == 0)
        for (size_t i = list.gl_pathc; i > 0 && !found; i--)
            found = has_program(list.gl_pathv[i - 1], out);
    globfree(&list);
    return found;
}

static bool find_libreoffice(char out[PROGRAM_PATH_MAX])
{
    static const char *const PLACES[] = {"/usr/lib/libreoffice", "/usr/lib64/libreoffice",
                                         "/usr/local/lib/libreoffice", "/opt/libreoffice*"};
    const char *own = getenv("SANAD_LIBREOFFICE");

    if (own && *own)
        return has_program(own, out);
    for (size_t i = 0; i < ARRAY_LEN(PLACES); i++)
        if (find_among(PLACES[i], out))
            return true;
    return false;
}

/* Whether the part that reads this format is there: each has its list of settings. */
static bool has_module(const char *program, const char *module)
{
    char path[PROGRAM_PATH_MAX + 64];
    const char *end = strstr(program, "/program/soffice.bin");

    snprintf(path, sizeof(path), "%.*s/share/registry/%s.xcd", (int)(end - program), program,
             module);
    return access(path, R_OK) == 0;
}

static bool find_all(const struct conversion *how, char program[PROGRAM_PATH_MAX],
                     char detail[DETAIL_MAX])
{
    bool installed = find_libreoffice(program);

    if (installed && has_module(program, how->module))
        return true;
    snprintf(detail, DETAIL_MAX,
             "%s is read through LibreOffice, %s not installed; on Debian: sudo apt install %s, "
             "then sanad retry CASE --reason %s",
             how->words, installed ? "whose part for it is" : "which is", how->package,
             reason_word(REASON_NO_CONVERTER));
    return false;
}

/* ---- running it ---- */

/* Out of the way of the numbers it has there. */
static int high(int fd)
{
    return fcntl(fd, F_DUPFD_CLOEXEC, CONVERT_RESULT_FD + 1);
}

static int start(struct convert *convert, const char *program, int document_fd, uint32_t memory_mib,
                 struct err *err)
{
    char path[PROGRAM_PATH_MAX];
    char seconds[16];
    char memory[16];
    char bytes[24];
    char *const argv[] = {(char *)"sanad-convert",
                          (char *)program,
                          (char *)convert->how->mime,
                          seconds,
                          memory,
                          bytes,
                          NULL};
    char *const environment[] = {(char *)"LC_ALL=C.UTF-8", NULL};
    CLEANUP(cleanup_fd) int document = high(document_fd);
    CLEANUP(cleanup_fd) int result = high(convert->result_fd);
    const struct program_fd fds[] = {{document, CONVERT_DOCUMENT_FD}, {result, CONVERT_RESULT_FD}};

    snprintf(seconds, sizeof(seconds), "%d", LIMIT_CONVERT_SECONDS);
    snprintf(memory, sizeof(memory), "%u",
             memory_mib > LIMIT_CONVERT_MEMORY_MIB ? memory_mib : LIMIT_CONVERT_MEMORY_MIB);
    snprintf(bytes, sizeof(bytes), "%llu", (unsigned long long)LIMIT_CONVERT_BYTES);
    if (document < 0 || result < 0)
        return err_set_errno(err, ERR_IO, errno, "cannot hand a document to LibreOffice");
    int rc = program_find("sanad-convert", path, err);
    if (!rc)
        rc = program_start(path, argv, environment, fds, ARRAY_LEN(fds), &convert->pid, err);
    if (rc)
        return rc;
    convert->pid_fd = (int)syscall(SYS_pidfd_open, convert->pid, 0);
    if (convert->pid_fd < 0 || fcntl(convert->pid_fd, F_SETFD, FD_CLOEXEC))
        return err_set_errno(err, ERR_WORKER, errno, "cannot watch LibreOffice");
    return 0;
}

int convert_start(const struct conversion *how, int document_fd, uint32_t memory_mib,
                  struct convert **ret_convert, char detail[DETAIL_MAX], struct err *err)
{
    char program[PROGRAM_PATH_MAX];

    if (!find_all(how, program, detail))
        return 0;
    struct convert *convert = mem_zalloc(1, sizeof(*convert));
    convert->how = how;
    convert->pid_fd = -1;
    convert->result_fd = memfd_create("converted", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    int rc = convert->result_fd < 0 ? err_set_errno(err, ERR_IO, errno, "cannot get memory")
                                    : start(convert, program, document_fd, memory_mib, err);
    if (rc) {
        convert_free(convert);
        return rc;
    }
    *ret_convert = convert;
    return 1;
}

void convert_free(struct convert *convert)
{
    if (!convert)
        return;
    if (convert->pid > 0)
        program_end(convert->pid);
    if (convert->pid_fd >= 0)
        close(convert->pid_fd);
    if (convert->result_fd >= 0)
        close(convert->result_fd);
    free(convert);
}

int convert_fd(const struct convert *convert)
{
    return convert->pid_fd;
}

/* ---- what came of it ---- */

static enum reason explain(const struct conversion *how, int code, char detail[DETAIL_MAX])
{
    static const struct {
        enum convert_end end;
        enum reason reason;
        const char *words;
    } ENDS[] = {
        {CONVERT_NO_SANDBOX, REASON_NO_CONVERTER,
         "is read through LibreOffice, which is not run without a sandbox, and this system refuses "
         "one (user namespaces); allow them, then sanad retry CASE --reason no-converter"},
        {CONVERT_REFUSED, REASON_CORRUPT, "cannot be read by LibreOffice either"},
        {CONVERT_CRASHED, REASON_CRASH, "is read through LibreOffice, which crashed"},
        {CONVERT_TIME, REASON_LIMIT_TIME,
         "is read through LibreOffice, which took longer than allowed"},
        {CONVERT_MEMORY, REASON_LIMIT_MEMORY,
         "is read through LibreOffice, which needed more memory than allowed; --memory allows "
         "more"},
        {CONVERT_SIZE, REASON_LIMIT_SIZE, "is too large to be read through LibreOffice"},
    };

    for (size_t i = 0; i < ARRAY_LEN(ENDS); i++)
        if (code == (int)ENDS[i].end) {
            snprintf(detail, DETAIL_MAX, "%s %s", how->words, ENDS[i].words);
            return ENDS[i].reason;
        }
    snprintf(detail, DETAIL_MAX, "%s is read through LibreOffice, which could not be run",
             how->words);
    return REASON_CRASH;
}

enum reason convert_take(struct convert *convert, int *ret_fd, char detail[DETAIL_MAX])
{
    const int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
    int status = 0;

    while (waitpid(convert->pid, &status, 0) < 0 && errno == EINTR)
        ;
    convert->pid = 0;
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : CONVERT_TROUBLE;
    if (code != CONVERT_DONE || fcntl(convert->result_fd, F_ADD_SEALS, seals))
        return explain(convert->how, code == CONVERT_DONE ? CONVERT_TROUBLE : code, detail);
    *ret_fd = convert->result_fd;
    convert->result_fd = -1;
    return REASON_NONE;
}
