# Completion of sanad for fish.

function __sanad_command
    set -l words (commandline -opc)
    contains -- "$words[2]" $argv
end

set -l reasons password truncated corrupt missing-part unsupported limit-time limit-memory limit-size limit-depth \
    limit-count crash sandbox no-language-model no-bytes no-words container symlink special unreadable vanished no-speech-reader low-confidence protocol

complete -c sanad -n __fish_use_subcommand -f -a init -d 'make a new, empty case'
complete -c sanad -n __fish_use_subcommand -f -a keys -d 'the passphrases that open a case'
complete -c sanad -n __fish_use_subcommand -f -a add -d 'take files and folders into a case and read them'
complete -c sanad -n __fish_use_subcommand -f -a ledger -d 'what became of every file'
complete -c sanad -n __fish_use_subcommand -f -a status -d 'the sums of the ledger'
complete -c sanad -n __fish_use_subcommand -f -a retry -d 'read again what failed'
complete -c sanad -n __fish_use_subcommand -f -a search -d 'find documents by their words'
complete -c sanad -n __fish_use_subcommand -f -a show -d 'all that is known of an item'
complete -c sanad -n __fish_use_subcommand -f -a text -d 'the text of an item'
complete -c sanad -n __fish_use_subcommand -f -a tag -d 'the persons, bodies and places that a text names'
complete -c sanad -n __fish_use_subcommand -f -a dates -d 'the dates that a text names'
complete -c sanad -n __fish_use_subcommand -f -a page -d 'a picture of a page, as PNG'
complete -c sanad -n __fish_use_subcommand -f -a export -d 'the original of an item, byte for byte'
complete -c sanad -n __fish_use_subcommand -f -a match -d 'whether two names are the same'
complete -c sanad -n __fish_use_subcommand -f -a rank -d 'find names in a list, however they are written'
complete -c sanad -n __fish_use_subcommand -f -a check -d 'verify every byte, row and sum of a case'
complete -c sanad -n __fish_use_subcommand -f -a rebuild -d 'compute again everything that was derived'
complete -c sanad -n __fish_use_subcommand -f -a serve -d 'the reading room, in a browser on this machine'

complete -c sanad -l help -d 'help'
complete -c sanad -n 'not __fish_use_subcommand' -l passphrase-file -r -d 'read the passphrase there'
complete -c sanad -n '__sanad_command keys add ledger status retry search show tag dates match rank check rebuild' -l json -d 'a JSON object a line'
complete -c sanad -n '__sanad_command keys' -a 'list add remove change'
complete -c sanad -n '__sanad_command keys' -l label -x -d 'a name for the slot'
complete -c sanad -n '__sanad_command keys' -l new-passphrase-file -r -d 'read the new passphrase there'
complete -c sanad -n '__sanad_command add' -l source -x -d 'how the files came'
complete -c sanad -n '__sanad_command add retry rebuild' -l langs -x -a 'eng fas ara eng,fas,ara' -d 'languages of scanned pages'
complete -c sanad -n '__sanad_command add retry rebuild' -l jobs -x -d 'documents read at the same time'
complete -c sanad -n '__sanad_command add retry rebuild' -l no-ocr -d 'do not read scanned pages'
complete -c sanad -n '__sanad_command add retry rebuild' -l memory -x -d 'MiB one document may take'
complete -c sanad -n '__sanad_command add retry rebuild' -l password-file -r -d 'passwords of locked documents'
complete -c sanad -n '__sanad_command ledger' -l csv -d 'for spreadsheets'
complete -c sanad -n '__sanad_command ledger' -l outcome -x -a 'text ocr empty duplicate failed waiting'
complete -c sanad -n '__sanad_command ledger' -l parent -x -d 'only what is inside this item'
complete -c sanad -n '__sanad_command ledger retry' -l reason -x -a "$reasons"
complete -c sanad -n '__sanad_command tag dates' -l lang -x -a 'en fa ar' -d 'language of the text'
complete -c sanad -n '__sanad_command dates' -l ref -x -d 'the date of the text'
complete -c sanad -n '__sanad_command search' -l limit -x -d 'hits to show'
complete -c sanad -n '__sanad_command search' -l offset -x -d 'leave out the first'
complete -c sanad -n '__sanad_command search' -l sort -x -a 'relevance date newest path'
complete -c sanad -n '__sanad_command text' -l page -x -d 'only this page'
complete -c sanad -n '__sanad_command text' -l all -d 'of a web page all text'
complete -c sanad -n '__sanad_command page export' -s o -l output -r -d 'where to write'
complete -c sanad -n '__sanad_command page' -l dpi -x -d 'dots per inch'
complete -c sanad -n '__sanad_command rebuild' -l index -d 'only the indexes'
complete -c sanad -n '__sanad_command serve' -l listen -x -d 'address and port'
complete -c sanad -n '__sanad_command serve' -l allow-remote -d 'let other machines reach it'
complete -c sanad -n '__sanad_command match' -l tsv -d 'pairs from standard input'
complete -c sanad -n '__sanad_command rank' -l names -r -d 'the list, a name a line'
complete -c sanad -n '__sanad_command rank' -l top -x -d 'names for a query'
