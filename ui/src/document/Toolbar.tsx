// The line above a document: back, where it is and its name, results, matches, pages.

import { useState } from 'preact/hooks';
import type { Item } from '../api';
import { number, t } from '../i18n';
import { linkTo } from '../nav';
import { Icon } from '../parts/Icon';
import type { Matches } from './matches';

/** A number written in Latin, Persian or Arabic digits. */
function numberIn(text: string): number {
  const latin = text.replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) & 15));
  return Math.round(Number(latin));
}

function PageField({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) {
  const [text, setText] = useState<string | null>(null);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = numberIn(text ?? '');
        if (wanted >= 1 && wanted <= pages) onPage(wanted);
        setText(null);
      }}
    >
      <input
        inputMode="numeric"
        size={Math.max(2, String(pages).length)}
        aria-label={t('pageNumber')}
        value={text ?? number(page)}
        onInput={(event) => setText(event.currentTarget.value)}
        onBlur={() => setText(null)}
      />
      <span>{t('pageOf', { n: pages })}</span>
    </form>
  );
}

export function Pages({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) {
  return (
    <div class="stepper">
      <button type="button" aria-label={t('prevPage')} disabled={page <= 1} onClick={() => onPage(page - 1)}>
        <Icon name="previous" />
      </button>
      <PageField page={page} pages={pages} onPage={onPage} />
      <button type="button" aria-label={t('nextPage')} disabled={page >= pages} onClick={() => onPage(page + 1)}>
        <Icon name="next" />
      </button>
    </div>
  );
}

export function MatchSteps({ matches, pages }: { matches: Matches; pages: number[] }) {
  if (matches.count === 0 && pages.length === 0) return null;
  return (
    <div class="stepper">
      <button type="button" aria-label={t('prevHit')} onClick={matches.previous}>
        <Icon name="up" />
      </button>
      <span role="status">
        {matches.at < 0
          ? t('noMatchHere')
          : t('matchOf', { i: matches.at + 1, n: matches.count })}
        {pages.length > 1 ? <small> · {t('hitPages', { n: pages.length })}</small> : null}
      </span>
      <button type="button" aria-label={t('nextHit')} onClick={matches.next}>
        <Icon name="down" />
      </button>
    </div>
  );
}

/** To the documents behind and before this one in the list it was opened from. */
export function ResultSteps({ at, onStep }: { at: number | null; onStep: (by: 1 | -1) => void }) {
  if (at === null) return null;
  return (
    <div class="stepper results">
      <button type="button" aria-label={t('document.previousResult')} disabled={at === 0} onClick={() => onStep(-1)}>
        <Icon name="previous" />
      </button>
      <span>{t('document.result', { n: at + 1 })}</span>
      <button type="button" aria-label={t('document.nextResult')} onClick={() => onStep(1)}>
        <Icon name="next" />
      </button>
    </div>
  );
}

/** The containers around the document, the outermost first: always in view. */
function Crumbs({ item }: { item: Item }) {
  if (item.containers.length === 0) return null;
  return (
    <nav class="crumbs" aria-label={t('document.inside')}>
      <ol>
        {[...item.containers].reverse().map(({ item: id, name, path }) => (
          <li key={id}>
            <a {...linkTo({ screen: 'item', item: id, page: 1 })} dir="auto" title={path}>
              {name}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

export function Heading({ item, onBack }: { item: Item; onBack: () => void }) {
  return (
    <div class="heading">
      <button type="button" class="quiet" aria-label={t('back')} title={t('back')} onClick={onBack}>
        <Icon name="back" />
      </button>
      <div class="title">
        <Crumbs item={item} />
        <h1 dir="auto" title={item.path}>
          {item.title ?? item.name}
        </h1>
      </div>
      <span class="sr">{number(item.item)}</span>
    </div>
  );
}
