// How a tie is drawn: as thick as it is known to be, dashed where it is not yet known, and what is
// marked over what is not. Routes differ by colour and by a number on each: see routes.ts.
import { bytes } from '../colours'
import { LABELS, type Label } from '../words'
import type { Look } from './picture'
import type { Stroke } from './ties'

const WIDE: Record<Label, number> = { THICK: 4, MIDDLING: 2.4, THIN: 1.2, NOT_YET_KNOWN: 1 }
const DASH = 4 // pixels
const ORDINARY = 0, OWN = 1, MARKED = 2 // what is drawn over what

export interface Layer extends Stroke { over: number }
type Of = Record<Label, Layer>
export const pair = (a: string, b: string): string => (a < b ? `${a}~${b}` : `${b}~${a}`)

export class Strokes {
  static readonly layers = [ORDINARY, OWN, MARKED]
  private readonly marked = new Map<string, Of>()
  private readonly own: Of
  private readonly within: Of
  private readonly pale: Of

  constructor(private readonly look: Look, private readonly centre: string | null, crowd: boolean) {
    const { theme, lit, chosen, marks } = look
    const faint = lit || chosen ? [0.1, 0.1] : crowd ? [0.05, 0.02] : [0.55, 0.06]
    const line = crowd && devicePixelRatio < 1.5
    const of = (colour: string, alpha: number, wide: (is: number) => number, over: number, thin = false): Of =>
      Object.fromEntries(LABELS.map(label => [label, {
        over, wide: wide(WIDE[label]), dash: label === 'NOT_YET_KNOWN' ? DASH : 0, colour: bytes(colour, alpha),
        line: thin && WIDE[label] < 2,
      }])) as Of
    const usual = (is: number) => is * (crowd ? 0.5 : 1)
    this.within = of(theme.tie, faint[0] as number, usual, ORDINARY, line)
    this.pale = of(theme.tie, faint[1] as number, usual, ORDINARY, line)
    this.own = of(marks.length ? theme.quiet : theme.ink, 0.95, is => is + 0.6, OWN)
    const routes = theme.routes.map(colour => of(colour, 1, is => is + 2.5, MARKED))
    for (const { from, to, route } of marks) this.marked.set(pair(from, to), routes[Math.max(0, route - 1)] ?? routes[0] as Of)
  }

  /** Null: it is not drawn. `bright`: both ends are. */
  of(label: Label, a: string, b: string, bright: boolean): Layer | null {
    const { least } = this.look
    if (least && LABELS.indexOf(label) > LABELS.indexOf(least)) return null
    const marked = this.marked.size ? this.marked.get(pair(a, b)) : undefined
    if (marked) return marked[label]
    const own = this.centre !== null && (a === this.centre || b === this.centre)
    return (own ? this.own : bright ? this.within : this.pale)[label]
  }
}
