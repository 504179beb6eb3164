#!/bin/sh
# A full disk at bytes that a seed chooses and reads that fail, in the case and in what is added: sanad says so and
# stops, or records it; nothing that was committed is lost, and the same command then goes on.
# FAULTS says how often, each (50 for the record), FAULTS_SEED which. FAULTY is the library that makes them.
. "$(dirname "$0")/lib.sh"

if [ -z "${FAULTY:-}" ]; then
    skip 'a full disk and failing reads' 'with sanitizers no library can be preloaded'
    finish
    exit
fi
mkdir in
node -e '
    const fs = require("fs")
    for (let i = 0; i < 120; i++) fs.writeFileSync(`in/${i}.txt`, `paper ${i} of the ministry `.repeat(100 + i * 20))
    fs.writeFileSync("in/mail.mbox", Array.from({length: 30}, (_, i) => `From a@b Mon Jan  1 00:00:00 2024\n` +
        `From: a@example.org\nSubject: letter ${i}\n\nbody ${i}\n\n`).join(""))'
faults=${FAULTS:-3}
random() { # below, what for: the same for the same seed
    printf '%s' "${FAULTS_SEED:-1} $2" | cksum | awk -v below="$1" '{ print $1 % below }'
}
faulty() { # settings..., then "--" and a command
    settings=
    while [ "$1" != -- ]; do
        settings="$settings $1"
        shift
    done
    shift
    env $settings LD_PRELOAD="$FAULTY" "$@" >out 2>&1 </dev/null
}

"$SANAD" init empty.sanad >/dev/null
cp -r empty.sanad whole.sanad
"$SANAD" add whole.sanad in >/dev/null 2>&1
"$SANAD" ledger whole.sanad --json | strip >whole
size() { find "$1" -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum }'; }
bytes=$(($(size whole.sanad) - $(size empty.sanad))) # all of them are written on the way
# An object is read in four goes: its head, its bytes, their end, and that no more follows. Reads one
# after the other, from some place on, meet them all.
from=$((1 + $(random 300 from)))

again() { # round: what must hold after a fault
    "$SANAD" check c.sanad >check.out 2>&1 || unsound="$unsound $1:$(tail -n 1 check.out)"
    "$SANAD" add c.sanad in >/dev/null 2>&1 || stuck="$stuck $1"
    "$SANAD" ledger c.sanad --json | strip >now
    cmp -s now whole || unequal="$unequal $1:$(diff now whole | head -n 2 | tr '\n' ' ')"
}

for kind in write read-case read-input; do
    unsound= stuck= unequal= silent= hit=0
    for round in $(seq "$faults"); do
        rm -rf c.sanad
        cp -r empty.sanad c.sanad
        case $kind in
        write) faulty FAULTY_FOLDER="$work/c.sanad" FAULTY_WRITE_AFTER="$(random "$bytes" "write $round")" -- "$SANAD" add c.sanad in ;;
        read-case) faulty FAULTY_FOLDER="$work/c.sanad" FAULTY_READ="$((from + round - 1))" -- "$SANAD" add c.sanad in ;;
        read-input) faulty FAULTY_FOLDER="$work/in" FAULTY_READ="$((1 + $(random 120 "input $round")))" -- "$SANAD" add c.sanad in ;;
        esac
        status=$?
        if [ $status -ne 0 ]; then
            hit=$((hit + 1))
            grep -qi 'space\|error\|cannot\|input/output\|damaged\|disk' out || silent="$silent $round:$(tail -n 1 out)"
            [ $status -lt 128 ] || silent="$silent $round:signal"
        fi
        again "$round"
    done
    # Reads that fail in what is added are recorded, and end nothing.
    [ "$hit" -gt 0 ] || [ $kind = read-input ] || not_ok "$kind: a fault was met" 'none ended the run'
    is "$kind: $faults faults, $hit ended the run, each in words" "$silent" ''
    is "$kind: the case is sound after each" "$unsound" ''
    is "$kind: the same add then goes on" "$stuck" ''
    is "$kind: to the ledger of an undisturbed case" "$unequal" ''
done
finish
