# Adding files against recollindex, alternately.

recoll_config() { # a new folder at $case with a configuration of recoll
    round=$((round + 1))
    case=$work/recoll$round
    mkdir "$case"
    local folder list=
    for folder in $folders; do list="$list $(realpath "$folder")"; done
    printf 'topdirs =%s\nloglevel = 1\n' "$list" >"$case/recoll.conf"
}

section_add() {
    local pairs=${BENCH_PAIRS:-5} pair files bytes theirs_wall theirs_cpu elapsed
    files=$(find $folders -type f | wc -l)
    bytes=$(find $folders -type f -printf '%s\n' | awk '{ s += $1 } END { print s }')
    echo "### Adding files, against recollindex"
    echo
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
        theirs_wall=$wall theirs_cpu=$(calc %.2f "$user+$system")
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
    local whole inner ours theirs
    whole=$(cut -d' ' -f1 "$work/ratios" | median)
    inner=$(cut -d' ' -f2 "$work/ratios" | median)
    ours=$(cut -d' ' -f1 "$work/walls" | median)
    theirs=$(cut -d' ' -f2 "$work/walls" | median)
    echo
    calc 'Medians: sanad %.0f files a second, recollindex %.0f; ratio of whole processes %.2f, of the inner time %.2f.\n' \
        "$files/$ours,$files/$theirs,$whole,$inner"
    target 'files a second against recollindex, whole processes, median of the pairs' 'at least 3 (aim 5)' \
        "$(calc %.2f "$whole")" "$whole >= 3"
}
