// What the program says of an item, in its own English: options of commands are not broken in two.

export function Detail({ text }: { text: string }) {
  return (
    <span dir="auto">
      {text.split(/(--[a-z-]+)/).map((part, i) => (i % 2 ? <span class="option">{part}</span> : part))}
    </span>
  );
}
