// The frame around the screens.

import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import './style/tokens.css';
import './style/base.css';
import './style/frame.css';
import './style/closed.css';
import { api, ApiError } from './api';
import { Document } from './document/Document';
import { chooseLang, currentLang, langs, startLang, t, type Lang } from './i18n';
import { Ledger } from './ledger/Ledger';
import { useLoaded } from './load';
import { follow, go, useSpot, type Place, type Spot } from './nav';
import { Icon } from './parts/Icon';
import { Empty } from './parts/State';
import { Box } from './search/Box';
import { Search } from './search/Search';
import { chooseTheme, currentTheme, startTheme, type Theme } from './theme';

function NavLink({ place, on, children }: { place: Place; on: boolean; children: string }) {
  return (
    <a
      href={place.screen === 'ledger' ? '#/ledger' : '#/'}
      aria-current={on ? 'page' : undefined}
      onClick={follow(place)}
    >
      {children}
    </a>
  );
}

function Settings({ onLang, onLeave }: { onLang: () => void; onLeave: () => void }) {
  const [theme, setTheme] = useState<Theme>(currentTheme);
  return (
    <div class="settings">
      <label class="pick">
        <Icon name="globe" />
        <select
        aria-label={t('language')}
        value={currentLang()}
        onChange={(event) => {
          chooseLang(event.currentTarget.value as Lang);
          onLang();
        }}
      >
        {Object.entries(langs).map(([code, { name }]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
      </label>
      <label class="pick">
        <Icon name="contrast" />
      <select
        aria-label={t('theme')}
        value={theme}
        onChange={(event) => {
          const next = event.currentTarget.value as Theme;
          chooseTheme(next);
          setTheme(next);
        }}
      >
        <option value="auto">{t('themeAuto')}</option>
        <option value="light">{t('themeLight')}</option>
        <option value="dark">{t('themeDark')}</option>
      </select>
      </label>
      <button type="button" class="quiet" title={t('leaveHint')} aria-label={t('leave')} onClick={onLeave}>
        <Icon name="leave" />
      </button>
    </div>
  );
}

function Screen({ spot }: { spot: Spot }) {
  switch (spot.place.screen) {
    case 'item':
      return <Document key={spot.place.item} item={spot.place.item} page={spot.place.page} spot={spot} />;
    case 'ledger':
      return <Ledger view={spot.ledger} />;
    default:
      return <Search query={spot.query} chosen={spot.chosen} />;
  }
}

function App() {
  const spot = useSpot();
  const [, setTurn] = useState(0);
  const [left, setLeft] = useState(false);
  const status = useLoaded('status', api.status);
  const closed = left || (status.error instanceof ApiError && status.error.code === 'session');

  useEffect(() => {
    if (spot.place.screen !== 'search') window.scrollTo(0, 0);
  }, [spot.place.screen]);

  if (closed) {
    return (
      <main class="closed">
        <Empty title={t('closedTitle')}>
          <p>{t('closedText')}</p>
        </Empty>
      </main>
    );
  }
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => {
        event.preventDefault();
        document.getElementById('main')?.focus();
      }}>
        {t('skip')}
      </a>
      <header class="frame">
        <a class="wordmark" href="#/" onClick={follow({ screen: 'search' }, { query: { q: '', filters: {}, sort: 'relevance' }, chosen: null })}>
          <b>sanad</b> <span lang="fa">سند</span>
        </a>
        <span class="case" title={t('caseName')} dir="auto">{status.value?.case ?? ''}</span>
        <Box query={spot.query} onAsk={(query) => go({ screen: 'search' }, { query, chosen: null })} />
        <nav>
          <NavLink place={{ screen: 'search' }} on={spot.place.screen === 'search'}>{t('search')}</NavLink>
          <NavLink place={{ screen: 'ledger' }} on={spot.place.screen === 'ledger'}>{t('ledger')}</NavLink>
        </nav>
        <Settings
          onLang={() => setTurn((n) => n + 1)}
          onLeave={() => void api.leave().finally(() => setLeft(true))}
        />
      </header>
      <main id="main" tabIndex={-1}>
        <Screen spot={spot} />
      </main>
    </>
  );
}

startLang();
startTheme();
render(<App />, document.getElementById('app')!);
