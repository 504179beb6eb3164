#!/usr/bin/env bash
# What is read in PDFs, against poppler and MuPDF: the section "pdf" of bench/RESULTS.md.
#
#     tests/bench/pdf.sh WORKER
set -euo pipefail
cd "$(dirname "$0")/../.."
worker=${1:?the worker to be measured, build/src/worker/sanad-worker}
corpora=../shared/data/corpora

section_pdf() {
    local program
    for program in pdftotext pdftoppm mutool tesseract; do
        command -v $program >/dev/null || { echo "$program is not installed: tools/setup bench" >&2; return 1; }
    done
    echo '## PDF'
    echo
    echo 'Without OCR on any side. "All words": the words that sanad gives hold, each as often, those of'
    echo "pdftotext $(pdftotext -v 2>&1 | sed -n 's/^pdftotext version //p') or mutool" \
        "$(mutool -v 2>&1 | sed -n 's/^mutool version //p'), whichever gives more. \"All characters\": the same"
    echo 'of letters and digits, however they are divided and ordered. "All in print": the words that are lacking,'
    echo 'if any, do not stand on the pages as poppler draws them and tesseract reads them; tests/bench/pdf.mjs says'
    echo 'when that reading counts. `node tests/bench/pdf.mjs WORKER FOLDER --each`'
    echo 'names the files in which words are lacking.'
    echo
    node tests/bench/pdf.mjs "$worker" "$corpora/pdf" "$corpora/ocr/ar_kitab_pdf" ../shared/data/fixtures
}

section_pdf | node tests/bench/put.mjs pdf
