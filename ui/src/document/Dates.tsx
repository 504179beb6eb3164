// When: what the document says of its own date, with every source and rank, and the dates that its text
// names, each a link to its place.

import { useLayoutEffect, useState } from 'preact/hooks';
import { api, type DateReading, type Item, type NamedDate } from '../api';
import { date, dateSource, solarDate, t, usesSolar, type Key } from '../i18n';
import { useLoaded } from '../load';
import { linkTo } from '../nav';
import { Failure, Waiting } from '../parts/State';
import type { Place } from './place';

const PLAIN = /^\d{4}(-\d\d){0,2}$/;

/** EDTF's days, months, years and spans of them are written out, anything else stands as it is. How sure it is
 * is said beside it. */
function dayOf(edtf: string): string {
  const parts = edtf.split('/').map((part) => part.replace(/[?~%]$/, ''));
  return parts.every((part) => PLAIN.test(part)) ? parts.map(date).join(' – ') : edtf;
}

/** Both calendars, the reader's first. */
function Days({ edtf, solar }: { edtf: string; solar: string | null }) {
  const gregorian = dayOf(edtf);
  if (!solar) return <>{gregorian}</>;
  const [first, second] = usesSolar() ? [solarDate(solar), gregorian] : [gregorian, solarDate(solar)];
  return (
    <>
      {first} <span class="other">({second})</span>
    </>
  );
}

/** The first claim counts; in a case without claims, what the ledger has. */
export function ownDate(item: Item) {
  const first = item.dates[0];
  if (!first) return { date: item.date, solar: null };
  return { date: PLAIN.test(first.edtf) ? first.edtf : (item.date ?? first.edtf), solar: first.solar, date_source: first.source };
}

type Claimed = Item['dates'][number];

/** Where two say something else, they cannot both be right: their days do not meet. */
function contradicts(a: Claimed, b: Claimed): boolean {
  return a.latest < b.earliest || b.latest < a.earliest;
}

function Claim({ item, claim, first }: { item: number; claim: Claimed; first: Claimed }) {
  return (
    <li aria-current={claim === first ? 'true' : undefined}>
      <p>
        <Days edtf={claim.edtf} solar={claim.solar} />
        {claim === first ? <span class="kind">{t('document.dateTaken')}</span> : null}
        {contradicts(claim, first) ? <span class="kind against">{t('document.dateAgainst')}</span> : null}
      </p>
      <p class="hint">
        {dateSource(claim.source)}
        {certaintyOf(claim)}
        {claim.text && claim.page !== null ? (
          <>
            : <a {...linkTo({ screen: 'item', item, page: claim.page })}><bdi>{claim.text}</bdi></a>
          </>
        ) : null}
      </p>
    </li>
  );
}

/** Every date the document gives itself, the highest rank first: where they disagree, that is evidence. */
export function OwnDates({ item }: { item: Item }) {
  const first = item.dates[0]!;
  const differ = item.dates.some(({ earliest, latest }) => earliest !== first.earliest || latest !== first.latest);
  return (
    <>
      {differ ? <p class="hint">{t('dateDiffers')}</p> : null}
      <ol class="links ranked">
        {item.dates.map((claim, i) => (
          <Claim key={i} item={item.item} claim={claim} first={first} />
        ))}
      </ol>
    </>
  );
}

/** How it is known which days are meant, and of which calendar; nothing of what is plainly said. */
function certaintyOf({ certainty, calendar }: { certainty: string; calendar: string }): string {
  const said = [
    certainty === 'exact' ? '' : t(`document.certain.${certainty}` as Key),
    calendar === 'gregorian' ? '' : t(`document.calendar.${calendar}` as Key),
  ].filter(Boolean);
  return said.map((one) => ` · ${one}`).join('');
}

function Reading({ of }: { of: DateReading }) {
  return (
    <span class="reading">
      {of.edtf ? <Days edtf={of.edtf} solar={of.solar} /> : null}
      <span class="hint">{certaintyOf(of)}</span>
    </span>
  );
}

function Named({ item, named, onPoint, onGo }: { item: number; named: NamedDate } & Handlers) {
  const place: Place = { page: named.page, start: named.start, end: named.end };
  const { href } = linkTo({ screen: 'item', item, page: named.page });
  const go = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onGo(place);
  };
  return (
    <li>
      <a
        class="dated"
        href={href}
        onClick={go}
        onMouseEnter={() => onPoint(place)}
        onMouseLeave={() => onPoint(null)}
        onFocus={() => onPoint(place)}
        onBlur={() => onPoint(null)}
      >
        <bdi>{named.text}</bdi>
      </a>
      <span class="kind">{t('document.dateOnPage', { n: named.page })}</span>
      {named.source ? <span class="kind own">{t('document.dateIsOwn')}: {dateSource(named.source)}</span> : null}
      {named.readings.map((reading, i) => (
        <Reading key={i} of={reading} />
      ))}
    </li>
  );
}

interface Handlers {
  /** A date is pointed at; null: none any more. */
  onPoint: (place: Place | null) => void;
  onGo: (place: Place) => void;
}

const PART = 100;

/** The dates that the text names, in its order; more of them when they are asked for. */
export function NamedDates({ item, ...handlers }: { item: number } & Handlers) {
  const first = useLoaded(`${item}`, (signal) => api.itemDates(item, 0, PART, signal));
  const [more, setMore] = useState<NamedDate[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useLayoutEffect(() => setMore([]), [first.value]);

  if (first.error) return <Failure error={first.error} again={first.again} />;
  if (!first.value) return <Waiting />;
  const dates = [...first.value.dates, ...more];
  const ask = () => {
    setBusy(true);
    setError(null);
    api
      .itemDates(item, dates.length, PART)
      .then((part) => setMore((old) => [...old, ...part.dates]), setError)
      .finally(() => setBusy(false));
  };
  if (dates.length === 0) return <p class="hint">{t('document.noDates')}</p>;
  return (
    <>
      <ol class="links dates">
        {dates.map((named) => (
          <Named key={`${named.page}:${named.start}`} item={item} named={named} {...handlers} />
        ))}
      </ol>
      {error ? <Failure error={error} again={ask} /> : null}
      {dates.length < first.value.total ? (
        <button type="button" class="link" disabled={busy} onClick={ask}>
          {t('document.moreDates', { n: first.value.total - dates.length })}
        </button>
      ) : null}
    </>
  );
}
