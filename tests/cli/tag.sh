#!/bin/sh
# Mentions in a text: a filter that needs neither a case nor a passphrase.
. "$(dirname "$0")/lib.sh"
unset SANAD_PASSPHRASE_FILE

printf 'x\nGeneral Qasem Soleimani flew to Baghdad.\nحسن روحانی در تهران بود.\n' >text
"$SANAD" tag <text >out
is 'a line a mention' "$(wc -l <out)" 4
is 'in order, with their places' "$(cut -f1-3 out | sed -n 1,2p)" "$(printf '10\t25\tperson\n34\t41\tplace')"
is 'as written' "$(cut -f5 out | sed -n 3,4p)" "$(printf 'حسن روحانی\nتهران')"
is 'scores are shares' "$(awk -F'\t' '$4 < 0 || $4 > 1' out)" ''
is 'JSON says the same' "$("$SANAD" tag --json --lang fa <text | json text | sed -n 4p)" تهران
is 'nothing of nothing' "$("$SANAD" tag </dev/null)" ''
status_is 'a language it does not know' 2 "$SANAD" tag --lang xx </dev/null

finish
