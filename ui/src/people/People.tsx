// The list of all who and what is named: by kind, narrowed down by letters, in any order.

import { useRef } from 'preact/hooks';
import type { Name, NameKind, NameOrder } from '../api';
import { number, t, type Key } from '../i18n';
import { useKeys } from '../keys';
import { go, linkTo, type PeopleView } from '../nav';
import { useChange } from '../live';
import { Letters } from '../parts/Letters';
import { Empty, Failure, Waiting } from '../parts/State';
import { Virtual } from '../parts/Virtual';
import { undoLast, useSaid } from './decide';
import { kindName, kindsName, mainKinds } from './kinds';
import { useNames } from './names';
import { SaidBar } from './Said';

const ROW = 44;
const sorts: [NameOrder, Key][] = [
  ['documents', 'people.sortDocuments'],
  ['mentions', 'people.sortMentions'],
  ['name', 'people.sortName'],
];

function show(people: PeopleView): void {
  go({ screen: 'people' }, { people, chosenName: null }, 'replace');
}

function Narrowing({ view }: { view: PeopleView }) {
  const input = useRef<HTMLInputElement>(null);
  useKeys('people', { f: () => input.current?.select() });
  return (
    <Letters
      box={input}
      className="letters"
      label={t('people.filter')}
      value={view.text}
      max={80}
      onPause={(text) => show({ ...view, text })}
    />
  );
}

function Kinds({ kinds, view }: { kinds: Record<string, number>; view: PeopleView }) {
  const all = Object.values(kinds).reduce((a, b) => a + b, 0);
  const rest = Object.keys(kinds).filter((kind) => !mainKinds.includes(kind as NameKind));
  const shown: [NameKind | '', number][] = [
    ...mainKinds.map((kind): [NameKind, number] => [kind, kinds[kind] ?? 0]),
    ...rest.map((kind): [NameKind, number] => [kind as NameKind, kinds[kind] ?? 0]),
    ['', all],
  ];
  return (
    <ul class="filter">
      {shown.map(([kind, n]) => (
        <li key={kind}>
          <button type="button" aria-pressed={view.kind === kind} onClick={() => show({ ...view, kind })}>
            {kind === '' ? t('people.all') : kindsName(kind)} <b>{number(n)}</b>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Row({ name, at, withKind }: { name: Name | null; at: number; withKind: boolean }) {
  if (!name) return <span class="loading">…</span>;
  return (
    <a {...linkTo({ screen: 'person', id: name.id }, { chosenName: at })}>
      <bdi class="shown">{name.name}</bdi>
      {withKind ? <span class="kind">{kindName(name.kind)}</span> : null}
      <span class="counts">
        {name.spellings > 1 ? <span>{t('people.spellings', { n: name.spellings })}</span> : null}
        <span>{t('people.mentions', { n: name.mentions })}</span>
        <b>{t('documents', { n: name.documents })}</b>
      </span>
    </a>
  );
}

export function People({ view, chosen }: { view: PeopleView; chosen: number | null }) {
  const { turn } = useSaid();
  const change = useChange();
  const names = useNames(view, turn + (change?.turn ?? 0));
  const total = names.head?.total ?? 0;
  const choose = (at: number) => {
    if (at >= 0 && at < total) go({ screen: 'people' }, { chosenName: at }, 'replace');
  };
  useKeys('people', {
    j: () => choose((chosen ?? -1) + 1),
    k: () => choose(Math.max(0, (chosen ?? 1) - 1)),
    Enter: () => {
      const name = names.at(chosen ?? 0);
      if (name) go({ screen: 'person', id: name.id }, { chosenName: chosen ?? 0 });
    },
    r: () => go({ screen: 'review' }),
    z: undoLast,
  });

  if (names.error) return <Failure error={names.error} again={names.again} />;
  if (!names.head) return <Waiting />;
  return (
    <div class="people">
      <header>
        <h1>{t('people.title')}</h1>
        <a class="toreview" {...linkTo({ screen: 'review' })}>
          {t('people.reviewTitle')} <kbd aria-hidden="true">r</kbd>
        </a>
      </header>
      <Kinds kinds={names.head.kinds} view={view} />
      <div class="tools">
        <Narrowing view={view} />
        <label>
          <span class="label">{t('sort')}</span>
          <select
            value={view.sort}
            onChange={(event) => show({ ...view, sort: event.currentTarget.value as NameOrder })}
          >
            {sorts.map(([sort, key]) => (
              <option key={sort} value={sort}>
                {t(key)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <SaidBar />
      {total === 0 ? (
        <Empty title={t('people.none')}>
          <p>{t('people.noneText')}</p>
        </Empty>
      ) : (
        <Virtual
          count={total}
          height={ROW}
          chosen={chosen}
          label={t('people.title')}
          onView={names.onView}
          row={(at) => <Row name={names.at(at)} at={at} withKind={view.kind === ''} />}
        />
      )}
    </div>
  );
}
