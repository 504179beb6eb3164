// The words of all screens in one. Each screen keeps its own in its folder, in words.ts, under keys
// that begin with its name; those that several screens share are in en.ts, fa.ts and ar.ts.

import { ar } from './ar';
import { en as shared, type Message } from './en';
import { fa } from './fa';

/** The words of a screen: every language has all that English has. */
export interface Words<K extends string> {
  en: Record<K, Message>;
  fa: Record<NoInfer<K>, Message>;
  ar: Record<NoInfer<K>, Message>;
}

export function wordsOf<K extends string>(words: Words<K>): Words<K> {
  return words;
}

const en = { ...shared };

export type Key = keyof typeof en;
export type Dictionary = Record<Key, Message>;
export const dictionaries: Record<'en' | 'fa' | 'ar', Dictionary> = {
  en,
  fa: { ...fa },
  ar: { ...ar },
};
