// Marking results: those that are picked out, or the one that is chosen.

import { useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { useKeys } from '../keys';
import { markMany, type LabelChoice } from '../marks/acts';
import { undoLast } from '../marks/did';
import { LabelBox } from '../marks/LabelBox';

type Kind = 'tag' | 'star' | 'list';

/** As many as the server takes at a time. */
const MANY = 10_000;

/** `items` gives what would be marked now; `onMarked` is told what was. */
export function MarkResults({ items, onMarked }: { items: () => number[]; onMarked: (items: number[]) => void }) {
  const [asking, setAsking] = useState<{ kind: Kind; items: number[] } | null>(null);
  const last = useRef<number[]>([]);
  const mark = (kind: Kind, on: number[], choice?: LabelChoice) => {
    last.current = on;
    void markMany(kind, on, choice).then((done) => done && onMarked(on));
  };
  const start = (kind: Kind) => () => {
    const on = items().slice(0, MANY);
    if (on.length === 0) return;
    if (kind === 'star') mark(kind, on);
    else setAsking({ kind, items: on });
  };
  useKeys('results', {
    t: start('tag'),
    s: start('star'),
    l: start('list'),
    z: () => void undoLast().then((done) => done && onMarked(last.current)),
  });
  const none = items().length === 0;
  const button = (kind: Kind, letter: string) => (
    <button type="button" class="small" disabled={none} onClick={start(kind)}>
      {t(`marks.${kind}`)} <kbd aria-hidden="true">{letter}</kbd>
    </button>
  );
  return (
    <>
      <div class="actions" role="group" aria-label={t('marks.mark')}>
        {button('tag', 't')}
        {button('star', 's')}
        {button('list', 'l')}
      </div>
      {asking ? (
        <LabelBox
          kind={asking.kind === 'list' ? 'list' : 'tag'}
          onChoose={(choice) => mark(asking.kind, asking.items, choice)}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </>
  );
}
