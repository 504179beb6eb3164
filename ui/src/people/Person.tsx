// One name: how it is written, its posts, its years, its company, the passages, and what people
// decided of it.

import { useState } from 'preact/hooks';
import { api, type Decision, type NamePage } from '../api';
import { date, number, t } from '../i18n';
import type { Key } from '../i18n/words';
import { useKeys } from '../keys';
import { useLoaded } from '../load';
import { go, linkTo, noNetwork, noQuery, noTimeline, type Query } from '../nav';
import { Icon } from '../parts/Icon';
import { Failure, Waiting } from '../parts/State';
import { CompanyOf } from './Company';
import { decide, undoLast, useSaid } from './decide';
import { Choices, Join } from './Join';
import { kindName, mainKinds, scriptOf, type ScriptName } from './kinds';
import { Passages } from './Passages';
import { SaidBar } from './Said';
import { Notes, Rename } from './Told';
import { Years } from './Years';

const FEW = 12;

function queryFor(name: NamePage): Query {
  return { ...noQuery, q: `name:"#${name.id}"` };
}

function Written({ name, chosen, onChoose }: { name: NamePage; chosen: string; onChoose: (spelling: string) => void }) {
  const [all, setAll] = useState(false);
  const scripts: ScriptName[] = ['latin', 'arabic', 'other'];
  return (
    <section class="written">
      <h2>{t('people.written')}</h2>
      {scripts.map((script) => {
        const mine = name.written.filter(({ spelling }) => scriptOf(spelling) === script);
        if (mine.length === 0) return null;
        return (
          <div key={script}>
            <h3>{t(`people.script.${script}`)}</h3>
            <ul>
              {(all ? mine : mine.slice(0, FEW)).map(({ spelling, kind, mentions }) => (
                <li key={`${spelling}/${kind}`}>
                  <button
                    type="button"
                    class="link"
                    aria-pressed={spelling === chosen}
                    title={t('people.onlyThis')}
                    onClick={() => onChoose(spelling === chosen ? '' : spelling)}
                  >
                    <bdi>{spelling}</bdi>
                  </button>
                  {kind !== name.kind ? <span class="soft">{kindName(kind)}</span> : null}
                  <span class="count">{number(mentions)}</span>
                  {spelling !== name.written[0]?.spelling ? (
                    <button
                      type="button"
                      class="quiet"
                      aria-label={t('people.splitOff', { name: spelling })}
                      title={t('people.splitOff', { name: spelling })}
                      onClick={() => void decide({ verdict: 'different', a: spelling, b: `#${name.id}` })}
                    >
                      <Icon name="close" />
                    </button>
                  ) : null}
                </li>
              ))}
            </ul>
            {mine.length > FEW ? (
              <button type="button" class="link" onClick={() => setAll(!all)}>
                {all ? t('showFewer') : t('people.more', { n: mine.length - FEW })}
              </button>
            ) : null}
          </div>
        );
      })}
    </section>
  );
}

function Posts({ posts }: { posts: NamePage['posts'] }) {
  if (posts.length === 0) return null;
  return (
    <section>
      <h2>{t('people.posts')}</h2>
      <ul class="counted">
        {posts.slice(0, FEW).map(({ post, mentions }) => (
          <li key={post}>
            <bdi>{post}</bdi>
            <span class="count">{number(mentions)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Near({ name }: { name: NamePage }) {
  if (name.near.length === 0) return null;
  return (
    <section class="near">
      <h2>{t('people.near')}</h2>
      <ul>
        {name.near.map((near) => (
          <li key={near.id}>
            <p>
              <a {...linkTo({ screen: 'person', id: near.id })}>
                <bdi>{near.name}</bdi>
              </a>{' '}
              <span class="soft">{t('people.score', { n: Math.round(near.score * 100) })}</span>
            </p>
            {near.decision ? (
              <p class="soft">{t('people.nearKept', { n: near.decision })}</p>
            ) : (
              <Choices
                name={near.name}
                onChoose={(verdict) => void decide({ verdict, a: `#${name.id}`, b: `#${near.id}` })}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Going back to the commonest spelling and taking a note away have words of their own. */
function verdictKey({ verdict, b, why }: Decision): Key {
  if (verdict === 'rename' && !b) return 'people.verdict.renameNone';
  if (verdict === 'note' && !why) return 'people.verdict.noteNone';
  return `people.verdict.${verdict}`;
}

function Decisions({ decisions }: { decisions: Decision[] }) {
  if (decisions.length === 0) return null;
  return (
    <section class="decisions">
      <h2>{t('people.decisions')}</h2>
      <ol>
        {decisions.map((one) => (
          <li key={one.decision} class={one.undone_by ? 'undone' : undefined}>
            <p dir="auto">
              {t(verdictKey(one), { a: one.a ?? '', b: one.b ?? '', n: one.undoes ?? 0 })}
            </p>
            {one.why ? <p class="soft" dir="auto">{one.why}</p> : null}
            <p class="soft">
              <time dateTime={one.at}>{date(one.at)}</time>
              {one.by ? <> · <bdi>{t('people.by', { name: one.by })}</bdi></> : null}
              {one.undone_by ? <> · {t('people.taken')}</> : null}
            </p>
            {one.undone_by ? null : (
              <button type="button" onClick={() => void decide({ verdict: 'undo', undoes: one.decision })}>
                {t('people.undo')}
              </button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

interface HeadProps {
  name: NamePage;
  asked: number;
  naming: boolean;
  onNaming: (naming: boolean) => void;
}

function Head({ name, asked, naming, onNaming }: HeadProps) {
  return (
    <header>
      <button
        type="button"
        class="quiet"
        aria-label={t('people.back')}
        title={t('people.back')}
        onClick={() => go({ screen: 'people' })}
      >
        <Icon name="back" />
      </button>
      <div>
        <h1>
          <bdi>{name.name}</bdi>
        </h1>
        <p class="facts">
          <span>{kindName(name.kind)}</span>
          <span>{t('documents', { n: name.documents })}</span>
          <span>{t('people.mentions', { n: name.mentions })}</span>
          <span>{t('people.spellings', { n: name.spellings })}</span>
        </p>
        {name.called ? (
          <p class="soft">
            {t('people.calledBy', { name: name.written[0]?.spelling ?? '' })}
            {name.called.by ? <> · <bdi>{t('people.by', { name: name.called.by })}</bdi></> : null}
          </p>
        ) : null}
        {naming ? <Rename name={name} done={() => onNaming(false)} /> : null}
        {asked !== name.id ? <p class="soft">{t('people.moved', { n: asked })}</p> : null}
      </div>
      {mainKinds.includes(name.kind) ? (
        <>
          <button type="button" class="find" aria-expanded={naming} onClick={() => onNaming(!naming)}>
            {t('people.rename')} <kbd aria-hidden="true">r</kbd>
          </button>
          <a class="find" {...linkTo({ screen: 'timeline' }, { timeline: { ...noTimeline, name: name.id } })}>
            {t('timeline.title')}
          </a>
          <a class="find" {...linkTo({ screen: 'network' }, { network: { ...noNetwork, around: [name.id] } })}>
            {t('network.title')}
          </a>
        </>
      ) : null}
      <a class="find" {...linkTo({ screen: 'search' }, { query: queryFor(name), chosen: null })}>
        <Icon name="search" /> {t('people.find')} <kbd aria-hidden="true">f</kbd>
      </a>
    </header>
  );
}

export function Person({ id }: { id: number }) {
  const { turn } = useSaid();
  const loaded = useLoaded(`${id}/${turn}`, (signal) => api.name(id, signal));
  const name = loaded.value;
  const [spelling, setChosen] = useState('');
  const [naming, setNaming] = useState(false);
  const [noting, setNoting] = useState<number | null>(null);
  const written = name?.written.find((one) => one.spelling === spelling);
  const chosen = written ? spelling : '';
  const total = written?.mentions ?? name?.mentions ?? 0;
  const back = () => go({ screen: 'people' });
  useKeys('name', {
    f: () => name && go({ screen: 'search' }, { query: queryFor(name), chosen: null }),
    r: () => name && mainKinds.includes(name.kind) && setNaming(true),
    m: () => name && setNoting(name.notes[0]?.decision ?? 0),
    z: undoLast,
    b: back,
    Escape: back,
  });
  if (loaded.error) return <Failure error={loaded.error} again={loaded.again} />;
  if (!name) return <Waiting />;
  return (
    <article class="name">
      <Head key={name.id} name={name} asked={id} naming={naming} onNaming={setNaming} />
      <SaidBar />
      <div class="halves">
        <aside>
          <Notes name={name} open={noting} onOpen={setNoting} />
          <Written name={name} chosen={chosen} onChoose={setChosen} />
          <Posts posts={name.posts} />
          <Near name={name} />
          <Join name={name} />
          <Decisions decisions={name.decisions} />
        </aside>
        <div>
          <Years years={name.years} />
          <CompanyOf id={name.id} turn={turn} />
          <Passages id={name.id} spelling={chosen} total={total} query={queryFor(name)} turn={turn} />
        </div>
      </div>
    </article>
  );
}
