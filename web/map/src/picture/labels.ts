// Names of actors, on paper of their own so that they can be read over ties.
import type { Settings } from 'sigma/settings'
import type { NodeDisplayData, PartialButFor } from 'sigma/types'
import type { Theme } from '../colours'

type Named = PartialButFor<NodeDisplayData, 'x' | 'y' | 'size' | 'label' | 'color'>
const MOST = 34 // letters

const short = (name: string): string => (name.length > MOST ? `${name.slice(0, MOST - 1).trimEnd()}…` : name)

export function label(context: CanvasRenderingContext2D, data: Named, settings: Settings, theme: Theme): void {
  if (!data.label) return
  write(context, data, settings, theme, short(data.label), settings.labelWeight)
}

export function hover(context: CanvasRenderingContext2D, data: Named, settings: Settings, theme: Theme): void {
  if (!data.label) return
  write(context, data, settings, theme, data.label, '700')
}

function write(
  context: CanvasRenderingContext2D, data: Named, settings: Settings, theme: Theme, text: string, weight: string,
): void {
  context.font = `${weight} ${settings.labelSize}px ${settings.labelFont}`
  context.lineJoin = 'round'
  context.lineWidth = 4
  context.strokeStyle = theme.paper
  context.fillStyle = theme.ink
  const [x, y] = [data.x + data.size + 5, data.y + settings.labelSize / 3]
  context.strokeText(text, x, y)
  context.fillText(text, x, y)
}
