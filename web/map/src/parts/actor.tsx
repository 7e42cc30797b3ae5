// One actor: who, where, on what, with whom and why, and who says so.
import { useEffect, useRef, useState } from 'preact/hooks'
import { ask } from '../ask'
import type { Source } from '../field'
import { day, evidence, KIND, LABEL, listed, many, type Label } from '../words'
import actorQuestion from '../questions/actor.graphql?raw'
import tieQuestion from '../questions/tie.graphql?raw'
import { Answer, Dot, Fine, Name, TieWord } from './bits'
import { useAnswer, type Desk } from './state'

interface Told {
  uid: string; name: string; alsoKnownAs: string[] | null; pronouns?: string | null; bio?: string | null
  takingRequests?: boolean | null; kind?: string | null; url?: string | null
  places: { uid: string; name: string }[]
  themes: { uid: string; label: string }[]
  memberships: { organisation: { uid: string; name: string }; ways: string[]; roles: string[] }[]
  projects: { totalCount: number; edges: { parts: string[]; node: { uid: string; title: string } }[] }
  ties: { totalCount: number; nodes: Tied[] }
  sources: Source[]
}
interface Tied { to: { uid: string; name: string }; label: Label; kinds: string[]; lastSeen: string | null; sources: { uid: string; title: string | null }[] }
interface Why { tie: { sentence: string; evidence: { uid: string; on: string | null; until: string | null; sentence: string; source: string | null }[] } }

const PARTS: Record<string, string> = { LEADS: 'leads', PARTNERS_ON: 'partner on', FUNDS: 'funds' }

export function ActorPanel({ desk, uid }: { desk: Desk; uid: string }) {
  const { field, go, shown } = desk
  const actor = field.byUid.get(uid)
  const told = useAnswer(`actor ${uid}`, stop => ask<{ node: Told | null }>(actorQuestion, { id: uid }, stop))
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => { if (document.activeElement?.closest('.answers, .everybody')) heading.current?.focus() }, [uid])
  const name = actor?.name ?? told.data?.node?.name ?? 'Nobody here'
  const circle = actor?.community != null ? field.map.communities[actor.community] : null
  return (
    <aside class="card actor" aria-label={`About ${name}`}>
      <button type="button" class="close" aria-label="Close" onClick={() => go({ actor: null })}>×</button>
      <h2 ref={heading} tabIndex={-1}>{actor && <Dot kind={actor.kind} colour={desk.colour(actor)} />}{name}</h2>
      {actor && <p class="what">
        {[actor.sort ?? KIND[actor.kind], listed(actor.places)].filter(Boolean).join(', ')}
        {circle && <><br />In the circle “{circle.name}”.</>}
      </p>}
      <div class="doing">
        <button type="button" onClick={() => go({ asked: 'allies', from: uid })}>Find their allies</button>
        <button type="button" onClick={() => go({ asked: 'connect', to: uid, from: shown.from === uid ? null : shown.from, which: null })}>Who can connect me?</button>
        <button type="button" onClick={() => go({ asked: 'connect', from: uid, to: shown.to === uid ? null : shown.to, which: null })}>Start from here</button>
      </div>
      <Answer of={told} asking="Asking who they are ...">
        {({ node }) => node ? <Facts desk={desk} told={node} /> : <p>Nobody of this name may be seen here: perhaps it was joined with another, or hidden since.</p>}
      </Answer>
    </aside>
  )
}

function Facts({ desk, told }: { desk: Desk; told: Told }) {
  const { go } = desk
  return (
    <>
      {told.bio && <p>{told.bio}</p>}
      {told.pronouns && <p class="fine">Pronouns: {told.pronouns}</p>}
      {told.takingRequests === false && <p class="note">Is not taking requests now.</p>}
      {told.url && <p><a href={told.url} rel="noreferrer">{told.url.replace(/^https?:\/\//, '')}</a></p>}
      {told.themes.length > 0 && <p class="chips"><b>Works on</b> {told.themes.map(theme =>
        <button type="button" key={theme.uid} onClick={() => go({ theme: theme.label, actor: null })}>{theme.label}</button>)}</p>}
      {told.places.length > 0 && <p class="chips"><b>In</b> {told.places.map(place =>
        <button type="button" key={place.uid} onClick={() => go({ place: place.name, actor: null })}>{place.name}</button>)}</p>}
      {told.memberships.length > 0 && <section>
        <h3>Belongs to</h3>
        <ul>{told.memberships.map(each => <li key={each.organisation.uid}>
          <Name desk={desk} {...each.organisation} />{each.roles.length > 0 && <small> {each.roles.join(', ')}</small>}</li>)}</ul>
      </section>}
      {told.projects.edges.length > 0 && <section>
        <h3>Projects</h3>
        <ul>{told.projects.edges.map(each => <li key={each.node.uid}>{each.node.title}
          <small> {each.parts.map(part => PARTS[part] ?? part.toLowerCase()).join(', ')}</small></li>)}</ul>
      </section>}
      <section>
        <h3>Tied to {many(told.ties.totalCount, 'actor')}, and why</h3>
        {told.ties.nodes.length === 0 && <p>No tie is recorded. That is not to say there is none.</p>}
        <ul class="tied">{told.ties.nodes.map(each => <Tie key={each.to.uid} desk={desk} from={told.uid} tie={each} />)}</ul>
        {told.ties.totalCount > told.ties.nodes.length && <Fine>The {told.ties.nodes.length} thickest are shown.</Fine>}
      </section>
      <section>
        <h3>Who says so</h3>
        <ul class="sources">{told.sources.map(source => <li key={source.uid}>
          {source.title ?? source.uid}<small>{[source.publisher, source.licence ?? 'licence not said',
            source.retrieved && `fetched ${day(source.retrieved)}`].filter(Boolean).join(' · ')}</small></li>)}</ul>
      </section>
    </>
  )
}

function Tie({ desk, from, tie }: { desk: Desk; from: string; tie: Tied }) {
  const [open, setOpen] = useState(false)
  const why = useAnswer(open ? `tie ${from} ${tie.to.uid}` : null, stop => ask<Why>(tieQuestion, { from, to: tie.to.uid }, stop))
  return (
    <li>
      <div class="row"><Name desk={desk} {...tie.to} /><TieWord label={tie.label} /></div>
      <small>{[evidence(tie.kinds), tie.lastSeen && `last heard of ${day(tie.lastSeen)}`].filter(Boolean).join('; ')}</small>
      <button type="button" class="why" aria-expanded={open} onClick={() => setOpen(!open)}>Why {LABEL[tie.label]}?</button>
      {open && <Answer of={why} asking="Asking why ...">
        {({ tie: { sentence, evidence: piece } }) => <div class="because"><p>{sentence}</p>
          <ul>{piece.map(each => <li key={each.uid}>{each.sentence}</li>)}</ul>
          <Fine>Says: {listed(tie.sources.map(source => source.title ?? source.uid)) || 'nobody whom you may know of'}.</Fine></div>}
      </Answer>}
    </li>
  )
}
