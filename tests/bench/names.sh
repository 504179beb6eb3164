#!/usr/bin/env bash
# Names and dates, measured: the sections "names", "tag", "dates", "entities" and "cost" of bench/RESULTS.md.
# `make bench-names` calls it.
#
#     tests/bench/names.sh SANAD
set -euo pipefail
cd "$(dirname "$0")/../.."
sanad=${1:?sanad to be measured, build/sanad}
data=../shared/data/names

if ! [ -d "$data" ]; then
    echo "skipped: the measurements need $data, which is not here"
    exit 0
fi
node tests/bench/names.mjs "$sanad" "$data" | tee /dev/stderr | node tests/bench/put.mjs names
node tests/bench/tag.mjs "$sanad" ../shared/data | tee /dev/stderr | node tests/bench/put.mjs tag
node tests/bench/dates.mjs "$sanad" ../shared/data | tee /dev/stderr | node tests/bench/put.mjs dates
if [ -d ../shared/data/corpora/texts/ntrex ]; then
    node tests/bench/entities.mjs "$sanad" ../shared/data | tee /dev/stderr | node tests/bench/put.mjs entities
fi
tests/bench/run cost | tee /dev/stderr | node tests/bench/put.mjs cost
