// Writing a note or a translation: a new one, or what stands in place of the last.

import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { currentLang, langTag, languageName, t } from '../../i18n';

/** Bytes are what the API caps; the server has the last word. */
const MAX = { note: 60_000, translation: 250_000 };
const languages = ['en', 'fa', 'ar', 'fr', 'de', 'es', 'tr', 'ru', 'ku', 'he', 'ur'];

export interface Written {
  text: string;
  lang: string;
  /** It is of the whole document, not of the page. */
  wholeItem: boolean;
}

export function Write({ kind, first, quote, page, onSave, onClose }: {
  kind: 'note' | 'translation';
  first?: { text: string; lang: string };
  /** The words it is about, or "". */
  quote: string;
  /** The page it is about, where that can still be the document; 0: that is settled. */
  page: number;
  onSave: (written: Written) => Promise<boolean>;
  onClose: () => void;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(first?.text ?? '');
  const [lang, setLang] = useState(first?.lang || (kind === 'translation' ? currentLang() : ''));
  const [wholeItem, setWhole] = useState(false);
  useLayoutEffect(() => field.current?.focus(), []);
  const save = () => {
    if (text.trim() === '') return;
    void onSave({ text: text.trim(), lang, wholeItem }).then((saved) => saved && onClose());
  };
  return (
    <form
      class="writing"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
        else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
      }}
    >
      {quote ? <blockquote dir="auto">{quote}</blockquote> : null}
      <textarea
        ref={field}
        dir="auto"
        lang={langTag(lang)}
        rows={4}
        value={text}
        maxLength={MAX[kind]}
        aria-label={t(`marks.kind.${kind}`)}
        placeholder={t(kind === 'note' ? 'docmarks.noteHint' : 'docmarks.translationHint')}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {kind === 'translation' ? (
        <label>
          {t('docmarks.into')}{' '}
          <select value={lang} onChange={(event) => setLang(event.currentTarget.value)}>
            {[...new Set([lang, ...languages])].map((code) => (
              <option key={code} value={code}>{languageName(code)}</option>
            ))}
          </select>
        </label>
      ) : null}
      {page > 0 ? (
        <label>
          {t('docmarks.about')}{' '}
          <select value={wholeItem ? 'item' : 'page'} onChange={(event) => setWhole(event.currentTarget.value === 'item')}>
            <option value="page">{t('docmarks.page', { n: page })}</option>
            <option value="item">{t('docmarks.document')}</option>
          </select>
        </label>
      ) : null}
      <p class="buttons">
        <button type="submit" class="primary" disabled={text.trim() === ''}>{t('docmarks.save')}</button>
        <button type="button" onClick={onClose}>{t('docmarks.cancel')}</button>
      </p>
    </form>
  );
}
