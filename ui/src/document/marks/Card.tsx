// One mark in the panel: what it says, by whom, and what can be done with it.

import { useState } from 'preact/hooks';
import { api, type Mark } from '../../api';
import { date, langTag, languageName, t } from '../../i18n';
import { useLoaded } from '../../load';
import { changeMark, removeMark, setDone } from '../../marks/acts';
import { LabelChip } from '../../marks/LabelChip';
import { linkTo } from '../../nav';
import { Icon } from '../../parts/Icon';
import { Write } from './Write';

/** Translations stand beside the passage, each in its own language and direction. */
function Body({ mark, quoteLang }: { mark: Mark; quoteLang: string | null }) {
  const beside = mark.kind === 'translation' && mark.quote !== '';
  return (
    <div class={beside ? 'beside' : undefined}>
      {mark.quote ? <blockquote dir="auto" lang={langTag(quoteLang)}>{mark.quote}</blockquote> : null}
      {mark.text ? <p class="said-text" dir="auto" lang={langTag(mark.lang)}>{mark.text}</p> : null}
    </div>
  );
}

function Revisions({ mark }: { mark: Mark }) {
  const loaded = useLoaded(`${mark.id}/${mark.revisions}`, (signal) => api.markRevisions(mark.id, signal));
  return (
    <ol class="revisions">
      {(loaded.value?.revisions ?? []).slice(1).map((one) => (
        <li key={one.revision}>
          <p class="said-text" dir="auto" lang={langTag(one.lang)}>{one.text}</p>
          <p class="soft">{one.by ? <><bdi>{one.by}</bdi> · </> : null}{date(one.at)}</p>
        </li>
      ))}
    </ol>
  );
}

function Facts({ mark, old, onOld }: { mark: Mark; old: boolean; onOld: () => void }) {
  return (
    <p class="soft">
      {mark.by ? <><bdi>{mark.by}</bdi> · </> : null}<time dateTime={mark.at}>{date(mark.at)}</time>
      {mark.kind === 'translation' && mark.lang ? <> · {languageName(mark.lang)}</> : null}
      {mark.revisions > 1 ? (
        <> · <button type="button" class="link" aria-expanded={old} onClick={onOld}>{t('docmarks.earlier', { n: mark.revisions - 1 })}</button></>
      ) : null}
      {mark.state === 'done' ? <> · {t('docmarks.doneBy', { name: mark.done_by })}</> : null}
      {mark.kind !== 'translation' ? null : mark.checked_at ? (
        <> · {t('docmarks.checkedBy', { name: mark.checked_by })}</>
      ) : (
        <> · <span class="unchecked">{t('docmarks.unchecked')}</span></>
      )}
    </p>
  );
}

export function Card({ mark, item, quoteLang, chosen, onGo }: {
  mark: Mark;
  item: number;
  /** Of the document's words. */
  quoteLang: string | null;
  chosen: boolean;
  onGo: () => void;
}) {
  const [editing, setEditing] = useState(false);
  const [old, setOld] = useState(false);
  const written = mark.kind === 'note' || mark.kind === 'translation';
  const kind = t(`marks.kind.${mark.kind}`);
  return (
    <li class={chosen ? 'chosen' : undefined} data-kind={mark.kind} data-colour={mark.colour || undefined}>
      <p class="cardhead">
        <button type="button" class="link" onClick={onGo} aria-current={chosen || undefined}>{kind}</button>
        {mark.label > 0 ? <LabelChip name={mark.name} colour={mark.colour} /> : null}
        <button
          type="button"
          class="quiet"
          aria-label={t('docmarks.removeOne', { name: mark.name || kind })}
          title={t('docmarks.remove')}
          onClick={() => void removeMark(mark)}
        >
          <Icon name="close" />
        </button>
      </p>
      {editing && written ? (
        <Write
          kind={mark.kind as 'note' | 'translation'}
          first={mark}
          quote={mark.quote}
          page={0}
          onSave={({ text, lang }) => changeMark(mark, { text, lang }, { text: mark.text, lang: mark.lang })}
          onClose={() => setEditing(false)}
        />
      ) : (
        <Body mark={mark} quoteLang={quoteLang} />
      )}
      <Facts mark={mark} old={old} onOld={() => setOld(!old)} />
      {old ? <Revisions mark={mark} /> : null}
      {mark.item !== item ? (
        <p class="soft">
          <a {...linkTo({ screen: 'item', item: mark.item, page: Math.max(1, mark.page) })}>{t('docmarks.onDuplicate')}</a>
        </p>
      ) : null}
      <p class="buttons">
        {written && !editing ? <button type="button" onClick={() => setEditing(true)}>{t('docmarks.edit')}</button> : null}
        {mark.kind === 'translation' ? (
          <button
            type="button"
            aria-pressed={mark.checked_at !== null}
            onClick={() => void changeMark(mark, { checked: !mark.checked_at }, { checked: mark.checked_at !== null })}
          >
            {t('docmarks.checked')}
          </button>
        ) : null}
        {mark.kind === 'list' ? (
          <button type="button" aria-pressed={mark.state === 'done'} onClick={() => void setDone(mark, mark.state !== 'done')}>
            {t('docmarks.done')}
          </button>
        ) : null}
      </p>
    </li>
  );
}
