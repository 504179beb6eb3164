#!/bin/sh
# Names of a case: who is named, what people decide, names in a search.
. "$(dirname "$0")/lib.sh"

mkdir in
cat >in/one.txt <<'END'
Qasem Soleimani met the Iraqi prime minister Haider al-Abadi in Baghdad on Monday. Soleimani left in the evening.
General Qasem Soleimani had come from Tehran, said a spokesman for Haider al-Abadi.
END
cat >in/two.txt <<'END'
قاسم سلیمانی در بغداد با حیدر العبادی نخست وزیر عراق دیدار کرد.
قاسم سلیمانی سپس به تهران بازگشت.
END
cat >in/three.txt <<'END'
The report was written by John Williams and by Robert Taylor. John Williams lives in London.
Robert Taylor does not. Questions were answered by John Williams.
END
"$SANAD" init c.sanad >log
"$SANAD" add c.sanad in >log 2>&1

id() { # name -> its number
    "$SANAD" name c.sanad "$1" --json --limit 0 | json id
}

man=$(id 'Qasem Soleimani')
is 'one man in two scripts' "$(id 'قاسم سلیمانی')" "$man"
"$SANAD" names c.sanad --kind person >list
has 'he is in the list' "$(cat list)" "$(printf '%s\tperson\t2\t' "$man")"
is 'a line is a number and five more' "$(awk -F'\t' 'NF != 6' list | wc -l)" 0
has 'JSON too' "$("$SANAD" names c.sanad --json --limit 1)" '"kind":'
status_is 'a kind that is none' 2 "$SANAD" names c.sanad --kind dragon
"$SANAD" name c.sanad "$man" >out
has 'his spellings' "$(cat out)" 'قاسم سلیمانی'
has 'where he stands' "$(cat out)" 'in/one.txt'
status_is 'a number of nobody' 1 "$SANAD" name c.sanad 99999

"$SANAD" search c.sanad 'name:"Qassem Suleimani"' --json >hits
is 'found in both scripts' "$(grep -c '"item"' hits)" 2
has 'the spellings are told' "$(tail -n 1 hits)" '"spelling":"قاسم سلیمانی"'
"$SANAD" search c.sanad 'name:"Qasem Soleimani;-قاسم سلیمانی"' --json >hits
is 'one switched off' "$(grep -c '"item"' hits)" 1
has 'and said to be' "$(tail -n 1 hits)" '"used":false'
has 'people are told how' "$("$SANAD" search c.sanad 'name:"Qasem Soleimani"')" 'to leave one out'

williams=$(id 'John Williams')
taylor=$(id 'Robert Taylor')
"$SANAD" different c.sanad "$williams" "$taylor" --why 'two authors' --by anna >out
has 'a decision has a number' "$(cat out)" 'decision 1'
status_is 'the contrary is refused' 2 "$SANAD" same c.sanad 'John Williams' 'Robert Taylor'
has 'and says by what' "$("$SANAD" same c.sanad 'John Williams' 'Robert Taylor' 2>&1)" 'decision 1'
"$SANAD" undo c.sanad 1 --by boris >/dev/null
"$SANAD" same c.sanad 'John Williams' 'Robert Taylor' --why 'a pen name' --by boris >/dev/null
is 'one now' "$(id 'John Williams')" "$(id 'Robert Taylor')"
is 'the old number leads there' "$(id "$taylor")" "$(id "$williams")"
"$SANAD" rebuild c.sanad --index >/dev/null 2>&1
is 'also when all is computed again' "$(id 'John Williams')" "$(id 'Robert Taylor')"
is 'with the same numbers' "$(id 'Qasem Soleimani')" "$man"
"$SANAD" names c.sanad --decisions >decisions
is 'three decisions' "$(wc -l <decisions)" 3
has 'by whom' "$(sed -n 1p decisions)" anna
has 'taken back by which' "$(sed -n 1p decisions)" 'taken back by 2'
"$SANAD" undo c.sanad 3 >/dev/null
is 'two again' "$(id 'Robert Taylor')" "$taylor"
is 'and the other' "$(id 'John Williams')" "$williams"
"$SANAD" unsure c.sanad "$williams" "$taylor" >/dev/null
has 'nobody knows' "$("$SANAD" name c.sanad "$williams")" unsure

"$SANAD" name c.sanad "$man" --rename 'Haji Qasem' --note 'see the passport' --why 'as he signs' --by anna >out
has 'shown by the chosen name' "$(sed -n 1p out)" 'Haji Qasem'
has 'with the note' "$(cat out)" 'see the passport'
is 'found by it' "$(id 'haji qasem')" "$man"
has 'in the list' "$("$SANAD" names c.sanad --kind person)" 'Haji Qasem'
has 'and in JSON' "$("$SANAD" name c.sanad "$man" --json)" '"verdict":"rename"'
"$SANAD" search c.sanad 'name:"Haji Qasem"' --json >hits
is 'searched by it' "$(grep -c '"item"' hits)" 2
"$SANAD" rebuild c.sanad --index >/dev/null 2>&1
is 'also when all is computed again' "$(id 'Haji Qasem')" "$man"
"$SANAD" names c.sanad --decisions >decisions
has 'by whom and why' "$(grep rename decisions)" 'anna'
has 'the note is a decision too' "$(tail -n 1 decisions)" 'see the passport'
"$SANAD" undo c.sanad "$(grep rename decisions | cut -f1)" >/dev/null
status_is 'taken back' 1 "$SANAD" name c.sanad 'Haji Qasem'
status_is 'a name is a name' 2 "$SANAD" name c.sanad "$man" --rename '...'
status_is 'the case is sound' 0 "$SANAD" check c.sanad

finish
