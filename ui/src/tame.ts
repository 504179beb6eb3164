// Names that a sender chose: signs that turn a name around ("invexe.jpg" for "inv…gpj.exe") or that
// command a screen stand as the replacement character, as they do in the terminal.

const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

export function tame(name: string): string {
  return name.replace(HARMFUL, (sign) => (sign === '\n' || sign === '\t' ? ' ' : '\ufffd'));
}
