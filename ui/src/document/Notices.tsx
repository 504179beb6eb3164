// The notices of a document: in full above the page they are about, and as links for what other pages hide.

import type { Item, Page } from '../api';
import { number, t } from '../i18n';
import { follow } from '../nav';
import { Detail } from '../parts/Detail';
import { noticesFor, noticesOf, type Notice } from './noticed';

const AT_ONCE = 4;
const SHORT = 160;

function One({ notice }: { notice: Notice }) {
  if (notice.words === '')
    return (
      <li>
        <Detail text={notice.says} />
      </li>
    );
  return (
    <li>
      <details open={notice.words.length <= SHORT}>
        <summary>{notice.says}</summary>
        <blockquote dir="auto">{notice.words}</blockquote>
      </details>
    </li>
  );
}

export function Notices({ item, page }: { item: Item; page: Page | null }) {
  const notices = noticesFor(item, page);
  if (notices.length === 0) return null;
  const list = (some: Notice[]) => (
    <ul>
      {some.map((notice, i) => (
        <One key={i} notice={notice} />
      ))}
    </ul>
  );
  return (
    <aside class="remark notices" aria-label={t('noticed')}>
      {list(notices.slice(0, AT_ONCE))}
      {notices.length > AT_ONCE ? (
        <details>
          <summary>{t('showAll', { n: notices.length })}</summary>
          {list(notices.slice(AT_ONCE))}
        </details>
      ) : null}
    </aside>
  );
}

/** Which pages have notices, for a document of several. */
export function NoticedPages({ item }: { item: Item }) {
  const notices = noticesOf(item).filter(({ pages }) => pages.length > 0);
  return (
    <ul class="links">
      {notices.map(({ pages, says }, i) => (
        <li key={i}>
          {pages.map(([first, last]) => (
            <a
              key={first}
              class="pages"
              href={`#/item/${item.item}/${first}`}
              onClick={follow({ screen: 'item', item: item.item, page: first })}
            >
              {first === last ? t('hitPage', { n: first }) : t('pageRange', { first: number(first), last: number(last) })}
            </a>
          ))}
          <Detail text={says} />
        </li>
      ))}
    </ul>
  );
}
