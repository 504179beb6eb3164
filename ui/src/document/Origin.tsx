// How an item came: when, from whom, through which containers, under which hashes; and the original itself.

import { useState } from 'preact/hooks';
import { api, type Item, type Provenance } from '../api';
import { bytes, date, t } from '../i18n';
import { useLoaded } from '../load';
import { linkTo } from '../nav';
import { save } from '../parts/save';
import { Failure, Waiting } from '../parts/State';
import { TakeOut } from '../parts/TakeOut';

function Steps({ of }: { of: Provenance }) {
  return (
    <ol class="chain">
      {[...of.steps].reverse().map((step) => (
        <li key={step.item} aria-current={step.item === of.item ? 'true' : undefined}>
          <a {...linkTo({ screen: 'item', item: step.item, page: 1 })} dir="auto" title={step.path}>
            {step.name}
          </a>
          {step.sha256 ? <code class="long hash">{step.sha256}</code> : null}
          <span class="kind">
            {step.sha256 ? bytes(step.bytes) : null} {step.modified ? date(step.modified) : null}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Told({ of }: { of: Provenance }) {
  const { intake } = of;
  return (
    <>
      <p>
        {t('document.received', { when: date(intake.at), n: intake.intake })} <bdi>{intake.source ?? ''}</bdi>
      </p>
      <p class="hint">
        <bdi class="long">{intake.paths}</bdi> · sanad {intake.program} {of.reader ? <>· {of.reader}</> : null}
      </p>
      <Steps of={of} />
      {of.copies.length > 0 ? (
        <>
          <h3>{t('duplicates')}</h3>
          <ul class="links">
            {of.copies.map((copy) => (
              <li key={copy.item}>
                <a {...linkTo({ screen: 'item', item: copy.item, page: 1 })} dir="auto">
                  {copy.name}
                </a>
                <bdi class="where" title={copy.path}>
                  {copy.path}
                </bdi>
                <span class="kind">
                  {copy.modified ? `${t('fModified')}: ${date(copy.modified)} · ` : ''}
                  {t('document.received', { when: date(copy.at), n: copy.intake })}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <h3>{t('document.custody')}</h3>
      <ol class="links custody">
        {of.custody.map((entry) => (
          <li key={entry.entry}>
            {t('document.entry', { n: entry.entry })} · {date(entry.at)} · <bdi>{entry.event}</bdi>
            <bdi class="long">{entry.detail}</bdi>
            <code class="long hash">{entry.chain}</code>
          </li>
        ))}
      </ol>
    </>
  );
}

/** Loaded when it is opened. */
export function Origin({ item, turn }: { item: Item; turn: number }) {
  const [open, setOpen] = useState(false);
  const loaded = useLoaded(open ? `${item.item}/${turn}` : null, (signal) => api.provenance(item.item, signal));
  return (
    <details class="provenance" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('document.provenance')}</summary>
      {loaded.error ? <Failure error={loaded.error} again={loaded.again} /> : null}
      {open && loaded.loading && !loaded.error ? <Waiting /> : null}
      {loaded.value ? <Told of={loaded.value} /> : null}
    </details>
  );
}

/** The name the server gives it: tame, and with the item's number. */
function nameIn(answer: Response, item: number): string {
  const name = /filename\*=UTF-8''(\S+)/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1];
  return name ? decodeURIComponent(name) : `item-${item}`;
}

async function takeOut(item: number, why: string): Promise<void> {
  const answer = await api.original(item, why);
  save(await answer.blob(), nameIn(answer, item));
}

export function Download({ item, onTaken }: { item: Item; onTaken: () => void }) {
  const [asked, setAsked] = useState(false);
  if (!item.sha256) return null;
  return (
    <p>
      <button type="button" class="download" onClick={() => setAsked(true)}>
        {t('document.download')}
      </button>
      {asked ? (
        <TakeOut
          action={t('document.take', { size: bytes(item.bytes) })}
          take={(why) => takeOut(item.item, why).then(onTaken)}
          onClose={() => setAsked(false)}
        />
      ) : null}
    </p>
  );
}
