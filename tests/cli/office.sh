#!/bin/sh
# Old formats that LibreOffice reads, if it is installed: what the ledger says without it, and what it
# says once it is there.
. "$(dirname "$0")/lib.sh"

mkdir in
# Text602: commands, then text in the Kamenický brothers' character set
printf '@CT 0\r\n@LM 1\r\n@RM 65\r\nMil\240 redakce, p\251\241stavn\241 kniha.\r\n' >in/letter.602
printf '@CT 0\r\n@LM 1\r\nInside an archive.\r\n' >inside.602
node -e '
    const { writeFileSync, readFileSync } = require("fs")
    // Computer Graphics Metafile (ISO/IEC 8632-3): elements of a class, a number and parameters
    const element = (kind, id, bytes = []) => {
        const head = bytes.length < 31
            ? [kind << 4 | id >> 3, (id & 7) << 5 | bytes.length]
            : [kind << 4 | id >> 3, (id & 7) << 5 | 31, bytes.length >> 8, bytes.length & 255]
        return [...head, ...bytes, ...(bytes.length & 1 ? [0] : [])]
    }
    const words = (...numbers) => numbers.flatMap(n => [n >> 8 & 255, n & 255])
    const string = text => [text.length, ...Buffer.from(text)]
    writeFileSync("in/plan.cgm", Buffer.from([
        ...element(0, 1, string("plan")), ...element(1, 1, words(1)),
        ...element(1, 11, words(1, -1, 1)), ...element(1, 3, words(0)),
        ...element(0, 3, string("one")), ...element(2, 6, words(0, 0, 32000, 32000)),
        ...element(0, 4), ...element(5, 15, words(1200)),
        ...element(4, 4, [...words(2000, 20000, 1), ...string("Harbour ledger plan")]),
        ...element(0, 5), ...element(0, 2)]))
    // a QuickDraw picture: 512 bytes of nothing, size and frame, opcodes
    const line = (v, h, text) =>
        [...words(0x28, v, h), ...string(text), ...(text.length & 1 ? [] : [0])]
    const body = [...words(0, 0, 200, 400, 0x11, 0x02FF, 0x0C00, -1, -1), ...Array(20).fill(0),
        ...words(0x01, 10, 0, 0, 200, 400, 0x0D, 12), ...line(50, 20, "Quay number seven"),
        ...words(0xFF)]
    writeFileSync("in/quay.pct",
        Buffer.from([...Array(512).fill(0), ...words(body.length + 2), ...body]))
    // Word for Windows 2: a header that says where the text is
    const text = Buffer.from("Minutes of the pilots\x27 board.\rThe second paragraph.\r")
    const word = Buffer.alloc(768 + text.length + 200)
    word.writeUInt16LE(0xA5DB, 0)
    word.writeUInt16LE(45, 2)
    word.writeUInt16LE(0x409, 6)
    word.writeUInt32LE(768, 0x18)
    word.writeUInt32LE(768 + text.length, 0x1C)
    word.writeUInt32LE(text.length, 0x34)
    text.copy(word, 768)
    writeFileSync("in/minutes.doc", word)
    // a ZIP archive with one stored member
    const data = readFileSync("inside.602")
    const name = Buffer.from("inside.602")
    const crc = require("zlib").crc32 ? require("zlib").crc32(data) : 0
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt32LE(crc, 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(data.length, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, name, data])
    const central = Buffer.concat(
        [Buffer.from("PK\x01\x02\x14\x00"), common, Buffer.alloc(14), name])
    const end = Buffer.alloc(18)
    end.writeUInt16LE(1, 4)
    end.writeUInt16LE(1, 6)
    end.writeUInt32LE(central.length, 8)
    end.writeUInt32LE(local.length, 12)
    writeFileSync("in/all.zip", Buffer.concat([local, central, Buffer.from("PK\x05\x06"), end]))
'
printf 'WordPro\0and nothing that makes sense' >in/broken.lwp
hwp=$SANAD_SHARED/data/fixtures/tika/tika-parser-miscoffice-module/testHWP_3.0.hwp
[ -f "$hwp" ] && cp "$hwp" in/korean.hwp

# ---- without it ----
"$SANAD" init c.sanad >/dev/null
SANAD_LIBREOFFICE=$work/nowhere "$SANAD" add c.sanad in >out 2>&1
is 'without LibreOffice all is read to an end' $? 0
"$SANAD" ledger c.sanad --json >rows
for name in letter.602 minutes.doc plan.cgm quay.pct broken.lwp all.zip!/inside.602; do
    is "$name waits for a converter" "$(json reason path "in/$name" <rows)" no-converter
done
is 'its type is known' "$(json type path in/letter.602 <rows)" application/x-t602
has 'the ledger says what to install' "$(json detail path in/letter.602 <rows)" \
    'sudo apt install libreoffice-writer-nogui'
has 'and for a drawing another part' "$(json detail path in/quay.pct <rows)" \
    'sudo apt install libreoffice-draw-nogui'
is 'the sums are equal' "$("$SANAD" status c.sanad --json | json sums_equal)" true

# ---- with it ----
office=${SANAD_LIBREOFFICE:-/usr/lib/libreoffice}
for module in writer draw impress; do
    [ -f "$office/share/registry/$module.xcd" ] || missing=$module
done
if [ -n "${missing:-}" ]; then
    skip 'documents read through LibreOffice' "its part $missing is not installed"
    finish
    exit 0
fi
"$SANAD" retry c.sanad --reason no-converter >out 2>&1
is 'they are read again' $? 0
"$SANAD" ledger c.sanad --json >rows
if json detail path in/letter.602 <rows | grep -q 'refuses'; then
    skip 'documents read through LibreOffice' 'this system refuses its sandbox'
    finish
    exit 0
fi
for name in letter.602 minutes.doc plan.cgm quay.pct all.zip!/inside.602; do
    is "$name is read" "$(json outcome path "in/$name" <rows)" text
    is "$name has no remark" "$(json reason path "in/$name" <rows)" null
    is "$name: by which way" "$(json detail path "in/$name" <rows)" 'read through LibreOffice'
done
is 'the type stays its own' "$(json type path in/letter.602 <rows)" application/x-t602
is 'what is broken is named' "$(json reason path in/broken.lwp <rows)" corrupt
has 'letters of its character set' "$("$SANAD" search c.sanad 'přístavní')" in/letter.602
has 'words of a document of Word 2' "$("$SANAD" search c.sanad '"pilots board"')" in/minutes.doc
has 'words of a drawing' "$("$SANAD" search c.sanad '"harbour ledger"')" in/plan.cgm
has 'words of a picture' "$("$SANAD" search c.sanad '"quay number seven"')" in/quay.pct
letter=$(json item path in/letter.602 <rows)
has 'its text can be printed' "$("$SANAD" text c.sanad "$letter")" 'Milá redakce'
has 'what read it is told' "$("$SANAD" show c.sanad "$letter")" 'LibreOffice/'
"$SANAD" export c.sanad "$letter" -o back.602 >/dev/null
is 'the original is as it came' "$(cmp back.602 in/letter.602 && echo same)" same
if [ -f in/korean.hwp ]; then
    has 'Hangul of 1997' "$("$SANAD" search c.sanad '테스트')" in/korean.hwp
else
    skip 'Hangul of 1997' 'the test data are not here'
fi
is 'nothing is left running' "$(pgrep -f "$office/program/soffice.bin.*/job/profile" | wc -l)" 0
is 'the sums are equal' "$("$SANAD" status c.sanad --json | json sums_equal)" true
"$SANAD" check c.sanad >/dev/null
is 'the case is sound' $? 0
finish
