// Choosing a tag or a list by its letters; a name that is not there yet is made at once.

import { useState } from 'preact/hooks';
import type { LabelKind } from '../api';
import { number, t, type Key } from '../i18n';
import { Modal } from '../parts/Modal';
import type { LabelChoice } from './acts';
import { fitting, folded, useLabels } from './labels';
import { LabelChip } from './LabelChip';

const SHOWN = 12;
const titles: Record<LabelKind, Key> = {
  tag: 'marks.tagTitle',
  highlight: 'marks.colourTitle',
  list: 'marks.listTitle',
};
/** Lists that a newsroom begins with, in the reader's language. */
const suggested: Key[] = ['marks.forTranslation', 'marks.toVerify'];

interface Option {
  key: string;
  name: string;
  colour: string;
  count: number | null;
  choice: LabelChoice;
}

function useOptions(kind: LabelKind, text: string): Option[] {
  const labels = useLabels().value?.labels ?? [];
  const wanted = folded(text);
  const there = fitting(labels, kind, text).slice(0, SHOWN);
  const options = there.map(
    ({ id, name, colour, marks }): Option => ({ key: `${id}`, name, colour, count: marks, choice: { label: id } }),
  );
  const isThere = (name: string) => labels.some((label) => label.kind === kind && folded(label.name) === folded(name));
  const made = (name: string): Option => ({ key: `+${name}`, name, colour: '', count: null, choice: { label_name: name } });
  const more = kind === 'list' ? suggested.map((key) => t(key)).filter((name) => folded(name).includes(wanted)) : [];
  const named = text.trim();
  const names = named === '' || more.includes(named) ? more : [...more, named];
  return [...options, ...names.filter((name) => !isThere(name)).map(made)];
}

export function LabelBox({ kind, onChoose, onClose }: {
  kind: LabelKind;
  onChoose: (choice: LabelChoice) => void;
  onClose: () => void;
}) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const options = useOptions(kind, text);

  const take = (option: Option | undefined) => {
    if (!option) return;
    onChoose(option.choice);
    onClose();
  };
  const move = (by: number) => setAt((now) => Math.min(options.length - 1, Math.max(0, now + by)));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') take(options[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal class="naming labelbox" title="labelbox-title" onClose={onClose}>
      <h2 id="labelbox-title">{t(titles[kind])}</h2>
      <input
        type="text"
        role="combobox"
        dir="auto"
        maxLength={100}
        autocomplete="off"
        aria-label={t(titles[kind])}
        aria-expanded={options.length > 0}
        aria-controls="labelbox-options"
        aria-activedescendant={options.length > 0 ? `labelbox-${at}` : undefined}
        placeholder={t('marks.labelHint')}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="labelbox-options" role="listbox" aria-label={t(titles[kind])}>
        {options.map((option, i) => (
          <li
            key={option.key}
            id={`labelbox-${i}`}
            role="option"
            aria-selected={i === at}
            onClick={() => take(option)}
          >
            {option.count === null ? <span class="soft">{t('marks.make')}</span> : null}
            <LabelChip name={option.name} colour={option.colour} />
            {option.count === null ? null : <span class="count">{number(option.count)}</span>}
          </li>
        ))}
      </ul>
      <div class="tools">
        <button type="button" class="primary" disabled={options.length === 0} onClick={() => take(options[at])}>
          {t('marks.choose')}
        </button>
        <button type="button" onClick={onClose}>
          {t('close')}
        </button>
      </div>
    </Modal>
  );
}
