// What there is to choose from: kinds of marks, and below each its labels.

import type { Label, Labels as All, MarkKind } from '../api';
import { number, t } from '../i18n';
import { LabelChip } from '../marks/LabelChip';
import { noMarking, type MarkingView } from '../nav';

const kinds: MarkKind[] = ['list', 'tag', 'highlight', 'star', 'note', 'translation'];

function Entry({ label, view, onView }: { label: Label; view: MarkingView; onView: (view: MarkingView) => void }) {
  return (
    <li>
      <button
        type="button"
        aria-pressed={view.label === label.id}
        onClick={() => onView({ ...noMarking, kind: label.kind, label: label.id })}
      >
        <LabelChip name={label.name} colour={label.colour} />
        <span class="count">
          {label.kind === 'list' ? t('marking.openOf', { n: number(label.open), all: number(label.marks) }) : number(label.marks)}
        </span>
      </button>
    </li>
  );
}

export function Labels({ all, view, onView }: { all: All; view: MarkingView; onView: (view: MarkingView) => void }) {
  const count = (kind: MarkKind | '') =>
    all.sums.filter((sum) => kind === '' || sum.kind === kind).reduce((sum, { marks }) => sum + marks, 0);
  return (
    <nav class="labels" aria-label={t('marking.labels')}>
      <button type="button" aria-pressed={view.kind === '' && view.label === 0} onClick={() => onView(noMarking)}>
        {t('marking.all')} <span class="count">{number(count(''))}</span>
      </button>
      {kinds.map((kind) => {
        const labels = all.labels.filter((label) => label.kind === kind);
        if (count(kind) === 0 && labels.length === 0) return null;
        return (
          <section key={kind}>
            <button
              type="button"
              class="kind"
              aria-pressed={view.kind === kind && view.label === 0}
              onClick={() => onView({ ...noMarking, kind })}
            >
              {t(`marking.kinds.${kind}`)} <span class="count">{number(count(kind))}</span>
            </button>
            <ul>
              {labels.map((label) => (
                <Entry key={label.id} label={label} view={view} onView={onView} />
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}
