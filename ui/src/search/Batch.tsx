// A list of terms, pasted or from a file: how many documents and pages each finds.

import { useRef, useState } from 'preact/hooks';
import type { BatchRow } from '../api';
import { number, t } from '../i18n';
import { inWords } from '../i18n/refusals';
import { linkTo, noQuery } from '../nav';
import { csvOf } from '../parts/csv';
import { save } from '../parts/save';
import { Failure } from '../parts/State';
import { Virtual } from '../parts/Virtual';
import { startBatch, stopBatch, useBatch } from './termlist';

const ROW = 44;

function Row({ row }: { row: BatchRow | undefined }) {
  if (!row) return <span class="term">…</span>;
  return (
    <div class={row.reason ? 'term bad' : 'term'}>
      <span class="line">{number(row.line)}</span>
      {row.reason ? (
        <span class="asked" dir="auto">
          {row.term}
        </span>
      ) : (
        <a class="asked" dir="auto" {...linkTo({ screen: 'search' }, { query: { ...noQuery, q: row.term }, chosen: null })}>
          {row.term}
        </a>
      )}
      {row.reason || row.note ? (
        <span class="why" title={inWords(row.reason ?? row.note ?? '')}>
          {inWords(row.reason ?? row.note ?? '')}
        </span>
      ) : null}
      {row.reason ? null : (
        <span class="counts">
          <b>{t('documents', { n: row.documents })}</b> <span>{t('pages', { n: row.pages })}</span>
        </span>
      )}
    </div>
  );
}

function Table() {
  const { rows, total, running, error } = useBatch();
  if (total === 0) return null;
  const refused = rows.filter(({ reason }) => reason).length;
  const take = () =>
    save(
      csvOf([
        ['line', 'term', 'documents', 'pages', 'note'],
        ...rows.map((row) =>
          row.reason
            ? [row.line, row.term, null, null, inWords(row.reason)]
            : [row.line, row.term, row.documents, row.pages, row.note && inWords(row.note)],
        ),
      ]),
      'terms.csv',
    );
  return (
    <section class="terms" aria-label={t('search.batchTable')}>
      <div class="progress">
        <p role="status">
          {t('search.batchDone', { n: rows.length, all: total })}
          {refused > 0 ? ` · ${t('search.batchRefused', { n: refused })}` : ''}
        </p>
        <progress max={total} value={rows.length} aria-label={t('search.batchTable')} />
        {running ? (
          <button type="button" onClick={stopBatch}>
            {t('search.batchStop')}
          </button>
        ) : null}
        <button type="button" disabled={rows.length === 0} onClick={take}>
          {t('search.csv')}
        </button>
      </div>
      {error ? <Failure error={error} again={() => undefined} /> : null}
      <Virtual count={rows.length} height={ROW} label={t('search.batchTable')} row={(at) => <Row row={rows[at]} />} />
    </section>
  );
}

export function Batch() {
  const [text, setText] = useState('');
  const file = useRef<HTMLInputElement>(null);
  const read = async () => {
    const chosen = file.current?.files?.[0];
    // Bytes that are no UTF-8 become U+FFFD, by which their line is refused.
    if (chosen) setText(await chosen.text());
  };
  return (
    <div class="batch">
      <header>
        <h1>{t('search.batchTitle')}</h1>
        <p class="soft">{t('search.batchLead')}</p>
      </header>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          startBatch(text);
        }}
      >
        <textarea
          dir="auto"
          rows={8}
          value={text}
          spellcheck={false}
          aria-label={t('search.batchTerms')}
          placeholder={t('search.batchTerms')}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <div class="tools">
          <label>
            <span class="label">{t('search.batchFile')}</span>
            <input ref={file} type="file" accept=".txt,.csv,text/plain" onChange={() => void read()} />
          </label>
          <button type="submit" class="primary" disabled={text.trim() === ''}>
            {t('search.batchStart')}
          </button>
        </div>
      </form>
      <Table />
    </div>
  );
}
