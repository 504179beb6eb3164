/*
 * What is asked of the compiler. The attribute `cleanup` is the one extension of C17 that the
 * project uses: a variable declared with CLEANUP(f) is handed to f when its scope ends, however it
 * ends.
 */
#ifndef BASE_ATTR_H
#define BASE_ATTR_H

#define CLEANUP(f) __attribute__((cleanup(f)))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define NODISCARD __attribute__((warn_unused_result))
#define UNUSED __attribute__((unused))

/* 1 in a build with AddressSanitizer, whose run time takes more memory than any limit allows, makes
 * system calls that no filter lets pass, and brings its own malloc. */
#if defined(__SANITIZE_ADDRESS__)
#define UNDER_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_SANITIZER 1
#endif
#endif
#ifndef UNDER_SANITIZER
#define UNDER_SANITIZER 0
#endif

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
