// Who the results name most. It is counted on its own, so that the results never wait for it.

import { useState } from 'preact/hooks';
import { api, type NamedCounts } from '../api';
import { number, t } from '../i18n';
import { useLoaded, type Loaded } from '../load';
import type { Named } from '../nav';
import { kindsName } from '../people/kinds';

const FEW = 6;
const MANY = 50;

type Kind = NamedCounts['kinds'][number];

/** Of a query as it was asked; null while its results are not there. */
export function useNamed(asked: string | null): Loaded<NamedCounts> {
  return useLoaded(asked, (signal) => api.searchNames(asked!, MANY, signal));
}

function NamedFacet({ of: { kind, total, names }, onChoose }: { of: Kind; onChoose: (name: Named) => void }) {
  const [all, setAll] = useState(false);
  return (
    <section class="facet named">
      <h3>{kindsName(kind)}</h3>
      <ul>
        {names.slice(0, all ? MANY : FEW).map(({ id, name, documents }) => (
          <li key={id}>
            <button type="button" title={name} onClick={() => onChoose({ id, name })}>
              <bdi>{name}</bdi>
              <span class="count">{number(documents)}</span>
            </button>
          </li>
        ))}
      </ul>
      {names.length > FEW ? (
        <button type="button" class="link" onClick={() => setAll(!all)}>
          {all ? t('showFewer') : total > names.length ? t('search.mostNamed', { n: names.length }) : t('showAll', { n: total })}
        </button>
      ) : null}
    </section>
  );
}

/** Those that are chosen already stand above the results. */
export function NamedFacets({ found, named, onNamed }: {
  found: Loaded<NamedCounts>;
  named: Named[];
  onNamed: (named: Named[]) => void;
}) {
  if (found.error)
    return (
      <p class="facet hint" role="alert">
        {t('search.namesFailed')}{' '}
        <button type="button" class="link" onClick={found.again}>
          {t('retry')}
        </button>
      </p>
    );
  if (!found.value) return found.loading ? <p class="facet hint" role="status">{t('search.namesCount')}</p> : null;
  const chosen = new Set(named.map(({ id }) => id));
  const kinds = found.value.kinds.map((kind) => {
    const names = kind.names.filter(({ id }) => !chosen.has(id));
    return { ...kind, names, total: kind.total - (kind.names.length - names.length) };
  });
  return (
    <div aria-busy={found.loading}>
      {kinds
        .filter(({ names }) => names.length > 0)
        .map((kind) => (
          <NamedFacet key={kind.kind} of={kind} onChoose={(name) => onNamed([...named, name])} />
        ))}
    </div>
  );
}
