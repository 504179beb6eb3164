#include <leptonica/allheaders.h>

#include "worker/ocr/ocr_engine.h"

/* Ink differs by so much between its channels, and is so dark in one of them: paper is not. */
enum { COLOURED = 60, DARK = 150 };
/* What scanners leave of colour at the edges of black letters is less than this. */
enum { FRINGE = 40, LIGHTER = 3 };

static int most_of(int a, int b, int c)
{
    int most = a > b ? a : b;

    return most > c ? most : c;
}

static int least_of(int a, int b, int c)
{
    return -most_of(-a, -b, -c);
}

/* Writes the picture's grey without coloured ink; returns how many pixels had some. */
static long take_colour(PIX *picture, PIX *grey)
{
    int width = pixGetWidth(picture), height = pixGetHeight(picture);
    long coloured = 0;

    for (int y = 0; y < height; y++) {
        const l_uint32 *from = pixGetData(picture) + (size_t)y * (size_t)pixGetWpl(picture);
        l_uint32 *to = pixGetData(grey) + (size_t)y * (size_t)pixGetWpl(grey);
        for (int x = 0; x < width; x++) {
            l_int32 red, green, blue;
            extractRGBValues(from[x], &red, &green, &blue);
            int most = most_of(red, green, blue), least = least_of(red, green, blue);
            int colour = most - least;
            int light = colour > FRINGE ? most + LIGHTER * (colour - FRINGE) : most;
            coloured += colour >= COLOURED && least < DARK;
            SET_DATA_BYTE(to, x, light > 255 ? 255 : light);
        }
    }
    return coloured;
}

PIX *ocr_colour_take(PIX *picture)
{
    const double LEAST = 0.0005, MOST = 0.4;
    double pixels = (double)pixGetWidth(picture) * pixGetHeight(picture);

    if (pixGetDepth(picture) != 32)
        return NULL;
    PIX *plain =
        pixGetSpp(picture) == 4 ? pixAlphaBlendUniform(picture, 0xFFFFFF00) : pixClone(picture);
    PIX *grey = plain ? pixCreate(pixGetWidth(plain), pixGetHeight(plain), 8) : NULL;
    double coloured = grey ? (double)take_colour(plain, grey) : 0;

    pixDestroy(&plain);
    if (coloured < LEAST * pixels || coloured > MOST * pixels)
        pixDestroy(&grey);
    return grey;
}
