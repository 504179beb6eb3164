// The acts with marks that several screens have, each with its way back.

import { api, type Colour, type Mark, type MarkChange, type MarkWish } from '../api';
import { act } from './did';

/** A label that is there, or the name of one that is made. */
export interface LabelChoice {
  label?: number;
  label_name?: string;
  colour?: Colour;
}

export function addMark(wish: MarkWish): Promise<boolean> {
  return act(async () => {
    const mark = await api.markAdd(wish);
    return { says: 'marks.added', undo: () => api.markRemove(mark.id) };
  });
}

export function removeMark(mark: Mark): Promise<boolean> {
  return act(async () => {
    await api.markRemove(mark.id);
    return { says: 'marks.removed', undo: () => api.markRestore(mark.id) };
  });
}

/** Changes a mark; `back` says what it was. */
export function changeMark(mark: Mark, change: MarkChange, back: MarkChange): Promise<boolean> {
  return act(async () => {
    await api.markChange(mark.id, change);
    return { says: 'marks.changed', undo: () => api.markChange(mark.id, back) };
  });
}

/** An entry of a list is worked off, or open again. */
export function setDone(mark: Mark, done: boolean): Promise<boolean> {
  return act(async () => {
    await api.markChange(mark.id, { state: done ? 'done' : 'open' });
    return {
      says: done ? 'marks.done' : 'marks.reopened',
      undo: () => api.markChange(mark.id, { state: done ? 'open' : 'done' }),
    };
  });
}

export function markMany(kind: 'tag' | 'star' | 'list', items: number[], choice: LabelChoice = {}): Promise<boolean> {
  return act(async () => {
    const put = await api.marksMany({ kind, items, ...choice });
    const back = { kind, items: put.items, remove: true, ...(put.label > 0 ? { label: put.label } : {}) };
    return {
      says: put.items.length > 0 ? 'marks.many' : 'marks.manyNone',
      n: put.items.length,
      undo: () => (put.items.length > 0 ? api.marksMany(back) : Promise.resolve()),
    };
  });
}
