// Pairs of names that may be the same: one at a time, each with its reason, one key to decide.

import { useEffect, useRef, useState } from 'preact/hooks';
import { api, type Pair, type Review as Pairs } from '../api';
import { t, type Key } from '../i18n';
import { useKeys } from '../keys';
import { useLoaded } from '../load';
import { go, linkTo } from '../nav';
import { Marked } from '../parts/Marked';
import { Empty, Failure, Waiting } from '../parts/State';
import { When } from '../parts/When';
import { decide, undoLast, useSaid } from './decide';
import { kindName } from './kinds';
import { SaidBar } from './Said';

const AHEAD = 20;
const PASSAGES = 3;

function keyOf(pair: Pair): string {
  return `${pair.a.id}/${pair.b.id}`;
}

/** The pairs from `skipped` on; asked for anew when decisions have been recorded. */
function usePairs(skipped: number, turn: number, waiting: number) {
  const [pairs, setPairs] = useState<Pairs | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (waiting > 0) return;
    const control = new AbortController();
    api.review('', skipped, AHEAD, control.signal).then(
      (next) => !control.signal.aborted && (setPairs(next), setError(null)),
      (why: unknown) => !control.signal.aborted && setError(why),
    );
    return () => control.abort();
  }, [skipped, turn, waiting > 0, tries]);
  return { pairs, error, again: () => setTries((n) => n + 1) };
}

function Side({ side }: { side: Pair['a'] }) {
  const { value } = useLoaded(`${side.id}/${side.spelling}`, (signal) =>
    api.passages(side.id, side.spelling, 0, PASSAGES, signal),
  );
  return (
    <section class="side">
      <h2>
        <a {...linkTo({ screen: 'person', id: side.id })}>
          <bdi>{side.name}</bdi>
        </a>
      </h2>
      <p class="facts">
        <span>{kindName(side.kind)}</span>
        <span>{t('documents', { n: side.documents })}</span>
        <span>{t('people.spellings', { n: side.spellings })}</span>
      </p>
      {side.spelling !== side.name ? (
        <p class="soft">
          <bdi>{side.spelling}</bdi>
        </p>
      ) : null}
      <ol>
        {(value?.id === side.id ? value.passages : []).map((passage, i) => (
          <li key={i}>
            <p class="snippet" dir="auto">
              {passage.cut_front ? '… ' : null}
              <Marked text={passage.text} marks={passage.marks} />
              {passage.cut_back ? ' …' : null}
            </p>
            <p class="facts">
              <When of={passage} />
              <span>
                <bdi>{passage.title ?? passage.name}</bdi>
              </span>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Reason({ pair }: { pair: Pair }) {
  return (
    <table class="reason">
      <caption>
        <b>{t('people.score', { n: Math.round(pair.score * 100) })}</b> <span>{t('people.reason')}</span>
      </caption>
      <tbody>
        {pair.reason.map((word, i) => (
          <tr key={i} data-kind={word.kind}>
            <td>
              <bdi>{word.a ?? '–'}</bdi>
            </td>
            <td>
              <bdi>{word.b ?? '–'}</bdi>
            </td>
            <td>{t(`people.why.${word.kind}` as Key)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const verdicts = [
  ['same', 's', 'people.keySame'],
  ['different', 'd', 'people.keyDifferent'],
  ['unsure', 'u', 'people.keyUnsure'],
] as const;

function Card({ pair, onDecide, onSkip }: {
  pair: Pair;
  onDecide: (verdict: 'same' | 'different' | 'unsure', why: string) => void;
  onSkip: () => void;
}) {
  const why = useRef<HTMLInputElement>(null);
  const say = (verdict: 'same' | 'different' | 'unsure') => {
    onDecide(verdict, why.current?.value.trim() ?? '');
    if (why.current) why.current.value = '';
  };
  useKeys('review', {
    s: () => say('same'),
    d: () => say('different'),
    u: () => say('unsure'),
    j: onSkip,
  });
  return (
    <article class="pair" aria-label={`${pair.a.name} / ${pair.b.name}`}>
      <div class="sides">
        <Side key={`a${pair.a.id}`} side={pair.a} />
        <Side key={`b${pair.b.id}`} side={pair.b} />
      </div>
      <Reason pair={pair} />
      <div class="verdicts">
        {verdicts.map(([verdict, key, says]) => (
          <button key={verdict} type="button" onClick={() => say(verdict)}>
            {t(says)} <kbd aria-hidden="true">{key}</kbd>
          </button>
        ))}
        <button type="button" class="later" onClick={onSkip}>
          {t('people.skip')} <kbd aria-hidden="true">j</kbd>
        </button>
      </div>
      <input ref={why} class="why" type="text" dir="auto" maxLength={1000} aria-label={t('people.why')} placeholder={t('people.why')} />
    </article>
  );
}

export function Review() {
  const { turn, waiting } = useSaid();
  const [skipped, setSkipped] = useState(0);
  /** Decided here and perhaps not recorded yet. */
  const [gone, setGone] = useState<Set<string>>(new Set());
  const { pairs, error, again } = usePairs(skipped, turn, waiting);
  const back = () => go({ screen: 'people' });
  useKeys('review', {
    z: () => {
      setGone(new Set());
      undoLast();
    },
    b: back,
    Escape: back,
  });

  if (error) return <Failure error={error} again={again} />;
  if (!pairs) return <Waiting />;
  const left = pairs.pairs.filter((pair) => !gone.has(keyOf(pair)));
  const pair = left[0];
  const total = Math.max(0, pairs.total - (pairs.pairs.length - left.length));
  const onDecide = (one: Pair) => (verdict: 'same' | 'different' | 'unsure', why: string) => {
    setGone(new Set([...gone, keyOf(one)]));
    void decide({ verdict, a: `#${one.a.id}`, b: `#${one.b.id}`, why }).then((done) => {
      if (!done) setGone((before) => new Set([...before].filter((key) => key !== keyOf(one))));
    });
  };
  return (
    <div class="review">
      <header>
        <h1>{t('people.reviewTitle')}</h1>
        <p class="soft">{t('people.reviewLead', { n: total })}</p>
      </header>
      <SaidBar />
      {pair ? (
        <Card
          key={keyOf(pair)}
          pair={pair}
          onDecide={onDecide(pair)}
          onSkip={() => setSkipped(skipped + 1 >= pairs.total ? 0 : skipped + 1)}
        />
      ) : waiting > 0 ? (
        <Waiting />
      ) : (
        <Empty title={t('people.reviewDone')}>
          <p>{t('people.reviewDoneText')}</p>
        </Empty>
      )}
    </div>
  );
}
