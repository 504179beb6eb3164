// Who is named with whom: a picture, the tables of the same facts, and the passages behind every line.

import { useRef, useState } from 'preact/hooks';
import { api, type NameKind, type Network as Of } from '../api';
import { number, t } from '../i18n';
import { errorText } from '../i18n/refusals';
import { useKeys } from '../keys';
import { useLoaded } from '../load';
import { go, noNetwork, type NetworkView } from '../nav';
import { Icon } from '../parts/Icon';
import { Letters } from '../parts/Letters';
import { save } from '../parts/save';
import { Empty, Failure, Waiting } from '../parts/State';
import { kindsName, mainKinds } from '../people/kinds';
import { useArranged, type Arrangement } from './arrange';
import { Passages } from './Passages';
import { Picture, type PictureHandle } from './Picture';
import { svgOf } from './svg';
import { NameTable, TieTable } from './Tables';

const ZOOM = 1.4;
const STEP = 60;
const FOUND = 8;

function show(view: NetworkView, change: Partial<NetworkView>): void {
  go({ screen: 'network' }, { network: { ...view, ...change } }, 'replace');
}

/** Growing is a step that one goes back from. */
function grow(view: NetworkView, name: number): void {
  if (!view.around.includes(name))
    go({ screen: 'network' }, { network: { ...view, around: [...view.around, name], tie: null, name } });
}

/** Somebody to begin with, found by letters. */
function Finder({ view }: { view: NetworkView }) {
  const [text, setText] = useState('');
  const asked = text.trim();
  const found = useLoaded(asked || null, (signal) => api.names({ kind: '', text: asked, sort: 'documents' }, 0, FOUND, signal));
  const names = asked ? (found.value?.names ?? []).filter(({ kind }) => mainKinds.includes(kind)) : [];
  return (
    <div class="finder">
      <Letters label={t('network.from')} value={text} max={80} onPause={setText} />
      {names.length > 0 ? (
        <ul>
          {names.map(({ id, name, documents }) => (
            <li key={id}>
              <button
                type="button"
                class="link"
                onClick={() => {
                  setText('');
                  grow(view, id);
                }}
              >
                <bdi>{name}</bdi>
              </button>{' '}
              <span class="count">{t('documents', { n: documents })}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function Days({ view }: { view: NetworkView }) {
  const field = (which: 'from' | 'to') => (
    <label>
      <span class="label">{t(`network.${which}Day`)}</span>
      <input
        type="text"
        dir="ltr"
        size={10}
        maxLength={12}
        value={view[which]}
        placeholder="1959-03"
        onChange={(event) => show(view, { [which]: event.currentTarget.value.trim() })}
      />
    </label>
  );
  return (
    <span class="days">
      {field('from')} {field('to')}
    </span>
  );
}

function Tools({ view }: { view: NetworkView }) {
  const kinds = view.kinds.length === 0 ? mainKinds : view.kinds;
  const toggle = (kind: NameKind) => {
    const next = kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind];
    show(view, { kinds: next.length === mainKinds.length ? [] : next.length === 0 ? [kind] : next });
  };
  const grows = view.around.length > 0;
  const counts = grows ? [5, 10, 20, 50, 100, 200] : [50, 100, 200, 500, 1000, 2000, 5000];
  return (
    <div class="tools">
      <Finder view={view} />
      <span role="group" aria-label={t('network.kinds')} class="kinds">
        {mainKinds.map((kind) => (
          <button key={kind} type="button" aria-pressed={kinds.includes(kind)} onClick={() => toggle(kind)}>
            <span class={`shape ${kind}`} aria-hidden="true" /> {kindsName(kind)}
          </button>
        ))}
      </span>
      <label>
        <span class="label">{t(grows ? 'network.each' : 'network.howMany')}</span>
        <select
          value={grows ? view.each : view.names}
          onChange={(event) => show(view, { [grows ? 'each' : 'names']: Number(event.currentTarget.value) })}
        >
          {counts.map((count) => (
            <option key={count} value={count}>
              {number(count)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="label">{t('network.least')}</span>
        <input
          type="number"
          min={1}
          max={1000000}
          value={view.least}
          onChange={(event) => show(view, { least: Math.max(1, Math.min(1000000, Math.floor(event.currentTarget.valueAsNumber) || 1)) })}
        />
      </label>
      <Days view={view} />
    </div>
  );
}

function Centres({ view, of }: { view: NetworkView; of: Of | null }) {
  if (view.around.length === 0) return null;
  const names = new Map(of?.names.map(({ id, name }) => [id, name]));
  return (
    <p class="chips">
      {view.around.map((id) => (
        <button
          key={id}
          type="button"
          aria-label={t('network.drop', { name: names.get(id) ?? `#${id}` })}
          onClick={() => show(view, { around: view.around.filter((one) => one !== id), tie: null })}
        >
          <bdi>{names.get(id) ?? `#${id}`}</bdi> <Icon name="close" />
        </button>
      ))}
      <button type="button" onClick={() => go({ screen: 'network' }, { network: { ...noNetwork, kinds: view.kinds } })}>
        {t('network.whole')}
      </button>
    </p>
  );
}

function Files({ view, handle }: { view: NetworkView; handle: { current: PictureHandle | null } }) {
  const [error, setError] = useState<unknown>(null);
  const svg = () => {
    const scene = handle.current?.scene();
    if (scene) save(svgOf(scene), 'network.svg');
  };
  const png = () => handle.current?.canvas()?.toBlob((file) => file && save(file, 'network.png'), 'image/png');
  const file = (form: 'csv' | 'graphml') => () =>
    void api.networkFile(view, form).then((got) => save(got, `network.${form}`), setError);
  return (
    <div class="files">
      <span class="label">{t('network.files')}</span>
      <button type="button" onClick={svg}>
        SVG
      </button>
      <button type="button" onClick={png}>
        PNG
      </button>
      <button type="button" onClick={file('graphml')}>
        GraphML
      </button>
      <button type="button" onClick={file('csv')}>
        CSV
      </button>
      {error ? <span role="alert">{errorText(error)}</span> : null}
    </div>
  );
}

function Notes({ of }: { of: Of }) {
  return (
    <p class="soft">
      {t('network.lead')}
      {of.names_left_out > 0 ? ` ${t('network.namesLeftOut', { n: of.names_left_out })}` : ''}
      {of.ties_left_out > 0 ? ` ${t('network.tiesLeftOut', { n: of.ties_left_out })}` : ''}
      {of.capped ? ` ${t('network.capped', { n: of.mentions })}` : ''}
    </p>
  );
}

function Beside({ view, arrangement }: { view: NetworkView; arrangement: Arrangement }) {
  const { of } = arrangement;
  const names = new Map(of.names.map((name) => [name.id, name]));
  const [a, b] = view.tie?.map((id) => names.get(id)) ?? [];
  return (
    <div class="beside">
      {a && b ? <Passages a={a} b={b} from={view.from} to={view.to} onClose={() => show(view, { tie: null })} /> : null}
      <div class="tabs" role="group" aria-label={t('network.tables')}>
        {(['ties', 'names'] as const).map((table) => (
          <button key={table} type="button" aria-pressed={view.table === table} onClick={() => show(view, { table })}>
            {t(`network.${table}`)} <b>{number(table === 'ties' ? of.ties.length : of.names.length)}</b>
          </button>
        ))}
      </div>
      {view.table === 'ties' ? (
        <TieTable of={of} chosen={view.tie} onOpen={({ a, b }) => show(view, { tie: [a, b], name: null })} />
      ) : (
        <NameTable of={arrangement} chosen={view.name} onGrow={(name) => grow(view, name)} />
      )}
    </div>
  );
}

function useNetworkKeys(view: NetworkView, of: Of | null, handle: { current: PictureHandle | null }) {
  const ties = of?.ties ?? [];
  const at = view.tie ? ties.findIndex(({ a, b }) => a === view.tie![0] && b === view.tie![1]) : -1;
  const tie = (place: number) => {
    const next = ties[Math.min(Math.max(0, place), ties.length - 1)];
    if (next) show(view, { tie: [next.a, next.b], name: null, table: 'ties' });
  };
  const move = (x: number, y: number) => () => handle.current?.move(x, y);
  useKeys('network', {
    j: () => tie(at + 1),
    k: () => tie(at - 1),
    v: () => show(view, { table: view.table === 'ties' ? 'names' : 'ties' }),
    x: () => view.name !== null && grow(view, view.name),
    i: () => handle.current?.zoom(ZOOM),
    o: () => handle.current?.zoom(1 / ZOOM),
    '+': () => handle.current?.zoom(ZOOM),
    '-': () => handle.current?.zoom(1 / ZOOM),
    a: () => handle.current?.fit(),
    ArrowLeft: move(STEP, 0),
    ArrowRight: move(-STEP, 0),
    ArrowUp: move(0, STEP),
    ArrowDown: move(0, -STEP),
    Escape: () => show(view, { tie: null, name: null }),
  });
}

function Nothing({ view }: { view: NetworkView }) {
  return (
    <Empty title={t('network.none')}>
      <p>{t('network.noneText')}</p>
      <button type="button" onClick={() => show(view, { from: '', to: '', least: 1, kinds: [] })}>
        {t('network.dropFilters')}
      </button>
    </Empty>
  );
}

function Shown({ view, arrangement, handle }: { view: NetworkView; arrangement: Arrangement; handle: { current: PictureHandle | null } }) {
  const { of } = arrangement;
  const grown = view.name === null ? null : of.names.find(({ id }) => id === view.name);
  return (
    <div class="both">
      <div class="drawn">
        <Picture
          arrangement={arrangement}
          chosen={{ name: view.name, tie: view.tie }}
          onChoose={({ name, tie }) => show(view, { name, tie, ...(name !== null ? { table: 'names' as const } : tie ? { table: 'ties' as const } : {}) })}
          onGrow={(name) => grow(view, name)}
          handle={handle}
        />
        <div class="under">
          {grown && !grown.centre ? (
            <button type="button" onClick={() => grow(view, grown.id)}>
              <bdi>{t('network.grow', { name: grown.name })}</bdi> <kbd aria-hidden="true">x</kbd>
            </button>
          ) : null}
          <Files view={view} handle={handle} />
        </div>
        <Notes of={of} />
      </div>
      <Beside view={view} arrangement={arrangement} />
    </div>
  );
}

export function Network({ view }: { view: NetworkView }) {
  const { around, each, names, kinds, from, to, least } = view;
  const handle = useRef<PictureHandle | null>(null);
  const asked = JSON.stringify([around, each, names, kinds, from, to, least]);
  const loaded = useLoaded(asked, (signal) => api.network(view, signal));
  const { done, error } = useArranged(asked, loaded.loading ? null : loaded.value);
  useNetworkKeys(view, loaded.value, handle);
  const nothing = loaded.value !== null && loaded.value.ties.length === 0 && loaded.value.names.length < 2;
  const busy = loaded.loading || (loaded.value !== null && done?.of !== loaded.value);
  return (
    <div class="network" aria-busy={busy}>
      <header>
        <h1>{t('network.title')}</h1>
        <Centres view={view} of={loaded.value} />
      </header>
      <Tools view={view} />
      {loaded.error || error ? <Failure error={loaded.error ?? error} again={loaded.again} /> : null}
      {nothing ? <Nothing view={view} /> : null}
      {!loaded.error && !error && !nothing && done ? <Shown view={view} arrangement={done} handle={handle} /> : null}
      {!loaded.error && !error && !nothing && !done ? <Waiting /> : null}
    </div>
  );
}
