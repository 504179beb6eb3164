// Kinds of names, in words.

import type { NameKind } from '../api';
import { t, type Key } from '../i18n';

export const mainKinds: NameKind[] = ['person', 'organisation', 'place'];

export function kindsName(kind: string): string {
  return t(`people.kind.${kind}` as Key);
}

export function kindName(kind: NameKind): string {
  const known = [...mainKinds, 'post'].includes(kind);
  return t(known ? (`people.one.${kind}` as Key) : (`people.kind.${kind}` as Key));
}

export type ScriptName = 'latin' | 'arabic' | 'other';

export function scriptOf(text: string): ScriptName {
  if (/\p{Script=Arabic}/u.test(text)) return 'arabic';
  return /\p{Script=Latin}/u.test(text) ? 'latin' : 'other';
}
