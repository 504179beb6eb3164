# What a worker child costs in time and memory.

section_nursery() {
    local fork readers others p50 mean peak more
    fork=$("$build/tests/bench/bench_fork" "$worker" "${BENCH_TIMES:-5000}")
    mean=$(sed -E 's/.*mean ([0-9.]+) .*/\1/' <<<"$fork")
    p50=$(sed -E 's/.*p50 ([0-9.]+) .*/\1/' <<<"$fork")
    readers=$("$build/tests/bench/bench_readers" "$worker" $folders)
    more="$corpora/pdf $corpora/email $corpora/structured $corpora/ocr ../shared/data/fixtures"
    [ -z "${BENCH_QUICK:-}" ] || more=$corpora/email
    others=$("$build/tests/bench/bench_readers" "$worker" $more)
    peak=$(printf '%s\n%s\n' "$readers" "$others" | sed -E 's/.*peak ([0-9.]+) MiB.*/\1/' | sort -g | tail -n 1)
    target 'fork-to-end cost of a trivial document in the nursery, mean, ms' 'at most 2' "$mean" "$mean <= 2"
    target 'peak memory of a worker child without OCR, MiB' 'at most 512' "$peak" "$peak <= 512"
    echo '### The nursery'
    echo
    echo 'From handing over a text of one line to the word of its child'"'"'s end, one document after the other: a new'
    echo 'process, its sandbox, the type, the text, the frames, the end.'
    echo
    echo "    $fork"
    echo
    echo 'The peak of a child as the system counts it (`ru_maxrss`, what it shares with the nursery included), each'
    echo 'file of a set read by a child of its own, without OCR and without what is inside containers:'
    echo
    echo "- $(set_names $folders): $readers"
    echo "- $(set_names $more): $others"
}
