// Internet mail (RFC 5322, MIME) from a header list, a body and attachments.

export const encodedWord = (text, charset = 'UTF-8') =>
    `=?${charset}?B?${Buffer.from(text).toString('base64')}?=`;

const ascii = (text) => /^[\x20-\x7e]*$/.test(text);
const header = (value) => (ascii(value) ? value : encodedWord(value));
const base64 = (bytes) => Buffer.from(bytes).toString('base64').replace(/(.{76})/g, '$1\r\n');

function fileName(name) {
    if (ascii(name)) return `filename="${name}"`;
    return `filename*=UTF-8''${encodeURIComponent(name)}`; // RFC 2231
}

function attachment({ name, type, bytes }) {
    const raw = type === 'message/rfc822';
    return [
        `Content-Type: ${type}`,
        `Content-Disposition: attachment; ${fileName(name)}`,
        `Content-Transfer-Encoding: ${raw ? '8bit' : 'base64'}`,
        '',
        raw ? bytes.toString().trimEnd() : base64(bytes),
        '',
    ].join('\r\n');
}

// { from, to, cc, subject, date (Date), id, inReplyTo, text, html, charset, bodyBytes, attachments }
export function mail(message) {
    const head = [`From: ${message.from}`, `To: ${message.to}`];
    if (message.cc) head.push(`Cc: ${message.cc}`);
    head.push(`Subject: ${header(message.subject)}`);
    head.push(`Date: ${message.date.toUTCString().replace('GMT', '+0000')}`);
    head.push(`Message-ID: <${message.id}>`);
    if (message.inReplyTo) head.push(`In-Reply-To: <${message.inReplyTo}>`, `References: <${message.inReplyTo}>`);
    head.push('MIME-Version: 1.0');

    const charset = message.charset ?? 'utf-8';
    const bodyType = message.html ? 'text/html' : 'text/plain';
    const bodyBytes = message.bodyBytes ?? Buffer.from(message.html ?? message.text);
    const body = [
        `Content-Type: ${bodyType}; charset=${charset}`,
        'Content-Transfer-Encoding: base64',
        '',
        base64(bodyBytes),
        '',
    ].join('\r\n');
    if (!message.attachments) return Buffer.from(`${head.join('\r\n')}\r\n${body}`);

    const boundary = `part-${message.id.replace(/[^a-z0-9]/gi, '')}`;
    const parts = [body, ...message.attachments.map(attachment)];
    const inner = parts.map((part) => `--${boundary}\r\n${part}`).join('');
    head.push(`Content-Type: multipart/mixed; boundary="${boundary}"`);
    return Buffer.from(`${head.join('\r\n')}\r\n\r\n${inner}--${boundary}--\r\n`);
}

// The mboxrd form: "From " lines between messages, quoted inside them.
export function mbox(messages) {
    const parts = messages.map(({ sender, date, bytes }) => {
        const text = bytes.toString().replace(/\r\n/g, '\n').replace(/^(>*From )/gm, '>$1');
        const stamp = date.toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1 $3 $2 $5 $4');
        return `From ${sender} ${stamp}\n${text}\n`;
    });
    return Buffer.from(parts.join(''));
}
