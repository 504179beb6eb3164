// Icons as paths on a grid of 20. Those that point along the line are mirrored by CSS in RTL.

const paths = {
  search: 'M8.5 3a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM13 13l4 4',
  next: 'M8 4l6 6-6 6',
  previous: 'M12 4l-6 6 6 6',
  // Of time, which runs one way in every language.
  earlier: 'M12 4l-6 6 6 6',
  later: 'M8 4l6 6-6 6',
  down: 'M4 7l6 6 6-6',
  up: 'M4 13l6-6 6 6',
  close: 'M5 5l10 10M15 5L5 15',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  back: 'M9 4l-6 6 6 6M3 10h14',
  page: 'M5 3h7l3 3v11H5zM12 3v3h3',
  box: 'M3 6h14v11H3zM3 6l2-3h10l2 3M8 10h4',
  globe: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM2.5 10h15M10 2.5c2.6 2 3.4 4.6 3.4 7.5s-.8 5.5-3.4 7.5c-2.6-2-3.4-4.6-3.4-7.5s.8-5.5 3.4-7.5z',
  contrast: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM10 2.5v15M12 5v10M14.2 6.6v6.8',
  both: 'M3 4h6v12H3zM12 5h5M12 8h5M12 11h5M12 14h3',
  lines: 'M4 5h12M4 8.3h12M4 11.6h12M4 15h7',
  person: 'M10 3.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM4 17c.4-3.4 2.8-5 6-5s5.6 1.6 6 5',
  doubt: 'M7 7a3 3 0 1 1 4.4 2.6c-1 .6-1.4 1.1-1.4 2.4M10 15.5v.1M3 18h14',
  link: 'M8.5 11.5l3-3M7 9l-2.2 2.2a2.8 2.8 0 0 0 4 4L11 13M9 7l2.2-2.2a2.8 2.8 0 0 1 4 4L13 11',
  fitWidth: 'M3 4v12M17 4v12M6 10h8M8 8l-2 2 2 2M12 8l2 2-2 2',
  fitPage: 'M5 3h10v14H5zM10 6v8M8.3 7.7L10 6l1.7 1.7M8.3 12.3L10 14l1.7-1.7',
  turnLeft: 'M6 7h6a4 4 0 0 1 0 8H8M8.5 4L5.5 7l3 3',
  turnRight: 'M14 7H8a4 4 0 0 0 0 8h4M11.5 4l3 3-3 3',
  frame: 'M3 6V3h3M14 3h3v3M17 14v3h-3M6 17H3v-3M6.5 6.5h7v7h-7z',
  leave: 'M8 4H4v12h4M12 6l4 4-4 4M16 10H8',
};

const along = new Set(['next', 'previous', 'back', 'leave']);

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={along.has(name) ? 'icon along' : 'icon'} viewBox="0 0 20 20" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
