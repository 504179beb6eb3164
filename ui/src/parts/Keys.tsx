// The table of keys as the reader sees it: on the start page in part, on "?" all of it.

import { t, type Key } from '../i18n';
import { keyTable, type KeySection } from '../keys';
import { navigation } from '../screens';
import { Icon } from './Icon';
import { Modal } from './Modal';

const names: Record<string, string> = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' };

/** Keys that share their words, on one line. */
function linesOf(section: KeySection): [string[], Key][] {
  const lines: [string[], Key][] = [];
  for (const [key, says] of Object.entries(keyTable[section].keys)) {
    const last = lines.at(-1);
    if (last?.[1] === says) last[0].push(names[key] ?? key);
    else lines.push([[names[key] ?? key], says]);
  }
  return lines;
}

function Line({ keys, says }: { keys: string[]; says: string }) {
  return (
    <div>
      {/* Read in the order of the words beside them; arrows point where they lead. */}
      <dt dir={keys.includes('←') ? 'ltr' : undefined}>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{says}</dd>
    </div>
  );
}

export function KeyLines({ sections }: { sections: KeySection[] }) {
  return (
    <dl>
      {sections.flatMap(linesOf).map(([keys, says]) => (
        <Line key={keys.join()} keys={keys} says={t(says)} />
      ))}
    </dl>
  );
}

function GoLines() {
  return (
    <dl>
      {navigation.map(({ letter, title }) => (
        <Line key={letter} keys={['g', letter]} says={t(title)} />
      ))}
    </dl>
  );
}

export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Modal class="keyhelp" title="keyhelp-title" onClose={onClose}>
      <header>
        <h2 id="keyhelp-title">{t('keysTitle')}</h2>
        <button type="button" class="quiet" aria-label={t('close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div class="keys">
        {(Object.keys(keyTable) as KeySection[]).map((section) => (
          <section key={section}>
            <h3>{t(keyTable[section].title)}</h3>
            <KeyLines sections={[section]} />
            {section === 'everywhere' ? <GoLines /> : null}
          </section>
        ))}
      </div>
    </Modal>
  );
}
