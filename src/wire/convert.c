#include "wire/convert.h"

#include <stddef.h>
#include <string.h>

#include "base/attr.h"

#define WRITER "writer", "libreoffice-writer-nogui"
#define DRAW "draw", "libreoffice-draw-nogui"
/* CGM is a format of presentations to LibreOffice */
#define IMPRESS "impress", "libreoffice-impress-nogui"

static const struct conversion CONVERSIONS[] = {
    {"application/vnd.lotus-wordpro", "Lotus Word Pro (LWP)", "lwp", "writer_LotusWordPro_Document",
     "fodt", WRITER},
    {"application/msword2", "Word for Windows 1 and 2", "doc", "MS WinWord 5", "fodt", WRITER},
    {"application/x-hwp", "Hangul Word Processor 3 (HWP)", "hwp", "writer_MIZI_Hwp_97", "fodt",
     WRITER},
    {"application/x-t602", "Text602", "602", "T602Document", "fodt", WRITER},
    {"image/cgm", "Computer Graphics Metafile (CGM)", "cgm",
     "impress_CGM_Computer_Graphics_Metafile", "fodp", IMPRESS},
    {"image/x-pict", "QuickDraw picture (PICT)", "pct", "pct_Mac_Pict", "emf", DRAW},
};

const struct conversion *conversion_at(unsigned place)
{
    return place < ARRAY_LEN(CONVERSIONS) ? &CONVERSIONS[place] : NULL;
}

const struct conversion *conversion_for(const char *mime)
{
    for (size_t i = 0; i < ARRAY_LEN(CONVERSIONS); i++)
        if (strcmp(CONVERSIONS[i].mime, mime) == 0)
            return &CONVERSIONS[i];
    return NULL;
}
