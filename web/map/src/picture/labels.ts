// Names of actors, on paper of their own so that they can be read over ties.
import type { Settings } from 'sigma/settings'
import type { NodeDisplayData, PartialButFor } from 'sigma/types'
import type { Theme } from '../colours'

type Named = PartialButFor<NodeDisplayData, 'x' | 'y' | 'size' | 'label' | 'color'>
const MOST = 34 // letters

/** Names that are written in this frame: none is written over another. */
export class Written {
  private boxes: [number, number, number, number][] = []
  clear(): void { this.boxes = [] }
  /** Whether there is room; it is taken then. */
  take(left: number, top: number, right: number, bottom: number, must: boolean): boolean {
    const free = this.boxes.every(([l, t, r, b]) => right < l || left > r || bottom < t || top > b)
    if (free || must) this.boxes.push([left, top, right, bottom])
    return free || must
  }
}

const short = (name: string): string => (name.length > MOST ? `${name.slice(0, MOST - 1).trimEnd()}…` : name)

export function label(
  context: CanvasRenderingContext2D, data: Named & { must?: boolean }, settings: Settings, theme: Theme, written: Written,
): void {
  if (!data.label) return
  write(context, data, settings, theme, short(data.label), settings.labelWeight, written, Boolean(data.must))
}

export function hover(context: CanvasRenderingContext2D, data: Named, settings: Settings, theme: Theme): void {
  if (!data.label) return
  write(context, data, settings, theme, data.label, '700')
}

function write(
  context: CanvasRenderingContext2D, data: Named, settings: Settings, theme: Theme, text: string, weight: string,
  written?: Written, must = false,
): void {
  context.font = `${weight} ${settings.labelSize}px ${settings.labelFont}`
  context.lineJoin = 'round'
  context.lineWidth = 4
  context.strokeStyle = theme.paper
  context.fillStyle = theme.ink
  const wide = context.measureText(text).width
  const right = data.x + data.size + 5
  const x = right + wide > context.canvas.clientWidth - 4 ? data.x - data.size - 5 - wide : right
  const y = data.y + settings.labelSize / 3
  if (written && !written.take(x - 2, y - settings.labelSize, x + wide + 2, y + 4, must)) return
  context.strokeText(text, x, y)
  context.fillText(text, x, y)
}
