// The name of a tag, a colour or a list beside its colour.

import type { Hit } from '../api';
import { number, t } from '../i18n';

export function LabelChip({ name, colour }: { name: string; colour: string }) {
  return (
    <span class="labelled" data-colour={colour}>
      <bdi>{name}</bdi>
    </span>
  );
}

/** What stands on a document, in brief. */
export function Stands({ marked }: { marked: Hit['marked'] }) {
  if (marked.length === 0) return null;
  const count = (kind: string) => marked.filter((one) => one.kind === kind).reduce((sum, one) => sum + one.marks, 0);
  const notes = count('note') + count('translation');
  return (
    <span class="stands">
      {count('star') > 0 ? (
        <span class="starred" role="img" aria-label={t('marks.starred')} title={t('marks.starred')}>
          ★
        </span>
      ) : null}
      {marked
        .filter(({ label }) => label > 0)
        .map(({ kind, label, name, colour }) => (
          <LabelChip key={`${kind}/${label}`} name={name} colour={colour} />
        ))}
      {notes > 0 ? (
        <span class="notes" role="img" aria-label={t('marks.noted', { n: notes })} title={t('marks.noted', { n: notes })}>
          ✎{number(notes)}
        </span>
      ) : null}
    </span>
  );
}
