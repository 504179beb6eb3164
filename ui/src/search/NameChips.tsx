// By which spellings the names of a query were searched; each can be switched off.

import type { UsedName } from '../api';
import { number, t } from '../i18n';
import { linkTo, type Query } from '../nav';
import { editName, swapName, switchSpelling } from './spellings';

function Used({ name, onSwitch, onSwap }: {
  name: UsedName;
  onSwitch: (spelling: string, on: boolean) => void;
  onSwap: (id: number) => void;
}) {
  if (name.id === undefined) return <p class="note" dir="auto">{t('nameUnknown', { name: name.asked })}</p>;
  return (
    <section class="used" aria-label={t('namesUsed')}>
      <p>
        <span class="soft">{t('namesUsed')}</span>{' '}
        <a {...linkTo({ screen: 'person', id: name.id })}>
          <bdi>{name.name ?? name.asked}</bdi>
        </a>
      </p>
      <ul class="chips">
        {name.spellings.map(({ spelling, mentions, used }) => (
          <li key={spelling}>
            <button
              type="button"
              aria-pressed={used}
              title={t(used ? 'nameOff' : 'nameOn', { name: spelling })}
              onClick={() => onSwitch(spelling, !used)}
            >
              <bdi>{spelling}</bdi> <span class="what">{number(mentions)}</span>
            </button>
          </li>
        ))}
      </ul>
      {name.left_out ? <p class="soft">{t('namesLeftOut', { n: name.left_out })}</p> : null}
      {name.others.length > 0 ? (
        <p class="soft">
          {t('nameOthers')}{' '}
          {name.others.map((other) => (
            <button key={other.id} type="button" class="link" onClick={() => onSwap(other.id)}>
              <bdi>{other.name}</bdi>
            </button>
          ))}
        </p>
      ) : null}
    </section>
  );
}

export function NameChips({ names, query, onQuery }: {
  names: UsedName[];
  query: Query;
  onQuery: (change: Pick<Query, 'q' | 'within'>) => void;
}) {
  const edit = (which: number, how: (q: string, which: number) => string) => {
    const parts = editName([...query.within, query.q], which, how);
    onQuery({ within: parts.slice(0, -1), q: parts.at(-1)! });
  };
  return (
    <>
      {names.map((name, i) => (
        <Used
          key={i}
          name={name}
          onSwitch={(spelling, on) => edit(i, (q, which) => switchSpelling(q, which, spelling, on))}
          onSwap={(id) => edit(i, (q, which) => swapName(q, which, id))}
        />
      ))}
    </>
  );
}
