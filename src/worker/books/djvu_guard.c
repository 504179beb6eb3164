/*
 * Memory for a text of no characters. DjVuLibre reads a text by asking its string for a buffer of
 * the length that the file states and ending what it read with a NUL; for a length of 0 there is no
 * buffer, and the NUL ended the child and with it every page after. The linker leads the call of
 * GUTF8String::getbuf(int) here (--wrap), which has one byte to give.
 */
char *__real__ZN4DJVU11GUTF8String6getbufEi(void *string, int len);
char *__wrap__ZN4DJVU11GUTF8String6getbufEi(void *string, int len);

char *__wrap__ZN4DJVU11GUTF8String6getbufEi(void *string, int len)
{
    static char nul;
    char *buffer = __real__ZN4DJVU11GUTF8String6getbufEi(string, len);

    nul = '\0';
    return buffer || len ? buffer : &nul;
}
