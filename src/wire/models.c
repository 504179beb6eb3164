#include "wire/models.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/attr.h"
#include "base/io.h"

/* A model larger than this is none: the largest known is 40 MB. */
enum { MODEL_BYTES_MAX = 256 << 20 };

/* "fas" of "fas.traineddata"; false for other files, and for models that are not a language's: the
 * one of equations, and those of a script, whose names begin with a capital letter. */
static bool model_lang(const char *file, char ret_lang[MODEL_LANG_MAX])
{
    static const char suffix[] = ".traineddata";
    size_t len = strlen(file);

    if (len <= sizeof(suffix) - 1 || len - (sizeof(suffix) - 1) >= MODEL_LANG_MAX)
        return false;
    len -= sizeof(suffix) - 1;
    if (strcmp(file + len, suffix) != 0 || file[0] < 'a' || file[0] > 'z')
        return false;
    memcpy(ret_lang, file, len);
    ret_lang[len] = '\0';
    return strcmp(ret_lang, "equ") != 0;
}

/* Opens the model in a file of the folder; -1 for what is none. */
static int model_open(int folder, const char *file, char ret_lang[MODEL_LANG_MAX], size_t *ret_size)
{
    struct stat st;

    if (!model_lang(file, ret_lang))
        return -1;
    /* not to wait for a pipe */
    int fd = openat(folder, file, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return -1;
    if (fstat(fd, &st) || !S_ISREG(st.st_mode) || st.st_size <= 0 || st.st_size > MODEL_BYTES_MAX) {
        close(fd);
        return -1;
    }
    *ret_size = (size_t)st.st_size;
    return fd;
}

/* Whether the folder holds a language; `fn` is called if it is not NULL. */
static bool folder_each(const char *path, model_fn *fn, void *ctx)
{
    DIR *folder = path ? opendir(path) : NULL;
    bool found = false;

    if (!folder)
        return false;
    for (struct dirent *entry = readdir(folder); entry && (fn || !found); entry = readdir(folder)) {
        char lang[MODEL_LANG_MAX];
        size_t size;
        CLEANUP(cleanup_fd) int fd = model_open(dirfd(folder), entry->d_name, lang, &size);
        if (fd < 0)
            continue;
        found |= strcmp(lang, MODEL_OF_SCRIPTS) != 0;
        if (fn)
            fn(ctx, lang, fd, size);
    }
    closedir(folder);
    return found;
}

bool models_each(model_fn *fn, void *ctx)
{
    const char *const folders[] = {getenv("TESSDATA_PREFIX"), "/usr/share/tesseract-ocr/5/tessdata",
                                   "/usr/share/tessdata", "/usr/local/share/tessdata"};

    for (size_t i = 0; i < ARRAY_LEN(folders); i++)
        if (folder_each(folders[i], NULL, NULL))
            return folder_each(folders[i], fn, ctx);
    return false;
}

bool model_is_known(const char *lang)
{
    /* Debian 12's packages tesseract-ocr-*, without those of scripts. */
    static const char known[] =
        " afr amh ara asm aze aze_cyrl bel ben bod bos bre bul cat ceb ces chi_sim chi_sim_vert "
        "chi_tra chi_tra_vert chr cos cym dan deu div dzo ell eng enm epo est eus fao fas fil fin "
        "fra frk frm fry gla gle glg grc guj hat heb hin hrv hun hye iku ind isl ita ita_old jav "
        "jpn jpn_vert kan kat kat_old kaz khm kir kmr kor kor_vert lao lat lav lit ltz mal mar mkd "
        "mlt mon mri msa mya nep nld nor oci ori pan pol por pus que ron rus san sin slk slv snd "
        "spa spa_old sqi srp srp_latn sun swa swe syr tam tat tel tgk tha tir ton tur uig ukr urd "
        "uzb uzb_cyrl vie yid yor ";
    char word[MODEL_LANG_MAX + 2];

    return snprintf(word, sizeof(word), " %s ", lang) < (int)sizeof(word) && lang[0] &&
           !strchr(lang, ' ') && strstr(known, word);
}

void model_package(const char *lang, char out[MODEL_PACKAGE_MAX])
{
    snprintf(out, MODEL_PACKAGE_MAX, "tesseract-ocr-%.*s", MODEL_LANG_MAX - 1, lang);
    for (char *c = out; *c; c++)
        *c = *c == '_' ? '-' : *c;
}
