#!/bin/sh
# Training a model of names: the same lists give the same bytes.
. "$(dirname "$0")/lib.sh"
: "${TRAIN_NAMES:?the program that trains}"

mkdir -p d/wd_arabic d/google_ar2en d/finglish d/un_sc_list d/ofac_aliases d/cldr d/opensanctions_name_bench d/xscript_retrieval
{
    printf 'en\tar\n'
    i=0
    while [ $i -lt 20 ]; do
        printf 'salem\tسالم\nkarim\tكريم\nqasem\tقاسم\nmalek\tمالك\nrasem\tراسم\nmariam\tمريم\nsamir\tسمير\namal\tامل\n'
        i=$((i + 1))
    done
} >d/wd_arabic/words.tsv
printf 'en\tar\nkamal\tكمال\n' >d/google_ar2en/pairs.tsv
printf 'salam سلام\n' >d/finglish/f2p-dict.txt
printf 'id\ttype\tlist\tname\toriginal_script\taliases\n1\tperson\tX\tSALEM KARIM\tسالم كريم\tGood:Salim Kareem|Low:Abu X\n2\tperson\tX\tQASEM MALEK\tقاسم مالك\t\n' >d/un_sc_list/entities.tsv
printf 'ent_num\ttype\tprogram\tname\taliases\n3\torg\tY\tMALEK TRADING LTD\taka:MALIK TRADING\n' >d/ofac_aliases/clusters.tsv
printf 'code\ten\tfa\tar\tfa-AF\nX\tMali\tمالی\tمالي\tمالی\n' >d/cldr/territories.tsv
printf 'name\tnoised\nSALEM KARIM\tSALEM KRAIM\n' >d/opensanctions_name_bench/un_positives_noised.tsv
printf 'name\tdob\nAnna Karim\t1970\n' >d/opensanctions_name_bench/negatives_global.tsv
printf 'case_group\tcase_id\tschema\tname1\tname2\tis_match\na\tb\tPerson\tSalem Karim\tSalim Karim\ttrue\na\tc\tPerson\tSalem Karim\tQasem Malek\tfalse\n' >d/opensanctions_name_bench/cases_with_logicv2_score.tsv
printf 'id\ttype\tname\nun1\tperson\tSALEM KARIM\nun2\tperson\tQASEM MALEK\n' >d/xscript_retrieval/index.tsv
printf 'id\ttype\tkind\tquery\nun1\tperson\tscript\tسالم كريم\n' >d/xscript_retrieval/queries.tsv

"$TRAIN_NAMES" d >one.model
is 'it trains' $? 0
"$TRAIN_NAMES" d >two.model
is 'to the same bytes twice' "$(cmp one.model two.model && echo same)" same
is 'a model of this version' "$(head -n 1 one.model)" 'sanad-names-model 1'
has 'that has learnt letters' "$(grep '^al ' one.model)" م
has 'and what true pairs score' "$(grep '^typ all م ' one.model)" م
has 'and weights for both questions' "$(grep -c '^fit ' one.model)/$(grep -c '^rank ' one.model)" "$(grep -c '^fit ' one.model)/$(grep -c '^fit ' one.model)"
has 'and what is rare' "$(grep '^names ' one.model)" names
status_is 'without lists it says so' 2 "$TRAIN_NAMES"

finish
