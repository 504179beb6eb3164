# Sourced by every command-line test. A test is a shell script that prints TAP.
# SANAD names the program; SANAD_SHARED the folder of test data, which may be absent.
set -u
LC_ALL=C.UTF-8
export LC_ALL
: "${SANAD:?the program under test}"
SANAD=$(realpath "$SANAD")
root=$(cd "$(dirname "$0")/../.." && pwd)
SANAD_SHARED=${SANAD_SHARED:-$root/../shared}
work=$(mktemp -d "${TMPDIR:-/tmp}/sanad-test.XXXXXX")
trap 'chmod -R u+rwX "$work" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 1
echo 'a passphrase for the tests' >pass
SANAD_PASSPHRASE_FILE=$work/pass
export SANAD_PASSPHRASE_FILE
count=0

ok() { # description
    count=$((count + 1))
    echo "ok $count - $1"
}

not_ok() { # description, what was seen
    count=$((count + 1))
    echo "not ok $count - $1"
    printf '%s\n' "${2:-}" | sed 's/^/#   /'
}

skip() { # description, why
    count=$((count + 1))
    echo "ok $count - $1 # SKIP $2"
}

is() { # description, got, wanted
    if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1" "got:    $2
wanted: $3"; fi
}

has() { # description, text, part that must be in it
    case $2 in
    *"$3"*) ok "$1" ;;
    *) not_ok "$1" "not found: $3
in: $2" ;;
    esac
}

status_is() { # description, wanted exit status, command...
    description=$1 wanted=$2
    shift 2
    output=$("$@" 2>&1 </dev/null)
    got=$?
    if [ "$got" = "$wanted" ]; then ok "$description"; else not_ok "$description" "exit $got, wanted $wanted
$output"; fi
}

# A field of JSON lines, a line each: json FIELD [FILTER-FIELD FILTER-VALUE]
json() {
    node -e '
        const [field, key, value] = process.argv.slice(1)
        for (const line of require("fs").readFileSync(0, "utf8").split("\n")) {
            if (!line) continue
            const row = JSON.parse(line)
            if (key && String(row[key]) !== value) continue
            if (row[field] !== undefined) console.log(String(row[field]))
        }' "$@"
}

# What must come out the same, whatever happened on the way: where each content was found, and what became
# of it. Of documents that are read at one time, whichever ends first holds the first of two copies.
strip() { # the ledger's JSON lines
    node -e '
        const rows = require("fs").readFileSync(0, "utf8").split("\n").filter(Boolean).map(JSON.parse)
        const content = new Map(rows.map((r) => [r.item, r.sha256]))
        for (const r of rows) {
            const place = content.get(r.parent) ? content.get(r.parent) + "!/" + r.name : r.path
            if (r.sha256) console.log([place, r.sha256].join(" "))
            console.log([r.sha256 || place, r.outcome, r.reason, r.chars, r.children].join(" "))
        }' | sort
}

finish() {
    echo "1..$count"
}
