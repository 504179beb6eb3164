// Searches kept with a name and the history, as they lie in the case.

import { useEffect } from 'preact/hooks';
import { api } from '../api';
import { noQuery, type Query } from '../nav';
import { compose } from './compose';

/** What is kept of a query; what is not understood of it is nothing. */
export function viewOf(query: Query): string {
  const { q, within, filters, named, sort } = query;
  return JSON.stringify({ q, within, filters, named, sort });
}

export function queryOf(view: string): Query {
  try {
    const kept = JSON.parse(view) as Partial<Query>;
    return { ...noQuery, ...kept };
  } catch {
    return noQuery;
  }
}

/** A query in words, for lists. */
export function titleOf(query: Query): string {
  return compose(query);
}

/** Who stays at a result this long has asked for it. */
const STAY_MS = 2500;
const WAITING_MAX = 50;
let waiting: { view: string; documents: number }[] = [];
let sent = '';

/** What could not be recorded because another process writes is sent with the next. */
async function record(): Promise<void> {
  const list = waiting;
  waiting = [];
  for (const [i, asked] of list.entries()) {
    try {
      await api.historyAdd(asked.view, asked.documents);
    } catch {
      waiting = [...list.slice(i), ...waiting].slice(-WAITING_MAX);
      return;
    }
  }
}

/** Puts a query that was answered into the history. */
export function useHistory(query: Query, documents: number | null): void {
  const view = viewOf({ ...query, since: null });
  useEffect(() => {
    if (documents === null || view === sent) return;
    const timer = setTimeout(() => {
      sent = view;
      waiting.push({ view, documents });
      void record();
    }, STAY_MS);
    return () => clearTimeout(timer);
  }, [view, documents]);
}

/** The next search is recorded whatever it is. */
export function forgetSent(): void {
  waiting = [];
  sent = '';
}
