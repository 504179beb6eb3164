// Pages: HTML set by Chromium (which shapes Arabic script), then worn down by ImageMagick.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'sample-'));
process.on('exit', () => fs.rmSync(work, { recursive: true, force: true }));
let serial = 0;
export const scratch = (suffix) => path.join(work, `${++serial}${suffix}`);

const CHROMIUM = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', `--user-data-dir=${work}/profile`];

function chromium(...args) {
    execFileSync('chromium', [...CHROMIUM, ...args], { stdio: 'ignore', timeout: 60000 });
}

export function convert(...args) {
    execFileSync('convert', args);
}

// A picture of a page: `width` x `height` CSS pixels, `scale` device pixels each.
export function screenshot(html, { width = 620, height = 877, scale = 2 }) {
    const page = scratch('.html');
    const shot = scratch('.png');
    fs.writeFileSync(page, html);
    chromium(`--screenshot=${shot}`, `--window-size=${width},${height}`, `--force-device-scale-factor=${scale}`, `file://${page}`);
    return shot;
}

// A PDF with a text layer; its dates are set back so that the same text gives the same bytes.
export function pdf(html) {
    const page = scratch('.html');
    const out = scratch('.pdf');
    fs.writeFileSync(page, html);
    chromium(`--print-to-pdf=${out}`, '--no-pdf-header-footer', `file://${page}`);
    const text = fs.readFileSync(out).toString('latin1');
    return Buffer.from(text.replace(/\(D:\d{14}/g, '(D:20190823091702'), 'latin1');
}

// How a page was mistreated. Angles in degrees, blur in pixels, noise as ImageMagick's attenuate.
const WEAR = {
    clean: { angle: 0.3, blur: 0.3, noise: 0.15, fade: '0%,100%' },
    office: { angle: -0.8, blur: 0.5, noise: 0.3, fade: '8%,96%' },
    fax: { angle: 0.6, blur: 0.4, noise: 0.5, fade: '0%,92%' },
    faded: { angle: 1.1, blur: 0.6, noise: 0.3, fade: '45%,97%' },
    skewed: { angle: 2.2, blur: 0.5, noise: 0.35, fade: '10%,95%' },
    dirty: { angle: -1.4, blur: 0.7, noise: 0.55, fade: '12%,90%' },
};

// `output` are ImageMagick's last settings: colours, compression, quality.
export function scan(shot, { wear = 'office', seed = 1, dpi = 150, extension = '.jpg', output = [] }) {
    const how = WEAR[wear];
    const out = scratch(extension);
    convert(
        shot, '-colorspace', 'Gray', '-background', '#f2f2f2', '-rotate', String(how.angle), '+repage',
        '-blur', `0x${how.blur}`, '+level', how.fade,
        '-seed', String(seed), '-attenuate', String(how.noise), '+noise', 'Gaussian',
        '-resize', `${(dpi / 150) * 100}%`, '-units', 'PixelsPerInch', '-density', String(dpi), '-strip', ...output, out,
    );
    return out;
}

const STYLE = `
body { margin: 0; padding: 46px 54px; font: 17px/2 "Noto Naskh Arabic"; color: #111; background: #fdfdfb; position: relative; }
body.amiri { font-family: Amiri; font-size: 19px; line-height: 1.75; }
body.sans { font-family: "DejaVu Sans"; font-size: 14.5px; }
body.latin { font: 15px/1.6 "DejaVu Serif"; }
header { text-align: center; border-bottom: 2px solid #222; margin-bottom: 14px; padding-bottom: 6px; }
header b { display: block; font-size: 1.15em; }
table { border-collapse: collapse; width: 100%; } td, th { border: 1px solid #555; padding: 2px 8px; }
.field { margin: 0; } p { margin: 8px 0; text-align: justify; }
.sign { margin-top: 26px; width: 46%; margin-inline-start: 54%; text-align: center; }
.stamp { position: absolute; border: 3px double #555; color: #555; padding: 2px 16px; font-size: 22px; font-weight: bold;
    transform: rotate(-9deg); opacity: .6; }
.ring { position: absolute; width: 110px; height: 110px; border: 9px solid rgba(110, 90, 60, .22); border-radius: 50%; }
.page { break-after: page; }`;

// A sheet of letter paper; a PDF takes its title from `title`. `stamp` is [text, left, top]; `ring` is [left, top] of a cup's mark.
export function sheet({ dir, lang, title = '', face = '', body, stamp, ring }) {
    const extras = [];
    if (stamp) extras.push(`<div class="stamp" style="left:${stamp[1]}px;top:${stamp[2]}px">${stamp[0]}</div>`);
    if (ring) extras.push(`<div class="ring" style="left:${ring[0]}px;top:${ring[1]}px"></div>`);
    return (
        `<!doctype html><html lang="${lang}" dir="${dir}"><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style>` +
        `<body class="${face}">${body}${extras.join('')}</body></html>`
    );
}
