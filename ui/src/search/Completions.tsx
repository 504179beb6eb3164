// What the letters in the search box may become: names and words of the case.

import { useEffect, useState } from 'preact/hooks';
import { api, type Name } from '../api';
import { t } from '../i18n';
import { kindName } from '../people/kinds';
import { asName, type Typed } from './typing';

const PAUSE_MS = 120;

export interface Completion {
  /** What stands in the query for it. */
  by: string;
  label: string;
  kind: Name['kind'] | null;
  count: number;
}

/** For what is typed, once the reader pauses; empty while nothing is. */
export function useCompletions(typed: Typed): Completion[] {
  const [found, setFound] = useState<{ text: string; list: Completion[] }>({ text: '', list: [] });
  useEffect(() => {
    if (typed.text === '') {
      setFound({ text: '', list: [] });
      return;
    }
    const control = new AbortController();
    const timer = setTimeout(() => {
      api.complete(typed.text, control.signal).then(
        ({ names, words }) => {
          const list = names.map(({ name, kind, documents }) => ({ by: asName(name), label: name, kind, count: documents }));
          const plain = words.map(({ word, pages }) => ({ by: word, label: word, kind: null, count: pages }));
          setFound({ text: typed.text, list: typed.inName ? list : [...list, ...plain] });
        },
        () => !control.signal.aborted && setFound({ text: '', list: [] }),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [typed.text, typed.inName]);
  return typed.text === '' ? [] : found.list;
}

export function optionId(at: number): string {
  return `completion-${at}`;
}

export function Completions({ id, list, chosen, onTake }: {
  id: string;
  list: Completion[];
  chosen: number | null;
  onTake: (completion: Completion) => void;
}) {
  return (
    <ul id={id} class="completions" role="listbox" aria-label={t('completions')}>
      {list.map((one, i) => (
        <li
          key={`${one.kind}/${one.by}`}
          id={optionId(i)}
          role="option"
          aria-selected={i === chosen}
          // Before the box loses the cursor.
          onMouseDown={(event) => {
            event.preventDefault();
            onTake(one);
          }}
        >
          <bdi>{one.label}</bdi>
          <span class="soft">
            {one.kind ? `${kindName(one.kind)} · ${t('documents', { n: one.count })}` : t('pages', { n: one.count })}
          </span>
        </li>
      ))}
    </ul>
  );
}
