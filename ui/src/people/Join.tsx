// Saying that a name is the same as another, or is not: the other is found by letters.

import { useState } from 'preact/hooks';
import { api, type NamePage } from '../api';
import { t } from '../i18n';
import { useLoaded } from '../load';
import { Letters } from '../parts/Letters';
import { decide } from './decide';
import { kindName } from './kinds';

const SHOWN = 8;

type Choice = 'same' | 'different' | 'unsure';
const choices: Choice[] = ['same', 'different', 'unsure'];

export function Choices({ onChoose, name }: { onChoose: (verdict: Choice) => void; name: string }) {
  return (
    <span class="choices" role="group" aria-label={name}>
      {choices.map((verdict) => (
        <button key={verdict} type="button" onClick={() => onChoose(verdict)}>
          {t(`people.${verdict}`)}
        </button>
      ))}
    </span>
  );
}

export function Join({ name }: { name: NamePage }) {
  const [text, setText] = useState('');
  const [why, setWhy] = useState('');
  const asked = text.trim();
  const found = useLoaded(asked === '' ? null : asked, (signal) =>
    api.names({ kind: '', text: asked, sort: 'documents' }, 0, SHOWN, signal),
  );
  const others = asked === '' ? [] : (found.value?.names ?? []).filter(({ id }) => id !== name.id);
  return (
    <details class="join">
      <summary>{t('people.join')}</summary>
      <Letters label={t('people.joinHint')} value={text} max={80} onPause={setText} />
      <input
        type="text"
        dir="auto"
        value={why}
        maxLength={1000}
        autocomplete="off"
        aria-label={t('people.why')}
        placeholder={t('people.why')}
        onInput={(event) => setWhy(event.currentTarget.value)}
      />
      <ul>
        {others.map((other) => (
          <li key={other.id}>
            <span>
              <bdi>{other.name}</bdi> <span class="soft">{kindName(other.kind)}</span>
            </span>
            <Choices
              name={other.name}
              onChoose={(verdict) => {
                setText('');
                setWhy('');
                void decide({ verdict, a: `#${name.id}`, b: `#${other.id}`, why });
              }}
            />
          </li>
        ))}
      </ul>
    </details>
  );
}
