/*
 * Passwords of documents, as the user gives them in a file: kept in locked memory that is wiped at
 * the end, and readable by the worker's children through a descriptor.
 */
#ifndef CRYPT_PASSWORD_LIST_H
#define CRYPT_PASSWORD_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum { PASSWORDS_MAX = 1000, PASSWORD_BYTES_MAX = 1024 };

struct password_list; /* opaque */

/* From a file, one password a line, UTF-8; empty lines are passed over. Errors say the line:
 * ERR_NOT_FOUND, ERR_IO, ERR_USAGE, ERR_LIMIT. */
int password_list_load(const char *path, struct password_list **ret_list, struct err *err);
/* The same from text in memory: what is refused is named by its line. */
int password_list_read(const char *text, size_t len, struct password_list **ret_list,
                       struct err *err);
/* A list of the one password that opened a document before. */
int password_list_of(const char *password, struct password_list **ret_list, struct err *err);
/* Wipes, also what others still hold of the descriptor; accepts NULL. */
void password_list_free(struct password_list *list);

/* A descriptor that nobody can write to or change in size: passwords each ended by a NUL, the last
 * followed by another. It stays the list's. */
int password_list_fd(const struct password_list *list);
/* Copies the password with this number, from 1, of a list's descriptor; false when it has no such
 * one. The caller wipes it. */
bool password_list_get(int fd, size_t number, char out[PASSWORD_BYTES_MAX + 1]);
size_t password_list_count(const struct password_list *list);

#endif
