// memos/ in English and web/, two saved pages.
import fs from 'node:fs';
import { escape } from '../lib/office.mjs';
import { pdf, scan, screenshot, sheet } from '../lib/render.mjs';
import { memos } from '../story/english.mjs';
import { news, persianNews } from '../story/web.mjs';

const lines = (memo) => Buffer.from(`${memo.join('\n')}\n`);
const paper = (memo) =>
    sheet({ dir: 'ltr', lang: 'en', title: escape(memo[0]), face: 'latin', body: memo.map((line) => `<p>${escape(line)}</p>`).join('') });

export function addMemos(leak) {
    leak.add('memos/2018-11-26 visit to Tirazan.txt', lines(memos.visit), { outcome: 'text', word: 'Shahrivari', what: 'English memo; a name with spaces' });
    leak.add('memos/timeline.txt', lines(memos.timeline), { outcome: 'text', word: 'timeline', what: 'who met whom' });
    leak.add('memos/survey-2019-05.pdf', pdf(paper(memos.depth)), { outcome: 'text', word: 'soundings OR sounded', what: 'English memo, PDF with a text layer' });
    leak.add('memos/overheard.pdf', pdf(paper(memos.cafe)), { outcome: 'text', word: 'Lindqvist', what: 'English note with diacritics, PDF' });
    const shot = screenshot(paper(memos.hotel), { height: 420 });
    leak.add('memos/hotel-note.png', fs.readFileSync(scan(shot, { wear: 'dirty', seed: 90, dpi: 120, extension: '.png', output: ['-posterize', '12'] })), {
        outcome: 'ocr', word: 'waiter', what: 'English note, scanned at 120 dpi',
    });
    leak.add('memos/Café Lindqvist – rêveries.txt', Buffer.from('Receipt, Café Lindqvist, Port Ansley: two coffees, one smørrebrød, paid by É. Brøndsted.\n'), {
        outcome: 'text', word: 'smorrebrod', what: 'a name with spaces and diacritics',
    });
    leak.add('web/courier-2019-05-03.html', Buffer.from(news), { outcome: 'text', word: 'aground', what: 'a news page with menus, neighbours and a footer' });
    leak.add('web/sahel-news.html', Buffer.from(persianNews), { outcome: 'text', word: 'مجلس', what: 'a Persian news page' });
}
