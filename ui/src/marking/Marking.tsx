// What people have marked: labels beside it, marks by filters, lists worked off.

import { useRef } from 'preact/hooks';
import type { Label, Mark } from '../api';
import { t } from '../i18n';
import { useKeys } from '../keys';
import { removeMark, setDone } from '../marks/acts';
import { undoLast } from '../marks/did';
import { DidBar } from '../marks/DidBar';
import { useLabels } from '../marks/labels';
import { go, here, noMarking, type MarkingView } from '../nav';
import { Empty, Failure, Waiting } from '../parts/State';
import { Virtual } from '../parts/Virtual';
import { Labels } from './Labels';
import { LabelTools } from './LabelTools';
import { useMarks } from './list';
import { MarkCard, placeOf } from './MarkCard';
import { Tools } from './Tools';
import { WorkOff } from './WorkOff';

/** Pixels: two lines of facts, two of quote or text. */
const ROW = 132;

function show(marking: MarkingView): void {
  go({ screen: 'marking' }, { marking, chosenMark: null }, 'replace');
}

function Row({ mark, at }: { mark: Mark | null; at: number }) {
  if (!mark) return <span class="loading">…</span>;
  return (
    <article class="mark">
      <div class="body">
        <MarkCard mark={mark} at={at} />
      </div>
      <div class="buttons">
        {mark.kind === 'list' ? (
          <button type="button" aria-pressed={mark.state === 'done'} onClick={() => void setDone(mark, mark.state !== 'done')}>
            {mark.state === 'done' ? t('marking.reopen') : t('marking.done')}
          </button>
        ) : null}
        <button type="button" class="link" onClick={() => void removeMark(mark)}>
          {t('marking.remove')}
        </button>
      </div>
    </article>
  );
}

/** How marks are made, where there are none. */
function None({ any }: { any: boolean }) {
  return (
    <Empty title={t(any ? 'marking.noneFits' : 'marking.none')}>
      <p>{t(any ? 'marking.noneFitsText' : 'marking.noneText')}</p>
      {any ? (
        <button type="button" onClick={() => show(noMarking)}>
          {t('marking.all')}
        </button>
      ) : null}
    </Empty>
  );
}

function Head({ label, view }: { label: Label | undefined; view: MarkingView }) {
  return (
    <header>
      <h1 dir="auto">{label ? label.name : view.kind === '' ? t('marking.title') : t(`marking.kinds.${view.kind}`)}</h1>
      {label?.kind === 'list' && !view.working && label.open > 0 ? (
        <button type="button" class="primary" onClick={() => show({ ...view, working: true })}>
          {t('marking.work')} <kbd aria-hidden="true">w</kbd>
        </button>
      ) : null}
      {label ? <LabelTools label={label} onGone={() => show(noMarking)} /> : null}
    </header>
  );
}

export function Marking({ view, chosen }: { view: MarkingView; chosen: number | null }) {
  const labels = useLabels();
  const marks = useMarks(view);
  const total = marks.head?.total ?? 0;
  const label = labels.value?.labels.find(({ id }) => id === view.label);
  // Keys may come faster than the screen is drawn: what is chosen is what is chosen now.
  const now = () => Math.min(here().chosenMark ?? 0, Math.max(0, total - 1));
  const choose = (at: number) => {
    if (at >= 0 && at < total) go({ screen: 'marking' }, { chosenMark: at }, 'replace');
  };
  const skip = () => choose((now() + 1) % Math.max(1, total));
  const end = () => show({ ...view, working: false });
  // What is shown is done, until the next is there.
  const doneIn = useRef<unknown>(null);
  const doneNext = (mark: Mark) => {
    if (doneIn.current === marks.head) return;
    doneIn.current = marks.head;
    void setDone(mark, true).then((done) => {
      if (!done) doneIn.current = null;
    });
  };
  const withMark = (run: (mark: Mark) => void) => () => {
    const mark = marks.at(now());
    if (mark) run(mark);
  };
  useKeys('marking', {
    j: () => (view.working ? skip() : choose(here().chosenMark === null ? 0 : now() + 1)),
    k: () => choose(now() - 1),
    Enter: withMark((mark) => go(placeOf(mark), { chosenMark: now() })),
    x: withMark((mark) => {
      if (view.working) doneNext(mark);
      else if (mark.kind === 'list') void setDone(mark, mark.state !== 'done');
    }),
    d: withMark((mark) => !view.working && chosen !== null && void removeMark(mark)),
    w: () => label?.kind === 'list' && show({ ...view, working: true }),
    z: () => void undoLast(),
    Escape: () => view.working && end(),
  });

  const error = labels.error ?? marks.error;
  if (error) return <Failure error={error} again={marks.error ? marks.again : labels.again} />;
  if (!labels.value || !marks.head) return <Waiting />;
  const any = labels.value.sums.length > 0;
  const list =
    total === 0 ? (
      <None any={any} />
    ) : (
      <Virtual
        count={total}
        height={ROW}
        chosen={chosen}
        label={t('marking.title')}
        onView={marks.onView}
        row={(at) => <Row mark={marks.at(at)} at={at} />}
      />
    );
  return (
    <div class="markings">
      <Labels all={labels.value} view={view} onView={show} />
      <section class="list">
        <Head label={label} view={view} />
        {any && !view.working ? <Tools all={labels.value} view={view} onView={show} /> : null}
        <DidBar />
        {view.working ? (
          <WorkOff mark={marks.at(now())} at={now()} left={total} onDone={doneNext} onSkip={skip} onEnd={end} />
        ) : (
          list
        )}
      </section>
    </div>
  );
}
