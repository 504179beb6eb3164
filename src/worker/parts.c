#include "worker/parts.h"

#include "worker/unpack.h"
#include "worker/xml.h"

void parts_start(void)
{
    unpack_start();
    xml_start();
}
