#!/usr/bin/env bash
# What is read on scans, against plain Tesseract and ocrmypdf: the section "ocr" of bench/RESULTS.md.
# `make bench-ocr` calls it.
#
#     tests/bench/ocr.sh SANAD
set -euo pipefail
cd "$(dirname "$0")/../.."
sanad=${1:?sanad to be measured, build/sanad}
worker=$(dirname "$sanad")/src/worker/sanad-worker
folder=../shared/data/corpora/ocr
LC_ALL=C.UTF-8
export LC_ALL

if ! [ -d "$folder" ]; then
    echo "skipped: the measurements need $folder, which is not here"
    exit 0
fi
for tool in tesseract ocrmypdf img2pdf; do
    command -v $tool >/dev/null || {
        echo "$tool is not installed: tools/setup run bench"
        exit 1
    }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo 'a passphrase for the measurements' >"$work/passphrase"
export SANAD_PASSPHRASE_FILE=$work/passphrase

seconds() { # command...: sets wall
    local TIMEFORMAT=%R
    wall=$({ time "$@" >"$work/out" 2>&1 </dev/null; } 2>&1)
}

section_speed() {
    local pages=("$folder"/fa_tooska/books*/*.jpg) theirs ours
    mkdir "$work/pages"
    cp "${pages[@]}" "$work/pages"
    img2pdf "${pages[@]}" -o "$work/pages.pdf"
    seconds ocrmypdf -q -l fas --jobs "$(nproc)" --output-type pdf --optimize 0 "$work/pages.pdf" "$work/read.pdf"
    theirs=$wall
    "$sanad" init "$work/case" >/dev/null
    seconds "$sanad" add --langs fas "$work/case" "$work/pages"
    ours=$wall
    echo "${#pages[@]} pages of Persian books on $(nproc) cores with the same model:" \
        "sanad $(awk "BEGIN { printf \"%.0f\", 60 * ${#pages[@]} / $ours }") pages a minute," \
        "ocrmypdf $(dpkg-query -W -f '${Version}' ocrmypdf) $(awk "BEGIN { printf \"%.0f\", 60 * ${#pages[@]} / $theirs }")."
}

section_ocr() {
    local load
    read -r load _ </proc/loadavg
    echo '## OCR'
    echo
    echo '`make bench-ocr` writes this section.'" $(tesseract --version 2>&1 | head -n 1), models of Debian" \
        "$(dpkg-query -W -f '${Version}' tesseract-ocr-fas). Plain Tesseract is told the language;" \
        'sanad is asked for English, Persian and Arabic and finds out. Error rates are those of characters,' \
        'both sides normalised (tests/bench/ocr.mjs says how), the mean of the pages.' \
        "Load of the machine at the start: $load." | fold -s -w 110 | sed 's/ *$//'
    echo
    node tests/bench/ocr.mjs "$worker" "$folder"
    echo
    section_speed
}

section_ocr >"$work/section.md"
node tests/bench/put.mjs ocr <"$work/section.md"
cat "$work/section.md"
