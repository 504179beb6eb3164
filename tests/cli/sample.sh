#!/bin/sh
# The sample case: every row of tools/sample/EXPECTED.tsv holds, and the sums are equal.
. "$(dirname "$0")/lib.sh"

cd "$root" || exit 1
case=$work/sample.sanad
"$SANAD" init "$case" >/dev/null
status_is 'the sample is added' 0 "$SANAD" add "$case" sample
"$SANAD" ledger "$case" --json >"$work/rows"
is 'every sum is equal' "$("$SANAD" status "$case" --json | json sums_equal)" true
is 'nothing waits' "$("$SANAD" ledger "$case" --outcome waiting | wc -l)" 0

node -e '
    const fs = require("fs")
    const rows = new Map(fs.readFileSync(process.argv[1], "utf8").split("\n").filter(Boolean)
        .map(JSON.parse).map((r) => [r.path, r]))
    const clean = (s) => s.replace(/[\t\n]/g, " ")
    for (const line of fs.readFileSync("tools/sample/EXPECTED.tsv", "utf8").split("\n").slice(1)) {
        if (!line) continue
        const [path, outcome, reason, word] = line.split("\t")
        const row = rows.get(path) ?? {}
        // How sure OCR is of a page depends on the version of the models.
        const got = row.reason === "low-confidence" ? "" : row.reason ?? ""
        console.log([path, `${outcome}/${reason}`, `${row.outcome ?? "no row"}/${got}`,
            row.item ?? 0, word || "-"].map(String).map(clean).join("\t"))
    }' "$work/rows" >"$work/compare"
tab=$(printf '\t')
while IFS=$tab read -r path wanted got item word; do
    is "$path" "$got" "$wanted"
    [ "$word" = - ] && continue
    # The word is found, and in this item: through the index, not by reading.
    is "$path holds $word" \
        "$("$SANAD" search "$case" "$word" --limit 500 --json | json item item "$item")" "$item"
done <"$work/compare"
status_is 'the case is sound' 0 "$SANAD" check "$case"
finish
