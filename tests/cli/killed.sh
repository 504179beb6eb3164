#!/bin/sh
# Kill -9 of sanad, of its worker or of one of the worker's children at random moments: nothing that was
# committed is lost, nothing is doubled, the sums stay equal, and the same command goes on.
# KILLS says how often (300 for the record); KILLS_FOLDER what is added (a folder made here).
. "$(dirname "$0")/lib.sh"

make_folder() {
    mkdir in
    node -e '
        const fs = require("fs")
        for (let i = 0; i < 250; i++) fs.writeFileSync(`in/${i}.txt`, `paper ${i} of the ministry `.repeat(200 + i * 4))
        fs.writeFileSync("in/mail.mbox", Array.from({length: 40}, (_, i) => `From a@b Mon Jan  1 00:00:00 2024\n` +
            `From: a@example.org\nSubject: letter ${i}\n\nbody ${i}\n\n`).join(""))'
    echo in
}

descendants() { # of a process, one level
    cat /proc/"$1"/task/*/children 2>/dev/null
}

pick() { # the process to kill: sanad, its worker, or a child that reads a document; waits for it
    victim=
    while [ -n "$(cat "/proc/$1/cmdline" 2>/dev/null | tr -d '\0')" ]; do # empty once it has ended
        case $2 in
        0) victim=$1 ;;
        1) victim=$(descendants "$1") ;;
        2) victim=$(for worker in $(descendants "$1"); do descendants "$worker"; done | cut -d' ' -f1) ;;
        esac
        [ -n "$victim" ] && break
    done
    echo "${victim%% *}"
}

settled() { "$SANAD" ledger c.sanad --json 2>/dev/null | grep -vc '"outcome":"waiting"'; }

folder=${KILLS_FOLDER:-$(make_folder)}
"$SANAD" init c.sanad >/dev/null
"$SANAD" init whole.sanad >/dev/null
started=$(date +%s%3N)
"$SANAD" add whole.sanad "$folder" --no-ocr >/dev/null 2>&1
whole_seconds=$(node -p "($(date +%s%3N) - $started) / 1000")
"$SANAD" ledger whole.sanad --json | strip >whole
kills=${KILLS:-9} lost= unsound= doubled= wrong= hit=0
for round in $(seq "$kills"); do
    before=$(settled)
    "$SANAD" add c.sanad "$folder" --no-ocr >/dev/null 2>&1 &
    added=$!
    sleep "$(node -p "(0.3 + Math.random() * ($whole_seconds - 0.3)).toFixed(3)")"
    victim=$(pick $added $((round % 3)))
    [ -n "$victim" ] && kill -KILL $victim 2>/dev/null && hit=$((hit + 1))
    # Without its worker, or a child of it, sanad itself goes on to the end.
    wait $added 2>/dev/null
    "$SANAD" check c.sanad >check.out 2>&1 || unsound="$unsound $round:$(tail -n 1 check.out)"
    after=$(settled)
    [ "$after" -ge "$before" ] || lost="$lost $round:$before>$after"
    [ $((round % 3)) = 0 ] && continue
    # Only the one document whose child was killed may have crashed; it is read again when asked.
    crashed=$("$SANAD" ledger c.sanad --reason crash --json | wc -l)
    [ "$crashed" -le $((round % 3 == 2)) ] || wrong="$wrong $round:$crashed"
    "$SANAD" add c.sanad "$folder" --no-ocr >/dev/null 2>&1
    "$SANAD" retry c.sanad --reason crash --no-ocr >/dev/null 2>&1
    "$SANAD" ledger c.sanad --json | strip >now
    cmp -s now whole || doubled="$doubled $round:$(diff now whole | head -n 2 | tr '\n' ' ')"
    rm -rf c.sanad
    "$SANAD" init c.sanad >/dev/null
done
is "no committed item was lost by $kills kills, $hit of which hit" "$lost" ''
is 'the case was sound after each' "$unsound" ''
is 'only a document whose child was killed crashed' "$wrong" ''
is 'and the ledger is that of an undisturbed case' "$doubled" ''
status_is 'the same add then finishes' 0 "$SANAD" add c.sanad "$folder" --no-ocr
is 'with the ledger of an undisturbed one' "$("$SANAD" ledger c.sanad --json | strip | sha256sum)" "$(sha256sum <whole)"
is 'and its search' "$("$SANAD" search c.sanad ministry --json | json total)" \
    "$("$SANAD" search whole.sanad ministry --json | json total)"
status_is 'and it is sound' 0 "$SANAD" check c.sanad
finish
