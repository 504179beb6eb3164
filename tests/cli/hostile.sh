#!/bin/sh
# Files that are made to harm who reads them: each ends soon, with an outcome or a named reason.
. "$(dirname "$0")/lib.sh"

if ! node -e 'process.exit(typeof require("zlib").crc32 === "function" ? 0 : 1)'; then
    skip 'hostile files' 'this node cannot make them'
    finish
    exit 0
fi
mkdir in
node "$root/tests/cli/hostile_files.mjs" in
truncate -s 512M in/sparse.bin
echo 'turned around' >"in/$(printf '\342\200\256gpj.exe')"
echo 'two lines' >"in/$(printf 'two\nlines')"
echo 'no letters' >"in/$(printf '\377\376')"

"$SANAD" init c.sanad >/dev/null
"$SANAD" add c.sanad in --no-ocr >out 2>&1
is 'all of them are read to an end' $? 0
"$SANAD" ledger c.sanad --json >rows

end_is() { # path, outcome/reason
    is "$1" "$(json outcome path "in/$1" <rows)/$(json reason path "in/$1" <rows)" "$2"
}
ends() { # folder's path, reason: how many rows below end so
    node -e '
        const [start, reason] = process.argv.slice(1)
        const rows = require("fs").readFileSync(0, "utf8").trim().split("\n").map(row => JSON.parse(row))
        console.log(rows.filter(row => row.path.startsWith(start) && row.reason === reason).length)
    ' "in/$1!/" "$2" <rows
}

end_is 42.zip empty/container
is 'a bomb of bombs ends where it is met first: an archive and its file' "$(ends 42.zip limit-size)" 2
end_is overlap.zip failed/limit-size
end_is zeros.gz failed/limit-size
end_is onion.gz failed/limit-depth
is 'the last of many in each other is named' "$(ends nested.zip limit-depth)" 1
is 'of messages too' "$(ends matryoshka.eml limit-depth)" 1
is 'no file is lost over its name' "$(json children path in/names.zip <rows)" 7
is 'names stay labels' "$(json outcome path 'in/names.zip!/../../../../etc/hostile' <rows)" text
is 'nothing is written beside the case' "$(find . -name hostile | wc -l)" 0
for name in xml html svg docx; do
    is "entities do not grow in $name" "$(json chars path "in/laughs.$name" <rows | awk '{ print $1 < 2000 }')" 1
done
for name in json xml html rtf eml; do
    end_is "deep.$name" text/null
done
end_is huge.png failed/limit-size
end_is huge.tif failed/limit-size
end_is wide.pdf text/null
end_is content.pdf empty/no-words
end_is objects.pdf empty/no-words
is 'a sparse file takes no room' "$(du -sm c.sanad | awk '{ print $1 < 64 }')" 1
is 'the sums are equal' "$("$SANAD" status c.sanad --json | json sums_equal)" true
is 'no reader crashed' "$(json reason <rows | grep -c crash)" 0
is 'none ran out of time' "$(json reason <rows | grep -c -e time -e memory)" 0
"$SANAD" ledger c.sanad >listed
is 'no sign turns the ledger around' "$(grep -c "$(printf '\342\200\256')" listed)" 0
"$SANAD" check c.sanad >/dev/null
is 'the case is sound' $? 0
finish
