// All marks of the document, those of the whole first, then page by page; a click goes there.

import type { Item, Mark } from '../../api';
import { t } from '../../i18n';
import { Card } from './Card';

function byPage(marks: Mark[]): [page: number, marks: Mark[]][] {
  const pages = new Map<number, Mark[]>();
  for (const mark of marks) pages.set(mark.page, [...(pages.get(mark.page) ?? []), mark]);
  return [...pages].sort(([a], [b]) => a - b);
}

export function Panel({ item, marks, chosen, onGo }: {
  item: Item;
  marks: Mark[];
  chosen: number;
  onGo: (mark: Mark) => void;
}) {
  const standing = marks.filter((mark) => !mark.removed);
  if (standing.length === 0) return <p class="soft">{t('docmarks.none')}</p>;
  return (
    <>
      {byPage(standing).map(([page, own]) => (
        <section key={page} class="markgroup">
          <h3>{page === 0 ? t('docmarks.document') : t('docmarks.page', { n: page })}</h3>
          <ul class="markcards">
            {own.map((mark) => (
              <Card
                key={mark.id}
                mark={mark}
                item={item.item}
                quoteLang={item.lang}
                chosen={mark.id === chosen}
                onGo={() => onGo(mark)}
              />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
