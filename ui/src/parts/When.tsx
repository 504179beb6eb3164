// The date of a document: in the reader's calendar with the other beside it, and by what it is known.

import { date, dateSource, solarDate, t, usesSolar } from '../i18n';

interface Dated {
  date: string | null;
  solar: string | null;
  date_source?: string | null;
}

export function When({ of }: { of: Dated }) {
  const source = of.date_source ? dateSource(of.date_source) : '';
  if (of.date === null && of.solar === null) return <span class="undated">{t('undated')}</span>;
  const gregorian = of.date === null ? '' : date(of.date);
  const solar = of.solar !== null && usesSolar() ? solarDate(of.solar) : '';
  return (
    <time dateTime={of.date ?? undefined} title={source || undefined}>
      {solar || gregorian}
      {solar && gregorian ? <span class="other"> ({gregorian})</span> : null}
      {source ? <span class="sr"> {source}</span> : null}
    </time>
  );
}
