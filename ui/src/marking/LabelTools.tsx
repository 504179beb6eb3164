// The label that is chosen: its name and colour can be changed, and it can be removed with its marks.

import { useLayoutEffect, useState } from 'preact/hooks';
import { api, type Colour, type Label } from '../api';
import { t } from '../i18n';
import { act } from '../marks/did';
import { colours } from '../marks/labels';

function change(label: Label, to: { name?: string; colour?: Colour }): void {
  void act(async () => {
    await api.labelChange(label.id, to);
    return { says: 'marks.changed', undo: () => api.labelChange(label.id, { name: label.name, colour: label.colour }) };
  });
}

function remove(label: Label, onGone: () => void): void {
  void act(async () => {
    await api.labelRemove(label.id, true);
    return { says: 'marks.removed', undo: () => api.labelRestore(label.id) };
  }).then((done) => done && onGone());
}

export function LabelTools({ label, onGone }: { label: Label; onGone: () => void }) {
  const [name, setName] = useState(label.name);
  useLayoutEffect(() => setName(label.name), [label.id, label.name]);
  const changed = name.trim() !== '' && name.trim() !== label.name;
  return (
    <details class="labeltools">
      <summary>{t('marking.change')}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (changed) change(label, { name: name.trim() });
        }}
      >
        <input
          type="text"
          dir="auto"
          maxLength={100}
          aria-label={t('marking.name')}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <button type="submit" disabled={!changed}>
          {t('marking.rename')}
        </button>
        <span class="colours" role="group" aria-label={t('marks.colourTitle')}>
          {colours.map((colour) => (
            <button
              key={colour}
              type="button"
              data-colour={colour}
              aria-label={t(`marks.colour.${colour}`)}
              title={t(`marks.colour.${colour}`)}
              aria-pressed={label.colour === colour}
              onClick={() => change(label, { colour })}
            />
          ))}
        </span>
        <button type="button" class="link" onClick={() => remove(label, onGone)}>
          {label.marks > 0 ? t('marking.removeWith', { n: label.marks }) : t('marking.removeLabel')}
        </button>
      </form>
    </details>
  );
}
