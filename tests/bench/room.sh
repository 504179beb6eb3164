#!/usr/bin/env bash
# Measures the reading room on a large case and writes its section of bench/RESULTS.md; `make bench-room`.
#
#     tests/bench/room.sh SANAD
#
# BENCH_TEXTS says how many texts the case has (100000: some ten minutes to make). BENCH_CASE takes a case made
# before, whose passphrase SANAD_PASSPHRASE_FILE holds; what is added to it meanwhile stays in it.
set -euo pipefail
cd "$(dirname "$0")/../.."
export SANAD=$1
frus=../shared/data/corpora/frus
[ -d "$frus" ] || {
    echo "skipped: the measurements need $frus, which is not here"
    exit 0
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "${BENCH_CASE:-}" ]; then
    BENCH_CASE=$work/case
    echo 'a passphrase for the measurements' >"$work/passphrase"
    export SANAD_PASSPHRASE_FILE=$work/passphrase
    node tests/bench/room_leak.mjs "$frus" "$work/leak" "${BENCH_TEXTS:-100000}"
    "$SANAD" init "$BENCH_CASE"
    "$SANAD" add --no-ocr "$BENCH_CASE" "$work/leak"
    rm -rf "$work/leak"
fi
# What is added while readers ask: other texts than those in the case.
node tests/bench/room_leak.mjs "$frus" "$work/more" 20000 "$RANDOM"
node tests/bench/room.mjs "$BENCH_CASE" "$work/more" >"$work/room.md"
node tests/bench/put.mjs room <"$work/room.md"
cat "$work/room.md"
