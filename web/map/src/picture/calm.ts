// Moving a large picture where drawing is slow (no graphics card): what is drawn is shifted and
// scaled as it is, and drawn anew when the hand rests. Nothing is left out meanwhile.
import Sigma from 'sigma'
import type { EdgeProgramType, NodeProgramType } from 'sigma/rendering'
import type { CameraState } from 'sigma/types'

const SLOW = 25 // milliseconds for one picture: 40 in a second
const LOOKS = 2 // pictures that are timed: the first makes ready, the second tells
const REST = 140 // milliseconds without a move
/** The middle of the field and how wide it is. */
export type Middle = readonly [x: number, y: number, wide: number]
const EMPTY = ['edgeLabels', 'hovers', 'hoverNodes'] // nothing is on them while one moves

/** In the place of programs of sigma's own that nobody uses: they take time to be made. */
class Nothing {
  drawLabel = undefined
  drawHover = undefined
  kill(): void {}
  reallocate(): void {}
  process(): void {}
  render(): void {}
}
export const NO_DOTS = { circle: Nothing as NodeProgramType }
export const NO_EDGES = { line: Nothing as EdgeProgramType, arrow: Nothing as EdgeProgramType }

export class Calm extends Sigma {
  /** More that moves along: names of circles, numbers of routes. */
  along: HTMLElement | null = null
  /** What is done before everybody is looked at anew, and what draws the ties. */
  asked = (): void => {}
  lines = (): void => {}
  slow = false
  declare private begun: boolean | undefined // unset while Sigma's own constructor runs
  private timed = 0
  private drawn: CameraState | undefined
  private rest: number | undefined

  /** The first picture, once whoever listens does: none is drawn before. */
  begin(): void {
    this.begun = true
    this.refresh()
  }

  override refresh(how?: Parameters<Sigma['refresh']>[0]): this {
    if (!this.begun) return this
    this.asked()
    return super.refresh(how)
  }

  override scheduleRender(): this {
    if (!this.begun) return this
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
      this.lines()
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
    const gl = this.gl()
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4))
    this.slow = performance.now() - began > SLOW
  }

  /** Where ties are drawn. */
  gl(): WebGLRenderingContext | WebGL2RenderingContext {
    const { edges } = this.getCanvases()
    const gl = edges?.getContext('webgl2') ?? edges?.getContext('webgl')
    if (!gl) throw new Error('This browser draws no WebGL.')
    return gl
  }

  /** The middle of the field and how wide it is: sigma shows it from 0 to 1. */
  middle(): Middle {
    const { x, y } = this.getBBox()
    return [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2, Math.max(x[1] - x[0], y[1] - y[0]) || 1]
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
