// The whole page: the field is read, and what the address says is shown of it.
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Asked } from '../address'
import { circleColour, DARK, LIGHT } from '../colours'
import { read, settle, type Field } from '../field'
import type { Look, Picture } from '../picture/picture'
import type { Refused } from '../ask'
import { ActorPanel } from './actor'
import { Allies } from './allies'
import { Already } from './already'
import { Bridges } from './bridges'
import { Canvas } from './canvas'
import { Choose } from './choose'
import { Connect } from './connect'
import { Filters, passing, unfiltered } from './filters'
import { Help } from './help'
import { useKeys } from './keys'
import { Coverage, Legend } from './legend'
import { List } from './list'
import { Broken, Empty, Reading } from './states'
import { cleared, NO_MARKS, refused, useAddress, useMedia, type Desk, type Marks } from './state'

export const QUESTIONS: readonly [Asked, string][] = [
  ['look', 'Look around'],
  ['allies', 'Find my allies'],
  ['connect', 'Who can connect us?'],
  ['bridges', 'What holds this together?'],
  ['already', 'Is someone already doing this?'],
]

export function App() {
  const [field, setField] = useState<Field | null>(null)
  const [wrong, setWrong] = useState<Refused | null>(null)
  const [moves, setMoves] = useState(0)
  const [times, setTimes] = useState(0)
  const [dark, setDark] = useDark()
  const again = useCallback(() => setTimes(before => before + 1), [])
  useEffect(() => {
    const stop = new AbortController()
    setWrong(null)
    read(stop.signal).then(async found => {
      setField(found)
      if (!await settle(found, () => setMoves(before => before + 1), stop.signal)) again()
    }).catch(error => { if (!stop.signal.aborted) setWrong(refused(error)) })
    return () => stop.abort()
  }, [times])
  if (wrong && !field) return <Broken wrong={wrong} again={again} />
  if (!field) return <Reading />
  const anew = () => { setField(null); again() }
  if (field.empty) return <Empty again={anew} />
  return <Page field={field} moves={moves} dark={dark} setDark={setDark} again={anew} />
}

interface Given { field: Field; moves: number; dark: boolean; setDark: (dark: boolean) => void; again: () => void }

function Page({ field, moves, dark, setDark, again }: Given) {
  const [shown, go] = useAddress()
  const [marks, setMarks] = useState<Marks>(NO_MARKS)
  const [helping, setHelping] = useState(false)
  const [lost, setLost] = useState<string | null>(null)
  const still = useMedia('(prefers-reduced-motion: reduce)')
  const wide = useMedia('(min-width: 56rem)')
  const picture = useRef<Picture | null>(null)
  const theme = dark ? DARK : LIGHT
  const passes = useMemo(() => passing(field, shown), [field, shown.place, shown.theme, shown.kinds.join(), shown.label, shown.circle, moves])
  const mark = useCallback((next: Marks) => setMarks(next), [])
  const look: Look = useMemo(() => ({
    theme, chosen: shown.actor, passes, least: shown.label, still,
    lit: shown.asked === 'look' ? null : marks.lit, marks: marks.ties, cut: marks.cut,
  }), [theme, shown.actor, passes, shown.label, shown.asked, marks, still])
  useEffect(() => { if (shown.asked === 'look') setMarks(NO_MARKS) }, [shown.asked])
  useEffect(() => { if (marks.lit && marks.lit.size > 1) void picture.current?.bring(marks.lit, still) }, [marks])
  const desk: Desk = { field, shown, go, mark, theme, colour: actor => circleColour(theme, actor.community) }
  const choose = (uid: string | null) => {
    if (shown.asked === 'connect' && uid && !shown.from) go({ from: uid })
    else if (shown.asked === 'connect' && uid && !shown.to && uid !== shown.from) go({ to: uid })
    else go({ actor: uid })
  }
  const put = (asked: Asked) => go({ ...cleared, asked, ...(asked === 'allies' || asked === 'connect' ? { from: shown.from ?? shown.actor } : {}), ...(asked === 'already' ? {} : { text: '' }) })
  useKeys({ shown, go, put, picture, still, turn: () => setDark(!dark), helping, help: () => setHelping(true) })
  return (
    <div class={`page ${lost !== null ? 'list' : shown.view}${shown.actor ? ' telling' : ''}`}>
      <a class="skip" href="#answers">To the answers</a>
      <header>
        <h1>Tieline <small>a map of the field</small></h1>
        <Choose field={field} label="Find somebody" hint="Find somebody by name" id="find" value={null} colour={desk.colour}
          chosen={uid => { if (uid) { go({ actor: uid }); void picture.current?.bring([uid, ...(field.near.get(uid) ?? []).map(each => each.actor.uid)], still) } }} />
        <div class="tools">
          <button type="button" aria-pressed={shown.view === 'list'} onClick={() => go({ view: shown.view === 'list' ? 'map' : 'list' })}>{shown.view === 'list' ? 'Map' : 'List'}</button>
          <button type="button" aria-pressed={dark} onClick={() => setDark(!dark)}>Dark</button>
          <button type="button" onClick={() => setHelping(true)}>Keys</button>
        </div>
      </header>
      <nav aria-label="Questions">
        {QUESTIONS.map(([asked, words]) => <button type="button" key={asked} aria-current={shown.asked === asked ? 'page' : undefined} onClick={() => put(asked)}>{words}</button>)}
      </nav>
      <section class="answers" id="answers" aria-label={QUESTIONS.find(([asked]) => asked === shown.asked)?.[1]}>
        {shown.asked === 'look' && <p class="hint">Every dot is somebody; every line a tie, as thick as it is known to be. Near means tied. Choose a dot, or ask one of the questions.</p>}
        {shown.asked === 'allies' && <Allies desk={desk} />}
        {shown.asked === 'connect' && <Connect desk={desk} />}
        {shown.asked === 'bridges' && <Bridges desk={desk} />}
        {shown.asked === 'already' && <Already desk={desk} />}
        <Filters desk={desk} />
        <Legend field={field} theme={theme} circle={shown.circle} go={go} open={wide && shown.asked === 'look'} key={`${wide} ${shown.asked === 'look'}`} />
      </section>
      <main>
        {lost !== null || shown.view === 'list' ? <List desk={desk} passes={passes} lost={shown.view === 'map' ? lost : null} /> : <>
          <Canvas field={field} look={look} moves={moves} choose={choose} ready={made => { picture.current = made }} lost={setLost} />
          <Zoom picture={picture} still={still} />
          {!field.map.layout.settled && <p class="settling" role="status">{field.map.layout.stage}: {Math.round(field.map.layout.share * 100)}%</p>}
          {passes && <p class="filtered"><button type="button" onClick={() => go(unfiltered)}>Showing some: show everybody</button></p>}
        </>}
      </main>
      {shown.actor && <ActorPanel desk={desk} uid={shown.actor} key={shown.actor} />}
      <Coverage field={field} />
      {helping && <Help close={() => setHelping(false)} level={field.level} changed={again} />}
    </div>
  )
}

function Zoom({ picture, still }: { picture: { current: Picture | null }; still: boolean }) {
  return (
    <div class="zoom" role="group" aria-label="Nearer and farther">
      <button type="button" aria-label="Nearer" onClick={() => picture.current?.zoom('in', still)}>+</button>
      <button type="button" aria-label="Farther" onClick={() => picture.current?.zoom('out', still)}>−</button>
      <button type="button" aria-label="The whole map" onClick={() => picture.current?.zoom('all', still)}>⤢</button>
    </div>
  )
}

/** Dark or light: as the screen's owner wishes it, until they say otherwise here. */
function useDark(): [boolean, (dark: boolean) => void] {
  const wished = useMedia('(prefers-color-scheme: dark)')
  const [said, setSaid] = useState<boolean | null>(() => ({ dark: true, light: false })[localStorage.getItem('tieline-theme') ?? ''] ?? null)
  const dark = said ?? wished
  useEffect(() => { document.documentElement.dataset.theme = dark ? 'dark' : 'light' }, [dark])
  return [dark, next => { localStorage.setItem('tieline-theme', next ? 'dark' : 'light'); setSaid(next) }]
}
