# Adding files against recollindex, alternately.

recoll_config() { # a new folder at $case with a configuration of recoll
    round=$((round + 1))
    case=$work/recoll$round
    mkdir "$case"
    local folder list=
    for folder in $folders; do list="$list $(realpath "$folder")"; done
    printf 'topdirs =%s\nloglevel = 1\n' "$list" >"$case/recoll.conf"
}

# Prints the pairs over $folders; sets whole and inner, the medians of the ratios.
race() {
    local pairs=${BENCH_PAIRS:-5} pair files bytes theirs_wall theirs_cpu elapsed ours theirs
    rm -f "$work/ratios" "$work/walls"
    files=$(find $folders -type f | wc -l)
    bytes=$(find $folders -type f -printf '%s\n' | awk '{ s += $1 } END { print s }')
    echo "$files files, $(calc %.1f "$bytes/1e6") MB, of $(set_names $folders); $(dpkg-query -W -f '${Package} ${Version}' recollcmd)."
    echo "A pair is one run of each, recollindex first, each into a new place and without OCR. Whole: the whole"
    echo "process, which for sanad begins with Argon2id (256 MiB, 3 passes) on the passphrase; inner: what"
    echo "\`sanad add\` itself reports, from the open case to the last commit. sanad also keeps every original,"
    echo "encrypted; recollindex keeps none."
    echo
    echo "| pair | recollindex, s | its processor, s | sanad whole, s | its processor, s | inner, s | ratio whole | ratio inner |"
    echo "|---:|---:|---:|---:|---:|---:|---:|---:|"
    for pair in $(seq "$pairs"); do
        recoll_config
        settle
        timed "$work/recoll.out" recollindex -c "$case"
        recoll_case=$case theirs_wall=$wall theirs_cpu=$(calc %.2f "$user+$system")
        new_case
        settle
        timed "$work/add.out" "$sanad" add --no-ocr --json "$case" $folders
        elapsed=$(tail -n 1 "$work/add.out" | field elapsed_ms)
        if [ "$(tail -n 1 "$work/add.out" | field sums_equal)" != true ]; then
            echo "sanad add did not finish: $(tail -n 1 "$work/add.out.err")" >&2
            exit 1
        fi
        calc '%.3f %.3f\n' "$theirs_wall/$wall,$theirs_wall/($elapsed/1e3)" >>"$work/ratios"
        echo "$wall $theirs_wall" >>"$work/walls"
        calc '| %d | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |\n' \
            "$pair,$theirs_wall,$theirs_cpu,$wall,$user+$system,$elapsed/1e3,$theirs_wall/$wall,$theirs_wall/($elapsed/1e3)"
    done
    whole=$(cut -d' ' -f1 "$work/ratios" | median)
    inner=$(cut -d' ' -f2 "$work/ratios" | median)
    ours=$(cut -d' ' -f1 "$work/walls" | median)
    theirs=$(cut -d' ' -f2 "$work/walls" | median)
    echo
    calc 'Medians: sanad %.0f files a second, recollindex %.0f; ratio of whole processes %.2f, of the inner time %.2f.\n' \
        "$files/$ours,$files/$theirs,$whole,$inner"
}

section_add() {
    local whole inner
    echo "### Adding files, against recollindex"
    echo
    race
    target 'files a second against recollindex, whole processes, median of the pairs' 'at least 3 (aim 5)' \
        "$(calc %.2f "$whole")" "$whole >= 3"
}

# The same on other programs' test files, of many formats; and the text that both found.
section_fixtures() {
    local whole inner less folders=../shared/data/fixtures
    echo '### Adding files of many formats, against recollindex'
    echo
    race
    target 'files a second against recollindex on files of many formats, whole processes, median' 'at least 3' \
        "$(calc %.2f "$whole")" "$whole >= 3"
    recollq -c "$recoll_case" -n 0-100000 -F 'url dbytes' 'dir:/' >"$work/theirs" 2>/dev/null
    "$sanad" ledger "$case" --json >"$work/ours"
    echo
    less=$(node tests/bench/text_found.mjs "$work/theirs" "$work/ours" "$work/found.md")
    cat "$work/found.md"
    target 'files in which recollindex finds text and sanad none' 'none' "$less" "$less == 0"
}

# What finding names and dates adds, alternately with and without.
section_names() {
    local pair with without cost sets set
    echo '### What names and dates add'
    echo
    echo '`ingest_add` without OCR, of the index of words alone and with names and dates, alternately; seconds, and'
    echo "those of all processors. Finding names has threads of its own, so that it takes what the readers leave."
    echo
    # where sanad's programs are found
    ln -f "$build/tests/bench/bench_add" "$build/bench_add"
    echo '| files | pair | words, s | processor, s | with names and dates, s | processor, s | ratio | ratio of processor |'
    echo '|---|---:|---:|---:|---:|---:|---:|---:|'
    for sets in "../shared/data/fixtures" "$folders"; do
        set=$(set_names $sets)
        folders=$sets settle
        rm -f "$work/costs"
        for pair in $(seq "${BENCH_PAIRS:-5}"); do
            round=$((round + 1))
            without=$("$build/bench_add" "$work/words$round" text $sets)
            with=$("$build/bench_add" "$work/names$round" all $sets)
            cost=$(calc %.3f "${with% *}/${without% *}")
            echo "$cost" >>"$work/costs"
            calc "| $set | %d | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |\n" \
                "$pair,${without% *},${without#* },${with% *},${with#* },$cost,${with#* }/${without#* }"
        done
        cost=$(median <"$work/costs")
        target "time of \`add\` with names and dates, to that without (no OCR; $set), median" 'at most 1.30' \
            "$(calc %.2f "$cost")" "$cost <= 1.3"
    done
}

# How much faster two processors are than one: the whole of sanad on one, then on both.
section_scaling() {
    local pair one one_inner ratios=
    echo '### From one processor to two'
    echo
    if [ "$(nproc)" -lt 2 ]; then
        echo 'This machine has one.'
        return
    fi
    local folders=../shared/data/fixtures
    echo "\`sanad add --no-ocr\` of the files of many formats, bound to one processor and to two; what it reports itself,"
    echo 'without Argon2id.'
    echo
    echo '| run | one, s | two, s | ratio |'
    echo '|---:|---:|---:|---:|'
    for pair in $(seq "${BENCH_PAIRS:-5}"); do
        new_case
        settle
        timed "$work/add.out" taskset -c 0 "$sanad" add --no-ocr --json "$case" $folders
        one_inner=$(tail -n 1 "$work/add.out" | field elapsed_ms)
        new_case
        settle
        timed "$work/add.out" taskset -c 0,1 "$sanad" add --no-ocr --json "$case" $folders
        one=$(tail -n 1 "$work/add.out" | field elapsed_ms)
        calc '| %d | %.2f | %.2f | %.2f |\n' "$pair,$one_inner/1e3,$one/1e3,$one_inner/$one"
        calc '%.3f\n' "$one_inner/$one" >>"$work/scaling"
    done
    ratios=$(median <"$work/scaling")
    target 'from one processor to two, files of many formats' 'at least 1.8' "$(calc %.2f "$ratios")" "$ratios >= 1.8"
}
