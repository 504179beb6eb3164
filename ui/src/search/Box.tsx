// The search box in the frame. "/" brings the cursor here.

import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { useKeys } from '../keys';
import type { Query } from '../nav';
import { Icon } from '../parts/Icon';

export function Box({ query, onAsk }: { query: Query; onAsk: (query: Query) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(query.q);

  useEffect(() => setText(query.q), [query.q]);
  useKeys('everywhere', { '/': () => input.current?.select() });

  const ask = (q: string) => onAsk({ ...query, q, filters: q === '' ? {} : query.filters });
  return (
    <form
      class="box"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
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
        aria-label={t('searchLabel')}
        placeholder={t('searchPlaceholder')}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
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
    </form>
  );
}
