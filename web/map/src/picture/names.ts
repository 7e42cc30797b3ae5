// What each circle is called, written over it: colour alone tells nobody.
import type Sigma from 'sigma'
import type { CameraState } from 'sigma/types'
import { circleColour, type Theme } from '../colours'
import type { Field } from '../field'
import type { Box } from './labels'

const MOST = 12
const FEW = 30 // of more, some stand far from the rest
const WIDE = 2.2 // from the middle to the top, in distances within which a quarter of them stand
const NEAR = 0.3 // of the whole: nearer than this the names of circles would be in the way
const ABOVE = 10 // pixels over the highest dot

/** How the field lies on the screen. */
export interface Frame { cameraState: CameraState; graphDimensions: { width: number; height: number } }
interface Name { x: number; y: number; circle: number; element: HTMLElement }

export class Names {
  readonly holder = document.createElement('div')
  private named: Name[] = []
  private faint = false

  constructor(private readonly sigma: Sigma, private readonly field: Field, over: HTMLElement) {
    this.holder.className = 'circle-names'
    this.holder.setAttribute('aria-hidden', 'true') // the legend says the same
    over.append(this.holder)
    this.count()
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
    const part = (all: number[], share: number) => all.sort((a, b) => a - b)[Math.floor(share * (all.length - 1))] ?? 0
    const top = (all: number[]) => all.length < FEW ? part(all, 1) : part(all, 0.5) + WIDE * (part(all, 0.75) - part(all, 0.5))
    this.holder.replaceChildren()
    this.named = [...sums].sort(([a], [b]) => a - b).map(([circle, { x, y }]): Name => {
      const element = document.createElement('span')
      element.textContent = this.field.map.communities[circle]?.name ?? ''
      this.holder.append(element)
      return { circle, x: part(x, 0.5), y: top(y), element }
    })
  }

  show(theme: Theme, faint: boolean): void {
    this.holder.classList.toggle('faint', faint)
    this.faint = faint
    for (const { circle, element } of this.named) {
      element.style.color = circleColour(theme, circle)
    }
  }

  /** Puts each where its circle is now; the boxes they take. */
  placed(frame: Frame): Box[] {
    const near = frame.cameraState.ratio < NEAR
    this.holder.classList.toggle('near', near)
    const taken: Box[] = []
    for (const { circle, element, ...at } of this.named) {
      const { x, y } = this.sigma.graphToViewport(at, frame)
      const [half, high] = [element.offsetWidth / 2, element.offsetHeight]
      const middle = Math.max(half + 6, Math.min(this.holder.clientWidth - half - 6, x))
      const box: Box = [middle - half, y - ABOVE - high, middle + half, y - ABOVE]
      const free = taken.every(([l, t, r, b]) => box[2] < l || box[0] > r || box[3] < t || box[1] > b)
      element.style.visibility = free ? 'visible' : 'hidden'
      element.style.transform = `translate(${Math.round(box[0])}px, ${Math.round(box[1])}px)`
      if (free) taken.push(box)
    }
    return near || this.faint ? [] : taken
  }
}
