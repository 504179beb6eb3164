#!/bin/sh
# Filters over names: match and rank. Neither needs a case or a passphrase.
. "$(dirname "$0")/lib.sh"
unset SANAD_PASSPHRASE_FILE

above() { # description, score, least
    if awk "BEGIN { exit !($2 >= $3) }"; then ok "$1"; else not_ok "$1" "$2 is below $3"; fi
}

"$SANAD" match 'Haider al-Abadi' 'حیدر العبادی' >out
above 'two scripts, one man' "$(head -n 1 out)" 0.5
is 'a line of reason a word' "$(sed -n '2,$p' out | wc -l)" 2
has 'the reason names the words' "$(cat out)" "$(printf 'script\tal-Abadi\tالعبادی')"
"$SANAD" match 'Haider al-Abadi' 'Nouri al-Maliki' --json >out
has 'JSON says the same' "$(cat out)" '"kind":"contradicts"'
printf 'Qasem Soleimani\tقاسم سلیمانی\nJohn Doe\tMary Major\textra\nalone\n' | "$SANAD" match --tsv >scores
is 'a score a line' "$(wc -l <scores)" 3
above 'the first pair' "$(sed -n 1p scores)" 0.5
above 'not the second' "$(sed -n 2p scores | awk '{ print 1 - $1 }')" 0.6
printf 'Qasem Soleimani\tقاسم سلیمانی\n' | "$SANAD" match --tsv --json | json score >one
above 'the same with reasons' "$(cat one)" 0.5
status_is 'one name is not enough' 2 "$SANAD" match alone
status_is 'neither names and pairs' 2 "$SANAD" match a b --tsv

printf 'Nouri al-Maliki\nHaidar al-Abadi\nQasem Suleimani\n' >list
printf 'قاسم سلیمانی\nحيدر العبادي\n\n' | "$SANAD" rank --names list --top 1 >hits
is 'hits of two queries' "$(wc -l <hits)" 2
is 'the first' "$(sed -n 1p hits | cut -f1-3)" "$(printf '1\t1\t3')"
is 'the second' "$(sed -n 2p hits | cut -f1-3)" "$(printf '2\t1\t2')"
is 'JSON has the name' "$(echo 'Maliki, Nuri' | "$SANAD" rank --names list --json --top 1 | json name)" 'Nouri al-Maliki'
status_is 'a list is needed' 2 "$SANAD" rank
status_is 'a list that is not there' 1 "$SANAD" rank --names nowhere

finish
