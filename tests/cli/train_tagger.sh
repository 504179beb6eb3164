#!/bin/sh
# Training the tagger: the same texts give the same bytes, and a model that has learnt from them.
. "$(dirname "$0")/lib.sh"
: "${TRAIN_TAGGER:?the program that trains}"

mkdir -p n/wikigold_en n/wnut17_en n/aqmar_ar n/wojood_sample_ar n/re3d_en n/knowledgenet_en n/fa_given_names n/wd_arabic \
    n/cldr n/un_sc_list n/ofac_aliases t/frus/docs/v1 t/texts/ud_perdt/ner t/texts/news t/texts/ntrex/en t/texts/ntrex/fa \
    t/texts/ntrex/ar t/texts/tico19/en-fa t/texts/tico19/en-ar t/structured/pocom m g
columns() { # file, separator, name of a person, of a place
    i=0
    while [ $i -lt 30 ]; do
        printf '%s\n' "$3${2}B-PER" "x${2}O" "$4${2}B-LOC" ".${2}O" ''
        i=$((i + 1))
    done >"$1"
}
columns n/wikigold_en/dev.tsv "$(printf '\t')" Smith Baghdad
columns n/wnut17_en/dev.tsv "$(printf '\t')" Jones Tehran
columns n/aqmar_ar/dev.tsv "$(printf '\t')" كريم بغداد
columns n/wojood_sample_ar/dev.tsv "$(printf '\t')" سمير دمشق
columns t/texts/ud_perdt/ner/dev_with_NER_tag.txt "$(printf '\t')" حسن تهران
for part in CENTCOM UK_Government US_State_Department Wikipedia; do
    printf '{ "_id" : "%s", "text" : "Smith left the \\u0042 team." }\n' 0123456789abcdef0123456789abcdef \
        >"n/re3d_en/$part.documents.jsonl"
    printf '{ "begin" : 0, "end" : 5, "type" : "Person", "documentId" : "%s" }\n' 0123456789abcdef0123456789abcdef \
        >"n/re3d_en/$part.entities.jsonl"
done
printf 'fold\tdoc\ta\tb\tc\td\te\tf\tproperty\tx\ty\tpassage\n1\t7\t0\t0\t0\t0\t0\t0\tCEO\t\t\t[[O:Smith]] runs [[S:Acme]].\n' \
    >n/knowledgenet_en/facts.tsv
printf 'fa\tgender\nحسن\tMALE\n' >n/fa_given_names/names.tsv
printf 'en\tar\nkarim\tكريم\n' >n/wd_arabic/words.tsv
printf 'code\ten\tfa\tar\tfa-AF\nIR\tIran\tایران\tإيران\tایران\n' >n/cldr/territories.tsv
printf 'cal\tlang\tkind\tctx\twidth\tkey\tname\np\ten\tm\tf\tw\t1\tFarvardin\n' >n/cldr/calendar_names.tsv
printf 'id\ttype\tlist\tname\toriginal_script\n1\tperson\tX\tSALEM KARIM\tسالم كريم\n' >n/un_sc_list/entities.tsv
printf 'ent_num\ttype\tprogram\tname\n3\torg\tY\tMALEK TRADING\n' >n/ofac_aliases/clusters.tsv
printf 'Rogers spoke to Smith. ' >t/frus/docs/v1/d1.txt
printf 'volume\tdoc\tstart\tend\tkind\tref\nv1\td1\t0\t6\tpersName\tp\n' >t/frus/mentions.tsv
printf 'volume\tid\tterm\tdefinition\n' >t/frus/terms.tsv
printf 'volume\tid\tname\nv1\tp\tRogers, William\n' >t/frus/persons.tsv
echo 'Smith x Baghdad.' >t/texts/ntrex/en/a.txt
echo 'اسمیت در بغداد.' >t/texts/ntrex/fa/a.txt
echo 'سميث في بغداد.' >t/texts/ntrex/ar/a.txt
printf '%s\n' 'Karim Street is in Mosul.' 'Karim met وكريم في الموصل.' >t/texts/news/a.txt
printf 'person_id\tsurname\tforename\n1\tSmith\tJohn\n' >t/structured/pocom/people.tsv
printf 'she was well\tاو خوب بود\n' >t/texts/tico19/en-fa/000.tsv
printf 'she was well\tكانت بخير\n' >t/texts/tico19/en-ar/000.tsv
printf 'class\tname\tlanguage\nplace\tBaghdad\ten\ngiven\tOmar\ten\nplace\tبغداد\t-\n' >m/more.tsv
for code in en fa ar; do
    printf '%s\n' '# a remark' '@ texts/news' 'L Mosul | موصل' '@ a' '2 P Karim | كريم' '? Arab' '- Karim Street' >g/$code.labels
    printf '%s\n' '# a remark' '<club> team' 'Ajax | 3* Arsenal' '' '<sentence>' '{P Omar} joined {O <club>} in {^{L <city>}} .' >g/$code.grammar
done

"$TRAIN_TAGGER" n t m g >one.model 2>log
is 'it trains' $? 0
"$TRAIN_TAGGER" n t m g >two.model 2>/dev/null
is 'to the same bytes twice' "$(cmp one.model two.model && echo same)" same
is 'a model by its first bytes' "$(head -c 8 one.model)" sanadtag
is 'that has features of both scripts' "$(grep -c '^[1-9][0-9]* features' log)" 4
"$TRAIN_TAGGER" -w labelled-fa n t m g >two.model 2>/dev/null
is 'it learns from the labels' "$(cmp -s one.model two.model || echo other)" other
status_is 'without lists it says so' 2 "$TRAIN_TAGGER"
status_is 'a list that is not there' 1 "$TRAIN_TAGGER" nowhere t m g
echo 'X Karim' >>g/fa.labels
status_is 'a label of no kind' 1 "$TRAIN_TAGGER" n t m g
printf '%s\n' '@ texts/news' '@ b' >g/fa.labels
status_is 'a labelled text that is not there' 1 "$TRAIN_TAGGER" n t m g
echo '# none' >g/fa.labels
echo '<sentence>' >g/fa.grammar
status_is 'a rule that becomes nothing' 1 "$TRAIN_TAGGER" n t m g
printf '%s\n' '<sentence>' '<nobody> came' >g/fa.grammar
status_is 'a rule that is not there' 1 "$TRAIN_TAGGER" n t m g

finish
