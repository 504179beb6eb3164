// Before anything is asked: what the case holds, and how to ask.

import { api } from '../api';
import { bytes, currentLang, ledgerWord, number, t, type Key, type Lang } from '../i18n';
import { useLoaded } from '../load';
import { follow, go, noQuery } from '../nav';
import { KeyLines } from '../parts/Keys';
import { Empty, Failure, Waiting } from '../parts/State';
import { Kept } from './Kept';

/** In the reader's language; all ask the same kinds of questions. */
const examples: Record<Lang, [string, Key][]> = {
  en: [
    ['minister border', 'howWords'],
    ['"border crossing"', 'howPhrase'],
    ['minister OR ambassador', 'howEither'],
    ['visa -transit', 'howNot'],
    ['minist*', 'howPrefix'],
    ['embasy~', 'howTypo'],
    ['ocr~embassy', 'howMisread'],
    ['border type:mail lang:fas', 'howFilter'],
  ],
  fa: [
    ['وزیر مرز', 'howWords'],
    ['"گذرگاه مرزی"', 'howPhrase'],
    ['وزیر OR سفیر', 'howEither'],
    ['روادید -ترانزیت', 'howNot'],
    ['وزار*', 'howPrefix'],
    ['سفارط~', 'howTypo'],
    ['ocr~سفارت', 'howMisread'],
    ['مرز type:mail lang:fas', 'howFilter'],
  ],
  ar: [
    ['وزير حدود', 'howWords'],
    ['"معبر حدودي"', 'howPhrase'],
    ['وزير OR سفير', 'howEither'],
    ['تأشيرة -عبور', 'howNot'],
    ['وزار*', 'howPrefix'],
    ['سفارت~', 'howTypo'],
    ['ocr~سفارة', 'howMisread'],
    ['حدود type:mail lang:fas', 'howFilter'],
  ],
};

function Outcomes({ outcomes, total }: { outcomes: Record<string, number>; total: number }) {
  const shown = Object.entries(outcomes).filter(([, n]) => n > 0);
  return (
    <>
      <div class="bar" aria-hidden="true">
        {shown.map(([outcome, n]) => (
          <span key={outcome} data-outcome={outcome} style={{ flexGrow: n / total }} />
        ))}
      </div>
      <ul class="sums">
        {shown.map(([outcome, n]) => (
          <li key={outcome}>
            <a
              href="#/ledger"
              onClick={follow({ screen: 'ledger' }, { ledger: { outcome, reason: '', parent: null } })}
            >
              <span class="dot" data-outcome={outcome} aria-hidden="true" />
              <span>{ledgerWord('outcome', outcome)}</span>
              <b>{number(n)}</b>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

export function Start() {
  const status = useLoaded('status', api.status);
  if (status.error) return <Failure error={status.error} again={status.again} />;
  if (!status.value) return <Waiting />;
  const { items, pages, bytes: size, outcomes } = status.value;
  if (items === 0)
    return (
      <Empty title={t('caseTitle')}>
        <p>{t('caseEmpty')}</p>
      </Empty>
    );
  return (
    <div class="start">
      <section class="holdings">
        <h1>{t('caseTitle')}</h1>
        <p class="lead">
          <span>{t('items', { n: items })}</span>
          <span>{t('pages', { n: pages })}</span>
          <span>{bytes(size)}</span>
        </p>
        <Outcomes outcomes={outcomes} total={items} />
      </section>
      <Kept />
      <div class="help">
        <section>
          <h2>{t('howTitle')}</h2>
          <dl>
            {examples[currentLang()].map(([q, key]) => (
              <div key={q}>
                <dt>
                  <button
                    type="button"
                    class="example"
                    onClick={() => go({ screen: 'search' }, { query: { ...noQuery, q } })}
                  >
                    <bdi dir="auto">{q}</bdi>
                  </button>
                </dt>
                <dd>{t(key)}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section class="keys">
          <h2>{t('keysTitle')}</h2>
          <KeyLines sections={['everywhere', 'results', 'document']} />
        </section>
      </div>
    </div>
  );
}
