// What can be done with all that was found: narrow it down, keep the search, take the list or the originals away.

import { useState } from 'preact/hooks';
import { api } from '../api';
import { t } from '../i18n';
import { useKeys } from '../keys';
import type { Query } from '../nav';
import { Modal } from '../parts/Modal';
import { save, saveParcel } from '../parts/save';
import { TakeOut } from '../parts/TakeOut';
import type { Picked } from './picked';
import { viewOf } from './saved';

type Said = 'search.savedNow' | 'search.listSaved' | 'search.originalsSaved' | 'search.busy' | 'search.failed' | null;

function Naming({ start, onName, onClose }: { start: string; onName: (name: string) => void; onClose: () => void }) {
  const [name, setName] = useState(start);
  return (
    <Modal class="naming" title="naming-title" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') onName(name.trim());
          onClose();
        }}
      >
        <h2 id="naming-title">{t('search.save')}</h2>
        <label>
          <span class="label">{t('search.saveName')}</span>
          <input
            type="text"
            dir="auto"
            maxLength={60}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <p class="soft">{t('search.saveHint')}</p>
        <div class="tools">
          <button type="submit" class="primary" disabled={name.trim() === ''}>
            {t('search.save')}
          </button>
          <button type="button" onClick={onClose}>
            {t('close')}
          </button>
        </div>
      </form>
    </Modal>
  );
}

export function Actions({ query, asked, total, picked, onNarrow }: {
  query: Query;
  asked: string;
  total: number;
  picked: Picked;
  onNarrow: () => void;
}) {
  const [taking, setTaking] = useState(false);
  const [naming, setNaming] = useState(false);
  const [said, setSaid] = useState<Said>(null);
  const failed = (error: unknown) =>
    setSaid((error as { code?: string }).code === 'locked' ? 'search.busy' : 'search.failed');
  const keep = (name: string) =>
    void api.savedAdd(name, viewOf(query), asked).then(() => setSaid('search.savedNow'), failed);
  const take = () =>
    void api.exportList(asked, query.sort).then((blob) => {
      save(blob, 'results.csv');
      setSaid('search.listSaved');
    }, failed);
  const takeOriginals = async (why: string) => {
    const { id } = await api.originals(asked, [...picked.items], why);
    saveParcel(id, 'originals.zip');
    setSaid('search.originalsSaved');
  };
  const count = picked.items.size || total;
  useKeys('results', {
    v: () => setNaming(true),
    w: onNarrow,
    o: () => count > 0 && setTaking(true),
  });

  return (
    <div class="actions">
      <button type="button" class="small" disabled={query.q === ''} onClick={onNarrow}>
        {t('search.narrow')} <kbd aria-hidden="true">w</kbd>
      </button>
      <button type="button" class="small" onClick={() => setNaming(true)}>
        {t('search.save')} <kbd aria-hidden="true">v</kbd>
      </button>
      <button type="button" class="small" title={t('search.csvHint')} onClick={take}>
        {t('search.csv')}
      </button>
      <button type="button" class="small" disabled={count === 0} title={t('search.csvHint')} onClick={() => setTaking(true)}>
        {t(picked.items.size > 0 ? 'search.originalsPicked' : 'search.originals', { n: count })}{' '}
        <kbd aria-hidden="true">o</kbd>
      </button>
      {picked.items.size > 0 ? (
        <button type="button" class="link" onClick={picked.clear}>
          {t('search.pickNone')}
        </button>
      ) : null}
      <span role="status">{said ? t(said) : ''}</span>
      {naming ? (
        <Naming start={query.q || (query.within.at(-1) ?? '')} onName={keep} onClose={() => setNaming(false)} />
      ) : null}
      {taking ? (
        <TakeOut action={t('search.originalsTake', { n: count })} take={takeOriginals} onClose={() => setTaking(false)}>
          <p>{t('search.originalsWhat')}</p>
        </TakeOut>
      ) : null}
    </div>
  );
}
