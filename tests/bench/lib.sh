# Sourced by run: places, and what the sections share. Each section prints Markdown and adds lines to
# the table of targets.
LC_ALL=C
export LC_ALL
corpora=../shared/data/corpora
folders="$corpora/frus $corpora/texts $corpora/web"
build=build-bench
sanad=$build/sanad
worker=$build/src/worker/sanad-worker
round=0

set_names() { # FOLDER...
    basename -a "$@" | paste -sd, | sed 's/,/, /g'
}

calc() { # FORMAT, EXPRESSION
    awk "BEGIN { printf \"$1\", $2 }" </dev/null
}

median() { # numbers on standard input
    sort -g | awk '{ a[NR] = $1 } END { print NR % 2 ? a[(NR + 1) / 2] : (a[NR / 2] + a[NR / 2 + 1]) / 2 }'
}

# A new case at $case. Every round takes a new name and nothing is deleted before the end: ext4 makes
# files slowly for a while after many were deleted.
new_case() {
    round=$((round + 1))
    case=$work/case$round
    "$sanad" init "$case" >/dev/null
}

target() { # what, target, figure, EXPRESSION that holds if the target is met
    local met=no
    [ "$(calc %d "($4) ? 1 : 0")" = 1 ] && met=yes
    [ "$met" = yes ] || met='**no**'
    printf '| %s | %s | %s | %s |\n' "$1" "$2" "$3" "$met" >>"$work/targets"
}

field() { # NAME: of a JSON object on standard input
    node -p 'JSON.parse(require("fs").readFileSync(0, "utf8"))[process.argv[1]]' "$1"
}

# Runs a command with its output in files; sets wall, user and system, in seconds.
timed() { # OUTPUT, command...
    local output=$1 TIMEFORMAT='%R %U %S' times
    shift
    times=$({ time "$@" >"$output" 2>"$output.err" </dev/null; } 2>&1)
    read -r wall user system <<<"$times"
}

# Nothing left to be written by what ran before, all input in memory: the same start for both sides.
settle() {
    sync
    find $folders -type f -exec cat {} + >/dev/null
}
