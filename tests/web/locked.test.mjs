// A document that was opened with a password can be shown: the password is kept with it.

import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Room, runTests, skipAll, test } from './lib.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const locked = path.join(
  process.env.SANAD_SHARED ?? path.join(root, '../shared'),
  'data/fixtures/aleph-ingest-file/password-hunter2.pdf',
);
const folder = mkdtempSync(path.join(tmpdir(), 'sanad-locked-'));

test('pages have pictures once the password is known', async (room) => {
  await room.enter();
  const image = '/api/v1/items/1/pages/1/image?dpi=72';
  assert.equal((await room.get(image)).status, 404);
  room.retryWith(['wrong', 'hunter2', 'another']);
  const answer = await room.get(image);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers['content-type'], 'image/png');
  assert.ok(!(await room.get('/api/v1/items/1')).text.includes('password-number'));
});

await runTests(
  async () => {
    if (!existsSync(locked)) return skipAll('no locked document here');
    mkdirSync(path.join(folder, 'leak'));
    cpSync(locked, path.join(folder, 'leak', 'locked.pdf'));
    return Room.open({ leak: path.join(folder, 'leak') });
  },
  async (room) => {
    await room.close();
    rmSync(folder, { recursive: true, force: true });
  },
);
