// What holds this place together? Ties and actors whose loss would cut others off, and how sure that is.
import { useEffect } from 'preact/hooks'
import { ask } from '../ask'
import { many, type Label } from '../words'
import bridgesQuestion from '../questions/bridges.graphql?raw'
import { Answer, Fine, Name, Names } from './bits'
import { NO_MARKS, useAnswer, type Desk } from './state'

interface One { uid: string; name: string }
interface Bridge {
  kind: 'TIE' | 'ACTOR'; tie: { from: One; to: One; label: Label } | null; actor: One | null
  smallerSide: number; largerSide: number; cutOff: One[]; confidence: number | null
  actOn: boolean; verdict: string; makeItTwo: { left: One; right: One; reason: string }[]; reason: string
}
interface Told { bridges: { totalCount: number; draws: number; uncertainty: string; coverage: { sentence: string }; nodes: Bridge[] } }

const ends = (bridge: Bridge): One[] => bridge.tie ? [bridge.tie.from, bridge.tie.to] : bridge.actor ? [bridge.actor] : []

export function Bridges({ desk }: { desk: Desk }) {
  const { shown: { which }, mark } = desk
  const told = useAnswer('bridges', stop => ask<Told>(bridgesQuestion, { first: 12 }, stop))
  const nodes = told.data?.bridges.nodes
  useEffect(() => {
    if (!nodes) return mark(NO_MARKS)
    const one = which === null ? null : nodes[which - 1]
    const some = one ? [one] : nodes
    const cut = new Set(one?.cutOff.map(each => each.uid))
    const ties = some.flatMap(each => each.tie ? { from: each.tie.from.uid, to: each.tie.to.uid, route: 0 } : [])
    mark({ lit: new Set([...some.flatMap(ends).map(each => each.uid), ...cut]), ties, cut })
  }, [nodes, which])
  return (
    <Answer of={told} asking="Trying what would come apart: this draws the field 200 times ...">
      {({ bridges: { totalCount, nodes, draws, uncertainty, coverage } }) => <>
        {totalCount === 0 ? <p>Nothing here hangs by one tie or one actor, as far as is recorded.</p>
          : <p>{many(totalCount, 'tie or actor', 'ties and actors')} without whom others would be cut off{totalCount > nodes.length && `: the first ${nodes.length}`}. Choose one to see whom.</p>}
        <ol class="routes">{nodes.map((bridge, at) => <Card key={at} desk={desk} bridge={bridge} at={at + 1} />)}</ol>
        <Fine>Sure: in so many of {draws} draws of the field as it may really be. {uncertainty} {coverage.sentence}</Fine>
      </>}
    </Answer>
  )
}

function Card({ desk, bridge, at }: { desk: Desk; bridge: Bridge; at: number }) {
  const { shown: { which }, go } = desk
  const chosen = which === at
  return (
    <li class={chosen ? 'answer chosen' : 'answer'}>
      <h3><button type="button" aria-pressed={chosen} onClick={() => go({ which: chosen ? null : at })}>
        {ends(bridge).map(each => each.name).join(' and ')}</button></h3>
      <p class="tags"><span>{bridge.kind === 'TIE' ? 'a tie' : 'an actor'}</span><span>cuts off {bridge.smallerSide}</span>
        {bridge.confidence !== null && <span>sure in {Math.round(bridge.confidence * 100)}%</span>}
        <span class={bridge.actOn ? 'act' : ''}>{bridge.actOn ? 'worth acting on' : 'no need to act'}</span></p>
      {chosen && <>
        <p>{bridge.reason}</p>
        <p><b>Who would be cut off:</b> <Names desk={desk} of={bridge.cutOff} /></p>
        <p><b>{bridge.actOn ? 'Act on it:' : 'Not now:'}</b> {bridge.verdict}</p>
        {bridge.makeItTwo.length > 0 && <><b>Make it two:</b><ul>{bridge.makeItTwo.map(link => (
          <li key={link.left.uid + link.right.uid}><Name desk={desk} {...link.left} /> with <Name desk={desk} {...link.right} /> <small>{link.reason}</small></li>
        ))}</ul></>}
      </>}
    </li>
  )
}
