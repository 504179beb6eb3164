// What people say of one name: the name it is shown by, and notes.

import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { api, type Decision, type NamePage } from '../api';
import { date, t } from '../i18n';
import { decide } from './decide';

/** As the API caps them (bytes there, letters here: the server has the last word). */
const NAME_MAX = 200;
const NOTE_MAX = 4000;

type Verdict = Parameters<typeof api.decide>[0];

/** Recorded: the form goes. Refused: it stays with what was typed, and the bar says why. */
function saying(done: () => void): (verdict: Verdict) => void {
  return (verdict) => void decide(verdict).then((recorded) => recorded && done());
}

export function Rename({ name, done }: { name: NamePage; done: () => void }) {
  const [text, setText] = useState(name.name);
  const [why, setWhy] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const say = saying(done);
  useLayoutEffect(() => field.current?.select(), []);
  return (
    <form
      class="telling"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === '' || text.trim() === name.name) done();
        else say({ verdict: 'rename', a: `#${name.id}`, b: text.trim(), why });
      }}
      onKeyDown={(event) => event.key === 'Escape' && done()}
    >
      <label>
        {t('people.called')}
        <input
          ref={field}
          type="text"
          dir="auto"
          value={text}
          maxLength={NAME_MAX}
          autocomplete="off"
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
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
      <p class="buttons">
        <button type="submit" class="primary">{t('people.save')}</button>
        <button type="button" onClick={done}>{t('people.cancel')}</button>
        {name.called ? (
          <button type="button" onClick={() => say({ verdict: 'rename', a: `#${name.id}`, b: '', why })}>
            {t('people.uncalled', { name: name.written[0]?.spelling ?? '' })}
          </button>
        ) : null}
      </p>
    </form>
  );
}

function NoteForm({ name, note, done }: { name: NamePage; note: Decision | null; done: () => void }) {
  const [text, setText] = useState(note?.why ?? '');
  const field = useRef<HTMLTextAreaElement>(null);
  const say = saying(done);
  useLayoutEffect(() => field.current?.focus(), []);
  return (
    <form
      class="telling"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === (note?.why ?? '')) done();
        else say({ verdict: 'note', a: `#${name.id}`, why: text.trim(), ...(note ? { undoes: note.decision } : {}) });
      }}
      onKeyDown={(event) => event.key === 'Escape' && done()}
    >
      <textarea
        ref={field}
        dir="auto"
        rows={4}
        value={text}
        maxLength={NOTE_MAX}
        aria-label={t('people.note')}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <p class="buttons">
        <button type="submit" class="primary">{t('people.save')}</button>
        <button type="button" onClick={done}>{t('people.cancel')}</button>
      </p>
    </form>
  );
}

/** `open`: a note is being written: a new one, or in place of the one with that number. */
export function Notes({ name, open, onOpen }: { name: NamePage; open: number | null; onOpen: (note: number | null) => void }) {
  const done = () => onOpen(null);
  return (
    <section class="notes">
      <h2>{t('people.notes')}</h2>
      {name.notes.map((note) =>
        note.decision === open ? (
          <NoteForm key={note.decision} name={name} note={note} done={done} />
        ) : (
          <div key={note.decision}>
            <p class="note" dir="auto">{note.why}</p>
            <p class="soft">
              <time dateTime={note.at}>{date(note.at)}</time>
              {note.by ? <> · <bdi>{t('people.by', { name: note.by })}</bdi></> : null}{' '}
              <button type="button" class="link" onClick={() => onOpen(note.decision)}>{t('people.edit')}</button>
            </p>
          </div>
        ),
      )}
      {name.notes.length > 0 ? null : open === null ? (
        <button type="button" class="link" onClick={() => onOpen(0)}>
          {t('people.noteAdd')} <kbd aria-hidden="true">m</kbd>
        </button>
      ) : (
        <NoteForm name={name} note={null} done={done} />
      )}
    </section>
  );
}
