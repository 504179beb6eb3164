#!/bin/sh
# Dates of a case: what dates a document, and the timeline.
. "$(dirname "$0")/lib.sh"

mkdir leak
printf 'Telegram\nBAGHDAD, July 14, 1958\nThe army met yesterday about oil.\nNouri al-Maliki said so.\n' >leak/telegram.txt
printf 'شماره: ۱۲/۳\nتاریخ: ۱۳۹۳/۰۸/۱۲\nاین نامه درباره نفت در کشور ما است. oil\n' >leak/letter.txt
{
    printf 'From: a@example.org\nTo: b@example.org\nSubject: oil\n'
    printf 'Date: Tue, 4 Nov 2014 10:00:00 +0000\n\nWe met yesterday.\n'
} >leak/mail.eml
printf 'Nobody knows when this was written about oil.\n' >leak/undated.txt
"$SANAD" init c.sanad >/dev/null
"$SANAD" add c.sanad leak --no-ocr >/dev/null 2>&1

item() { "$SANAD" ledger c.sanad --json | json item path "leak/$1"; }

"$SANAD" timeline c.sanad --documents --json >documents
is 'documents in order' "$(json path <documents | sed 's|.*/||' | tr '\n' ' ')" 'telegram.txt letter.txt mail.eml '
is 'by what they are dated' "$(json source <documents | tr '\n' ' ')" 'dateline letterhead mail '
is 'in both calendars' "$(json solar <documents | tr '\n' ' ')" '1337-04-23 1393-08-12 1393-08-13 '
is 'undated ones are counted' "$(json undated <documents)" 1
"$SANAD" timeline c.sanad --json >all
is 'relative dates, by their documents' "$(json edtf text yesterday <all | tr '\n' ' ')" '1958-07-13? 2014-11-03? '
is 'where one stands' "$(json start text yesterday <all | head -n 1)" 45
"$SANAD" timeline c.sanad --from 1393-08 --to 2014-11-03 >lines
is 'a span in either calendar' "$(grep -c '2014-11-0' lines)" 3
has 'lines for people' "$(cat lines)" '1393-08-12    exact        letterhead'
has 'and the sum' "$(tail -n 1 lines)" '4 documents with text, 1 of them undated'
has 'show tells the date and its source' "$("$SANAD" show c.sanad "$(item telegram.txt)")" 'dateline    1958-07-14'
has 'as JSON' "$("$SANAD" show c.sanad "$(item letter.txt)" --json)" '"dates":[{"source":"letterhead","edtf":"2014-11-03"'
is 'only with a name' "$("$SANAD" timeline c.sanad --name 'Nouri al-Maliki' --json | json path | sort -u | sed 's|.*/||')" 'telegram.txt'
status_is 'a date is asked for' 2 "$SANAD" timeline c.sanad --from yesterday

found() { "$SANAD" search c.sanad "$@" --json | json path | sed 's|.*/||' | sort | tr '\n' ' '; }
is 'a filter by the dateline' "$(found 'oil from:1958-07 to:1958')" 'telegram.txt '
is 'by the letterhead, in the calendar of Iran' "$(found 'oil date:1393-08-12')" 'letter.txt '
is 'what has no date' "$(found 'oil date:none')" 'undated.txt '
has 'how many were left out' "$("$SANAD" search c.sanad 'oil from:1900')" '1 document left out for want of a date'
is 'the same for programs' "$("$SANAD" search c.sanad 'oil from:1900' --json | json undated)" 1
has 'an undated hit says so' "$("$SANAD" search c.sanad oil)" 'undated.txt  undated'
is 'in the order of dates' "$("$SANAD" search c.sanad oil --sort date --json | json path | head -n 1 | sed 's|.*/||')" 'telegram.txt'
is 'a hit says by what it is dated' "$("$SANAD" search c.sanad 'oil from:1958-07 to:1958' --json | json date_source)" 'dateline'

"$SANAD" rebuild c.sanad --index >/dev/null 2>&1
"$SANAD" timeline c.sanad --json >again
is 'the same from stored text' "$(cat again)" "$(cat all)"

printf 'The army met yesterday about oil. Nouri al-Maliki said nothing of when that was.\n' >leak/maliki.txt
"$SANAD" add c.sanad leak --no-ocr >/dev/null 2>&1
"$SANAD" timeline c.sanad --name 'Nouri al-Maliki' >lines
"$SANAD" timeline c.sanad --name 'Nouri al-Maliki' --json >named
is 'the words around the name' "$(json passage <named | head -n 1)" 'Telegram BAGHDAD, July 14, 1958 The army met yesterday about oil. Nouri al-Maliki said so.'
is 'documents that nothing dates are last' "$(json path <named | tail -n 1 | sed 's|.*/||')" 'maliki.txt'
is 'and said to be so' "$(json certainty path "$(json path <named | tail -n 1)" <named)" 'unknown'
has 'for people, too' "$(cat lines)" 'undated  '
has 'the sums are the name'"'"'s' "$(tail -n 1 lines)" '2 documents with the name, 1 of them undated; 1 date cannot'
is 'a span leaves the undated out, but counts them' \
    "$("$SANAD" timeline c.sanad --name 'Nouri al-Maliki' --from 1958 --json | json undated)$("$SANAD" timeline c.sanad --name 'Nouri al-Maliki' --from 1958 | grep -c '^undated')" '10'

if [ -d "$SANAD_SHARED/data/corpora/frus/docs" ]; then
    mkdir frus
    find "$SANAD_SHARED/data/corpora/frus/docs/frus1958-60v12" -name '*.txt' | sort | head -n 100 | xargs -I F cp F frus
    "$SANAD" init f.sanad >/dev/null
    "$SANAD" add f.sanad frus --no-ocr >/dev/null 2>&1
    "$SANAD" timeline f.sanad --documents --json >dated
    right=$(awk -F '\t' '$1 == "frus1958-60v12" && $9 != "" { print $2 " " substr($9, 1, 10) }' \
        "$SANAD_SHARED/data/corpora/frus/docs.tsv" | sort >wanted
        node -e '
            for (const line of require("fs").readFileSync(0, "utf8").split("\n").filter(Boolean)) {
                const row = JSON.parse(line)
                if (row.path) console.log(row.path.replace(/.*\/|\.txt$/g, "") + " " + row.edtf)
            }' <dated | sort | comm -12 - wanted | wc -l)
    all=$(json path <dated | wc -l)
    if [ "$right" -gt 80 ] && [ $((right * 100)) -ge $((all * 97)) ]; then ok 'datelines of telegrams'; else
        not_ok 'datelines of telegrams' "$right of $all are right"
    fi
else
    skip 'datelines of telegrams' 'no corpora'
fi

finish
