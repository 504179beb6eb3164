#include "worker/archive/unread_archive.h"

#include <string.h>

#include "base/attr.h"

static const struct {
    const char *mime;
    const char *words;
} KINDS[] = {
    {"application/x-arj", "an ARJ archive; unpack it with arj and add what it holds"},
    {"application/x-ace-compressed", "an ACE archive; unpack it with unace and add what it holds"},
    {"application/x-zoo", "a ZOO archive; unpack it with zoo and add what it holds"},
    {"application/x-stuffit", "a StuffIt archive; unpack it with unar and add what it holds"},
    {"application/x-alz-compressed", "an ALZip archive; unpack it with unar and add what it holds"},
    {"application/x-egg", "an EGG archive; unpack it with ALZip and add what it holds"},
    {"application/x-uharc", "a UHARC archive; unpack it with uharc and add what it holds"},
    {"application/x-zpaq", "a ZPAQ archive; unpack it with zpaq and add what it holds"},
    {"application/x-lrzip", "compressed by lrzip; unpack it with lrunzip and add what it holds"},
    {"application/x-lzop", "compressed by lzop; unpack it with lzop and add what it holds"},
    {"application/x-ms-compress-szdd",
     "compressed by COMPRESS.EXE; unpack it with msexpand and add what it holds"},
    {"application/x-installshield", "an InstallShield cabinet; unpack it with unshield"},
    {"application/mac-binhex40", "a Macintosh file in BinHex; unpack it with unar"},
    {"application/x-par2", "data to repair other files by; it holds no text of its own"},
    {"application/x-udf-image", "a disc in UDF; mount it or unpack it with 7z and add the folder"},
    {"application/x-squashfs", "a SquashFS image; unpack it with unsquashfs and add the folder"},
    {"application/x-ms-wim", "a Windows image; unpack it with wimlib or 7z and add the folder"},
    {"application/x-apple-diskimage", "a disk image; unpack it with 7z and add the folder"},
    {"application/x-virtualbox-vhd", "a virtual disk; unpack it with 7z and add the folder"},
    {"application/x-virtualbox-vhdx", "a virtual disk; unpack it with 7z and add the folder"},
    {"application/x-vmdk-disk", "a virtual disk; unpack it with 7z and add the folder"},
    {"application/x-qemu-disk", "a virtual disk; unpack it with 7z and add the folder"},
};

struct verdict unread_archive_read(const struct input *input, struct emit *emit)
{
    (void)emit;
    for (size_t i = 0; i < ARRAY_LEN(KINDS); i++)
        if (strcmp(input->mime, KINDS[i].mime) == 0)
            return verdict_empty(REASON_UNSUPPORTED, "%s", KINDS[i].words);
    return verdict_empty(REASON_UNSUPPORTED, "no reader for %s", input->mime);
}
