// What narrows the ledger down by words, type and folder; the list as a file; reading again.

import { useState } from 'preact/hooks';
import { api, type FacetValue } from '../api';
import { t, type Key } from '../i18n';
import { useLoaded } from '../load';
import type { LedgerView } from '../nav';
import { Letters } from '../parts/Letters';
import { save } from '../parts/save';
import { valueName } from '../search/Facets';

function Choice({ label, facet, value, values, onChoose }: {
  label: Key;
  facet: 'type' | 'folder';
  value: string;
  values: FacetValue[];
  onChoose: (value: string) => void;
}) {
  const named = values.map((one) => one.value).filter((one) => one !== '');
  // A value from elsewhere, or of which nothing is left, is still what is chosen.
  const all = value !== '' && !named.includes(value) ? [value, ...named] : named;
  return (
    <label>
      <span class="label">{t(label)}</span>
      <select value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="">{t('ledger.any')}</option>
        {all.map((one) => (
          <option key={one} value={one}>
            {valueName(facet, one)}
          </option>
        ))}
      </select>
    </label>
  );
}

async function download(view: LedgerView): Promise<void> {
  save(await api.ledgerCsv(view), 'ledger.csv');
}

export function Tools({ view, onShow, onAgain }: {
  view: LedgerView;
  onShow: (view: LedgerView) => void;
  onAgain: (() => void) | null;
}) {
  const overview = useLoaded('overview', api.overview);
  const [fetching, setFetching] = useState(false);
  const [failed, setFailed] = useState(false);
  const facets = overview.value?.facets;
  return (
    <div class="tools">
      <Letters
        className="ofpath"
        label={t('ledger.words')}
        value={view.words}
        max={200}
        onPause={(words) => onShow({ ...view, words })}
      />
      <Choice label="ledger.type" facet="type" value={view.type} values={facets?.type ?? []}
        onChoose={(type) => onShow({ ...view, type })} />
      <Choice label="ledger.folder" facet="folder" value={view.folder} values={facets?.folder ?? []}
        onChoose={(folder) => onShow({ ...view, folder })} />
      <span class="acts">
        <button
          type="button"
          disabled={fetching}
          onClick={() => {
            setFetching(true);
            setFailed(false);
            void download(view).catch(() => setFailed(true)).finally(() => setFetching(false));
          }}
        >
          {t(fetching ? 'ledger.csvBusy' : 'ledger.csv')}
        </button>
        {onAgain ? (
          <button type="button" aria-keyshortcuts="r" onClick={onAgain}>
            {t('ledger.again')}
          </button>
        ) : null}
      </span>
      {failed ? <p class="bad" role="alert">{t('ledger.csvFailed')}</p> : null}
    </div>
  );
}
