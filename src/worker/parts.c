#include "worker/parts.h"

#include "worker/archive/unpack.h"
#include "worker/xml/xml.h"

void parts_start(void)
{
    unpack_start();
    xml_start();
}
