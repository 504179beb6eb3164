// A dialog over the screen. It is there as long as whoever opened it draws it: Escape says so at once. The
// browser's own "close" comes a moment after the dialog went, and would end the one opened meanwhile.

import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** `title`: the id of its heading. */
export function Modal({ class: name, title, onClose, children }: {
  class: string;
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const gone = useRef(false);
  useLayoutEffect(() => {
    const shown = dialog.current!;
    shown.showModal();
    return () => {
      gone.current = true;
      shown.close(); // gives the focus back
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={name}
      aria-labelledby={title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
      onClose={() => gone.current || onClose()}
    >
      {children}
    </dialog>
  );
}
