#!/bin/sh
# What is received: links, devices, names, duplicates, changes, resuming, originals.
. "$(dirname "$0")/lib.sh"

mkdir -p in/sub
printf 'The envoy arrived at Tirazan.\n' >in/one.txt
cp in/one.txt in/sub/copy.txt
: >in/empty.txt
ln -s /etc/passwd in/link
mkfifo in/pipe
printf 'odd name\n' >"$(printf 'in/caf\351.txt')"
printf 'bidi\n' >"$(printf 'in/\342\200\256txt.exe')"
printf 'newline\n' >"in/a
b.txt"
printf 'PK\003\004 not really' >in/broken.zip
printf '\001\002\003\004\000\000\377\376 nothing known' >in/what.bin

"$SANAD" init c.sanad >/dev/null
"$SANAD" add c.sanad in --source 'left in a bag' --json >add.json 2>add.err
is 'add ends well' $? 0
"$SANAD" ledger c.sanad --json >rows
is 'texts without pages count as none' "$(grep '"progress"' add.json | tail -n 1 | json pages)" 0
is 'every file has a row' "$(wc -l <rows)" 10
is 'a row says how it came' "$(json source name one.txt <rows)" 'left in a bag'
is 'text is text' "$(json outcome name one.txt <rows)" text
is 'the same bytes again are a duplicate' "$(json outcome name copy.txt <rows)" duplicate
is 'of the first' "$(json duplicate_of name copy.txt <rows)" "$(json item name one.txt <rows)"
is 'and have the same hash' "$(json sha256 name copy.txt <rows)" "$(sha256sum <in/one.txt | cut -d' ' -f1)"
is 'an empty file' "$(json outcome name empty.txt <rows)/$(json reason name empty.txt <rows)" empty/no-bytes
is 'a link is recorded' "$(json reason name link <rows)" symlink
is 'a link is found by its name' "$("$SANAD" search c.sanad name:link --json | json total)" 1
has 'with its target' "$(json detail name link <rows)" /etc/passwd
is 'and never followed' "$(json sha256 name link <rows)" null
is 'a pipe is recorded' "$(json reason name pipe <rows)" special
is 'a name that is not UTF-8 is spelled out' "$(json outcome name 'caf\xe9.txt' <rows)" text
is 'a broken zip fails' "$(json outcome name broken.zip <rows)" failed
is 'an unknown type is kept' "$(json outcome name what.bin <rows)/$(json reason name what.bin <rows)" empty/unsupported
is 'its bytes come back' "$("$SANAD" export c.sanad "$(json item name what.bin <rows)" -o - | sha256sum)" "$(sha256sum <in/what.bin)"
if [ "$(id -u)" = 0 ]; then
    skip 'an unreadable file is recorded' 'root reads everything'
else
    printf secret >in/closed.txt
    chmod 0 in/closed.txt
    "$SANAD" add c.sanad in >/dev/null 2>&1
    is 'an unreadable file is recorded' "$("$SANAD" ledger c.sanad --json | json reason name closed.txt)" unreadable
    rm -f in/closed.txt
fi
has 'an empty list says so' "$("$SANAD" ledger c.sanad --outcome ocr 2>&1)" 'No such items'
is 'beside the list' "$("$SANAD" ledger c.sanad --outcome ocr 2>/dev/null | wc -l)" 0
is 'to programs it is empty' "$("$SANAD" ledger c.sanad --outcome ocr --json)" ''
status_is 'what is inside no item' 1 "$SANAD" ledger c.sanad --parent 999
has 'outcomes are told to people without escape codes' "$("$SANAD" ledger c.sanad | cat -v)" 'M-oM-?M-=txt.exe'

items=$("$SANAD" status c.sanad --json | json items)
"$SANAD" add c.sanad in --json >again.json 2>/dev/null
is 'the same add again takes nothing' "$("$SANAD" status c.sanad --json | json items)" "$items"
sleep 0.01
printf 'The envoy left.\n' >in/one.txt
printf 'A new file.\n' >in/new.txt
"$SANAD" add c.sanad in >/dev/null 2>&1
is 'only what is new or changed' "$("$SANAD" status c.sanad --json | json items)" $((items + 2))
is 'the old version stays' "$("$SANAD" search c.sanad Tirazan --json | json total)" 1
is 'the new one is found' "$("$SANAD" search c.sanad '"envoy left"' --json | json total)" 1
status_is 'a path that is not there' 1 "$SANAD" add c.sanad nowhere
mkdir around
"$SANAD" init around/e.sanad >/dev/null
printf 'beside the case\n' >around/beside.txt
has 'a case is not taken into itself' "$("$SANAD" add around/e.sanad around around/e.sanad 2>/dev/null)" 'it was left out'
is 'only what lies beside it' "$("$SANAD" ledger around/e.sanad --json | json path)" around/beside.txt
is 'and a program is told' "$("$SANAD" add around/e.sanad around --json 2>/dev/null | json case_left_out event done)" true
status_is 'nor is a part of it' 2 "$SANAD" add around/e.sanad around/e.sanad/keys
is 'CSV has as many rows' "$("$SANAD" ledger c.sanad --csv --outcome text | grep -c '^[0-9]*,')" \
    "$("$SANAD" ledger c.sanad --json --outcome text | wc -l)"

export_to=$work/back
entries=$("$SANAD" check c.sanad --json | json custody)
status_is 'an original is exported' 0 "$SANAD" export c.sanad 1 --by Mina --why 'for print' -o "$export_to"
status_is 'and never over a file' 1 "$SANAD" export c.sanad 1 -o "$export_to"
is 'the custody log has the one that left' "$("$SANAD" check c.sanad --json | json custody)" $((entries + 1))
status_is 'of all that is found, as a ZIP' 0 "$SANAD" export c.sanad --query envoy --why 'for print' --by Mina -o found.zip
status_is 'of chosen ones' 0 "$SANAD" export c.sanad 1 2 2 -o two.zip
status_is 'neither items nor a query' 2 "$SANAD" export c.sanad -o none.zip
status_is 'a query that finds nothing' 1 "$SANAD" export c.sanad --query nothing-at-all -o none.zip
is 'leaves no file' "$(ls none.zip 2>&1 | grep -c 'cannot access')" 1
if command -v unzip >/dev/null; then
    status_is 'other programs read it' 0 unzip -qt found.zip
    is 'the manifest has a row for each' "$(unzip -p two.zip manifest.csv | grep -c ',here,')" 2
    is 'and says who took them' "$(unzip -p found.zip manifest.json | json by)/$(unzip -p found.zip manifest.json | json why)" 'Mina/for print'
    is 'the bytes are those of the ledger' "$(unzip -p two.zip 'originals/*/item-1-*' | sha256sum | cut -d' ' -f1)" \
        "$("$SANAD" ledger c.sanad --json | json sha256 item 1)"
else
    skip 'other programs read it' 'there is no unzip'
fi
status_is 'the case is sound' 0 "$SANAD" check c.sanad
before=$("$SANAD" ledger c.sanad --json | sha256sum)
status_is 'rebuild from the originals' 0 "$SANAD" rebuild c.sanad
is 'gives the same ledger' "$("$SANAD" ledger c.sanad --json | sha256sum)" "$before"
status_is 'rebuild of the indexes' 0 "$SANAD" rebuild c.sanad --index
is 'finds the same' "$("$SANAD" search c.sanad envoy --json | json total)" 2
"$SANAD" retry c.sanad --json >retry.json 2>/dev/null
is 'retry keeps the sums' "$("$SANAD" status c.sanad --json | json sums_equal)" true

# What was not printed whole is an error, whenever the disk was full.
mkdir papers
for i in $(seq 400); do echo "paper $i of the ministry" >"papers/paper-$i.txt"; done
tar -cf papers.tar papers
"$SANAD" init d.sanad >/dev/null
"$SANAD" add d.sanad papers.tar papers/paper-7.txt >/dev/null 2>&1
for command in 'show d.sanad 1 --json' 'ledger d.sanad' 'text d.sanad 3'; do
    # shellcheck disable=SC2086
    "$SANAD" $command >/dev/full 2>err
    is "a full disk: $command" "$?" 1
    has 'says so' "$(cat err)" output
done
status_is 'a reader that wants no more is none' 0 sh -c '{ "$SANAD" ledger d.sanad; echo $? >&3; } 3>status | head -c 1; exit "$(cat status)"'
status_is 'the text of a container' 0 "$SANAD" text d.sanad 1
has 'is elsewhere' "$output" 'what is in it'
status_is 'the text of a duplicate' 0 "$SANAD" text d.sanad "$("$SANAD" ledger d.sanad --json | json item outcome duplicate)"
has 'names the other' "$output" 'same bytes as item'

# What a person reads: short, with the right number, and what to do next.
mkdir one 'two words'
printf 'One letter.\n' >one/a.txt
"$SANAD" init 'my case.sanad' >init.out
has 'init says what comes next, ready to be typed' "$(cat init.out)" "sanad add 'my case.sanad' FOLDER"
"$SANAD" add 'my case.sanad' one >add.out 2>/dev/null
has 'one item is not two' "$(cat add.out)" '1 item, 12 bytes'
has 'add says what comes next' "$(cat add.out)" "sanad search 'my case.sanad' WORDS"
is 'and nothing of failures where there are none' "$(grep -c failed add.out)" 0
cp "$root/sample/unsorted/locked.pdf" 'two words/'
"$SANAD" add 'my case.sanad' 'two words' >add.out 2>/dev/null
has 'a locked file is told with what opens it' "$(cat add.out)" 'password           locked: sanad retry CASE --password-file FILE'
has 'and where to read why' "$(cat add.out)" "sanad ledger 'my case.sanad' --outcome failed"
has 'the ledger says why' "$("$SANAD" ledger 'my case.sanad' --outcome failed)" '                   locked with a password'
has 'a retry that changes nothing' "$("$SANAD" retry 'my case.sanad' 2>/dev/null)" '1 item was taken to be read again. Helped: 0; not helped: 1.'
has 'one document on one page' "$("$SANAD" search 'my case.sanad' letter)" '1 document, 1 page, '
has 'nothing found, and what to try' "$("$SANAD" search 'my case.sanad' nobody)" 'Nothing found.'
has 'a sound case' "$("$SANAD" check 'my case.sanad')" '2 items, 2 originals ('
finish
