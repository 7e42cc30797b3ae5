// What each circle is called, written over it: colour alone tells nobody.
import type Sigma from 'sigma'
import { circleColour, type Theme } from '../colours'
import type { Field } from '../field'

const MOST = 12
const ROOM = { wide: 170, high: 34 } // pixels that a name takes

interface Name { x: number; y: number; circle: number; element: HTMLElement }

export class Names {
  private readonly holder = document.createElement('div')
  private named: Name[] = []
  private readonly place = (): void => this.placed()

  constructor(private readonly sigma: Sigma, private readonly field: Field, over: HTMLElement) {
    this.holder.className = 'circle-names'
    this.holder.setAttribute('aria-hidden', 'true') // the legend says the same
    over.append(this.holder)
    this.count()
    sigma.on('afterRender', this.place)
  }

  /** Where the middle of each circle is. */
  count(): void {
    const sums = new Map<number, { x: number[]; y: number[] }>()
    for (const { community, x, y } of this.field.map.actors) {
      if (community === null || community >= MOST) continue
      const sum = sums.get(community) ?? { x: [], y: [] }
      sums.set(community, sum)
      sum.x.push(x)
      sum.y.push(y)
    }
    const middle = (all: number[]) => all.sort((a, b) => a - b)[all.length >> 1] ?? 0
    this.holder.replaceChildren()
    this.named = [...sums].sort(([a], [b]) => a - b).map(([circle, { x, y }]) => {
      const element = document.createElement('span')
      element.textContent = this.field.map.communities[circle]?.name ?? ''
      this.holder.append(element)
      return { circle, x: middle(x), y: Math.max(...y), element }
    })
  }

  show(theme: Theme, faint: boolean): void {
    this.holder.classList.toggle('faint', faint)
    for (const { circle, element } of this.named) {
      element.style.color = circleColour(theme, circle)
    }
  }

  private placed(): void {
    const far = this.sigma.getCamera().ratio
    this.holder.classList.toggle('near', far < 0.3)
    const taken: { x: number; y: number }[] = []
    for (const name of this.named) {
      const at = this.sigma.graphToViewport(name)
      const half = Math.min(90, name.element.offsetWidth / 2)
      at.x = Math.max(half + 6, Math.min(this.holder.clientWidth - half - 6, at.x))
      const free = taken.every(other => Math.abs(other.x - at.x) > ROOM.wide || Math.abs(other.y - at.y) > ROOM.high)
      name.element.style.visibility = free ? 'visible' : 'hidden'
      name.element.style.transform = `translate(-50%, -120%) translate(${Math.round(at.x)}px, ${Math.round(at.y)}px)`
      if (free) taken.push(at)
    }
  }

  kill(): void {
    this.sigma.off('afterRender', this.place)
    this.holder.remove()
  }
}
