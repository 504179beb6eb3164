// letters/ in Arabic, notes/ in Persian typed on four kinds of keyboard.
import fs from 'node:fs';
import { windows1256 } from '../lib/charset.mjs';
import { pdf, scan, screenshot, sheet } from '../lib/render.mjs';
import { letters, notes, persianPdf } from '../story/letters.mjs';

const OUTPUT = {
    '.jpg': ['-quality', '52'],
    '.png': ['-posterize', '12'],
    '.tif': ['-threshold', '62%', '-type', 'bilevel', '-compress', 'Group4'],
};

function page(lines, lang, face) {
    const body = `<header><b>${lines[0]}</b></header>${lines.slice(1).map((line) => `<p>${line}</p>`).join('')}`;
    return sheet({ dir: 'rtl', lang, title: lines[1], face, body });
}

function twoPages(lines, lang) {
    const half = Math.ceil(lines.length / 2);
    const text = (part) => part.map((line) => `<p>${line}</p>`).join('');
    return sheet({ dir: 'rtl', lang, title: lines[1], body: `<div class="page">${text(lines.slice(0, half))}</div><div>${text(lines.slice(half))}</div>` });
}

const plain = (lines, encoding) => {
    const text = `${lines.join('\r\n')}\r\n`;
    return encoding === 'windows-1256' ? windows1256(text) : Buffer.from(text);
};

export function addLetters(leak) {
    letters.forEach((letter, index) => {
        const { file, lines, word } = letter;
        if (letter.as === 'scan') {
            const extension = file.slice(file.lastIndexOf('.'));
            const shot = screenshot(page(lines, 'ar', letter.face), { height: 620 });
            const picture = scan(shot, { wear: letter.wear, seed: 70 + index, extension, output: OUTPUT[extension] });
            leak.add(`letters/${file}`, fs.readFileSync(picture), { outcome: 'ocr', word, what: `Arabic letter, scanned: ${lines[1]}` });
        } else if (letter.as === 'pdf') {
            const html = letter.pages ? twoPages(lines, 'ar') : page(lines, 'ar');
            leak.add(`letters/${file}`, pdf(html), { outcome: 'text', word, what: 'Arabic letter, PDF with a text layer' });
        } else {
            leak.add(`letters/${file}`, plain(lines, letter.as), { outcome: 'text', word, what: `Arabic text in ${letter.as}` });
        }
    });

    for (const { file, as, lines, word } of notes) {
        leak.add(`notes/${file}`, plain(lines, as), { outcome: 'text', word, what: `Persian weekly report in ${as}: «${lines[0].slice(0, 14)}»` });
    }
    leak.add(`notes/${persianPdf.file}`, pdf(page(persianPdf.lines, 'fa')), {
        outcome: 'text', word: persianPdf.word, what: 'Persian minutes, PDF with a text layer',
    });
}
