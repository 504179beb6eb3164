#!/bin/sh
# Kill -9 at random moments loses nothing that was committed; the same command goes on.
# KILLS says how often (100 for the record in bench/RESULTS.md).
. "$(dirname "$0")/lib.sh"

mkdir in
node -e '
    const fs = require("fs")
    for (let i = 0; i < 250; i++) fs.writeFileSync(`in/${i}.txt`, `paper ${i} of the ministry `.repeat(200 + i * 4))
    fs.writeFileSync("in/mail.mbox", Array.from({length: 40}, (_, i) => `From a@b Mon Jan  1 00:00:00 2024\n` +
        `From: a@example.org\nSubject: letter ${i}\n\nbody ${i}\n\n`).join(""))'
"$SANAD" init c.sanad >/dev/null
"$SANAD" init whole.sanad >/dev/null
"$SANAD" add whole.sanad in >/dev/null 2>&1
kills=${KILLS:-12} lost= unsound= committed=0
for round in $(seq "$kills"); do
    before=$("$SANAD" ledger c.sanad --json 2>/dev/null | grep -vc '"outcome":"waiting"')
    "$SANAD" add c.sanad in >/dev/null 2>&1 &
    sleep "$(node -p '(0.35 + Math.random() * 1.5).toFixed(3)')"
    kill -KILL $! 2>/dev/null
    wait $! 2>/dev/null
    "$SANAD" check c.sanad >check.out 2>&1 || unsound="$unsound $round:$(tail -n 1 check.out)"
    after=$("$SANAD" ledger c.sanad --json 2>/dev/null | grep -vc '"outcome":"waiting"')
    [ "$after" -ge "$before" ] || lost="$lost $round:$before>$after"
    if [ "$after" -ge 290 ]; then # begin anew
        rm -rf c.sanad
        "$SANAD" init c.sanad >/dev/null
    fi
    committed=$after
done
is "no committed item was lost by $kills kills" "$lost" ''
is 'the case was sound after each' "$unsound" ''
status_is 'the same add then finishes' 0 "$SANAD" add c.sanad in
strip() {
    node -e '
        const rows = require("fs").readFileSync(0, "utf8").split("\n").filter(Boolean).map(JSON.parse)
        for (const r of rows) console.log([r.path, r.outcome, r.sha256, r.chars, r.children].join(" "))' | sort
}
is 'with the ledger of an undisturbed one' "$("$SANAD" ledger c.sanad --json | strip | sha256sum)" \
    "$("$SANAD" ledger whole.sanad --json | strip | sha256sum)"
is 'and its search' "$("$SANAD" search c.sanad ministry --json | json total)" \
    "$("$SANAD" search whole.sanad ministry --json | json total)"
status_is 'and it is sound' 0 "$SANAD" check c.sanad
finish
