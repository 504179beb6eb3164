#!/bin/sh
# A flipped byte anywhere is found and named; so is what is missing or should not be there.
. "$(dirname "$0")/lib.sh"

mkdir in
node -e '
    const fs = require("fs")
    for (let i = 0; i < 5; i++) fs.writeFileSync(`in/${i}.txt`, `letter ${i} to the ministry `.repeat(40 + 2500 * i))
    fs.writeFileSync("in/noise.bin", require("crypto").randomBytes(300000))'
"$SANAD" init whole.sanad >/dev/null
"$SANAD" add whole.sanad in >/dev/null 2>&1
status_is 'a whole case is sound' 0 "$SANAD" check whole.sanad
has 'and says so' "$output" sound

flip() { # file, offset
    node -e '
        const fs = require("fs"), [file, at] = [process.argv[1], Number(process.argv[2])]
        const fd = fs.openSync(file, "r+"), b = Buffer.alloc(1)
        fs.readSync(fd, b, 0, 1, at); b[0] ^= 1 << (at % 8); fs.writeSync(fd, b, 0, 1, at)' "$1" "$2"
}

tried=0 missed=
for file in $(cd whole.sanad && find . -type f -size +0 | sort); do
    size=$(stat -c %s "whole.sanad/$file")
    for at in $(node -e '
            const size = Number(process.argv[1]), db = /case.db$/.test(process.argv[2])
            const places = new Set([9, size >> 1, size - 1])
            if (db) for (const at of [0, 15, 16, 20, 23, 24, 30, 99]) places.add(at)
            if (db) for (let i = 0; i < 20; i++) places.add(Math.floor((i + 0.37) * size / 20))
            if (/keys$/.test(process.argv[2])) for (let i = 0; i < size; i += 13) places.add(i)
            for (const p of places) if (p >= 0 && p < size) console.log(p)' "$size" "$file"); do
        rm -rf hurt.sanad
        cp -a whole.sanad hurt.sanad
        flip "hurt.sanad/$file" "$at"
        output=$("$SANAD" check hurt.sanad 2>&1)
        code=$?
        tried=$((tried + 1))
        name=$(basename "$file" | cut -c1-12)
        case $code:$output in
        5:*keys* | 5:*case.db* | 5:*objects/*"$name"* | 5:*ledger*) ;;
        *) missed="$missed $file@$at($code)" ;;
        esac
    done
done
is "each of $tried flipped bytes is found and its file named" "$missed" ''

# What to do about it: which item it is, and that the same bytes from elsewhere mend it.
cp -a whole.sanad lost.sanad
rm "$(find lost.sanad/objects -type f | sort | head -n 1)"
output=$("$SANAD" check lost.sanad)
has 'a lost original is named with its item' "$output" '(item '
has 'and a person is told what helps' "$output" 'from another folder'
cp -a in elsewhere
"$SANAD" add lost.sanad elsewhere >/dev/null 2>&1
status_is 'which mends it' 0 "$SANAD" check lost.sanad

# Pages of the database that are not used any more: a rebuild of the indexes leaves some.
mkdir free
node -e 'for (let i = 0; i < 200; i++) require("fs").writeFileSync(`free/${i}.txt`, `paper ${i} on quinces `.repeat(300))'
cp -a whole.sanad free.sanad
"$SANAD" add free.sanad free >/dev/null 2>&1
"$SANAD" rebuild free.sanad --index >/dev/null 2>&1
status_is 'a rebuilt case is sound' 0 "$SANAD" check free.sanad
missed=
pages=$(($(stat -c %s free.sanad/case.db) / 8192))
for i in $(seq 40); do
    at=$((pages * i / 41 * 8192 + 4000))
    flip free.sanad/case.db "$at"
    output=$("$SANAD" check free.sanad 2>&1)
    case $?:$output in
    5:*case.db*) ;;
    *) missed="$missed $at" ;;
    esac
    flip free.sanad/case.db "$at"
done
is 'a flipped byte in an unused page is found' "$missed" ''

rm -rf hurt.sanad
cp -a whole.sanad hurt.sanad
object=$(cd hurt.sanad && find objects -type f | head -n 1)
rm "hurt.sanad/$object"
status_is 'a missing original is found' 5 "$SANAD" check hurt.sanad
has 'and named' "$output" "$(basename "$object")"

cp -a whole.sanad extra.sanad
echo x >extra.sanad/note.txt
status_is 'a file that is no part of a case is found' 5 "$SANAD" check extra.sanad
has 'and named' "$output" note.txt

# What was committed but still stands in the write-ahead log.
cp -a whole.sanad log.sanad
mkdir more
node -e 'for (let i = 0; i < 4000; i++) require("fs").writeFileSync(`more/${i}.txt`, `more ${i} `.repeat(3000))'
"$SANAD" add log.sanad more >/dev/null 2>&1 &
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
    sleep 0.1
    # Large enough, and not by a transaction that is only being written.
    [ "$(stat -c %s log.sanad/case.db-wal 2>/dev/null || echo 0)" -gt 400000 ] &&
        [ "$("$SANAD" status log.sanad --json 2>/dev/null | json items)" -gt 6 ] && break
done
kill -KILL $! 2>/dev/null
wait $! 2>/dev/null
size=$(stat -c %s log.sanad/case.db-wal 2>/dev/null || echo 0)
if [ "$size" -gt 100000 ]; then
    cp -a log.sanad logged.sanad
    status_is 'a case whose writer was killed is sound' 0 "$SANAD" check logged.sanad
    flip log.sanad/case.db-wal 20000
    status_is 'a flipped byte in the log is found' 5 "$SANAD" check log.sanad
    has 'and named' "$output" case.db-wal
else
    skip 'a flipped byte in the log is found' 'the writer was done before it was killed'
fi
finish
