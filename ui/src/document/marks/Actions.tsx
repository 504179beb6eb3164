// What can be done with the document, or with what is selected or drawn in it. A press here leaves the
// selection as it is.

import { t, type Key } from '../../i18n';
import { colours, useLabels } from '../../marks/labels';
import type { Marking } from './state';

function Act({ label, letter, onClick, on }: { label: Key; letter: string; onClick: () => void; on?: boolean }) {
  return (
    <button type="button" aria-pressed={on} onClick={onClick}>
      {t(label)} <kbd aria-hidden="true">{letter}</kbd>
    </button>
  );
}

/** A colour by the name that people gave it. */
function Colours({ marking }: { marking: Marking }) {
  const labels = useLabels().value?.labels ?? [];
  return (
    <span class="colours" role="group" aria-label={t('marks.colourTitle')}>
      {colours.map((colour) => {
        const named = labels.find((label) => label.kind === 'highlight' && label.colour === colour && !label.removed);
        const name = named?.name ?? t(`marks.colour.${colour}`);
        return (
          <button
            key={colour}
            type="button"
            class="swatch"
            data-colour={colour}
            aria-label={t('docmarks.highlightIn', { name })}
            title={name}
            onClick={() => marking.colour(colour)}
          />
        );
      })}
    </span>
  );
}

/** In the panel they are always the same, so that nothing moves while words are selected; the colours, which
 * need words or a rectangle, stand at the foot. */
export function Actions({ marking, foot, picture }: { marking: Marking; foot: boolean; picture: boolean }) {
  return (
    <div class="markactions" role="toolbar" aria-label={t('docmarks.title')} onPointerDown={(event) => event.preventDefault()}>
      {foot ? <Colours marking={marking} /> : null}
      <Act label="marks.tag" letter="t" onClick={() => marking.choose('tag')} />
      {foot ? null : <Act label="marks.star" letter="s" on={marking.starred !== undefined} onClick={marking.star} />}
      <Act label="docmarks.note" letter="m" onClick={() => marking.write('note')} />
      <Act label="docmarks.translate" letter="u" onClick={() => marking.write('translation')} />
      <Act label="marks.list" letter="l" onClick={() => marking.choose('list')} />
      {picture ? (
        <Act label="docmarks.draw" letter="x" on={marking.drawing} onClick={() => marking.setDrawing(!marking.drawing)} />
      ) : null}
    </div>
  );
}
