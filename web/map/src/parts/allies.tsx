// Find my allies: where somebody fits, each line with its reason.
import { useEffect } from 'preact/hooks'
import { ask } from '../ask'
import alliesQuestion from '../questions/allies.graphql?raw'
import { Answer, Fine, Name, Names } from './bits'
import { Choose } from './choose'
import { NO_MARKS, useAnswer, type Desk } from './state'

interface One { uid: string; name: string }
interface Line {
  reason: string; who: One | null; project: (One & { leads: { nodes: One[] } }) | null; yours: One | null
  through: One | null; lesson: string | null; sources: { uid: string; title: string | null }[]
}
interface Section { part: string; title: string; total: number; note: string | null; lines: Line[] }
interface Told { fit: { sections: Section[]; uncertainty: string; coverage: { sentence: string } } }

export function Allies({ desk }: { desk: Desk }) {
  const { field, shown: { from }, go, mark, colour } = desk
  const told = useAnswer(from && `fit ${from}`, stop => ask<Told>(alliesQuestion, { actor: from, first: 5 }, stop))
  const sections = told.data?.fit.sections
  useEffect(() => {
    if (!from) return mark(NO_MARKS)
    const allies = sections?.find(each => each.part === 'ALLIES')?.lines ?? []
    mark({ ...NO_MARKS, lit: new Set([from, ...allies.flatMap(line => line.who?.uid ?? [])]) })
  }, [sections, from])
  return (
    <>
      <Choose field={field} label="Who are you?" hint="your name or your organisation's" value={from} colour={colour} chosen={uid => go({ from: uid })} />
      {!from && <p class="hint">Allies work on the same themes in the same places, in another organisation.</p>}
      <Answer of={told} asking="Looking for allies ...">
        {({ fit: { sections, uncertainty, coverage } }) => <>
          {sections.filter(section => section.part !== 'GAPS').map(section => (
            <section key={section.part} class="answer">
              <h3>{section.title}{section.total > section.lines.length && <small> {section.lines.length} of {section.total}</small>}</h3>
              {section.note && <p class="fine">{section.note}</p>}
              <ul>{section.lines.map((line, at) => <FitLine key={at} desk={desk} line={line} />)}</ul>
            </section>
          ))}
          <Fine>{uncertainty} {coverage.sentence}</Fine>
        </>}
      </Answer>
    </>
  )
}

function FitLine({ desk, line }: { desk: Desk; line: Line }) {
  return (
    <li>
      {line.who && <Name desk={desk} {...line.who} />}
      {line.project && <p class="row"><b>{line.project.name}</b><Names desk={desk} of={line.project.leads.nodes} /></p>}
      <small>{line.reason}{line.lesson && ` “${line.lesson}”`}</small>
      {line.through && <small class="row">Ask first: <Name desk={desk} {...line.through} /></small>}
      {line.sources.length > 0 && <small class="fine">Says: {line.sources.map(each => each.title ?? each.uid).join('; ')}</small>}
    </li>
  )
}
