#include "crypt/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/io.h"

struct passphrase *passphrase_new(const char *text, size_t len)
{
    struct passphrase *passphrase;

    BUG_IF(len > PASSPHRASE_MAX);
    passphrase = mem_zalloc(1, sizeof(*passphrase));
    passphrase->text = sodium_malloc(PASSPHRASE_MAX + 1);
    BUG_IF(!passphrase->text);
    memcpy(passphrase->text, text, len);
    passphrase->text[len] = '\0';
    passphrase->len = len;
    return passphrase;
}

void passphrase_free(struct passphrase *passphrase)
{
    if (!passphrase)
        return;
    sodium_free(passphrase->text); /* wipes */
    free(passphrase);
}

void cleanup_passphrase(struct passphrase *const *passphrase)
{
    passphrase_free(*passphrase);
}

/* Set by a signal while the terminal's echo is off: it must be switched on again first. */
static volatile sig_atomic_t interrupted;

static void note_interrupt(int signal)
{
    interrupted = signal;
}

/* Reads one line straight into locked memory, byte by byte so that nothing is buffered elsewhere.
 * Returns its length, or -1 when it is too long or reading fails (errno). */
static ssize_t read_line(int fd, char *out)
{
    size_t len = 0;

    for (;;) {
        char c;
        ssize_t n = read(fd, &c, 1);
        if (n < 0 && errno == EINTR && !interrupted)
            continue;
        if (n < 0)
            return -1;
        if (n == 0 || c == '\n')
            break;
        if (len == PASSPHRASE_MAX) {
            errno = E2BIG;
            return -1;
        }
        out[len++] = c;
    }
    if (len && out[len - 1] == '\r')
        len--;
    out[len] = '\0';
    return (ssize_t)len;
}

int passphrase_from_file(const char *path, struct passphrase **ret_passphrase, struct err *err)
{
    CLEANUP(cleanup_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return err_set_errno(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, errno,
                             "cannot open the passphrase file %s", path);
    struct passphrase *passphrase = passphrase_new("", 0);
    ssize_t len = read_line(fd, passphrase->text);
    if (len <= 0) {
        int cause = errno;
        passphrase_free(passphrase);
        if (len < 0)
            return err_set_errno(err, ERR_IO, cause, "cannot read the passphrase in %s", path);
        return err_set(err, ERR_USAGE, "the first line of %s is empty; write the passphrase there",
                       path);
    }
    passphrase->len = (size_t)len;
    *ret_passphrase = passphrase;
    return 0;
}

static int ask_once(int tty, const char *prompt, struct passphrase *into, struct err *err)
{
    struct termios shown;
    struct termios hidden;
    struct sigaction caught = {.sa_handler = note_interrupt};
    struct sigaction before;

    if (tcgetattr(tty, &shown))
        return err_set_errno(err, ERR_IO, errno, "cannot ask for the passphrase");
    hidden = shown;
    hidden.c_lflag &= (tcflag_t)~ECHO;
    if (io_write(tty, prompt, strlen(prompt)) || tcsetattr(tty, TCSAFLUSH, &hidden))
        return err_set_errno(err, ERR_IO, errno, "cannot ask for the passphrase");
    sigaction(SIGINT, &caught, &before);
    ssize_t len = read_line(tty, into->text);
    int cause = errno;
    (void)tcsetattr(tty, TCSAFLUSH, &shown);
    (void)io_write(tty, "\n", 1);
    sigaction(SIGINT, &before, NULL);
    if (interrupted)
        return err_set(err, ERR_INTERRUPTED, "interrupted");
    if (len < 0)
        return err_set_errno(err, ERR_IO, cause, "cannot read the passphrase");
    if (len == 0)
        return err_set(err, ERR_USAGE, "no passphrase was given");
    into->len = (size_t)len;
    return 0;
}

int passphrase_prompt(const char *prompt, enum passphrase_ask ask,
                      struct passphrase **ret_passphrase, struct err *err)
{
    CLEANUP(cleanup_fd) int tty = open("/dev/tty", O_RDWR | O_CLOEXEC);
    CLEANUP(cleanup_passphrase) struct passphrase *first = NULL;
    CLEANUP(cleanup_passphrase) struct passphrase *second = NULL;

    if (tty < 0)
        return err_set(err, ERR_USAGE,
                       "a passphrase is needed and there is no terminal to ask on; use "
                       "--passphrase-file FILE or set SANAD_PASSPHRASE_FILE");
    first = passphrase_new("", 0);
    int rc = ask_once(tty, prompt, first, err);
    if (rc)
        return rc;
    if (ask == PASSPHRASE_TWICE) {
        second = passphrase_new("", 0);
        if ((rc = ask_once(tty, "The same again: ", second, err)))
            return rc;
        if (first->len != second->len || sodium_memcmp(first->text, second->text, first->len))
            return err_set(err, ERR_USAGE, "the two passphrases differ; nothing was changed");
    }
    *ret_passphrase = first;
    first = NULL;
    return 0;
}
