// Who can connect these two? Three routes that share no go-between.
import { useEffect } from 'preact/hooks'
import { ask } from '../ask'
import { day, evidence, type Label } from '../words'
import pathwaysQuestion from '../questions/pathways.graphql?raw'
import { Answer, Fine, Name, TieWord } from './bits'
import { Choose } from './choose'
import { NO_MARKS, useAnswer, type Desk } from './state'

interface One { uid: string; name: string }
interface Hop { from: One | null; to: One; ask: One | null; label: Label; kinds: string[]; lastSeen: string | null; sources: { uid: string; title: string | null }[] }
interface Route { label: Label; reason: string; hops: Hop[]; crosses: One[] }
interface Told {
  pathways: {
    routes: Route[]; missingLink: { left: One; right: One; reason: string } | null
    note: string | null; uncertainty: string; coverage: { sentence: string }
  }
}

export function Connect({ desk }: { desk: Desk }) {
  const { field, shown: { from, to, which }, go, mark, colour } = desk
  const both = from && to && from !== to
  const told = useAnswer(both ? `pathways ${from} ${to}` : null, stop => ask<Told>(pathwaysQuestion, { from, to }, stop))
  const routes = told.data?.pathways.routes
  useEffect(() => {
    if (!both || !routes) return mark(both || from || to ? { ...NO_MARKS, lit: new Set([from, to].filter(uid => uid !== null)) } : NO_MARKS)
    const ties = routes.flatMap(({ hops }, at) => which !== null && which !== at + 1 ? []
      : hops.flatMap(({ from, to }) => from ? { from: from.uid, to: to.uid, route: at + 1 } : []))
    mark({ ...NO_MARKS, lit: new Set([from, to, ...ties.flatMap(tie => [tie.from, tie.to])]), ties })
  }, [routes, which, from, to])
  return (
    <>
      <div class="two">
        <Choose field={field} label="Who asks" hint="a name" value={from} colour={colour} chosen={uid => go({ from: uid, which: null })} />
        <Choose field={field} label="Whom they wish to meet" hint="a name" value={to} colour={colour} chosen={uid => go({ to: uid, which: null })} />
        <button type="button" class="turn" onClick={() => go({ from: to, to: from, which: null })}>Exchange the two</button>
      </div>
      {from && from === to && <p>They are one and the same: choose two.</p>}
      {!both && from !== to && <p class="hint">Choose two, here or on the map: the ways between them are drawn, each with its reasons.</p>}
      <Answer of={told} asking="Looking for go-betweens ...">
        {({ pathways: { routes, missingLink, note, uncertainty, coverage } }) => <>
          {note && <p class="note">{note}</p>}
          {missingLink && <p>The nearest missing link: <Name desk={desk} {...missingLink.left} /> and <Name desk={desk} {...missingLink.right} />. {missingLink.reason}</p>}
          <ol class="routes">{routes.map((route, at) => <RouteCard key={at} desk={desk} route={route} at={at + 1} />)}</ol>
          {which !== null && <button type="button" onClick={() => go({ which: null })}>Show all routes</button>}
          <Fine>{uncertainty} {coverage.sentence}</Fine>
        </>}
      </Answer>
    </>
  )
}

function RouteCard({ desk, route, at }: { desk: Desk; route: Route; at: number }) {
  const { shown: { which }, go, theme } = desk
  return (
    <li class={which === at ? 'answer chosen' : 'answer'}>
      <h3><button type="button" aria-pressed={which === at} onClick={() => go({ which: which === at ? null : at })}>
        Route <span class="route-number" style={{ background: theme.routes[at - 1], color: theme.paper }}>{at}</span></button><TieWord label={route.label} /></h3>
      <ol class="hops">{route.hops.map(hop => (
        <li key={hop.to.uid}>
          <div class="row">{hop.from && <Name desk={desk} {...hop.from} />}<span aria-hidden="true">→</span><span class="unseen">asks</span><Name desk={desk} {...hop.to} /></div>
          <small><TieWord label={hop.label} /> {[evidence(hop.kinds), hop.lastSeen && `last heard of ${day(hop.lastSeen)}`].filter(Boolean).join('; ')}
            {hop.ask && ` · ask for ${hop.ask.name}`}
            {hop.sources.length > 0 && ` · says: ${hop.sources.map(each => each.title ?? each.uid).join('; ')}`}</small>
        </li>
      ))}</ol>
      <details class="said"><summary>In one breath</summary><p>{route.reason}</p></details>
      {route.crosses.length > 0 && <Fine>Enters {route.crosses.map(each => each.name).join(', ')}.</Fine>}
    </li>
  )
}
