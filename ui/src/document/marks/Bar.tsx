// At the foot of the document: what can be done with what is selected or drawn, the text that is being
// written, and what became of the last act.

import { t } from '../../i18n';
import { DidBar } from '../../marks/DidBar';
import { LabelBox } from '../../marks/LabelBox';
import { Actions } from './Actions';
import type { Marking } from './state';
import { Write } from './Write';

export function Bar({ marking, pages }: { marking: Marking; pages: number }) {
  const { doing, target } = marking;
  const writing = doing?.what === 'write' ? doing : null;
  const placed = writing && (writing.target.quote !== '' || writing.target.regions.length > 0);
  return (
    <div class="markbar">
      <DidBar />
      {writing ? (
        <Write
          key={`${writing.kind}/${writing.target.page}/${writing.target.start}`}
          kind={writing.kind}
          quote={writing.target.quote}
          page={placed || pages === 0 ? 0 : writing.target.page}
          onSave={({ text, lang, wholeItem }) => marking.text(text, lang, wholeItem)}
          onClose={marking.close}
        />
      ) : target ? (
        <Actions marking={marking} foot picture={false} />
      ) : marking.drawing ? (
        <p class="hint" role="status">{t('docmarks.drawHint')}</p>
      ) : null}
      {doing?.what === 'label' ? <LabelBox kind={doing.kind} onChoose={marking.label} onClose={marking.close} /> : null}
    </div>
  );
}
