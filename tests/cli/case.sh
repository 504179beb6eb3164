#!/bin/sh
# Cases, passphrases, locks, and what the commands say when they are called wrongly.
. "$(dirname "$0")/lib.sh"

status_is 'a new case' 0 "$SANAD" init a.sanad
has 'it says what to keep safe' "$output" 'passphrase'
status_is 'a name that is taken' 1 "$SANAD" init a.sanad
has 'says so' "$output" 'is there already'
is 'only its owner may look into it' "$(stat -c %a a.sanad)" 700

echo wrong >wrong
status_is 'a wrong passphrase ends with 3' 3 "$SANAD" status a.sanad --passphrase-file wrong
is 'in one line' "$(printf '%s\n' "$output" | wc -l)" 1
has 'that names it' "$output" 'wrong passphrase'
status_is 'no passphrase and no terminal' 2 env -u SANAD_PASSPHRASE_FILE setsid "$SANAD" status a.sanad
has 'says how to give one' "$output" '--passphrase-file'
status_is 'a case that is not there' 1 "$SANAD" status b.sanad
has 'says how to make one' "$output" 'sanad init b.sanad'
mkdir folder
status_is 'a folder that is no case' 1 "$SANAD" status folder

echo 'second passphrase' >second
echo 'third passphrase' >third
status_is 'a second key slot' 0 "$SANAD" keys a.sanad add --label editor --new-passphrase-file second
status_is 'opens the case' 0 "$SANAD" status a.sanad --passphrase-file second
is 'both are listed' "$("$SANAD" keys a.sanad list --json | json id | tr '\n' ' ')" '1 2 '
has 'with their labels' "$("$SANAD" keys a.sanad list)" editor
status_is 'a changed passphrase' 0 "$SANAD" keys a.sanad change --passphrase-file second --new-passphrase-file third
status_is 'the new one opens' 0 "$SANAD" status a.sanad --passphrase-file third
status_is 'the old one does not' 3 "$SANAD" status a.sanad --passphrase-file second
status_is 'the other slot still does' 0 "$SANAD" status a.sanad
status_is 'a slot is removed' 0 "$SANAD" keys a.sanad remove 1 --passphrase-file third
status_is 'and does not open any more' 3 "$SANAD" status a.sanad
status_is 'the last slot stays' 2 "$SANAD" keys a.sanad remove 2 --passphrase-file third
has 'and says why' "$output" 'last key slot'
cp third pass

# One writer, many readers.
mkdir slow
node -e 'for (let i = 0; i < 2000; i++) require("fs").writeFileSync(`slow/${i}.txt`, `file ${i} `.repeat(2000))'
"$SANAD" add a.sanad slow --json >first.out 2>&1 &
writer=$!
# Once it tells of an item it is the writer.
while ! [ -s first.out ] && kill -0 $writer 2>/dev/null; do sleep 0.05; done
output=$("$SANAD" add a.sanad folder 2>&1)
second=$?
if [ $second = 4 ]; then
    ok 'a second writer is refused'
    has 'and told who writes' "$output" "process $writer"
elif kill -0 $writer 2>/dev/null; then
    not_ok 'a second writer is refused' "exit $second: $output"
else
    skip 'a second writer is refused' 'the first was done too soon'
fi
status_is 'reading works meanwhile' 0 "$SANAD" status a.sanad
wait $writer
is 'and the first writer finished its work' "$("$SANAD" status a.sanad --json | json items)" 2000

# A worker that hangs before it is ready: Ctrl-C is heard all the same.
mkdir hung
cp "$SANAD" hung/sanad
printf '#!/bin/sh\nexec sleep 600\n' >hung/sanad-worker
chmod +x hung/sanad-worker
echo x >hung/x.txt
hung/sanad init hung/c.sanad >/dev/null
status_is 'Ctrl-C ends a start that hangs' 130 timeout --preserve-status -s INT -k 20 2 hung/sanad add hung/c.sanad hung/x.txt

status_is 'no command' 2 "$SANAD"
status_is 'help' 0 "$SANAD" --help
status_is 'a command that is not there' 2 "$SANAD" frobnicate
for command in init keys add ledger status retry search show text page export match rank names name same different unsure undo marks mark unmark check rebuild serve; do
    status_is "help of $command" 0 "$SANAD" "$command" --help
done
status_is 'an option that is not there' 2 "$SANAD" status a.sanad --frobnicate
status_is 'a list of languages that ends in a comma' 2 "$SANAD" add a.sanad . --langs fa,

# A language that cannot be read is told before anything is taken in. The models here are two files
# that nothing reads: sanad only looks whether they are there.
mkdir models papers
echo model >models/eng.traineddata
echo model >models/mine.traineddata
echo model >models/osd.traineddata
echo words >papers/words.txt
"$SANAD" init langs.sanad >/dev/null
TESSDATA_PREFIX=$work/models
export TESSDATA_PREFIX
for command in 'add langs.sanad papers' 'retry langs.sanad' 'rebuild langs.sanad'; do
    # shellcheck disable=SC2086 # words on purpose
    status_is "$command in a language without a model" 2 "$SANAD" $command --langs en,Greek
    is 'says so in one line' "$(printf '%s\n' "$output" | wc -l)" 1
    has 'that names it' "$output" 'missing for ell;'
    has 'and the way to get it' "$output" 'sudo apt install tesseract-ocr-ell;'
    has 'and what is there' "$output" 'installed: eng, mine'
done
status_is 'a language that nobody knows' 2 "$SANAD" add langs.sanad papers --langs xyz
has 'is named' "$output" 'no OCR model is called xyz'
status_is 'two without a model' 2 "$SANAD" add langs.sanad papers --langs chi_sim,ell,eng
has 'are installed together' "$output" 'sudo apt install tesseract-ocr-chi-sim tesseract-ocr-ell;'
is 'nothing was taken in' "$("$SANAD" status langs.sanad --json | json items)" 0
unset TESSDATA_PREFIX
TESSDATA_PREFIX=$work/papers "$SANAD" add langs.sanad papers --no-ocr >/dev/null
is 'a folder without models is no obstacle to who asks for none' "$("$SANAD" status langs.sanad --json | json items)" 1
status_is 'an item that is not there' 1 "$SANAD" show a.sanad 999999
status_is 'an item that is no number' 2 "$SANAD" show a.sanad x
finish
