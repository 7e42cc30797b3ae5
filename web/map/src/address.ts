// What is looked at stands in the address, so that it can be sent to somebody, and Back goes back.
import { KINDS, LABELS, type Kind, type Label } from './words'

export type Asked = 'look' | 'allies' | 'connect' | 'bridges' | 'already'
export interface Shown {
  asked: Asked
  view: 'map' | 'list'
  actor: string | null
  from: string | null
  to: string | null
  which: number | null
  text: string
  place: string
  theme: string
  kinds: Kind[]
  label: Label | null
  circle: number | null
}
export const NOTHING: Shown = {
  asked: 'look', view: 'map', actor: null, from: null, to: null, which: null,
  text: '', place: '', theme: '', kinds: [], label: null, circle: null,
}
const ASKED: readonly Asked[] = ['look', 'allies', 'connect', 'bridges', 'already']

export function read(search: string): Shown {
  const said = new URLSearchParams(search)
  const one = <T extends string>(name: string, of: readonly T[]): T | undefined => of.find(each => each === said.get(name))
  const count = (name: string): number | null => /^\d{1,4}$/.test(said.get(name) ?? '') ? Number(said.get(name)) : null
  return {
    asked: one('ask', ASKED) ?? 'look',
    view: one('view', ['map', 'list'] as const) ?? 'map',
    actor: said.get('actor'), from: said.get('from'), to: said.get('to'), which: count('which'),
    text: said.get('text') ?? '', place: said.get('place') ?? '', theme: said.get('theme') ?? '',
    kinds: KINDS.filter(kind => said.getAll('kind').includes(kind.toLowerCase())),
    label: LABELS.find(label => label.toLowerCase() === said.get('label')) ?? null,
    circle: count('circle'),
  }
}

export function write(shown: Shown): string {
  const said = new URLSearchParams()
  const put = (name: string, value: string | number | null) => { if (value !== null && value !== '') said.append(name, String(value)) }
  put('ask', shown.asked === 'look' ? null : shown.asked)
  put('view', shown.view === 'map' ? null : shown.view)
  put('actor', shown.actor)
  put('from', shown.from)
  put('to', shown.to)
  put('which', shown.which)
  put('text', shown.text)
  put('place', shown.place)
  put('theme', shown.theme)
  for (const kind of shown.kinds) put('kind', kind.toLowerCase())
  put('label', shown.label?.toLowerCase() ?? null)
  put('circle', shown.circle)
  const text = said.toString()
  return text ? `?${text}` : ''
}

export const filtered = (shown: Shown): boolean =>
  Boolean(shown.place || shown.theme || shown.kinds.length || shown.label || shown.circle !== null)
