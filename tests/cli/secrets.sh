#!/bin/sh
# Nothing on disk tells what is in a case: canaries in contents, names, mail, text and queries, looked
# for in every byte that was written; after success, after an abort, after kill -9.
. "$(dirname "$0")/lib.sh"

mkdir -p in TMP
TMPDIR=$work/TMP
export TMPDIR
node -e '
    const fs = require("fs")
    for (let i = 0; i < 60; i++)
        fs.writeFileSync(`in/CanaryName${i}.txt`, `CanaryText${i} قناری‌متن${i} `.repeat(3000))
    fs.writeFileSync("in/mail.eml", "From: CanarySender@example.org\r\nTo: b@example.org\r\n" +
        "Subject: CanarySubject\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" +
        "--x\r\nContent-Type: text/plain\r\n\r\nCanaryBody\r\n--x\r\nContent-Type: text/plain\r\n" +
        "Content-Disposition: attachment; filename=CanaryAttached.txt\r\n\r\nCanaryInside\r\n--x--\r\n")'

# Every spelling under which a canary could lie there.
leaks() {
    find c.sanad TMP -type f -print0 | xargs -0 grep -lai -e canary -e "$(printf 'c\000a\000n\000a\000r\000y' | tr '\0' '.')" -e قناری -- 2>/dev/null
    find c.sanad TMP | grep -i canary
}

"$SANAD" init c.sanad >/dev/null
"$SANAD" add c.sanad in --source CanarySource >/dev/null 2>&1
is 'the canaries are in the case' "$("$SANAD" search c.sanad CanaryText7 --json | json total)" 1
is 'and in its mail' "$("$SANAD" search c.sanad CanaryInside --json | json total)" 1
"$SANAD" search c.sanad CanaryQuery >/dev/null
is 'after success nothing is readable' "$(leaks)" ''

# Another user of the machine learns nothing of the hash either.
hash=$(sha256sum <in/CanaryName1.txt | cut -c1-16)
is 'no name tells a known hash' "$(find c.sanad | grep -c "$hash")" 0

rm -rf c.sanad
"$SANAD" init c.sanad >/dev/null
"$SANAD" add c.sanad in >/dev/null 2>&1 &
sleep 0.9
kill -INT $! 2>/dev/null
wait $!
stopped=$?
case $stopped in 0 | 130) ok 'Ctrl-C ends it' ;; *) not_ok 'Ctrl-C ends it' "exit $stopped" ;; esac
is 'after an abort nothing is readable' "$(leaks)" ''

for delay in 0.5 0.6 0.7 0.8 0.9 1.1; do
    rm -rf c.sanad
    "$SANAD" init c.sanad >/dev/null
    "$SANAD" add c.sanad in >/dev/null 2>&1 &
    sleep $delay
    kill -KILL $! 2>/dev/null
    wait $! 2>/dev/null
    is "after kill -9 at $delay s nothing is readable" "$(leaks)" ''
done
if [ -r /proc/self/environ ] && [ "$(id -u)" = 0 ]; then
    "$SANAD" serve c.sanad --listen 127.0.0.1:0 >served 2>&1 &
    server=$!
    for i in 1 2 3 4 5 6 7 8 9 10; do
        grep -q http served && break
        sleep 0.3
    done
    has 'keys are in locked memory' "$(grep VmLck /proc/$server/status | tr -s '\t ' ' ')" 'VmLck: '
    if [ "$(grep VmLck /proc/$server/status | tr -dc 0-9)" -gt 0 ]; then
        ok 'some of it'
    else
        not_ok 'some of it' "$(grep VmLck /proc/$server/status)"
    fi
    kill $server
    wait $server 2>/dev/null
fi
finish
