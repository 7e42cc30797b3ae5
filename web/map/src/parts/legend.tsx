// What the signs mean, and on whose data it all rests: always on the page.
import { circleColour, type Theme } from '../colours'
import type { Field } from '../field'
import { day, KINDS, LABELS, MEANS, PLURAL, many } from '../words'
import { Dot, TieWord } from './bits'
import type { Go } from './state'

const SHOWN = 8

export function Legend({ field, theme, circle, go, open }: { field: Field; theme: Theme; circle: number | null; go: Go; open: boolean }) {
  const named = field.map.communities.slice(0, SHOWN)
  return (
    <details class="legend" open={open}>
      <summary>What the signs mean</summary>
      <h3>Ties</h3>
      <ul>{LABELS.map(label => <li key={label}><TieWord label={label} /> <small>{MEANS[label]}</small></li>)}</ul>
      <h3>Who</h3>
      <ul class="across">{KINDS.map(kind => <li key={kind}><Dot kind={kind} colour={theme.quiet} /> {PLURAL[kind]}</li>)}</ul>
      {named.length > 0 && <><h3>Circles: more tied among themselves</h3>
        <ul>{named.map((each, at) => (
          <li key={each.name}><button type="button" class="name" aria-pressed={circle === at} onClick={() => go({ circle: circle === at ? null : at })}>
            <Dot kind="PERSON" colour={circleColour(theme, at)} /><span>{each.name}</span> <small>{each.size}</small></button></li>
        ))}</ul>
        {field.map.communities.length > SHOWN && <small>and {many(field.map.communities.length - SHOWN, 'smaller one')}, in grey</small>}</>}
    </details>
  )
}

export function Coverage({ field }: { field: Field }) {
  const { coverage, rule, uncertainty, truncated, actors, ties } = field.map
  return (
    <footer class="coverage">
      <p><b>{many(actors.length, 'actor')}, {many(ties.length, 'tie')}.</b> {truncated && `${rule} `}{coverage.sentence}</p>
      <details>
        <summary>Whose data</summary>
        <ul>{coverage.sources.map(source => <li key={source.uid}><b>{source.title ?? source.uid}</b> {[source.publisher, source.licence ?? 'licence not said',
          source.retrieved && `fetched ${day(source.retrieved)}`].filter(Boolean).join(' · ')}</li>)}</ul>
        <p>{rule} {uncertainty}</p>
      </details>
    </footer>
  )
}
