// What the letters in the search box may become: names and words of the case.

import { useEffect, useState } from 'preact/hooks';
import { api } from '../api';
import { number, t } from '../i18n';
import { useLoaded } from '../load';
import { useDid } from '../marks/did';
import { fitting } from '../marks/labels';
import { kindName } from '../people/kinds';
import { asField, labelKind, type Typed } from './typing';

const PAUSE_MS = 120;
const LABELS_GIVEN = 10;

export interface Completion {
  /** What stands in the query for it. */
  by: string;
  name: string;
  /** What it is and how much there is of it. */
  about: string;
}

/** Tags, lists and colours of the case, from the first letter on and before it. */
function useLabelNames(typed: Typed): Completion[] {
  const kind = labelKind(typed);
  const { turn } = useDid();
  const labels = useLoaded(kind && `${turn}`, (signal) => api.labels(signal)).value?.labels ?? [];
  if (!kind) return [];
  return fitting(labels.filter(({ removed }) => !removed), kind, typed.text)
    .slice(0, LABELS_GIVEN)
    .map(({ name, marks }) => ({ by: asField(typed.field!, name), name, about: number(marks) }));
}

/** Names and words of the case, once the reader pauses. */
function useCaseWords(typed: Typed): Completion[] {
  const [found, setFound] = useState<{ text: string; list: Completion[] }>({ text: '', list: [] });
  const text = labelKind(typed) ? '' : typed.text;
  const inName = typed.field === 'name';
  useEffect(() => {
    if (text === '') {
      setFound({ text: '', list: [] });
      return;
    }
    const control = new AbortController();
    const timer = setTimeout(() => {
      api.complete(text, control.signal).then(
        ({ names, words }) => {
          const list = names.map(({ name, kind, documents }) => ({
            by: asField('name', name),
            name,
            about: `${kindName(kind)} · ${t('documents', { n: documents })}`,
          }));
          const plain = words.map(({ word, pages }) => ({ by: word, name: word, about: t('pages', { n: pages }) }));
          setFound({ text, list: inName ? list : [...list, ...plain] });
        },
        () => !control.signal.aborted && setFound({ text: '', list: [] }),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [text, inName]);
  return text === '' ? [] : found.list;
}

/** For what is typed; empty while nothing is. */
export function useCompletions(typed: Typed): Completion[] {
  const words = useCaseWords(typed);
  const labels = useLabelNames(typed);
  return labelKind(typed) ? labels : words;
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
          key={`${one.about}/${one.by}`}
          id={optionId(i)}
          role="option"
          aria-selected={i === chosen}
          // Before the box loses the cursor.
          onMouseDown={(event) => {
            event.preventDefault();
            onTake(one);
          }}
        >
          <bdi>{one.name}</bdi>
          <span class="soft">{one.about}</span>
        </li>
      ))}
    </ul>
  );
}
