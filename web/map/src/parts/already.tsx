// Is someone already doing this? Tell what you plan; and who on the map may be allies without knowing.
import { useEffect, useState } from 'preact/hooks'
import { ask } from '../ask'
import { day, number } from '../words'
import parallelQuestion from '../questions/parallel.graphql?raw'
import similarQuestion from '../questions/similar.graphql?raw'
import { Answer, Fine, Names } from './bits'
import { NO_MARKS, useAnswer, type Desk } from './state'

interface One { uid: string; name: string }
interface Project extends One { leads: { nodes: One[] } }
interface Like { project: Project; reason: string; ended: string | null; lessons?: string | null }
interface Told { similarProjects: { allies: Like[]; past: Like[]; risk: { label: string; reason: string }; note: string | null; uncertainty: string; coverage: { sentence: string } } }
interface Pair { left: Partial<Project> & One; right: Partial<Project> & One; reasons: { text: string }[] }
interface Pairs { duplicates: { totalCount: number; note: string | null; uncertainty: string; coverage: { sentence: string }; nodes: Pair[] } }

const leads = (of: Partial<Project>): One[] => of.leads?.nodes ?? []

export function Already({ desk }: { desk: Desk }) {
  const { field, shown: { text, place, theme }, go } = desk
  const [draft, setDraft] = useState(text)
  const asked = JSON.stringify([text, place, theme])
  const told = useAnswer(text ? `similar ${asked}` : null, stop => ask<Told>(similarQuestion, {
    draft: { description: text, ...(place && { places: [place] }), ...(theme && { themes: [theme] }) },
  }, stop))
  return (
    <>
      <form onSubmit={event => { event.preventDefault(); go({ text: draft.trim(), which: null }) }}>
        <label>What do you plan?
          <textarea rows={3} value={draft} placeholder="A weekly table where neighbours who do not know each other eat together"
            onInput={event => setDraft(event.currentTarget.value)} />
        </label>
        <p class="fine">Narrow it by the place and theme under “Show only”{(place || theme) && `: now ${[place, theme].filter(Boolean).join(', ')}`}.</p>
        <button type="submit" class="main" disabled={!draft.trim()}>Is someone already doing this?</button>
      </form>
      {text ? <Answer of={told} asking="Comparing it with every project ...">{data => <Found desk={desk} told={data} />}</Answer>
        : <Side desk={desk} key={field.map.graphVersion} />}
    </>
  )
}

function Found({ desk, told: { similarProjects: { allies, past, risk, note, uncertainty, coverage } } }: { desk: Desk; told: Told }) {
  useEffect(() => desk.mark({ ...NO_MARKS, lit: new Set([...allies, ...past].flatMap(each => leads(each.project)).map(each => each.uid)) }), [allies, past])
  return (
    <>
      <p class="note">{risk.reason}</p>
      {note && <p>{note}</p>}
      <Likes desk={desk} title="You may be allies" of={allies} />
      <Likes desk={desk} title="Done before: what they learnt" of={past} />
      <Fine>{uncertainty} {coverage.sentence}</Fine>
    </>
  )
}

function Likes({ desk, title, of }: { desk: Desk; title: string; of: Like[] }) {
  if (!of.length) return null
  return (
    <section class="answer">
      <h3>{title}</h3>
      <ul>{of.map(each => (
        <li key={each.project.uid}><p class="row"><b>{each.project.name}</b><Names desk={desk} of={leads(each.project)} /></p>
          <small>{each.reason}{each.ended && ` Ended ${day(each.ended)}.`}</small>
          {each.lessons && <p class="lesson">“{each.lessons}”</p>}</li>
      ))}</ul>
    </section>
  )
}

function Side({ desk }: { desk: Desk }) {
  const told = useAnswer('parallel', stop => ask<Pairs>(parallelQuestion, { first: 8 }, stop))
  const nodes = told.data?.duplicates.nodes
  const which = desk.shown.which
  useEffect(() => {
    const some = which === null ? nodes : nodes?.slice(which - 1, which)
    const lit = (some ?? []).flatMap(each => [...leads(each.left), ...leads(each.right)]).map(each => each.uid)
    desk.mark(lit.length ? { ...NO_MARKS, lit: new Set(lit) } : NO_MARKS)
  }, [nodes, which])
  return (
    <Answer of={told} asking="Comparing projects with each other ...">
      {({ duplicates: { nodes, totalCount, uncertainty, note } }) => <section>
        <h3>Already on the map: two who may be allies</h3>
        {totalCount === 0 && <p>No two projects of different organisations are alike here, as far as is recorded.</p>}
        <ol class="routes">{nodes.map((each, at) => (
          <li key={each.left.uid + each.right.uid} class={which === at + 1 ? 'answer chosen' : 'answer'}>
            <h3><button type="button" aria-pressed={which === at + 1} onClick={() => desk.go({ which: which === at + 1 ? null : at + 1 })}>
              {each.left.name} and {each.right.name}</button></h3>
            <p class="row"><Names desk={desk} of={[...leads(each.left), ...leads(each.right)]} /></p>
            <small>{each.reasons.map(reason => reason.text).join(' ')}</small>
          </li>
        ))}</ol>
        <Fine>{totalCount > nodes.length && `The first ${nodes.length} of ${number(totalCount)}. `}{note} {uncertainty}</Fine>
      </section>}
    </Answer>
  )
}
