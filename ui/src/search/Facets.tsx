// What the results divide into; a value chosen narrows them down.

import { useState } from 'preact/hooks';
import type { FacetValue, SearchResult } from '../api';
import { date, languageName, ledgerWord, number, t, type Key } from '../i18n';
import { typeAndFormat } from '../i18n/types';
import type { FacetName, Filters } from '../nav';
import { tame } from '../tame';

const FEW = 6;
const names: Record<FacetName, Key> = {
  type: 'filterType',
  lang: 'filterLang',
  year: 'filterYear',
  folder: 'filterFolder',
  outcome: 'search.outcome',
  tag: 'search.tag',
};

export function facetTitle(name: FacetName): Key {
  return names[name];
}

export function valueName(name: FacetName, value: string): string {
  if (name === 'type') return typeAndFormat(value);
  if (name === 'lang') return languageName(value);
  if (name === 'year') return value === 'none' ? t('undated') : date(value);
  if (name === 'outcome') return ledgerWord('outcome', value);
  return tame(value);
}

/** All years stand in their order; a few are those with most documents. */
function inOrder(name: FacetName, values: FacetValue[]): FacetValue[] {
  return name === 'year' ? [...values].sort((a, b) => a.value.localeCompare(b.value)) : values;
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
  const shown = all ? inOrder(name, values) : values.slice(0, FEW);
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
        const on = filters[name];
        // What is inside a chosen folder narrows further.
        const values = (facets?.[name] ?? []).filter(({ value }) => value !== '' && value !== on);
        if ((on !== undefined && name !== 'folder') || values.length === 0) return null;
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
