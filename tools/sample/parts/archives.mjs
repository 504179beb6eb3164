// archives/: every kind of container, and those that go wrong.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { scratch } from '../lib/render.mjs';
import { zip } from '../lib/zip.mjs';

// Files in a fresh folder, with one date for all.
function folder(files) {
    const root = scratch('');
    for (const [name, content] of files) {
        const full = path.join(root, name);
        fs.mkdirSync(path.dirname(full), { recursive: true });
        fs.writeFileSync(full, content);
        fs.utimesSync(full, 1566551822, 1566551822);
    }
    return root;
}

const run = (program, args, cwd) => execFileSync(program, args, { cwd, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 });

function tarGz(files) {
    const tar = run('tar', ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mtime=@1566551822', '-cf', '-', ...files.map(([file]) => file)], folder(files));
    return zlib.gzipSync(tar, { level: 9 });
}

function packed(program, args, name, files) {
    const root = folder(files);
    const out = scratch(name);
    run(program, [...args, out, ...files.map(([file]) => file)], root);
    return fs.readFileSync(out);
}

const compressed = (program, text) => execFileSync(program, ['-9', '-c'], { input: text });

// 2.2 GB of zeros in an archive in an archive, in a few kilobytes.
function bomb() {
    const zeros = scratch('.zip');
    execFileSync('sh', ['-c', `head -c 2200000000 /dev/zero | 7z a -bd -bso0 -tzip -mx=5 -sizeros.txt ${zeros}`]);
    return zip([['layer-1.zip', fs.readFileSync(zeros)]]);
}

export function addArchives(leak) {
    const box = (name, bytes, what) => leak.add(`archives/${name}`, bytes, { outcome: 'empty', reason: 'container', what });
    const inside = (name, word, what) => leak.expect(`archives/${name}`, { outcome: 'text', word, what });

    box('office-backup.zip', zip([
        ['دفتر/فهرست.txt', 'فهرست پرونده‌های دفتر معاون: قرارداد، گذرنامه، سفر، هدیه‌ها\n'],
        ['desk/gifts.txt', 'Gifts received, 1397: one wristwatch (Marjan), one carpet, two falcons\n'],
        ['desk/older.tar.gz', tarGz([['keys.txt', 'Cabinet keys: the grey one opens the drawer of tenders.\n']])],
    ]), 'archive in an archive, with a Persian folder');
    inside('office-backup.zip!/دفتر/فهرست.txt', 'هدیه‌ها', 'Persian list');
    inside('office-backup.zip!/desk/gifts.txt', 'falcons', 'list of gifts');
    leak.expect('archives/office-backup.zip!/desk/older.tar.gz', { outcome: 'empty', reason: 'container', what: 'archive in the archive' });
    inside('office-backup.zip!/desk/older.tar.gz!/keys.txt', 'drawer', 'a text two layers deep');

    box('harbour-logs.tar.gz', tarGz([
        ['logs/pilot-1.txt', 'Pilot log, 28 April 2019: told the harbour master again that buoy seven is shoaling.\n'],
        ['logs/pilot-2.txt', 'Pilot log, 1 May 2019: Shabnam hard aground at buoy seven, weather clear, no fog.\n'],
        ['logs/دفتر برج.txt', 'دفتر برج دیده‌بانی: دید در بامداد ۱۱ اردیبهشت ده میل دریایی بود.\n'],
    ]), 'three log books');
    inside('harbour-logs.tar.gz!/logs/pilot-1.txt', 'shoaling', 'a log book');
    inside('harbour-logs.tar.gz!/logs/pilot-2.txt', 'weather', 'a log book');
    inside('harbour-logs.tar.gz!/logs/دفتر برج.txt', 'دیده‌بانی', 'a log book in Persian');
    box('papers.7z', packed('7z', ['a', '-bd', '-mx=9', '-mtm=on'], '.7z', [
        ['envelope.txt', 'Written on the envelope: for K., from the friends across the water.\n'],
        ['رسيد.txt', 'وصل استلام: مبلغ نقدي من شركة مرجان الوديرة، التوقيع غير مقروء.\n'],
    ]), 'two papers in a 7z archive');
    inside('papers.7z!/envelope.txt', 'envelope', 'an envelope');
    inside('papers.7z!/رسيد.txt', 'استلام', 'a receipt in Arabic');
    box('tide-table.txt.gz', zlib.gzipSync('Tide table for Sepidar, May 2019: low water 04:11, height 0.6 m\n', { level: 9 }), 'a text in gzip');
    inside('tide-table.txt.gz!/tide-table.txt', 'tide', 'the text');
    box('switchboard.txt.bz2', compressed('bzip2', 'Switchboard of the ministry, 12 February 2019: urgent call for Mr Dalirzadeh at 11:47\n'), 'a text in bzip2');
    inside('switchboard.txt.bz2!/switchboard.txt', 'switchboard', 'the text');
    box('gate-log.txt.xz', compressed('xz', 'دروازهٔ شمالی: خودروی معاون بنادر ساعت بیست و سه خارج شد.\n'), 'a text in xz');
    inside('gate-log.txt.xz!/gate-log.txt', 'دروازه', 'the text');

    const secret = [['secret.txt', 'The soundings of Azar are under the floor of the gauging station at Gazneh.\n']];
    box('locked.zip', packed('zip', ['-q', '-X', '-P', 'not-in-the-story'], '.zip', secret), 'archive with a password');
    leak.expect('archives/locked.zip!/secret.txt', { outcome: 'failed', reason: 'password', what: 'the locked paper' });
    leak.add('archives/locked.7z', packed('7z', ['a', '-bd', '-pnot-in-the-story', '-mhe=on'], '.7z', secret), { outcome: 'failed', reason: 'password', what: 'archive with a password, names hidden too' });
    const whole = zip([['first.txt', 'First half of the parcel: a list of numbers, nothing more.\n'], ['second.txt', Buffer.from(Array.from({ length: 6000 }, (_, i) => (i * i * 31 + i * 7) % 251)), 'store']]);
    leak.add('archives/cut-off.zip', whole.subarray(0, 3000), { outcome: 'failed', reason: 'truncated', what: 'archive cut off in the middle' });
    inside('cut-off.zip!/first.txt', 'parcel', 'what came before the cut');
    leak.expect('archives/cut-off.zip!/second.txt', { outcome: 'failed', reason: 'truncated', what: 'what the cut went through' });
    box('full-copy.zip', bomb(), 'zip bomb: 2.2 GB of zeros, two layers deep');
    leak.expect('archives/full-copy.zip!/layer-1.zip', { outcome: 'failed', reason: 'limit-size', what: 'the inner layer' });
    leak.expect('archives/full-copy.zip!/layer-1.zip!/zeros.txt', { outcome: 'failed', reason: 'limit-size', what: 'the zeros' });
}
