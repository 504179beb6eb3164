// How an item's reading ended, as a small label.

import { ledgerWord } from '../i18n';

export function Outcome({ outcome, reason }: { outcome: string; reason?: string | null }) {
  return (
    <span class="outcome">
      <span class="dot" data-outcome={outcome} aria-hidden="true" />
      {ledgerWord('outcome', outcome)}
      {reason ? <span class="reason"> · {ledgerWord('reason', reason)}</span> : null}
    </span>
  );
}
