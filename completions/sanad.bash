# Completion of sanad for bash.

_sanad_options() {
    local reading='--langs --jobs --no-ocr --memory --password-file'
    local common='--passphrase-file --help'
    case $1 in
    init) echo "$common" ;;
    keys) echo "--json --label --new-passphrase-file $common" ;;
    add) echo "--json --source $reading $common" ;;
    ledger) echo "--json --csv --outcome --reason --parent $common" ;;
    status | show | check) echo "--json $common" ;;
    retry) echo "--json --reason $reading $common" ;;
    search) echo "--json --limit --offset --sort --batch --csv $common" ;;
    text) echo "--page --all $common" ;;
    tag) echo "--json --lang --help" ;;
    dates) echo "--json --lang --ref --help" ;;
    timeline) echo "--json --name --from --to --documents $common" ;;
    page) echo "--output --dpi $common" ;;
    export) echo "--output --query --zip --by --why $common" ;;
    match) echo "--json --tsv --help" ;;
    rank) echo "--json --names --top --help" ;;
    names) echo "--json --kind --limit --mentions --decisions $common" ;;
    name) echo "--json --limit --rename --note --why --by $common" ;;
    network) echo "--json --csv --graphml --name --names --kind --least --from --to $common" ;;
    same | different | unsure | undo) echo "--json --why --by $common" ;;
    marks) echo "--json --csv --kind --label --by --words --open --done --limit $common" ;;
    mark) echo "--json --tag --star --note --list --done --colour --by $common" ;;
    unmark) echo "--json --restore --by $common" ;;
    rebuild) echo "--json --index $reading $common" ;;
    serve) echo "--listen --allow-remote --by $common" ;;
    esac
}

_sanad() {
    local commands='init keys add status ledger retry check rebuild search serve show text page export timeline names name network same different unsure undo marks mark unmark tag dates match rank'
    local reasons='password truncated corrupt missing-part unsupported limit-time limit-memory limit-size
        limit-depth limit-count crash sandbox no-language-model no-bytes no-words container symlink special
        unreadable vanished no-speech-reader low-confidence no-converter
        protocol'
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
    local choices=

    if ((COMP_CWORD == 1)); then
        choices="$commands --help --version"
    else
        case $before in
        --outcome) choices='text ocr empty duplicate failed waiting' ;;
        --reason) choices=$reasons ;;
        --kind) choices='person organisation place post email url phone iban card passport national-id plate coordinates reference'
            [[ $command != marks ]] || choices='tag star note highlight list translation' ;;
        --colour) choices='red orange yellow green teal blue violet grey' ;;
        --sort) choices='relevance date newest path' ;;
        --langs) choices='eng fas ara eng,fas,ara' ;;
        --jobs | --memory | --limit | --offset | --dpi | --page | --parent | --listen | --label | --source | --top | --why | --by | --tag | --note | --list | --words | --from | --to) return ;;
        *)
            if [[ $word == -* ]]; then
                choices=$(_sanad_options "$command")
            elif [[ $command == keys ]] && ((COMP_CWORD == 3)); then
                choices='list add remove change'
            fi
            ;;
        esac
    fi
    if [[ -n $choices ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$word")
    else
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
    fi
}

complete -F _sanad sanad
