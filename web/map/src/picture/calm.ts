// Moving a large picture where drawing is slow (no graphics card): what is drawn is shifted and
// scaled as it is, and drawn anew when the hand rests. Nothing is left out meanwhile.
import Sigma from 'sigma'
import type { CameraState } from 'sigma/types'

const SLOW = 25 // milliseconds for one picture: 40 in a second
const LOOKS = 2 // pictures that are timed
const REST = 140 // milliseconds without a move
const EMPTY = ['edgeLabels', 'hovers', 'hoverNodes'] // nothing is on them while one moves

export class Calm extends Sigma {
  /** More that moves along: names of circles. */
  along: HTMLElement | null = null
  slow = false
  private timed = 0
  private drawn: CameraState | undefined
  private rest: number | undefined

  override scheduleRender(): this {
    const now = this.getCamera().getState()
    const before = this.drawn
    if (!this.slow || !before || same(before, now)) return super.scheduleRender()
    this.shift(before, now)
    clearTimeout(this.rest)
    this.rest = window.setTimeout(() => super.scheduleRender(), REST)
    return this
  }

  constructor(...given: ConstructorParameters<typeof Sigma>) {
    super(...given)
    let began = 0
    this.on('beforeRender', () => {
      clearTimeout(this.rest)
      began = performance.now()
    })
    this.on('afterRender', () => {
      this.drawn = this.getCamera().getState()
      this.place('', '')
      if (this.timed < LOOKS) this.time(began)
    })
  }

  override kill(): void {
    clearTimeout(this.rest)
    super.kill()
  }

  /** How long a picture takes until it is there. */
  private time(began: number): void {
    this.timed += 1
    const { edges } = this.getCanvases()
    const gl = edges?.getContext('webgl2') ?? edges?.getContext('webgl')
    gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4))
    this.slow ||= performance.now() - began > SLOW
  }

  private shift(before: CameraState, now: CameraState): void {
    const middle = { x: 0.5, y: 0.5 }
    const [was, is] = [before, now].map(cameraState => this.framedGraphToViewport(middle, { cameraState }))
    if (!was || !is) return
    const scale = before.ratio / now.ratio
    this.place(`translate(${is.x - was.x * scale}px, ${is.y - was.y * scale}px) scale(${scale})`, 'hidden')
  }

  private place(transform: string, empty: string): void {
    for (const [name, canvas] of Object.entries(this.getCanvases())) {
      if (name === 'mouse') continue
      canvas.style.transformOrigin = '0 0'
      canvas.style.transform = transform
      if (EMPTY.includes(name)) canvas.style.visibility = empty
    }
    if (this.along) this.along.style.transform = transform
  }
}

const same = (a: CameraState, b: CameraState): boolean =>
  a.x === b.x && a.y === b.y && a.ratio === b.ratio && a.angle === b.angle
