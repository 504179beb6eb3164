// unsorted/: what every real leak also holds.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { utf16 } from '../lib/charset.mjs';
import { pdf, scan, scratch, screenshot, sheet } from '../lib/render.mjs';

function lockedPdf() {
    const [plain, locked] = [scratch('.pdf'), scratch('.pdf')];
    const body = '<p>Account statement, Bank Khalij al-Wadira, March 2019</p>';
    fs.writeFileSync(plain, pdf(sheet({ dir: 'ltr', lang: 'en', title: 'Account statement', face: 'latin', body })));
    execFileSync('qpdf', ['--encrypt', 'not-in-the-story', 'nor-this', '256', '--', '--static-id', '--static-aes-iv', plain, locked]);
    return fs.readFileSync(locked);
}

// One second of a tone: a type without a reader.
function tone() {
    const samples = 8000;
    const head = Buffer.from('RIFF....WAVEfmt ....................data....', 'latin1');
    head.writeUInt32LE(36 + samples, 4);
    head.writeUInt32LE(16, 16);
    head.writeUInt16LE(1, 20);
    head.writeUInt16LE(1, 22);
    head.writeUInt32LE(8000, 24);
    head.writeUInt32LE(8000, 28);
    head.writeUInt16LE(1, 32);
    head.writeUInt16LE(8, 34);
    head.writeUInt32LE(samples, 40);
    return Buffer.concat([head, Buffer.from(Array.from({ length: samples }, (_, i) => 128 + Math.round(90 * Math.sin(i / 3))))]);
}

const SHIP = `<svg width="620" height="420" viewBox="0 0 620 420"><rect width="620" height="420" fill="#9db4c0"/>
<rect y="270" width="620" height="150" fill="#3f5b66"/><path d="M90 250 H520 L480 320 H140 Z" fill="#5a2d22"/>
<rect x="360" y="160" width="90" height="90" fill="#d9d4c7"/><rect x="200" y="90" width="12" height="160" fill="#333"/>
<circle cx="520" cy="70" r="34" fill="#e8d9a0"/></svg>`;

export function addUnsorted(leak) {
    const put = (name, bytes, outcome, reason, word, what) => leak.add(`unsorted/${name}`, bytes, { outcome, reason, word, what });

    put('who-met-whom.txt', leak.read('memos/timeline.txt'), 'duplicate', '', '', 'the same bytes as memos/timeline.txt');
    put('empty.txt', Buffer.alloc(0), 'empty', 'no-bytes', '', 'an empty file');
    put('blank.txt', Buffer.from(' \n\n \n'), 'empty', 'no-words', '', 'nothing but spaces');
    put('locked.pdf', lockedPdf(), 'failed', 'password', '', 'PDF with a password');
    const letter = leak.read('letters/harbour-report.pdf');
    put('cut-off.pdf', letter.subarray(0, 900), 'failed', 'truncated', '', 'PDF cut off before its first page');
    put('cut-off.png', leak.read('cables/1397-08-12_4401.png').subarray(0, 40), 'failed', 'truncated', '', 'picture cut off after its header');
    put('voice-note.wav', tone(), 'empty', 'unsupported', '', 'a sound: kept, not read');
    put('register.bin', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 73 + (i >> 3) * 29 + 200) & 255)), 'empty', 'unsupported', '', 'bytes of no known type');
    put('نامه به دوست.txt', Buffer.from('دوست عزیز، اگر این نامه را می‌خوانی یعنی من در گزنه هستم. نسخه‌ها را به روزنامه برسان. لاله\n'), 'text', '', 'روزنامه', 'a name written right to left');
    put('typed-on-old-pc.txt', utf16('يادداشت: كشتي شبنم، كاپيتان دامون آذربار، بندر سپيدار\r\n'), 'text', '', 'کاپیتان', 'Persian in UTF-16, typed with Arabic letters');
    const photo = scan(screenshot(`<body style="margin:0">${SHIP}</body>`, { height: 420, scale: 1 }), { wear: 'clean', seed: 99, output: ['-quality', '60'] });
    put('dock-three.jpg', fs.readFileSync(photo), 'empty', 'no-words', '', 'a picture without words');
    leak.symlink('unsorted/latest-cable', '../cables/1398-05-09_4485.jpg', { outcome: 'empty', reason: 'symlink', what: 'a symbolic link: recorded, not followed' });
}
