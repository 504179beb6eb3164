// The labels of the case, and how they are compared while somebody types.

import { api, type Colour, type Label, type LabelKind, type Labels } from '../api';
import { useLoaded, type Loaded } from '../load';
import { useDid } from './did';

export const colours: Colour[] = ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet', 'grey'];

export function useLabels(): Loaded<Labels> {
  const { turn } = useDid();
  return useLoaded(`${turn}`, (signal) => api.labels(signal));
}

/** Roughly as the search folds: the server decides whether a name is new. */
export function folded(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\p{M}\u0640\u200b-\u200f]/gu, '')
    .replace(/[يى]/g, 'ی')
    .replace(/ك/g, 'ک')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}

export function fitting(labels: Label[], kind: LabelKind, text: string): Label[] {
  const wanted = folded(text);
  return labels.filter((label) => label.kind === kind && ` ${folded(label.name)}`.includes(` ${wanted}`));
}
