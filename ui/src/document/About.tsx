// What the case knows of an item: where it came from, its ledger row, its relatives.

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { api, type Item, type ItemLink } from '../api';
import { bytes, date, dateSource, languageName, ledgerWord, number, solarDate, t, usesSolar } from '../i18n';
import { typeAndFormat, typeName } from '../i18n/types';
import { useLoaded } from '../load';
import { follow, linkTo } from '../nav';
import { Detail, detailOf } from '../parts/Detail';
import { When } from '../parts/When';
import { Outcome } from '../parts/Outcome';
import { Children } from './Children';
import { NoticedPages } from './Notices';
import { NearOnes } from './Near';
import { noticesOf } from './noticed';
import { Download, Origin } from './Origin';

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="part">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Link({ to }: { to: ItemLink }) {
  return (
    <a href={`#/item/${to.item}/1`} dir="auto" title={to.path} onClick={follow({ screen: 'item', item: to.item, page: 1 })}>
      {to.name}
    </a>
  );
}

function Chain({ item }: { item: Item }) {
  const chain = [...item.containers].reverse();
  return (
    <ol class="chain">
      {chain.map((container) => (
        <li key={container.item}>
          <Link to={container} />
          <span class="kind">{typeName(container.type)}</span>
        </li>
      ))}
      <li aria-current="true">
        <span dir="auto">{item.name}</span>
        {item.type ? <span class="kind">{typeName(item.type)}</span> : null}
      </li>
    </ol>
  );
}

type OwnDate = Item['dates'][number];

const PLAIN = /^\d{4}(-\d\d){0,2}$/;

/** An EDTF day, month or year is written out, anything else stands as it is. */
function dayOf(edtf: string): string {
  return PLAIN.test(edtf) ? date(edtf) : edtf;
}

/** The first claim counts; in a case without claims, what the ledger has. */
function ownDate(item: Item) {
  const first = item.dates[0];
  if (!first) return { date: item.date, solar: null };
  return { date: PLAIN.test(first.edtf) ? first.edtf : (item.date ?? first.edtf), solar: first.solar, date_source: first.source };
}

function Claim({ item, claim }: { item: number; claim: OwnDate }) {
  const place = { screen: 'item', item, page: claim.page ?? 1 } as const;
  return (
    <li>
      <p>
        {usesSolar() && claim.solar ? `${solarDate(claim.solar)} (${dayOf(claim.edtf)})` : dayOf(claim.edtf)}
      </p>
      <p class="hint">
        {dateSource(claim.source)}
        {claim.text && claim.page !== null ? (
          <>
            : <a {...linkTo(place)}><bdi>{claim.text}</bdi></a>
          </>
        ) : null}
      </p>
    </li>
  );
}

/** Every date the document gives itself, with where it does: where they disagree, that is evidence. */
function OwnDates({ item }: { item: Item }) {
  const differ = new Set(item.dates.map(({ earliest, latest }) => `${earliest}/${latest}`)).size > 1;
  return (
    <Part title={t('ownDates')}>
      {differ ? <p class="hint">{t('dateDiffers')}</p> : null}
      <ol class="links">
        {item.dates.map((claim, i) => (
          <Claim key={i} item={item.item} claim={claim} />
        ))}
      </ol>
    </Part>
  );
}

function Facts({ item }: { item: Item }) {
  const rows: [string, ComponentChildren][] = [
    [t('fTitle'), item.title && <span dir="auto">{item.title}</span>],
    [t('fFrom'), item.from && <span dir="auto">{item.from}</span>],
    [t('fTo'), item.to && <span dir="auto">{item.to}</span>],
    [t('fDate'), (item.date || item.stored_pages > 0) && <When of={ownDate(item)} />],
    [t('fOutcome'), <Outcome outcome={item.outcome} />],
    [t('fReason'), item.reason && ledgerWord('reason', item.reason)],
    [t('fDetail'), detailOf(item) && <Detail text={detailOf(item)} />],
    [
      t('fType'),
      item.type && (
        <>
          {typeAndFormat(item.type)}
          <bdi class="where" title={item.type}>
            {item.type}
          </bdi>
        </>
      ),
    ],
    [t('fLang'), item.lang && languageName(item.lang)],
    [t('fPages'), item.pages !== null && number(item.pages)],
    [t('fChars'), item.chars ? number(item.chars) : null],
    [t('fBytes'), item.sha256 && bytes(item.bytes)],
    [t('fModified'), item.modified && date(item.modified)],
    [t('fSource'), item.source && <span dir="auto">{item.source}</span>],
    [t('fItem'), number(item.item)],
    [t('fPath'), <bdi class="long">{item.path}</bdi>],
    [t('fSha256'), item.sha256 && <code class="long">{item.sha256}</code>],
  ];
  return (
    <dl class="fields">
      {rows
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

export function About({ item }: { item: Item }) {
  const [taken, setTaken] = useState(0);
  const near = useLoaded(item.stored_pages > 0 ? `${item.item}` : null, (signal) => api.near(item.item, signal));
  const meta = item.meta.filter(({ key }) => key !== 'warning');
  const noticed = item.stored_pages > 1 && noticesOf(item).some(({ pages }) => pages.length > 0);
  return (
    <aside class="about" aria-label={t('about')}>
      <Part title={t('origin')}>
        <Chain item={item} />
        {item.name_escaped ? <p class="hint">{t('nameEscaped')}</p> : null}
      </Part>
      {item.dates.length > 0 ? <OwnDates item={item} /> : null}
      {noticed ? (
        <Part title={t('noticed')}>
          <NoticedPages item={item} />
        </Part>
      ) : null}
      {item.duplicates.length > 0 ? (
        <Part title={t('duplicates')}>
          <ul class="links">
            {item.duplicates.map((copy) => (
              <li key={copy.item}>
                <Link to={copy} />
                <bdi class="where">{copy.path}</bdi>
              </li>
            ))}
          </ul>
        </Part>
      ) : null}
      {near.value && near.value.near.length > 0 ? (
        <Part title={t('document.near')}>
          <NearOnes near={near.value.near} item={item} />
        </Part>
      ) : null}
      {item.children > 0 ? (
        <Part title={t('children')}>
          <Children item={item.item} />
        </Part>
      ) : null}
      <Part title={t('ledgerRow')}>
        <Facts item={item} />
        <Origin item={item} turn={taken} />
        <Download item={item} onTaken={() => setTaken(taken + 1)} />
      </Part>
      {meta.length > 0 ? (
        <Part title={t('metadata')}>
          <dl class="fields">
            {meta.map(({ key, value }, i) => (
              <div key={i}>
                <dt>
                  <bdi>{key}</bdi>
                </dt>
                <dd class="long" dir="auto">
                  {value}
                </dd>
              </div>
            ))}
          </dl>
        </Part>
      ) : null}
    </aside>
  );
}
