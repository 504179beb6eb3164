#!/bin/sh
# What people mark: by commands, found by searches, kept when the case is computed again.
. "$(dirname "$0")/lib.sh"

mkdir in
echo 'The minister of oil met a trader at the old bridge.' >in/one.txt
echo 'The trader went home.' >in/two.txt
"$SANAD" init c.sanad >log
"$SANAD" add c.sanad in >log 2>&1

is 'nothing is marked' "$("$SANAD" marks c.sanad)" ''
"$SANAD" mark c.sanad 1 2 --tag 'کتاب نفت' --colour teal --by anna >out
is 'a number for each' "$(tr '\n' ' ' <out)" 'mark 1 mark 2 '
is 'the same stands once' "$("$SANAD" mark c.sanad 1 --tag 'كتاب نفت' --by boris)" 'mark 1'
"$SANAD" mark c.sanad 1:1 --note "$(printf '=1+1 \033[31m red')" --by anna >/dev/null
"$SANAD" mark c.sanad 2 --star --by boris >/dev/null
"$SANAD" mark c.sanad 1 2 --list 'to verify' >/dev/null
"$SANAD" mark c.sanad 1 --list 'To Verify' --done >/dev/null
"$SANAD" marks c.sanad >list
is 'six marks' "$(wc -l <list)" 6
is 'a line is a number and six more' "$(awk -F'\t' 'NF != 7' list | wc -l)" 0
has 'a page is said' "$(sed -n 3p list)" "$(printf '3\tnote\t1:1\t')"
is 'no control character comes through' "$(tr -d '[:print:]\n\t\200-\377' <list | wc -c)" 0
is 'of a kind' "$("$SANAD" marks c.sanad --kind tag | wc -l)" 2
is 'with a label' "$("$SANAD" marks c.sanad --label 'TO VERIFY' | wc -l)" 2
is 'open ones' "$("$SANAD" marks c.sanad --open --json | json item)" 2
is 'and one that is done' "$("$SANAD" marks c.sanad --done --json | json state)" 'done'
is 'by somebody' "$("$SANAD" marks c.sanad --by boris --json | json kind)" 'star'
is 'by words' "$("$SANAD" marks c.sanad --words re | cut -f2)" 'note'
has 'CSV runs no formula' "$("$SANAD" marks c.sanad --csv --kind note)" "'=1+1"
is 'CSV has a head' "$("$SANAD" marks c.sanad --csv --limit 1 | wc -l)" 2

status_is 'one thing at a time' 2 "$SANAD" mark c.sanad 1 --star --tag x
status_is 'something must be said' 2 "$SANAD" mark c.sanad 1
status_is 'done is said of a list' 2 "$SANAD" mark c.sanad 1 --star --done
status_is 'a colour that is none' 2 "$SANAD" mark c.sanad 1 --tag x --colour pink
status_is 'a place that is none' 2 "$SANAD" mark c.sanad 1: --star
status_is 'a page that is not there' 1 "$SANAD" mark c.sanad 1:9 --star
status_is 'one of two is not there' 1 "$SANAD" mark c.sanad 1 99 --star
is 'then neither is marked' "$("$SANAD" marks c.sanad | wc -l)" 6
status_is 'a kind that is none' 2 "$SANAD" marks c.sanad --kind dragon

is 'found by the tag' "$("$SANAD" search c.sanad 'tag:"کتاب نفت" starred:yes' --json | json name name two.txt)" 'two.txt'
"$SANAD" unmark c.sanad 4 --by anna >/dev/null
is 'and not when it is taken off' "$("$SANAD" search c.sanad 'starred:yes' --json | grep -c '"item"')" 0
status_is 'it is gone once' 1 "$SANAD" unmark c.sanad 4
"$SANAD" unmark c.sanad 4 --restore >/dev/null
"$SANAD" marks c.sanad >before
"$SANAD" rebuild c.sanad >/dev/null 2>&1
is 'marks outlive rebuild' "$("$SANAD" marks c.sanad)" "$(cat before)"
status_is 'the case is sound' 0 "$SANAD" check c.sanad

finish
