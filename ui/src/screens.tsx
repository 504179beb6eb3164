// The table of screens: what each shows, and how the reader gets there. What a screen weighs more than
// a few kilobytes is loaded when it is opened (parts/lazy.tsx); its styles are imported here.

import type { ComponentChild } from 'preact';
import type { Key } from './i18n';
import { noLedger, type Place, type PlaceOf, type Screen, type Spot } from './nav';
import { Document } from './document/Document';
import { Ledger } from './ledger/Ledger';
import { lazy } from './parts/lazy';
import './overview/overview.css';
import { Overview } from './overview/Overview';
import './people/people.css';
import './people/told.css';
import { People } from './people/People';
import { Person } from './people/Person';
import { Review } from './people/Review';
import { Batch } from './search/Batch';
import { Search } from './search/Search';
import './marking/marking.css';
import './marks/marks.css';
import { Marking } from './marking/Marking';
import './network/network.css';
import './timeline/timeline.css';
import { Timeline } from './timeline/Timeline';

const Network = lazy(() => import('./network/Network').then((module) => module.Network));

interface Row<S extends Screen> {
  show: (place: PlaceOf<S>, spot: Spot) => ComponentChild;
  /** Whose entry in the navigation is the current one. */
  under: Screen;
}

const screens: { [S in Screen]: Row<S> } = {
  search: { show: (_, spot) => <Search query={spot.query} chosen={spot.chosen} />, under: 'search' },
  batch: { show: () => <Batch />, under: 'search' },
  overview: { show: () => <Overview />, under: 'overview' },
  ledger: { show: (_, spot) => <Ledger view={{ ...noLedger, ...spot.ledger }} chosen={spot.chosenRow} />, under: 'ledger' },
  people: { show: (_, spot) => <People view={spot.people} chosen={spot.chosenName} />, under: 'people' },
  review: { show: () => <Review />, under: 'people' },
  person: { show: (place) => <Person key={place.id} id={place.id} />, under: 'people' },
  network: { show: (_, spot) => <Network view={spot.network} />, under: 'network' },
  marking: { show: (_, spot) => <Marking view={spot.marking} chosen={spot.chosenMark} />, under: 'marking' },
  timeline: { show: (_, spot) => <Timeline view={spot.timeline} />, under: 'timeline' },
  item: {
    show: (place, spot) => <Document key={place.item} item={place.item} page={place.page} spot={spot} />,
    under: 'search',
  },
};

/** The navigation, in its order; "g" and the letter lead there. */
export const navigation: { place: Place; title: Key; letter: string }[] = [
  { place: { screen: 'overview' }, title: 'overview.title', letter: 'o' },
  { place: { screen: 'search' }, title: 'search', letter: 's' },
  { place: { screen: 'people' }, title: 'people.nav', letter: 'p' },
  { place: { screen: 'timeline' }, title: 'timeline.title', letter: 't' },
  { place: { screen: 'network' }, title: 'network.title', letter: 'n' },
  { place: { screen: 'marking' }, title: 'marking.nav', letter: 'm' },
  { place: { screen: 'ledger' }, title: 'ledger', letter: 'l' },
];

export function rowOf(screen: Screen): Row<Screen> {
  return screens[screen] as unknown as Row<Screen>;
}
