// What the case knows of an item: where it came from, its ledger row, its relatives.

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { api, type Item, type ItemLink } from '../api';
import { bytes, date, languageName, ledgerWord, number, t } from '../i18n';
import { typeAndFormat, typeName } from '../i18n/types';
import { useLoaded } from '../load';
import { follow } from '../nav';
import { Detail, detailOf } from '../parts/Detail';
import { When } from '../parts/When';
import { Outcome } from '../parts/Outcome';
import { Children } from './Children';
import { NamedDates, OwnDates, ownDate } from './Dates';
import { NoticedPages } from './Notices';
import { NearOnes } from './Near';
import { noticesOf } from './noticed';
import { Download, Origin } from './Origin';
import { Siblings } from './Siblings';
import type { Placed } from './place';

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

export function About({ item, place, marks }: { item: Item; place: Placed; marks: ComponentChildren }) {
  const [taken, setTaken] = useState(0);
  const near = useLoaded(item.stored_pages > 0 ? `${item.item}` : null, (signal) => api.near(item.item, signal));
  const meta = item.meta.filter(({ key }) => key !== 'warning' && key !== 'sheet-lines');
  const noticed = item.stored_pages > 1 && noticesOf(item).some(({ pages }) => pages.length > 0);
  return (
    <aside class="about" aria-label={t('about')}>
      <Part title={t('origin')}>
        <Chain item={item} />
        <Siblings item={item} />
        {item.name_escaped ? <p class="hint">{t('nameEscaped')}</p> : null}
      </Part>
      <Part title={t('docmarks.title')}>{marks}</Part>
      {item.dates.length > 0 ? (
        <Part title={t('ownDates')}>
          <OwnDates item={item} />
        </Part>
      ) : null}
      {item.stored_pages > 0 ? (
        <Part title={t('document.datesNamed')}>
          <NamedDates key={item.item} item={item.item} onPoint={place.point} onGo={place.go} />
        </Part>
      ) : null}
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
