/*
 * What has a fixed form in a text, each with its check: e-mail addresses, URLs, phone numbers,
 * IBANs, payment cards, national ids of Iran, passports, car plates, coordinates, references of
 * letters. English, Persian and Arabic; digits of the three scripts.
 *
 *   e-mail       RFC 5322 dot-atoms as people write them, RFC 6531 letters, "name (at) host.tld"
 *   URL          RFC 3986 and 3987; "www." and well-known endings without a scheme; hxxp and [.]
 *   phone        E.164 with its country code and length; national shapes (pattern_phone.c); any
 *                other number of 6 to 15 digits only beside the word for it
 *   IBAN         ISO 13616: the country's length and modulo 97
 *   card         ISO/IEC 7812: issuer, length and Luhn's digit
 *   national id  Iran's ten digits with their check digit, beside the word for it or as 3-6-1
 *   passport     beside the word for it
 *   plate        Iran's with its region; Iraq's with its governorate
 *   coordinates  pairs in decimals or degrees, minutes and seconds; MGRS with its grid letters
 *   reference    beside the word for it: شماره, العدد, Ref., No.
 *
 * What none of these checks confirms is left alone: a plain number is no phone.
 */
#ifndef NAMES_PATTERNS_H
#define NAMES_PATTERNS_H

#include <stddef.h>

#include "names/mention.h"

/* Finds them in UTF-8 of any length, in order, none inside another; time in proportion, nothing
 * allocated. Returns 0 or what `seen` returned. */
int patterns_find(const char *text, size_t len, mention_seen_fn seen, void *ctx);

#endif
