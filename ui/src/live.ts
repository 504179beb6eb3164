// What tells this page that the case has changed (GET /api/v1/events). One tab listens for all of them:
// a browser keeps few connections to one address, and a stream holds one of them.

import { useLayoutEffect, useState } from 'preact/hooks';
import type { components } from './api/schema';

/** How the case stands. `turn` differs whenever anything was written. */
export type Change = components['schemas']['Change'];

const AGAIN_MS = 3000;
const CHANNEL = 'sanad.changes';

let latest: Change | null = null;
const listeners = new Set<(change: Change) => void>();
const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(CHANNEL) : null;

function tell(change: Change): void {
  if (latest?.turn === change.turn) return;
  latest = change;
  for (const listener of listeners) listener(change);
}

/** Listens until the server says that it will not be listened to; the browser connects again by itself. */
function listen(): void {
  const source = new EventSource('/api/v1/events');
  source.addEventListener('change', (event: MessageEvent<string>) => {
    const change = JSON.parse(event.data) as Change;
    channel?.postMessage(change);
    tell(change);
  });
  source.addEventListener('error', () => {
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(listen, AGAIN_MS);
    // Whoever asks again now finds out why: perhaps the room is closed.
    if (latest) for (const listener of listeners) listener(latest);
  });
}

/** Called once, when the room is open. Locks are missing where the page is not a secure context. */
export function startLive(): void {
  channel?.addEventListener('message', (event: MessageEvent<Change>) => tell(event.data));
  if (channel && navigator.locks) void navigator.locks.request(CHANNEL, () => new Promise<void>(() => listen()));
  else listen();
}

/** Calls `heard` for each change from now on; gives what stops it. */
export function onChange(heard: (change: Change) => void): () => void {
  listeners.add(heard);
  return () => {
    listeners.delete(heard);
  };
}

/** How the case stands now; null until it was told. */
export function useChange(): Change | null {
  const [change, setChange] = useState(latest);
  useLayoutEffect(() => {
    setChange(latest);
    return onChange(setChange);
  }, []);
  return change;
}
