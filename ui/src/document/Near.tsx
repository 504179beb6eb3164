// Documents with much the same text, and word by word where they differ.

import { useState } from 'preact/hooks';
import { api, type Difference, type Item, type Near as NearRow } from '../api';
import { t } from '../i18n';
import { useLoaded } from '../load';
import { linkTo } from '../nav';
import { Icon } from '../parts/Icon';
import { Modal } from '../parts/Modal';
import { Failure, Waiting } from '../parts/State';

function Part({ part }: { part: Difference['parts'][number] }) {
  if (part.kind === 'left') return <del>{part.text}</del>;
  if (part.kind === 'right') return <ins>{part.text}</ins>;
  return (
    <span>
      {part.text}
      {part.left_out > 0 ? <span class="gap"> … {t('document.sameWords', { n: part.left_out })} … </span> : null}
      {part.end}
    </span>
  );
}

function Told({ difference }: { difference: Difference }) {
  const changes = difference.parts.filter(({ kind }) => kind !== 'same').length;
  return (
    <>
      <p class="hint">
        {t('document.sameOf', { n: difference.same, all: Math.max(difference.words, difference.words_with) })}
        {difference.cut ? <> · {t('document.differenceCut')}</> : null}
      </p>
      {changes === 0 ? <p>{t('document.noDifference')}</p> : null}
      <div class="difference prose" dir="auto" tabIndex={0} role="group" aria-label={t('document.difference')}>
        {difference.parts.map((part, i) => (
          <>
            <Part key={i} part={part} />{' '}
          </>
        ))}
      </div>
    </>
  );
}

/** What the two files say of themselves, where they do not say the same. */
function MetaDifference({ item, other }: { item: Item; other: Item }) {
  const valuesOf = ({ meta }: Item) => {
    const values = new Map<string, string[]>();
    for (const { key, value } of meta) values.set(key, [...(values.get(key) ?? []), value]);
    return values;
  };
  const [left, right] = [valuesOf(item), valuesOf(other)];
  const keys = [...new Set([...left.keys(), ...right.keys()])].filter(
    (key) => key !== 'warning' && (left.get(key) ?? []).join('\n') !== (right.get(key) ?? []).join('\n'),
  );
  if (keys.length === 0) return null;
  return (
    <details>
      <summary>{t('document.metaDiffers', { n: keys.length })}</summary>
      <dl class="fields">
        {keys.map((key) => (
          <div key={key}>
            <dt>
              <bdi>{key}</bdi>
            </dt>
            <dd dir="auto">
              <del>{(left.get(key) ?? []).join(', ')}</del> <ins>{(right.get(key) ?? []).join(', ')}</ins>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Compared({ item, near, onClose }: { item: Item; near: NearRow; onClose: () => void }) {
  const difference = useLoaded(String(near.item), (signal) => api.difference(item.item, near.item, signal));
  const other = useLoaded(String(near.item), (signal) => api.item(near.item, signal));
  return (
    <Modal class="compared" title="compared-title" onClose={onClose}>
      <header>
        <h2 id="compared-title">{t('document.difference')}</h2>
        <button type="button" class="quiet" aria-label={t('close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <p class="sides">
        <del dir="auto">{item.title ?? item.name}</del>
        <ins dir="auto">{near.title ?? near.name}</ins>
      </p>
      {difference.error ? <Failure error={difference.error} again={difference.again} /> : null}
      {difference.loading && !difference.error ? <Waiting /> : null}
      {difference.value ? <Told difference={difference.value} /> : null}
      {other.value ? <MetaDifference item={item} other={other.value} /> : null}
    </Modal>
  );
}

export function NearOnes({ near, item }: { near: NearRow[]; item: Item }) {
  const [compared, setCompared] = useState<NearRow | null>(null);
  return (
    <>
      <ul class="links">
        {near.map((one) => (
          <li key={one.item}>
            <a {...linkTo({ screen: 'item', item: one.item, page: 1 })} dir="auto" title={one.path}>
              {one.title ?? one.name}
            </a>
            <span class="kind">{t('document.likeness', { n: one.likeness })}</span>
            <bdi class="where">{one.path}</bdi>
            <button type="button" class="link" onClick={() => setCompared(one)}>
              {t('document.compare')}
            </button>
          </li>
        ))}
      </ul>
      {compared ? <Compared item={item} near={compared} onClose={() => setCompared(null)} /> : null}
    </>
  );
}
