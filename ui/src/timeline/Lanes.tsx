// Lanes that the reader picks by typing: persons, bodies, places and folders, in an order of their own.

import { useEffect, useState } from 'preact/hooks';
import type { RefObject } from 'preact';
import { api } from '../api';
import { number, t } from '../i18n';
import type { PickedLane } from '../nav';
import { Icon } from '../parts/Icon';
import { kindName } from '../people/kinds';
import { tame } from '../tame';

const LANES_MAX = 12;
const PAUSE_MS = 120;

/** As the API takes them. */
export function linesOf(picked: PickedLane[]): string {
  return picked.map((lane) => ('id' in lane ? `#${lane.id}` : `/${lane.folder}`)).join('\n');
}

function titleOf(lane: PickedLane): string {
  if ('id' in lane) return lane.name;
  return tame(lane.folder) || t('timeline.folderTop');
}

interface Offer {
  lane: PickedLane;
  kind: string;
  documents: number;
}

async function offersFor(text: string, signal: AbortSignal): Promise<Offer[]> {
  const [{ names }, { folders }] = await Promise.all([api.complete(text, signal), api.timelineFolders(text, signal)]);
  return [
    ...names.map(({ id, name, kind, documents }) => ({ lane: { id, name }, kind: kindName(kind), documents })),
    ...folders.map(({ path, documents }) => ({ lane: { folder: path }, kind: t('filterFolder'), documents })),
  ];
}

/** What the letters may mean; null while nothing is typed or it is being looked for. */
function useOffers(text: string): Offer[] | null {
  const [found, setFound] = useState<{ text: string; offers: Offer[] } | null>(null);
  useEffect(() => {
    if (text.trim() === '') return;
    const control = new AbortController();
    const timer = setTimeout(() => {
      offersFor(text, control.signal).then(
        (offers) => setFound({ text, offers }),
        () => !control.signal.aborted && setFound({ text, offers: [] }),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [text]);
  return text.trim() !== '' && found?.text === text ? found.offers : null;
}

function Picker({ box, onPick }: { box: RefObject<HTMLInputElement>; onPick: (lane: PickedLane) => void }) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const offers = useOffers(text);
  const take = (offer: Offer | undefined) => {
    if (!offer) return;
    onPick(offer.lane);
    setText('');
    setAt(0);
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const count = offers?.length ?? 0;
    if (event.key === 'ArrowDown' && count > 0) setAt((at + 1) % count);
    else if (event.key === 'ArrowUp' && count > 0) setAt((at + count - 1) % count);
    else if (event.key === 'Enter') take(offers?.[at]);
    else if (event.key === 'Escape' && text !== '') setText('');
    else if (event.key === 'Escape') box.current?.blur();
    else return;
    event.preventDefault();
  };
  return (
    <div class="picker">
      <input
        ref={box}
        type="text"
        role="combobox"
        dir="auto"
        value={text}
        maxLength={200}
        autocomplete="off"
        spellcheck={false}
        aria-label={t('timeline.pick')}
        placeholder={t('timeline.pick')}
        aria-expanded={offers !== null && offers.length > 0}
        aria-controls="lane-offers"
        aria-activedescendant={offers?.length ? `lane-offer-${at}` : undefined}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="lane-offers" role="listbox" aria-label={t('timeline.pick')} hidden={!offers?.length}>
        {offers?.map((offer, i) => (
          <li
            key={linesOf([offer.lane])}
            id={`lane-offer-${i}`}
            role="option"
            aria-selected={i === at}
            onMouseDown={(event) => {
              event.preventDefault();
              take(offer);
            }}
          >
            <bdi>{titleOf(offer.lane)}</bdi> <span class="kind">{offer.kind}</span>
            <span class="count">{number(offer.documents)}</span>
          </li>
        ))}
      </ul>
      <p class="soft" role="status">
        {offers?.length === 0 ? t('timeline.pickNothing') : ''}
      </p>
    </div>
  );
}

function moved(picked: PickedLane[], from: number, by: 1 | -1): PickedLane[] {
  const next = [...picked];
  const [lane] = next.splice(from, 1);
  next.splice(from + by, 0, lane!);
  return next;
}

export function Lanes({ picked, box, onPicked }: {
  picked: PickedLane[];
  box: RefObject<HTMLInputElement>;
  onPicked: (picked: PickedLane[]) => void;
}) {
  const known = new Set(picked.map((lane) => linesOf([lane])));
  return (
    <div class="lanes-picked">
      {picked.length > 0 ? (
        <ol class="chips" aria-label={t('timeline.picked')}>
          {picked.map((lane, i) => {
            const name = titleOf(lane);
            return (
              <li key={linesOf([lane])}>
                <bdi>{name}</bdi>
                <button
                  type="button"
                  class="quiet"
                  disabled={i === 0}
                  aria-label={t('timeline.laneUp', { name })}
                  title={t('timeline.laneUp', { name })}
                  onClick={() => onPicked(moved(picked, i, -1))}
                >
                  <Icon name="up" />
                </button>
                <button
                  type="button"
                  class="quiet"
                  disabled={i === picked.length - 1}
                  aria-label={t('timeline.laneDown', { name })}
                  title={t('timeline.laneDown', { name })}
                  onClick={() => onPicked(moved(picked, i, 1))}
                >
                  <Icon name="down" />
                </button>
                <button
                  type="button"
                  class="quiet"
                  aria-label={t('timeline.laneOff', { name })}
                  title={t('timeline.laneOff', { name })}
                  onClick={() => onPicked(picked.filter((_, at) => at !== i))}
                >
                  <Icon name="close" />
                </button>
              </li>
            );
          })}
        </ol>
      ) : null}
      {picked.length < LANES_MAX ? (
        <Picker box={box} onPick={(lane) => !known.has(linesOf([lane])) && onPicked([...picked, lane])} />
      ) : (
        <p class="soft">{t('timeline.pickFull')}</p>
      )}
    </div>
  );
}
