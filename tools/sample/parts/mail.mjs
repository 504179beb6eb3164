// mail/: messages, a mailbox, and mail inside archives inside mail.
import { windows1256 } from '../lib/charset.mjs';
import { mail, mbox, encodedWord } from '../lib/mail.mjs';
import { docx, escape, xlsx } from '../lib/office.mjs';
import { pdf, sheet } from '../lib/render.mjs';
import { zip } from '../lib/zip.mjs';
import { memos, soundings, thread } from '../story/english.mjs';

const at = (text) => new Date(text);
const CLERK = `${encodedWord('کارمند بایگانی')} <clerk@sepidar.example>`;
const STRAND = 'Imogen Strand <i.strand@pellworth.example>';
const COURIER = 'Rosalind Achterberg <rosalind@courier.example>';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

// mail > zip > mail > docx and pdf
function nested(leak) {
    const statement = docx({ title: 'Statement', author: 'L. Keymanesh', date: '2019-08-30T10:00:00Z' }, memos.statement.filter(Boolean), 'Signed in the presence of two witnesses of Gazneh.');
    const transcript = ['Transcript of a call, 25 May 2019, 23:31', 'B. Shahrivari: It is done. The second floor is gone.', 'K. Shahrivari: And the soundings of Azar?', 'B. Shahrivari: Ash.'];
    const html = sheet({ dir: 'ltr', lang: 'en', title: transcript[0], face: 'latin', body: transcript.map((line) => `<p>${escape(line)}</p>`).join('') });
    const inner = mail({
        from: CLERK, to: STRAND, subject: 'the two papers', date: at('2019-08-31T19:20:00Z'), id: 'b2@sepidar.example',
        text: 'Here are the statement and the transcript. Delete this message.\n',
        attachments: [
            { name: 'statement.docx', type: DOCX, bytes: statement },
            { name: 'transcript.pdf', type: 'application/pdf', bytes: pdf(html) },
        ],
    });
    const archive = zip([['papers/forwarded.eml', inner], ['papers/read me.txt', 'Two papers came with the forwarded message. The parcel key is kingfisher.\n']]);
    const outer = mail({
        from: STRAND, to: COURIER, subject: 'Sepidar: everything we have', date: at('2019-09-02T06:05:00Z'), id: 'b1@pellworth.example',
        text: 'Rosalind,\n\nas promised, zipped. Start with the statement.\n\nImogen\n',
        attachments: [{ name: 'evidence.zip', type: 'application/zip', bytes: archive }],
    });
    const name = 'mail/2019-09-02_everything.eml';
    leak.add(name, outer, { outcome: 'text', word: 'promised', what: 'mail with an archive' });
    leak.expect(`${name}!/evidence.zip`, { outcome: 'empty', reason: 'container', what: 'the archive' });
    leak.expect(`${name}!/evidence.zip!/papers/forwarded.eml`, { outcome: 'text', word: 'Delete', what: 'mail in the archive' });
    leak.expect(`${name}!/evidence.zip!/papers/read me.txt`, { outcome: 'text', word: 'kingfisher', what: 'text in the archive' });
    leak.expect(`${name}!/evidence.zip!/papers/forwarded.eml!/statement.docx`, { outcome: 'text', word: 'witnesses', what: 'document in the mail in the archive' });
    leak.expect(`${name}!/evidence.zip!/papers/forwarded.eml!/transcript.pdf`, { outcome: 'text', word: 'transcript', what: 'PDF in the mail in the archive' });
}

export function addMail(leak) {
    nested(leak);
    leak.add('mail/thread.mbox', mbox(thread.map((message) => ({ ...message, bytes: mail(message) }))), {
        outcome: 'empty', reason: 'container', what: 'a mailbox of five messages',
    });
    thread.forEach((message, index) => {
        const name = `0000${index + 1} ${message.subject}.eml`;
        leak.expect(`mail/thread.mbox!/${name}`, { outcome: 'text', word: message.word, what: 'a message of the mailbox' });
    });

    leak.add('mail/2019-01-21_dry-dock.eml', mail({
        from: STRAND, to: 'Gareth Pellworth <gareth@pellworth.example>', cc: 'office@pellworth.example', subject: 'Daryagol in dock three',
        date: at('2019-01-21T12:00:00Z'), id: 'c1@pellworth.example',
        text: 'The harbour office confirms it: Daryagol has not moved since New Year’s Eve.\nSoundings attached.\n',
        attachments: [{ name: 'soundings.xlsx', type: XLSX, bytes: xlsx({ title: 'Soundings', author: 'I. Strand' }, [['Channel', [...soundings, ['buoy 11', 9.0, 8.9, 'Strand']]]]) }],
    }), { outcome: 'text', word: 'confirms', what: 'mail with a spreadsheet' });
    leak.expect('mail/2019-01-21_dry-dock.eml!/soundings.xlsx', { outcome: 'text', word: 'buoy', what: 'the spreadsheet' });

    const persian = 'سلام\r\nنامه پيوست را بخوانيد و نابود كنيد. كليد گاوصندوق نزد آرمين ساحلي است.\r\n';
    leak.add('mail/2019-06-12_safe.eml', mail({
        from: CLERK, to: STRAND, subject: 'كليد', date: at('2019-06-12T20:10:00Z'), id: 'c2@sepidar.example',
        charset: 'windows-1256', bodyBytes: windows1256(persian),
    }), { outcome: 'text', word: 'گاوصندوق', what: 'Persian mail in windows-1256, typed with Arabic letters' });

    const html = '<html dir="rtl"><body><p>السيد كاوه، <b>التحويل</b> تم اليوم.</p><p>طارق</p><img src="http://tracker.example/pixel.gif"></body></html>';
    leak.add('mail/2019-01-23_transfer.eml', mail({
        from: `${encodedWord('طارق الوديري')} <tareq@marjan.example>`, to: 'kaveh@tirazan.example', subject: 'التحويل',
        date: at('2019-01-23T08:01:00Z'), id: 'c3@marjan.example', html,
    }), { outcome: 'text', word: 'التحويل', what: 'Arabic mail in HTML with a tracking picture' });

    const quoted = mail({
        from: 'kaveh@tirazan.example', to: 'tareq@marjan.example', subject: 'Re: dock', date: at('2019-02-09T17:45:00Z'), id: 'c5@tirazan.example',
        text: 'Arriving tomorrow. No driver, no embassy car, no hotel register. K.\n',
    });
    leak.add('mail/2019-02-20_fwd.eml', mail({
        from: CLERK, to: STRAND, subject: 'Fwd: dock', date: at('2019-02-20T22:31:00Z'), id: 'c4@sepidar.example',
        text: 'Found on the printer.\n', attachments: [{ name: 'dock.eml', type: 'message/rfc822', bytes: quoted }],
    }), { outcome: 'text', word: 'printer', what: 'mail with a forwarded message' });
    leak.expect('mail/2019-02-20_fwd.eml!/dock.eml', { outcome: 'text', word: 'embassy', what: 'the forwarded message' });
}
