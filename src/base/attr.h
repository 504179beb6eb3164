/*
 * Compiler attributes. `cleanup` is the one extension of C17 that the project uses: a variable
 * declared with CLEANUP(f) is handed to f when its scope ends, however it ends.
 */
#ifndef BASE_ATTR_H
#define BASE_ATTR_H

#define CLEANUP(f) __attribute__((cleanup(f)))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define NODISCARD __attribute__((warn_unused_result))
#define UNUSED __attribute__((unused))

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
