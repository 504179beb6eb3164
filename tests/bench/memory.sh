# Memory for growing folders. Each copy of the corpus differs from the others by a line in every file,
# so that none is a duplicate.

copy_corpus() { # NUMBER
    local file folder=$work/copies/$1
    mkdir -p "$folder"
    cp -r $folders "$folder"
    find "$folder" -type f -print0 | while IFS= read -r -d '' file; do
        printf '\ncopy %s\n' "$1" >>"$file"
    done
}

section_memory() {
    local copies=1 times curve=${BENCH_COPIES:-1 4 16} line peak worst=0
    echo '### Memory'
    echo
    echo 'Resident memory of `sanad add --no-ocr` while it works, and of the largest of its children seen. Unlocking'
    echo 'takes Argon2id'"'"'s 256 MiB for a moment, as it must; "whole" includes that, "adding" is the peak after the'
    echo 'first progress event, when that memory is given back. The target of 200 MiB is held against "adding".'
    echo "Each copy of the corpus differs by a line in every file. For comparison, recollindex on the corpus once: $(
        recoll_config
        node tests/bench/measure.mjs recollindex -c "$case" | field whole_mib
    ) MiB."
    echo
    echo '| times the corpus | files | MB | s | files a second | adding, MiB | whole, MiB | a child, MiB |'
    echo '|---:|---:|---:|---:|---:|---:|---:|---:|'
    for times in $curve; do
        while [ $copies -lt "$times" ]; do
            copy_corpus $copies
            copies=$((copies + 1))
        done
        new_case
        sync
        line=$(node tests/bench/measure.mjs "$sanad" add --no-ocr --json "$case" $folders \
            $([ -e "$work/copies" ] && echo "$work/copies"))
        node -e '
            const r = JSON.parse(process.argv[1]), e = r.last, s = r.seconds
            if (!e.sums_equal) process.exit(1)
            console.log(`| ${process.argv[2]} | ${e.items} | ${(e.bytes / 1e6).toFixed(0)} | ${s.toFixed(1)} | ` +
                `${(e.items / s).toFixed(0)} | ${r.adding_mib} | ${r.whole_mib} | ${r.child_mib} |`)' "$line" "$times"
        peak=$(field adding_mib <<<"$line")
        worst=$(calc %.1f "($peak > $worst) ? $peak : $worst")
    done
    [ "$(field exact <<<"$line")" = true ] || echo '
"Adding" is the largest of samples taken every 50 ms: this user may not reset the count of the peak.'
    target "peak memory of sanad while adding, up to $times times the corpus, MiB" 'at most 200' "$worst" "$worst <= 200"
}
