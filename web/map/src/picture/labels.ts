// Names of actors, on paper of their own so that they can be read over ties.
import type { Settings } from 'sigma/settings'
import type { NodeDisplayData, PartialButFor } from 'sigma/types'
import type { Theme } from '../colours'

type Named = PartialButFor<NodeDisplayData, 'x' | 'y' | 'size' | 'label' | 'color'>
const MOST = 34 // letters

export type Box = readonly [left: number, top: number, right: number, bottom: number]

/** What is taken in this frame, by dots and names: no name is written over it. */
export class Written {
  private boxes: Box[] = []
  begin(taken: Box[]): void { this.boxes = taken }
  free([left, top, right, bottom]: Box): boolean {
    return this.boxes.every(([l, t, r, b]) => right <= l || left >= r || bottom <= t || top >= b)
  }
  take(box: Box): void { this.boxes.push(box) }
}

const short = (name: string): string => (name.length > MOST ? `${name.slice(0, MOST - 1).trimEnd()}…` : name)

export function label(
  context: CanvasRenderingContext2D, data: Named & { must?: boolean }, settings: Settings, theme: Theme, written: Written,
): void {
  if (!data.label) return
  const text = short(data.label)
  context.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`
  const spots = beside(context, data, settings, context.measureText(text).width)
  const spot = spots.find(each => written.free(each)) ?? (data.must ? spots[0] : undefined)
  if (!spot) return
  written.take(spot)
  write(context, settings, theme, text, spot)
}

export function hover(context: CanvasRenderingContext2D, data: Named, settings: Settings, theme: Theme): void {
  if (!data.label) return
  context.font = `700 ${settings.labelSize}px ${settings.labelFont}`
  const [spot] = beside(context, data, settings, context.measureText(data.label).width)
  if (spot) write(context, settings, theme, data.label, spot)
}

/** Where a name may stand: to the right of its dot, to the left, below, above; all on the canvas. */
function beside(context: CanvasRenderingContext2D, { x, y, size }: Named, settings: Settings, wide: number): Box[] {
  const [high, away] = [settings.labelSize + 3, size + 4]
  const at = (left: number, middle: number): Box => [left, middle - high / 2, left + wide, middle + high / 2]
  const all = [at(x + away, y), at(x - away - wide, y), at(x - wide / 2, y + away + high / 2), at(x - wide / 2, y - away - high / 2)]
  const here = all.filter(([left, , right]) => left > 2 && right < context.canvas.clientWidth - 2)
  return here.length ? here : all
}

function write(context: CanvasRenderingContext2D, settings: Settings, theme: Theme, text: string, [left, top]: Box): void {
  context.lineJoin = 'round'
  context.lineWidth = 4
  context.strokeStyle = theme.paper
  context.fillStyle = theme.ink
  const foot = top + settings.labelSize
  context.strokeText(text, left, foot)
  context.fillText(text, left, foot)
}
