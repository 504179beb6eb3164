// What narrows the ledger down by words, type and folder; the list as a file; reading again.

import { useEffect, useState } from 'preact/hooks';
import { api, type FacetValue } from '../api';
import { t, type Key } from '../i18n';
import { useLoaded } from '../load';
import type { LedgerView } from '../nav';
import { valueName } from '../search/Facets';

const PAUSE_MS = 200;

function Words({ view, onShow }: { view: LedgerView; onShow: (view: LedgerView) => void }) {
  const [text, setText] = useState(view.words);
  useEffect(() => setText(view.words), [view.words]);
  useEffect(() => {
    if (text === view.words) return;
    const timer = setTimeout(() => onShow({ ...view, words: text }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <input
      type="search"
      class="ofpath"
      dir="auto"
      value={text}
      maxLength={200}
      autocomplete="off"
      spellcheck={false}
      aria-label={t('ledger.words')}
      placeholder={t('ledger.words')}
      onInput={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}

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

/** The list goes through memory, not through an address: browsers write addresses of downloads to disk. */
async function download(view: LedgerView): Promise<void> {
  const blob = await api.ledgerCsv(view);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = 'ledger.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
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
      <Words view={view} onShow={onShow} />
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
