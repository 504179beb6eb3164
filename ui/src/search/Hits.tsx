// The list of documents that answer. Rows are of one height, so that a list of any length can be
// scrolled through at once: what does not fit is cut off at the end of its line.

import type { Hit } from '../api';
import { langTag, languageName, t } from '../i18n';
import { hasSheets, typeName } from '../i18n/types';
import { Stands } from '../marks/LabelChip';
import { linkTo } from '../nav';
import { Marked } from '../parts/Marked';
import { Virtual } from '../parts/Virtual';
import { When } from '../parts/When';
import { Thumb } from './Thumb';
import { useRowHeight } from './height';
import type { Picked } from './picked';
import type { Results } from './results';

function folderOf(path: string, name: string): string {
  const folder = path.endsWith(name) ? path.slice(0, path.length - name.length) : path;
  return folder.replace(/(!?\/)$/, '');
}

function Facts({ hit }: { hit: Hit }) {
  const guessed = hit.marks.length > 0 && hit.misread.length === hit.marks.length;
  return (
    <p class="facts">
      <span>{typeName(hit.type)}</span>
      {hit.label && hasSheets(hit.type) ? <bdi>{hit.label}</bdi> : null}
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
  );
}

function HitRow({ hit, at, chosen, picked }: { hit: Hit | null; at: number; chosen: boolean; picked: Picked }) {
  if (!hit) return <span class="hit loading">…</span>;
  const folder = folderOf(hit.path, hit.name);
  // A story is found by its headline, a sheet by its workbook's name.
  const headline = hasSheets(hit.type) ? null : hit.label;
  return (
    <article class={chosen ? 'hit chosen' : 'hit'}>
      <input
        class="pick"
        type="checkbox"
        tabIndex={-1}
        aria-label={t('search.pick', { name: hit.title ?? hit.name })}
        title={`${t('search.pickHint')} (x)`}
        checked={picked.items.has(hit.item)}
        onChange={() => picked.toggle(hit.item)}
      />
      <div class="body">
        <h3>
          <a
            {...linkTo({ screen: 'item', item: hit.item, page: hit.page }, { chosen: at })}
            dir="auto"
            aria-current={chosen ? 'true' : undefined}
          >
            {headline ?? hit.title ?? hit.name}
          </a>
        </h3>
        <Facts hit={hit} />
        <p class="snippet" dir="auto" lang={langTag(hit.lang)}>
          <Marked text={hit.snippet} marks={hit.marks} misread={hit.misread} />
        </p>
        <p class="path" title={hit.path}>
          <Stands marked={hit.marked} />
          <bdi>{headline || hit.title ? hit.path : folder || hit.path}</bdi>
        </p>
      </div>
      {hit.image ? <Thumb key={`${hit.item}/${hit.page}`} item={hit.item} page={hit.page} /> : null}
    </article>
  );
}

export function Hits({ results, total, chosen, picked }: {
  results: Results;
  total: number;
  chosen: number | null;
  picked: Picked;
}) {
  const height = useRowHeight();
  return (
    <div class="hits">
      <Virtual
        count={total}
        height={height}
        chosen={chosen}
        label={t('search.hits')}
        onView={results.onView}
        row={(at) => <HitRow hit={results.at(at)} at={at} chosen={at === chosen} picked={picked} />}
      />
    </div>
  );
}
