// The search box in the frame. "/" brings the cursor here; what is typed is completed from the case's
// own names and words.

import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { useKeys } from '../keys';
import type { Query } from '../nav';
import { Icon } from '../parts/Icon';
import { Completions, optionId, useCompletions, type Completion } from './Completions';
import { replaced, typedAt, type Typed } from './typing';

const LIST = 'completions';
const untyped: Typed = { text: '', from: 0, to: 0, field: null };

export function Box({ query, onAsk }: { query: Query; onAsk: (query: Query) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(query.q);
  const [typed, setTyped] = useState<Typed>(untyped);
  const [chosen, setChosen] = useState<number | null>(null);
  const completions = useCompletions(typed);
  const open = completions.length > 0;

  useLayoutEffect(() => {
    setText(query.q);
    setTyped(untyped);
  }, [query.q]);
  useLayoutEffect(() => setChosen(null), [typed.text, typed.field]);
  useLayoutEffect(() => {
    const leave = () => setTyped(untyped);
    window.addEventListener('popstate', leave);
    return () => window.removeEventListener('popstate', leave);
  }, []);
  useKeys('everywhere', { '/': () => input.current?.select() });

  const ask = (q: string) => onAsk({ ...query, q, ...(q === '' && query.within.length === 0 ? { filters: {}, named: [] } : {}) });
  const take = ({ by }: Completion) => {
    const { q, at } = replaced(text, typed, by);
    setText(q);
    setTyped(untyped);
    // Once the new text stands in the box.
    requestAnimationFrame(() => input.current?.setSelectionRange(at, at));
  };
  const move = (step: number) => {
    const before = chosen ?? (step > 0 ? -1 : completions.length);
    const next = before + step;
    setChosen(next < 0 || next >= completions.length ? null : next);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const picked = chosen === null ? undefined : completions[chosen];
    if (event.key === 'Escape' && open) setTyped(untyped);
    else if (event.key === 'Escape') input.current?.blur();
    else if (event.key === 'ArrowDown' && open) move(1);
    else if (event.key === 'ArrowUp' && open) move(-1);
    else if (event.key === 'Enter' && picked) take(picked);
    else return;
    event.preventDefault();
  };
  return (
    <form
      class="box"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        setTyped(untyped);
        input.current?.blur();
        ask(text.trim());
      }}
    >
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        dir="auto"
        value={text}
        autocomplete="off"
        spellcheck={false}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={open ? LIST : undefined}
        aria-activedescendant={chosen === null ? undefined : optionId(chosen)}
        aria-label={t('searchLabel')}
        placeholder={t('searchPlaceholder')}
        onInput={(event) => {
          const { value, selectionStart } = event.currentTarget;
          setText(value);
          setTyped(typedAt(value, selectionStart ?? value.length));
        }}
        onKeyDown={onKey}
        onBlur={() => setTyped(untyped)}
      />
      {text !== '' ? (
        <button
          type="button"
          class="quiet"
          aria-label={t('clear')}
          onClick={() => {
            setText('');
            ask('');
            input.current?.focus();
          }}
        >
          <Icon name="close" />
        </button>
      ) : (
        <kbd aria-hidden="true">/</kbd>
      )}
      {open ? <Completions id={LIST} list={completions} chosen={chosen} onTake={take} /> : null}
    </form>
  );
}
