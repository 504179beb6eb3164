// Writes sample/, EXPECTED.tsv and the table in README.md: see README.md beside this file.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Leak } from './lib/leak.mjs';
import { addArchives } from './parts/archives.mjs';
import { addLetters } from './parts/letters.mjs';
import { addMail } from './parts/mail.mjs';
import { addMemos } from './parts/memos.mjs';
import { addOffice } from './parts/office.mjs';
import { addScans } from './parts/scans.mjs';
import { addUnsorted } from './parts/unsorted.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const leak = new Leak(path.join(here, '..', '..', 'sample'));
for (const add of [addScans, addLetters, addMemos, addMail, addOffice, addArchives, addUnsorted]) add(leak);
leak.writeExpected(path.join(here, 'EXPECTED.tsv'));
leak.writeTable(path.join(here, 'README.md'), '<!-- table written by build.mjs -->');
