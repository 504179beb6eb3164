// How an item's reading ended, said in words, with what to do next.

import type { Item, Page } from '../api';
import { hint, t, type Key } from '../i18n';
import { follow } from '../nav';
import { Detail, detailOf } from '../parts/Detail';
import { Outcome } from '../parts/Outcome';
import { Empty } from '../parts/State';
import { Children } from './Children';
import { Notices } from './Notices';

/** What to type in a terminal; the words in capitals are the reader's. */
const commands: Record<string, string> = {
  password: 'sanad retry CASE --password-file FILE',
  'limit-time': 'sanad retry CASE --reason limit-time',
  'limit-memory': 'sanad retry CASE --reason limit-memory --memory 2048',
  'no-language-model': 'sanad retry CASE --reason no-language-model',
  'no-converter': 'sanad retry CASE --reason no-converter',
  'missing-part': 'sanad add CASE FILE',
  unreadable: 'sanad add CASE FILE',
  vanished: 'sanad add CASE FILE',
  corrupt: 'sanad export CASE ITEM -o FILE',
  unsupported: 'sanad export CASE ITEM -o FILE',
  'no-speech-reader': 'sanad export CASE ITEM -o FILE',
};

/** The word whose hint fits: not all that is locked opens with a password. */
function caseOf(item: Item): string {
  if (item.outcome === 'waiting') return 'waiting';
  if (item.reason === 'password' && !item.detail?.includes('--password-file')) return 'key';
  return item.reason ?? '';
}

function Advice({ item }: { item: Item }) {
  const word = caseOf(item);
  const command = commands[word]?.replace('ITEM', String(item.item));
  const detail = item.duplicate_of === null ? detailOf(item) : '';
  const advice = word === 'no-words' && detail ? '' : hint(word);
  return (
    <>
      {detail ? (
        <p>
          <Detail text={detail} />
        </p>
      ) : null}
      {advice ? <p>{advice}</p> : null}
      {command ? (
        <p>
          <code class="command" dir="ltr">
            {command}
          </code>
        </p>
      ) : null}
    </>
  );
}

function titleOf(item: Item): Key {
  if (item.outcome === 'failed') return 'notReadTitle';
  if (item.outcome === 'waiting') return 'waitingTitle';
  if (item.outcome === 'duplicate') return 'duplicateTitle';
  return item.children > 0 ? 'children' : 'noTextTitle';
}

/** Stands where the text would. */
export function NoText({ item }: { item: Item }) {
  const first = item.duplicates.find((copy) => copy.item === item.duplicate_of);
  const to = { screen: 'item', item: item.duplicate_of ?? item.item, page: 1 } as const;
  return (
    <Empty title={t(titleOf(item))}>
      <p>
        <Outcome outcome={item.outcome} reason={item.reason} />
      </p>
      {item.duplicate_of !== null ? (
        <p>
          <a href={`#/item/${to.item}/1`} dir="auto" onClick={follow(to)}>
            {t('readThat', { n: to.item, name: first?.name ?? item.name })}
          </a>
        </p>
      ) : null}
      <Advice item={item} />
      <Notices item={item} page={null} />
      {item.children > 0 ? <Children item={item.item} /> : null}
    </Empty>
  );
}

/** Stands above a text that is not all there is, or not to be trusted; unless the page says so itself. */
export function Remark({ item, page }: { item: Item; page: Page }) {
  const byPage = item.reason === 'low-confidence' ? item.pages === 1 : item.reason === 'no-words' && page.confidence !== null;
  if (item.reason === null || byPage) return null;
  return (
    <aside class={item.outcome === 'failed' ? 'remark failed' : 'remark'}>
      <p>
        <Outcome outcome={item.outcome} reason={item.reason} />
      </p>
      <Advice item={item} />
    </aside>
  );
}
