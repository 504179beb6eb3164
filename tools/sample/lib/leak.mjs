// The folder being made, and what sanad must say of each file in it.
import fs from 'node:fs';
import path from 'node:path';

const WHEN = new Date('2019-08-23T09:17:02Z');

export class Leak {
    constructor(root) {
        this.root = root;
        this.rows = [];
        fs.rmSync(root, { recursive: true, force: true });
        fs.mkdirSync(root, { recursive: true });
    }

    // expected: { outcome, reason, word, what }; `word` must be found by a search, "" if there is none.
    add(name, bytes, expected) {
        const full = path.join(this.root, name);
        fs.mkdirSync(path.dirname(full), { recursive: true });
        fs.writeFileSync(full, bytes);
        fs.utimesSync(full, WHEN, WHEN);
        this.expect(name, expected);
    }

    symlink(name, target, expected) {
        fs.symlinkSync(target, path.join(this.root, name));
        this.expect(name, expected);
    }

    // A child inside a container; steps are joined by "!/".
    expect(name, { outcome, reason = '', word = '', what = '' }) {
        this.rows.push({ path: `sample/${name}`, outcome, reason, word, what });
    }

    read(name) {
        return fs.readFileSync(path.join(this.root, name));
    }

    writeExpected(file) {
        const rows = this.rows.map((r) => [r.path, r.outcome, r.reason, r.word].join('\t'));
        fs.writeFileSync(file, `path\toutcome\treason\tword\n${rows.sort().join('\n')}\n`);
    }

    // The table of README.md stands after this line and reaches to the end of the file.
    writeTable(file, marker) {
        const head = fs.readFileSync(file, 'utf8').split(marker)[0];
        const rows = this.rows.map(
            (r) => `| \`${r.path}\` | ${r.what} | ${r.outcome}${r.reason ? `, ${r.reason}` : ''} | ${r.word} |`,
        );
        const table = ['| path | what it is | outcome | a word in it |', '|---|---|---|---|', ...rows.sort()];
        fs.writeFileSync(file, `${head}${marker}\n\n${table.join('\n')}\n`);
    }
}
