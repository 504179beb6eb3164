// What narrows the query down: earlier queries and chosen filters, each with a way to take it off.

import type { ComponentChildren } from 'preact';
import { t } from '../i18n';
import type { FacetName, Query } from '../nav';
import { Icon } from '../parts/Icon';
import { facetTitle, valueName } from './Facets';

function Chip({ label, onOff, children }: { label: string; onOff: () => void; children: ComponentChildren }) {
  return (
    <li>
      <button type="button" aria-label={label} onClick={onOff}>
        {children}
        <Icon name="close" />
      </button>
    </li>
  );
}

export function Chips({ query, onQuery }: { query: Query; onQuery: (change: Partial<Query>) => void }) {
  const { within, filters, named } = query;
  const on = Object.entries(filters) as [FacetName, string][];
  if (on.length === 0 && within.length === 0 && named.length === 0 && query.since === null) return null;
  return (
    <ul class="chips">
      {query.since === null ? null : (
        <Chip label={t('search.sinceRemove')} onOff={() => onQuery({ since: null })}>
          <bdi>{t('search.since')}</bdi>
        </Chip>
      )}
      {within.map((q, i) => (
        <Chip
          key={`${i}/${q}`}
          label={t('search.withinRemove', { name: q })}
          onOff={() => onQuery({ within: within.filter((_, at) => at !== i) })}
        >
          <span class="what">{t('search.within')}</span> <bdi>{q}</bdi>
        </Chip>
      ))}
      {on.map(([name, value]) => (
        <Chip
          key={name}
          label={t('filterRemove', { name: valueName(name, value) })}
          onOff={() => {
            const { [name]: _, ...rest } = filters;
            onQuery({ filters: rest });
          }}
        >
          <span class="what">{t(facetTitle(name))}</span> <bdi>{valueName(name, value)}</bdi>
        </Chip>
      ))}
      {named.map(({ id, name }) => (
        <Chip
          key={`named${id}`}
          label={t('filterRemove', { name })}
          onOff={() => onQuery({ named: named.filter((one) => one.id !== id) })}
        >
          <span class="what">{t('search.names')}</span> <bdi>{name}</bdi>
        </Chip>
      ))}
    </ul>
  );
}
