// The frame around the screens.

import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import './style/tokens.css';
import './style/base.css';
import './style/frame.css';
import './style/closed.css';
import './style/keys.css';
import { api, ApiError } from './api';
import { chooseLang, currentLang, langs, startLang, t, type Lang } from './i18n';
import { useGo, useKeys } from './keys';
import { startLive } from './live';
import { useLoaded } from './load';
import { go, linkTo, noQuery, useSpot, type Place } from './nav';
import { Icon } from './parts/Icon';
import { KeyHelp } from './parts/Keys';
import { Empty } from './parts/State';
import { navigation, rowOf } from './screens';
import { Box } from './search/Box';
import { chooseTheme, currentTheme, startTheme, type Theme } from './theme';

function NavLink({ place, letter, on, children }: { place: Place; letter: string; on: boolean; children: string }) {
  const link = useRef<HTMLAnchorElement>(null);
  // On a narrow window the entries scroll: the current one is in view.
  useEffect(() => {
    if (on) link.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [on]);
  return (
    <a ref={link} {...linkTo(place)} aria-current={on ? 'page' : undefined} aria-keyshortcuts={`g ${letter}`}>
      {children}
    </a>
  );
}

function Settings({ onHelp, onLang, onLeave }: { onHelp: () => void; onLang: () => void; onLeave: () => void }) {
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
      <button type="button" class="quiet askkeys" aria-label={t('keyHelp')} title={t('keyHelp')} onClick={onHelp}>
        <kbd>?</kbd>
      </button>
      <button type="button" class="quiet leave" title={t('leaveHint')} aria-label={t('leave')} onClick={onLeave}>
        <Icon name="leave" />
      </button>
    </div>
  );
}

function App() {
  const spot = useSpot();
  const [, setTurn] = useState(0);
  const [left, setLeft] = useState(false);
  const [help, setHelp] = useState(false);
  const status = useLoaded('status', api.status);
  const closed = left || (status.error instanceof ApiError && status.error.code === 'session');

  useKeys('everywhere', { '?': () => setHelp(true) });
  useGo(Object.fromEntries(navigation.map(({ letter, place }) => [letter, () => go(place)])));
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
  const row = rowOf(spot.place.screen);
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => {
        event.preventDefault();
        document.getElementById('main')?.focus();
      }}>
        {t('skip')}
      </a>
      <header class="frame">
        <a class="wordmark" {...linkTo({ screen: 'overview' }, { query: noQuery, chosen: null })}>
          <b>sanad</b> <span lang="fa">سند</span>
        </a>
        <span class="case" title={t('caseName')} dir="auto">{status.value?.case ?? ''}</span>
        <Box query={spot.query} onAsk={(query) => go({ screen: 'search' }, { query, chosen: null })} />
        <nav>
          {navigation.map(({ place, title, letter }) => (
            <NavLink key={title} place={place} letter={letter} on={row.under === place.screen}>
              {t(title)}
            </NavLink>
          ))}
        </nav>
        <Settings
          onHelp={() => setHelp(true)}
          onLang={() => setTurn((n) => n + 1)}
          onLeave={() => void api.leave().finally(() => setLeft(true))}
        />
      </header>
      <main id="main" tabIndex={-1}>
        {row.show(spot.place, spot)}
      </main>
      {help ? <KeyHelp onClose={() => setHelp(false)} /> : null}
    </>
  );
}

startLang();
startLive();
startTheme();
render(<App />, document.getElementById('app')!);
