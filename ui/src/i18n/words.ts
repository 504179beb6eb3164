// The words of all screens in one. Each screen keeps its own in its folder, in words.ts, under keys
// that begin with its name; those that several screens share are in en.ts, fa.ts and ar.ts.

import { docmarksWords } from '../document/marks/words';
import { documentWords } from '../document/words';
import { markingWords } from '../marking/words';
import { marksWords } from '../marks/words';
import { networkWords } from '../network/words';
import { ledgerWords } from '../ledger/words';
import { overviewWords } from '../overview/words';
import { peopleWords } from '../people/words';
import { searchWords } from '../search/words';
import { timelineWords } from '../timeline/words';
import { ar } from './ar';
import { en as shared, type Message } from './en';
import { fa } from './fa';
import { refusalWords } from './refusalWords';

const en = { ...shared, ...docmarksWords.en, ...documentWords.en, ...ledgerWords.en, ...markingWords.en, ...marksWords.en, ...overviewWords.en, ...networkWords.en, ...peopleWords.en, ...refusalWords.en, ...searchWords.en, ...timelineWords.en };

export type Key = keyof typeof en;
type Dictionary = Record<Key, Message>;
export const dictionaries: Record<'en' | 'fa' | 'ar', Dictionary> = {
  en,
  fa: { ...fa, ...docmarksWords.fa, ...documentWords.fa, ...ledgerWords.fa, ...markingWords.fa, ...marksWords.fa, ...overviewWords.fa, ...networkWords.fa, ...peopleWords.fa, ...refusalWords.fa, ...searchWords.fa, ...timelineWords.fa },
  ar: { ...ar, ...docmarksWords.ar, ...documentWords.ar, ...ledgerWords.ar, ...markingWords.ar, ...marksWords.ar, ...overviewWords.ar, ...networkWords.ar, ...peopleWords.ar, ...refusalWords.ar, ...searchWords.ar, ...timelineWords.ar },
};
