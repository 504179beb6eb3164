#!/bin/sh
# Containers over time: passwords and volumes that come later fill the rows that are there.
. "$(dirname "$0")/lib.sh"

# a.txt behind the password "geheim", b.txt open
base64 -d >locked.zip <<'END'
UEsDBAoACQAAACgqdl159Ut/GQAAAA0AAAAFAAAAYS50eHQPfDAQNx5aD1x75/DzxSa2/nHxX0uwd3QYUEsHCHn1S38ZAAAADQAA
AFBLAwQKAAAAAAAoKnZd0PkVOQYAAAAGAAAABQAAAGIudHh0cGxhaW4KUEsBAh4DCgAJAAAAKCp2XXn1S38ZAAAADQAAAAUAAAAA
AAAAAQAAAKSBAAAAAGEudHh0UEsBAh4DCgAAAAAAKCp2XdD5FTkGAAAABgAAAAUAAAAAAAAAAQAAAKSBTAAAAGIudHh0UEsFBgAA
AAACAAIAZgAAAHUAAAAAAA==
END
# a.txt, b.txt
base64 -d >whole.7z <<'END'
N3q8ryccAATUGJJjcQAAAAAAAAAgAAAAAAAAANe9O4kBABJoZWxsbyBzZWNyZXQKcGxhaW4KAAAAgTMHrg/Pbu6MB8hDf0Gx+v3n
LX3pbT1ZdAr+o0PJMdSWNybNW06vN1yzhkbqj/Od8SLN7fO89ATlX4GWWvQPy4OhNkDSjnuHGjJyzBP6LrVkYmIFmQAAABcGFwEJ
WgAHCwEAASMDAQEFXQAQAAAMbgoB0a1NegAA
END
mkdir in
mv locked.zip in/
{
    printf 'From: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=q\n\n'
    printf -- '--q\nContent-Type: text/plain\n\nsee below\n--q\nContent-Type: application/zip; name=in.zip\n'
    printf 'Content-Transfer-Encoding: base64\n\n'
    { cat in/locked.zip; echo; } | base64
    printf -- '--q--\n'
} >in/mail.eml
split -b 60 -a 3 --numeric-suffixes=1 whole.7z in/cut.7z.
mv in/cut.7z.002 later

"$SANAD" init c.sanad >/dev/null
"$SANAD" add c.sanad in >/dev/null
"$SANAD" ledger c.sanad --json >rows
is 'a locked entry is named' "$(json reason path 'in/locked.zip!/a.txt' <rows)" password
is 'also inside a mail' "$(json reason path 'in/mail.eml!/in.zip!/a.txt' <rows)" password
is 'a missing volume is named' "$(json reason name cut.7z.001 <rows)" missing-part
has 'by its name' "$(json detail name cut.7z.001 <rows)" cut.7z.002
has 'the others are parts of the first' "$(json detail name cut.7z.003 <rows)" 'read as part of item'

printf 'wrong\nnot this\n' >wrong
"$SANAD" retry c.sanad --password-file wrong >/dev/null
"$SANAD" ledger c.sanad --json >again
is 'wrong passwords change nothing' "$(cat again)" "$(cat rows)"

mv later in/cut.7z.002
"$SANAD" add c.sanad in >/dev/null
"$SANAD" ledger c.sanad --json >rows
is 'the volume that came completes it' "$(json outcome name cut.7z.001 <rows)/$(json reason name cut.7z.001 <rows)" \
    empty/container
is 'with what it holds' "$(json outcome path 'in/cut.7z.001!/a.txt' <rows)" text
has 'and is a part itself' "$(json detail name cut.7z.002 <rows)" 'read as part of item'

item=$(json item path 'in/locked.zip!/a.txt' <rows)
lines=$(wc -l <rows)
printf 'wrong\r\ngeheim\r\n' >right
"$SANAD" retry c.sanad --password-file right >/dev/null
is 'retry ends well' $? 0
"$SANAD" ledger c.sanad --json >rows
is 'the password opens it' "$(json bytes path 'in/locked.zip!/a.txt' <rows)" 13
is 'in the row it had' "$(json item path 'in/locked.zip!/a.txt' <rows)" "$item"
is 'in the mail too' "$(json bytes path 'in/mail.eml!/in.zip!/a.txt' <rows)" 13
is 'no row is doubled' "$(wc -l <rows)" "$lines"
is 'the sums are equal' "$("$SANAD" status c.sanad --json | json sums_equal)" true
"$SANAD" check c.sanad >/dev/null
is 'the case is sound' $? 0
"$SANAD" retry c.sanad --reason container >/dev/null
"$SANAD" rebuild c.sanad >/dev/null 2>&1
"$SANAD" ledger c.sanad --json >again
is 'what a password opened is not lost when its container is read again without' \
    "$(json outcome path 'in/locked.zip!/a.txt' <again)" text
is 'nor in the mail' "$(json duplicate_of path 'in/mail.eml!/in.zip!/a.txt' <again)" "$item"
is 'in the rows that were there' "$(json item <again)" "$(json item <rows)"
is 'with the sums' "$("$SANAD" status c.sanad --json | json sums_equal)" true

printf 'first\nbad \377\n' >bad
status_is 'a password file that is not text is refused' 2 "$SANAD" retry c.sanad --password-file bad
has 'with its line' "$output" 'line 2'
: >none
status_is 'an empty one too' 2 "$SANAD" retry c.sanad --password-file none
grep -ra geheim c.sanad >/dev/null
is 'no password stays in the case' $? 1


# While a large archive is taken in, what came out of it is read already: nobody waits for its end.
mkdir many
node -e 'for (let i = 0; i < 6000; i++) require("fs").writeFileSync(`many/${i}`, `paper ${i}`)'
tar -cf many.tar many
"$SANAD" init many.sanad >/dev/null
"$SANAD" add many.sanad many.tar --json >out 2>/dev/null
is 'a large archive is read to its end' "$("$SANAD" ledger many.sanad --outcome text --json | wc -l)" 6000
before=$(grep -n '"reason":"container"' out | cut -d: -f1)
# How many depends on who got the processor; with none, its own row would be the first.
is 'and not only after it was taken in' "$([ "$before" -gt 1 ] && echo yes || echo 'none before it')" yes
"$SANAD" init half.sanad >/dev/null
timeout -s INT 3 "$SANAD" add half.sanad many.tar >/dev/null 2>&1
"$SANAD" add half.sanad many.tar >/dev/null 2>&1
is 'stopped amid it and added again, no row is lost or doubled' \
    "$("$SANAD" ledger half.sanad --json | wc -l)/$("$SANAD" ledger half.sanad --outcome text --json | wc -l)" 6001/6000
is 'and the sums are equal' "$("$SANAD" status half.sanad --json | json sums_equal)" true

finish
