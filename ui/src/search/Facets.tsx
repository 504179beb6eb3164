// What the results divide into; a value chosen narrows them down.

import { useState } from 'preact/hooks';
import type { FacetValue, SearchResult } from '../api';
import { date, languageName, number, t, type Key } from '../i18n';
import { typeAndFormat } from '../i18n/types';
import type { FacetName, Filters } from '../nav';
import { Icon } from '../parts/Icon';
import { tame } from '../tame';

const FEW = 6;
const names: Record<FacetName, Key> = {
  type: 'filterType',
  lang: 'filterLang',
  year: 'filterYear',
  folder: 'filterFolder',
};

export function valueName(name: FacetName, value: string): string {
  if (name === 'type') return typeAndFormat(value);
  if (name === 'lang') return languageName(value);
  if (name === 'year') return value === 'none' ? t('undated') : date(value);
  return tame(value);
}

function Facet({
  name,
  values,
  onChoose,
}: {
  name: FacetName;
  values: FacetValue[];
  onChoose: (value: string) => void;
}) {
  const [all, setAll] = useState(false);
  const shown = all ? values : values.slice(0, FEW);
  return (
    <section class="facet">
      <h3>{t(names[name])}</h3>
      <ul>
        {shown.map(({ value, items }) => (
          <li key={value}>
            <button type="button" title={tame(value)} onClick={() => onChoose(value)}>
              <bdi>{value === '' ? t('unknown') : valueName(name, value)}</bdi>
              <span class="count">{number(items)}</span>
            </button>
          </li>
        ))}
      </ul>
      {values.length > FEW ? (
        <button type="button" class="link" onClick={() => setAll(!all)}>
          {all ? t('showFewer') : t('showAll', { n: values.length })}
        </button>
      ) : null}
    </section>
  );
}

export function Facets({
  facets,
  filters,
  onFilters,
}: {
  facets: SearchResult['facets'];
  filters: Filters;
  onFilters: (filters: Filters) => void;
}) {
  return (
    <>
      {(Object.keys(names) as FacetName[]).map((name) => {
        const values = (facets?.[name] ?? []).filter(({ value }) => value !== '');
        if (filters[name] !== undefined || values.length === 0) return null;
        return (
          <Facet
            key={name}
            name={name}
            values={values}
            onChoose={(value) => onFilters({ ...filters, [name]: value })}
          />
        );
      })}
    </>
  );
}

export function Chips({ filters, onFilters }: { filters: Filters; onFilters: (filters: Filters) => void }) {
  const on = Object.entries(filters) as [FacetName, string][];
  if (on.length === 0) return null;
  return (
    <ul class="chips">
      {on.map(([name, value]) => (
        <li key={name}>
          <button
            type="button"
            aria-label={t('filterRemove', { name: valueName(name, value) })}
            onClick={() => {
              const { [name]: _, ...rest } = filters;
              onFilters(rest);
            }}
          >
            <span class="what">{t(names[name])}</span> <bdi>{valueName(name, value)}</bdi>
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}
