// Everything that is on the map, as a list: by name, since nobody is ranked.
import { useEffect, useMemo, useState } from 'preact/hooks'
import { byName, KIND, LABEL, LABELS, many, number } from '../words'
import type { Actor } from '../field'
import { Name } from './bits'
import type { Desk } from './state'

const PAGE = 100

/** `lost`: why there is no map in its place. */
export function List({ desk, passes, lost }: { desk: Desk; passes: ((actor: Actor) => boolean) | null; lost: string | null }) {
  const { field } = desk
  const [page, setPage] = useState(0)
  const all = useMemo(() => {
    const some = passes ? field.map.actors.filter(passes) : [...field.map.actors]
    return some.sort((a, b) => byName(a.name, b.name) || byName(a.uid, b.uid))
  }, [field, JSON.stringify(desk.shown)])
  useEffect(() => setPage(0), [all])
  const here = all.slice(page * PAGE, (page + 1) * PAGE)
  const last = Math.ceil(all.length / PAGE) - 1
  return (
    <section class="everybody" aria-label="List of everybody on the map">
      {lost !== null && <p class="note" role="alert">This browser cannot draw the map: it needs WebGL, which is switched off or
        lacking here. The list tells all that the map would. <small>({lost})</small></p>}
      <h2>{many(all.length, 'actor')}, by name</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="Table of actors">
        <table>
          <thead><tr><th scope="col">Who</th><th scope="col">What</th><th scope="col">Circle</th><th scope="col">Where</th><th scope="col">Works on</th><th scope="col">Tied to</th></tr></thead>
          <tbody>{here.map(actor => <Row key={actor.uid} desk={desk} actor={actor} />)}</tbody>
        </table>
      </div>
      {last > 0 && <p class="pages">
        <button type="button" disabled={page === 0} onClick={() => setPage(page - 1)}>Earlier</button>
        <span role="status">{number(page * PAGE + 1)} to {number(page * PAGE + here.length)} of {number(all.length)}</span>
        <button type="button" disabled={page >= last} onClick={() => setPage(page + 1)}>Later</button>
      </p>}
    </section>
  )
}

function Row({ desk, actor }: { desk: Desk; actor: Actor }) {
  const near = [...desk.field.near.get(actor.uid) ?? []].sort((a, b) => byName(a.actor.name, b.actor.name))
  const counts = LABELS.map(label => [label, near.filter(each => each.label === label)] as const).filter(([, of]) => of.length)
  const circle = actor.community === null ? null : desk.field.map.communities[actor.community]
  return (
    <tr>
      <th scope="row"><Name desk={desk} uid={actor.uid} name={actor.name} /></th>
      <td>{actor.sort ?? KIND[actor.kind]}</td>
      <td>{circle?.name ?? ''}</td>
      <td>{actor.places.join(', ')}</td>
      <td>{actor.themes.join(', ')}</td>
      <td>{counts.length ? counts.map(([label, of]) => (
        <span key={label} class="of-label"><i>{LABEL[label]}:</i> {of.slice(0, 6).map(each => each.actor.name).join(', ')}{of.length > 6 && ` and ${of.length - 6} more`}. </span>
      )) : 'no tie recorded'}</td>
    </tr>
  )
}
