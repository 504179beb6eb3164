// The marks of a document, and what is being marked in it.

import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { api, type Colour, type LabelKind, type Mark, type Page, type Word } from '../../api';
import { t } from '../../i18n';
import { useLoaded } from '../../load';
import { addMark, removeMark, type LabelChoice } from '../../marks/acts';
import { useDid } from '../../marks/did';
import { useLabels } from '../../marks/labels';
import type { Picked } from '../step';
import { targetOf, wholeDocument, wishOf, type Target } from './target';

const NONE: Mark[] = [];

/** What is open beside the document: the choice of a label, or a text that is being written. */
export type Doing =
  | { what: 'label'; kind: LabelKind; target: Target }
  | { what: 'write'; kind: 'note' | 'translation'; target: Target };

export interface Marking {
  marks: Mark[];
  /** Selected words or a drawn rectangle; null: the document is meant. */
  target: Target | null;
  /** A rectangle is being drawn. */
  drawing: boolean;
  doing: Doing | null;
  starred: Mark | undefined;
  setDrawing: (drawing: boolean) => void;
  setDrawn: (drawn: Target | null) => void;
  choose: (kind: LabelKind) => void;
  write: (kind: 'note' | 'translation') => void;
  /** Nothing is selected, drawn or being drawn any more. */
  drop: () => void;
  close: () => void;
  label: (choice: LabelChoice) => void;
  text: (text: string, lang: string, wholeItem: boolean) => Promise<boolean>;
  colour: (colour: Colour) => void;
  star: () => void;
}

export function useMarking(item: number, page: Page | undefined, words: Word[], picked: Picked | null, runs: Page[]): Marking {
  const { turn } = useDid();
  const loaded = useLoaded(`${item}/${turn}`, (signal) => api.itemMarks(item, signal));
  const marks = loaded.value?.marks ?? NONE;
  const labels = useLabels().value?.labels ?? [];
  const [drawing, setDrawing] = useState(false);
  const [drawn, setDrawn] = useState<Target | null>(null);
  const [doing, setDoing] = useState<Doing | null>(null);
  // A rectangle is of the page it was drawn on.
  useLayoutEffect(() => {
    setDrawing(false);
    setDrawn(null);
  }, [item, page?.page]);
  useLayoutEffect(() => setDoing(null), [item]);
  // Words that are selected afterwards are meant instead.
  useLayoutEffect(() => {
    if (picked) setDrawn(null);
  }, [picked]);

  const run = picked && runs.find((one) => one.page === picked.page);
  const selected = picked && run ? targetOf(run, picked.range, run === page ? words : []) : null;
  const target = drawn ?? selected;
  const starred = marks.find((mark) => mark.kind === 'star' && mark.mine && mark.page === 0 && !mark.removed);

  const drop = () => {
    setDrawing(false);
    setDrawn(null);
    getSelection()?.removeAllRanges();
  };
  const chosen = useRef('');
  chosen.current = JSON.stringify(target);
  /** Lets go of what is marked now, unless something else was selected meanwhile. */
  const marked = async (recording: Promise<boolean>) => {
    const of = chosen.current;
    const recorded = await recording;
    if (recorded && chosen.current === of) drop();
    return recorded;
  };
  return {
    marks,
    target,
    drawing,
    doing,
    starred,
    setDrawing,
    setDrawn,
    choose: (kind) => (kind !== 'highlight' || target) && setDoing({ what: 'label', kind, target: target ?? wholeDocument }),
    write: (kind) => {
      const whole = { ...wholeDocument, page: page?.page ?? 0 };
      setDoing({ what: 'write', kind, target: target ?? whole });
    },
    drop,
    close: () => setDoing(null),
    label: (choice) => {
      if (doing?.what === 'label') void marked(addMark({ kind: doing.kind, ...wishOf(item, doing.target), ...choice }));
    },
    text: async (text, lang, wholeItem) => {
      if (doing?.what !== 'write') return false;
      const at = wholeItem ? wholeDocument : doing.target;
      return marked(addMark({ kind: doing.kind, ...wishOf(item, at), text, lang }));
    },
    colour: (colour) => {
      if (!target) return;
      const named = labels.find((label) => label.kind === 'highlight' && label.colour === colour && !label.removed);
      const choice = named ? { label: named.id } : { label_name: t(`marks.colour.${colour}`), colour };
      void marked(addMark({ kind: 'highlight', ...wishOf(item, target), ...choice }));
    },
    star: () => void (starred ? removeMark(starred) : addMark({ kind: 'star', ...wishOf(item, wholeDocument) })),
  };
}
