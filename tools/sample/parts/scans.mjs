// cables/: telegrams as degraded scans.
import fs from 'node:fs';
import { convert, scan, scratch, screenshot, sheet } from '../lib/render.mjs';
import { audit, cableBody, cables, contract } from '../story/cables.mjs';

const BILEVEL = ['-threshold', '62%', '-type', 'bilevel'];

function settings(cable) {
    const extension = cable.file.slice(cable.file.lastIndexOf('.'));
    if (cable.tiff) return { extension, dpi: 200, output: [...BILEVEL, '-compress', 'Group4'] };
    if (extension === '.bmp') return { extension, output: [...BILEVEL, '-compress', 'none'] };
    if (cable.bilevel) return { extension, output: BILEVEL };
    if (cable.sixteen) return { extension, dpi: 120, output: ['-posterize', '8'] };
    if (extension === '.png') return { extension, output: ['-posterize', '12'] };
    return { extension, dpi: cable.wear === 'dirty' ? 140 : 150, output: ['-quality', '52'] };
}

const paper = (body, { face, stamp, ring } = {}) => sheet({ dir: 'rtl', lang: 'fa', face, body, stamp, ring });

export function addScans(leak) {
    cables.forEach((cable, index) => {
        const height = cable.small ? 470 : 830;
        const shot = screenshot(paper(cableBody(cable), cable), { height });
        const file = scan(shot, { wear: cable.wear, seed: index + 1, ...settings(cable) });
        leak.add(`cables/${cable.file}`, fs.readFileSync(file), {
            outcome: 'ocr', word: cable.word, what: `cable ${cable.number}: ${cable.subject}`,
        });
    });

    const group4 = { wear: 'fax', extension: '.tif', dpi: 150, output: [...BILEVEL, '-compress', 'Group4'] };
    const pages = contract.pages.map((lines, index) =>
        scan(screenshot(paper(lines.join('')), { height: 600 }), { ...group4, seed: 40 + index }));
    const tiff = scratch('.tif');
    convert(...pages, '-compress', 'Group4', '-strip', tiff);
    leak.add(`cables/${contract.file}`, fs.readFileSync(tiff), {
        outcome: 'ocr', word: contract.word, what: 'contract 4417, a TIFF of three pages',
    });

    const images = audit.pages.map((lines, index) =>
        scan(screenshot(paper(lines.join('')), { height: 620 }), { wear: 'office', seed: 50 + index, output: ['-quality', '55'] }));
    leak.add(`cables/${audit.file}`, imagePdf(images), {
        outcome: 'ocr', word: audit.word, what: 'audit report 4440, a PDF of two scanned pages',
    });
}

// A PDF whose pages are only JPEG pictures, at 150 dpi.
export function imagePdf(jpegs) {
    const objects = ['<< /Type /Catalog /Pages 2 0 R >>'];
    const kids = jpegs.map((_, i) => `${3 + i * 3} 0 R`);
    objects.push(`<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${jpegs.length} >>`);
    jpegs.forEach((file, i) => {
        const data = fs.readFileSync(file).toString('latin1');
        const [width, height] = jpegSize(fs.readFileSync(file));
        const [w, h] = [width, height].map((side) => ((side * 72) / 150).toFixed(2));
        const drawing = `q ${w} 0 0 ${h} 0 0 cm /Im Do Q`;
        const at = 3 + i * 3;
        objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${w} ${h}] /Contents ${at + 1} 0 R /Resources << /XObject << /Im ${at + 2} 0 R >> >> >>`);
        objects.push(`<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`);
        objects.push(
            `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8` +
                ` /Filter /DCTDecode /Length ${data.length} >>\nstream\n${data}\nendstream`,
        );
    });
    let out = '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n';
    const offsets = objects.map((object, i) => {
        const at = out.length;
        out += `${i + 1} 0 obj\n${object}\nendobj\n`;
        return at;
    });
    const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
    out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${out.length}\n%%EOF\n`;
    return Buffer.from(out, 'latin1');
}

function jpegSize(bytes) {
    for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
        if (bytes[at + 1] >= 0xc0 && bytes[at + 1] <= 0xc2) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
    }
    throw new Error('no frame header in a JPEG');
}
