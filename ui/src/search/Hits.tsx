// The list of documents that answer.

import { useEffect, useRef } from 'preact/hooks';
import type { Hit } from '../api';
import { langTag, languageName, t } from '../i18n';
import { typeName } from '../i18n/types';
import { follow } from '../nav';
import { Marked } from '../parts/Marked';
import { When } from '../parts/When';

function folderOf(path: string, name: string): string {
  const folder = path.endsWith(name) ? path.slice(0, path.length - name.length) : path;
  return folder.replace(/(!?\/)$/, '');
}

function HitRow({ hit, at, chosen }: { hit: Hit; at: number; chosen: boolean }) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const guessed = hit.marks.length > 0 && hit.misread.length === hit.marks.length;
  const folder = folderOf(hit.path, hit.name);
  return (
    <li ref={row} class={chosen ? 'hit chosen' : 'hit'}>
      <h3>
        <a
          href={`#/item/${hit.item}/${hit.page}`}
          dir="auto"
          aria-current={chosen ? 'true' : undefined}
          onClick={follow({ screen: 'item', item: hit.item, page: hit.page }, { chosen: at })}
        >
          {hit.label ?? hit.title ?? hit.name}
        </a>
      </h3>
      <p class="facts">
        <span>{typeName(hit.type)}</span>
        {hit.lang ? <span>{languageName(hit.lang)}</span> : null}
        <When of={hit} />
        {hit.ocr ? <abbr title={t('ocrHint')}>{t('ocr')}</abbr> : null}
        {guessed ? (
          <abbr class="guessed" title={t('misreadHint')}>
            {t('perhapsMisread')}
          </abbr>
        ) : null}
        {hit.pages > 1 ? <span>{t('hitPages', { n: hit.pages })}</span> : null}
        {hit.page > 1 ? <span>{t('hitPage', { n: hit.page })}</span> : null}
      </p>
      <p class="snippet" dir="auto" lang={langTag(hit.lang)}>
        <Marked text={hit.snippet} marks={hit.marks} misread={hit.misread} />
      </p>
      <p class="path" title={hit.path}>
        <bdi>{hit.label || hit.title ? hit.path : folder || hit.path}</bdi>
      </p>
    </li>
  );
}

export function Hits({ hits, chosen }: { hits: Hit[]; chosen: number | null }) {
  return (
    <ol class="hits">
      {hits.map((hit, i) => (
        <HitRow key={hit.item} hit={hit} at={i} chosen={i === chosen} />
      ))}
    </ol>
  );
}
