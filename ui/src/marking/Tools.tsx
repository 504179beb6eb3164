// What narrows the list of marks down, and takes it away as a table.

import { useRef, useState } from 'preact/hooks';
import { api, type Labels } from '../api';
import { t } from '../i18n';
import { useKeys } from '../keys';
import type { MarkingView } from '../nav';
import { Letters } from '../parts/Letters';
import { save } from '../parts/save';

/** Who has marked something, "" for nobody in particular. */
function People({ all, view, onView }: { all: Labels; view: MarkingView; onView: (view: MarkingView) => void }) {
  const people = [...new Map(all.sums.map(({ by, mine }) => [by, mine]))];
  if (people.length < 2 && view.by === '' && !view.mine) return null;
  return (
    <label>
      <span class="label">{t('marking.by')}</span>
      <select
        value={view.mine ? ' mine' : view.by}
        onChange={({ currentTarget: { value } }) =>
          onView({ ...view, mine: value === ' mine', by: value === ' mine' ? '' : value })
        }
      >
        <option value="">{t('marking.anybody')}</option>
        <option value=" mine">{t('marking.me')}</option>
        {people
          .filter(([by, mine]) => by !== '' && !mine)
          .map(([by]) => (
            <option key={by} value={by}>
              {by}
            </option>
          ))}
      </select>
    </label>
  );
}

function States({ view, onView }: { view: MarkingView; onView: (view: MarkingView) => void }) {
  return (
    <label>
      <span class="label">{t('marking.state')}</span>
      <select
        value={view.state}
        onChange={({ currentTarget: { value } }) => onView({ ...view, state: value as MarkingView['state'] })}
      >
        <option value="">{t('marking.openAndDone')}</option>
        <option value="open">{t('marking.open')}</option>
        <option value="done">{t('marking.done')}</option>
      </select>
    </label>
  );
}

export function Tools({ all, view, onView }: { all: Labels; view: MarkingView; onView: (view: MarkingView) => void }) {
  const box = useRef<HTMLInputElement>(null);
  const [failed, setFailed] = useState(false);
  useKeys('marking', { f: () => box.current?.select() });
  const take = () => {
    setFailed(false);
    api.marksCsv(view).then(
      (blob) => save(blob, 'marks.csv'),
      () => setFailed(true),
    );
  };
  return (
    <div class="tools">
      <Letters
        box={box}
        className="letters"
        label={t('marking.filter')}
        value={view.q}
        max={200}
        onPause={(q) => onView({ ...view, q })}
      />
      {view.kind === 'list' ? <States view={view} onView={onView} /> : null}
      <People all={all} view={view} onView={onView} />
      <label>
        <span class="label">{t('sort')}</span>
        <select
          value={view.sort}
          onChange={({ currentTarget: { value } }) => onView({ ...view, sort: value as MarkingView['sort'] })}
        >
          <option value="">{t('marking.newest')}</option>
          <option value="oldest">{t('marking.oldest')}</option>
          <option value="place">{t('marking.byPlace')}</option>
        </select>
      </label>
      <button type="button" class="link" onClick={take}>
        {t('marking.csv')}
      </button>
      {failed ? (
        <span class="bad" role="alert">
          {t('marking.csvFailed')}
        </span>
      ) : null}
    </div>
  );
}
