// The number of each route, on the map: colour alone tells nobody.
import type { Theme } from '../colours'
import type { Field } from '../field'
import type { Marked } from './picture'
import type { Box } from './labels'

const HALF = 11 // pixels, of a number

interface Number { route: number; hops: Marked[]; element: HTMLElement }
type Spot = (at: { x: number; y: number }) => { x: number; y: number }

export class Routes {
  readonly holder = document.createElement('div')
  private numbers: Number[] = []

  constructor(private readonly field: Field, over: HTMLElement) {
    this.holder.className = 'route-numbers'
    this.holder.setAttribute('aria-hidden', 'true') // the answers say the same
    over.append(this.holder)
  }

  show(marks: readonly Marked[], theme: Theme): void {
    this.numbers = [...new Set(marks.map(each => each.route))].filter(Boolean).sort().map(route => {
      const element = document.createElement('span')
      element.textContent = String(route)
      element.style.background = theme.routes[route - 1] ?? theme.mark
      element.style.color = theme.paper
      return { route, hops: marks.filter(each => each.route === route), element }
    })
    this.holder.replaceChildren(...this.numbers.map(each => each.element))
  }

  /** Puts each on the longest hop of its route where no other is; the boxes they take. */
  placed(spot: Spot, taken: readonly Box[]): Box[] {
    const boxes: Box[] = []
    for (const { hops, element } of this.numbers) {
      const free = this.spots(hops, spot).sort((a, b) => b.far - a.far)
      const clear = ({ x, y }: { x: number; y: number }) => [...taken, ...boxes].every(([l, t, r, b]) =>
        x + HALF <= l || x - HALF >= r || y + HALF <= t || y - HALF >= b)
      const at = free.find(clear) ?? free[0]
      element.hidden = !at
      if (!at) continue
      element.style.transform = `translate(${Math.round(at.x - HALF)}px, ${Math.round(at.y - HALF)}px)`
      boxes.push([at.x - HALF, at.y - HALF, at.x + HALF, at.y + HALF])
    }
    return boxes
  }

  private spots(hops: readonly Marked[], spot: Spot): { x: number; y: number; far: number }[] {
    return hops.flatMap(({ from, to }) => {
      const [one, other] = [this.field.byUid.get(from), this.field.byUid.get(to)]
      if (!one || !other) return []
      const [a, b] = [spot(one), spot(other)]
      const far = Math.hypot(a.x - b.x, a.y - b.y)
      return [0.5, 0.35, 0.65].map(share => ({ x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share, far }))
    })
  }
}
