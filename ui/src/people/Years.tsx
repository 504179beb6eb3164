// Documents by year, as bars; the undated beside them.

import type { NamePage } from '../api';
import { date, t } from '../i18n';

/** The widest a year's bar gets. */
const BAR_REM = 2.75;

export function Years({ years }: { years: NamePage['years'] }) {
  const dated = years.filter(({ year }) => /^\d{4}$/.test(year));
  const undated = years.find(({ year }) => year === '')?.documents ?? 0;
  if (dated.length === 0 && undated === 0) return null;
  const counts = new Map(dated.map(({ year, documents }) => [Number(year), documents]));
  const first = Math.min(...counts.keys());
  const last = Math.max(...counts.keys());
  const most = Math.max(...counts.values());
  const all = dated.length > 0 && last - first < 200;
  const shown = all ? Array.from({ length: last - first + 1 }, (_, i) => first + i) : [...counts.keys()];
  return (
    <section class="years">
      <h2>{t('people.years')}</h2>
      {dated.length > 0 ? (
        <div class="span" dir="ltr" style={{ width: `${Math.max(2, shown.length) * BAR_REM}rem` }}>
          <ol class="bars">
            {shown.map((year) => {
              const n = counts.get(year) ?? 0;
              const says = t('people.yearOf', { year: date(String(year)), n });
              return (
                <li key={year} title={says}>
                  <span style={{ height: `${n === 0 ? 0 : Math.max(4, (n / most) * 100)}%` }} />
                  {n > 0 ? <span class="sr">{says}</span> : null}
                </li>
              );
            })}
          </ol>
          <p class="ends">
            <span>{date(String(first))}</span>
            {last > first ? <span>{date(String(last))}</span> : null}
          </p>
        </div>
      ) : null}
      {undated > 0 ? <p class="soft">{t('people.undatedCount', { n: undated })}</p> : null}
    </section>
  );
}
