// The words of a screen: every language has all that English has.

import type { Message } from './en';

export interface Words<K extends string> {
  en: Record<K, Message>;
  fa: Record<NoInfer<K>, Message>;
  ar: Record<NoInfer<K>, Message>;
}

export function wordsOf<K extends string>(words: Words<K>): Words<K> {
  return words;
}
