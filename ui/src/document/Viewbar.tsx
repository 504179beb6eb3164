// How the document is seen: picture and text or one of them, names, doubtful words; and its address.

import { useState } from 'preact/hooks';
import { t, type Key } from '../i18n';
import type { PageView, ReadingView } from '../nav';
import { Icon, type IconName } from '../parts/Icon';

const views: [PageView, IconName, Key][] = [
  ['both', 'both', 'document.viewBoth'],
  ['picture', 'page', 'document.viewPicture'],
  ['text', 'lines', 'document.viewText'],
];

export function nextView(view: PageView): PageView {
  const at = views.findIndex(([name]) => name === view);
  return views[(at + 1) % views.length]![0];
}

/** Puts the address of this place on the clipboard; says whether it is there. */
export async function copyAddress(): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(location.href);
    return true;
  } catch {
    return false;
  }
}

function Toggle({ on, icon, label, onClick }: { on: boolean; icon: IconName; label: Key; onClick: () => void }) {
  return (
    <button type="button" class="quiet" aria-pressed={on} aria-label={t(label)} title={t(label)} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

export function Viewbar({
  reading,
  picture,
  named,
  read,
  talks,
  said,
  onChange,
  onCopy,
}: {
  reading: ReadingView;
  /** There is one to see. */
  picture: boolean;
  /** Somebody is named on the page. */
  named: boolean;
  /** Words of the page were read by OCR. */
  read: boolean;
  /** Messages of the conversation it belongs to; 0: none to show. */
  talks: number;
  /** What came of the last copying. */
  said: string;
  onChange: (change: Partial<ReadingView>) => void;
  onCopy: () => void;
}) {
  return (
    <div class="viewbar" role="toolbar" aria-label={t('document.view')}>
      {picture ? (
        <span class="views">
          {views.map(([view, icon, label]) => (
            <Toggle
              key={view}
              on={reading.view === view}
              icon={icon}
              label={label}
              onClick={() => onChange({ view })}
            />
          ))}
        </span>
      ) : null}
      {talks > 0 ? (
        <button
          type="button"
          class="quiet talks"
          aria-pressed={reading.whole}
          title={t('document.whole')}
          onClick={() => onChange({ whole: !reading.whole })}
        >
          {t('document.messages', { n: talks })}
        </button>
      ) : null}
      {named ? (
        <Toggle on={reading.names} icon="person" label="document.names" onClick={() => onChange({ names: !reading.names })} />
      ) : null}
      {read ? (
        <Toggle on={reading.doubt} icon="doubt" label="document.doubt" onClick={() => onChange({ doubt: !reading.doubt })} />
      ) : null}
      <button type="button" class="quiet" aria-label={t('document.copy')} title={t('document.copy')} onClick={onCopy}>
        <Icon name="link" />
      </button>
      <span class="copied" role="status">
        {said}
      </span>
    </div>
  );
}

/** What is said after copying, for as long as it is news. */
export function useCopy(): { said: string; copy: () => void } {
  const [said, setSaid] = useState('');
  const copy = () => {
    void copyAddress().then((done) => {
      setSaid(t(done ? 'document.copied' : 'document.notCopied'));
      setTimeout(() => setSaid(''), 2500);
    });
  };
  return { said, copy };
}
