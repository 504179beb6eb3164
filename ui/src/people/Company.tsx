// With whom and with what a name stands on the same pages.

import { api, type NameKind } from '../api';
import { number, t } from '../i18n';
import { useLoaded } from '../load';
import { linkTo } from '../nav';
import { kindsName, mainKinds } from './kinds';

const SHOWN = 12;

function Column({ id, kind, turn }: { id: number; kind: NameKind; turn: number }) {
  const { value } = useLoaded(`${id}/${kind}/${turn}`, (signal) => api.company(id, kind, SHOWN, signal));
  if (!value || value.company.length === 0) return null;
  return (
    <section>
      <h3>{kindsName(kind)}</h3>
      <ul>
        {value.company.map((one) => (
          <li key={one.id}>
            <a {...linkTo({ screen: 'person', id: one.id })}>
              <bdi>{one.name}</bdi>
            </a>
            <span class="count" title={t('people.companyPages', { n: one.pages })}>
              {number(one.pages)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function CompanyOf({ id, turn }: { id: number; turn: number }) {
  return (
    <section class="company">
      <h2>{t('people.company')}</h2>
      <div class="columns">
        {mainKinds.map((kind) => (
          <Column key={kind} id={id} kind={kind} turn={turn} />
        ))}
      </div>
    </section>
  );
}
