#include "worker/sniff/unsupported.h"

#include <stddef.h>
#include <string.h>

#include "base/attr.h"

static const struct {
    const char *mime, *words;
} NAMES[] = {
    {"application/octet-stream", "bytes of no known format"},
    {"application/x-hwp", "Hangul Word Processor 3 (HWP)"},
    {"application/vnd.lotus-wordpro", "Lotus Word Pro"},
    {"application/x-corelpresentations", "Corel Presentations"},
    {"application/vnd.ms-project", "Microsoft Project"},
    {"application/vnd.ms-equation", "Microsoft Equation"},
    {"application/x-msi", "Windows installer"},
    {"application/x-ms-patch", "Windows installer patch"},
    {"application/sldworks", "SolidWorks drawing"},
    {"application/x-autodesk-inventor", "Autodesk Inventor drawing"},
    {"image/vnd.dwg", "AutoCAD drawing (DWG)"},
    {"image/vnd.dxf", "AutoCAD exchange drawing (DXF)"},
    {"application/x-executable", "program for Unix (ELF)"},
    {"application/x-dosexec", "program for Windows"},
    {"application/vnd.microsoft.portable-executable", "program for Windows"},
    {"application/x-mach-binary", "program for macOS"},
    {"application/x-java-applet", "Java class"},
    {"application/x-shockwave-flash", "Flash film"},
    {"application/marc", "library catalogue records (MARC)"},
    {"application/x-ole-storage", "compound file of an unknown program"},
    {"application/x-font-ttf", "font"},
    {"application/vnd.ms-opentype", "font"},
    {"font/sfnt", "font"},
    {"font/ttf", "font"},
    {"font/otf", "font"},
    {"font/woff", "font"},
    {"font/woff2", "font"},
    {"application/pgp-keys", "OpenPGP keys"},
    {"image/x-pcx", "PCX picture"},
    {"application/vnd.rn-realmedia", "RealMedia"},
};

const char *format_in_words(const char *mime)
{
    for (size_t i = 0; i < ARRAY_LEN(NAMES); i++)
        if (strcmp(NAMES[i].mime, mime) == 0)
            return NAMES[i].words;
    return mime;
}
