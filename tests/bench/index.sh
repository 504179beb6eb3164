# The index alone, and search in what it made.

copies_for() { # PAGES: how often frus has to be repeated
    calc %d "int(($1 + $texts - 1) / $texts)"
}

index_pages() { # PAGES: a new case at $case; sets said
    round=$((round + 1))
    case=$work/index$round
    said=$("$build/tests/bench/bench_index" "$case" "$corpora/frus" "$(copies_for "$1")")
}

searches() { # PAGES, yes if the target counts
    local rows worst
    index_pages "$1"
    rows=$("$build/tests/bench/bench_search" "$case")
    if [ "$2" = yes ]; then
        local speed
        speed=$(sed -E 's/.* = ([0-9.]+) MB\/s.*/\1/' <<<"$said")
        target "indexing alone on one core, encryption on, MB of text a second (${said%% *} pages)" 'at least 20' \
            "$speed" "$speed >= 20"
        worst=$(awk -F' *[|] *' '$7 > w { w = $7 } END { print w }' <<<"$rows")
        target "search on ${said%% *} pages, largest p95, ms" 'at most 50' "$worst" "$worst <= 50"
    fi
    echo
    echo "#### ${said%% *} pages"
    echo
    echo "Indexed as one process: ${said#*, }. The folder of the case takes $(du -sm "$case" | cut -f1) MB."
    echo
    echo '| kind | query | documents found | first, ms | p50 | p95 | processor p50 | processor p95 |'
    echo '|---|---|---:|---:|---:|---:|---:|---:|'
    echo "$rows"
}

section_index() {
    local pages texts
    texts=$(find "$corpora/frus" -name '*.txt' | wc -l)
    echo '### Indexing and searching'
    echo
    echo "The $texts texts of frus, repeated, each copy with a changed line, into an encrypted case, on one core."
    echo '"Index" is the processor time of counting, folding and indexing the words and of its commits; "in all" has'
    echo 'also the storing of items and pages. A query is asked 41 times with the snippets of its first 20 documents,'
    echo 'in a process that keeps the case open, as the reading room does; "first" is the first of them.'
    searches "${BENCH_PAGES_SMALL:-57000}" yes
    for pages in ${BENCH_PAGES-500000}; do searches "$pages" no; done
}
