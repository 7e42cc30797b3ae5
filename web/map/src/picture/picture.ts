// The map itself: sigma draws, this says what of the field is bright, faint or marked.
import { UndirectedGraph } from 'graphology'
import type { Settings } from 'sigma/settings'
import { circleColour, faded, type Theme } from '../colours'
import type { Actor, Field } from '../field'
import type { Kind, Label } from '../words'
import { Calm, NO_DOTS, NO_EDGES } from './calm'
import { Names, type Frame } from './names'
import { DotProgram, type DotData } from './dots'
import { hover, label, Written, type Box } from './labels'
import { Routes } from './routes'
import { Strokes, type Layer } from './strokes'
import { Ties } from './ties'

const SHAPE: Record<Kind, number> = { PERSON: 0, ORGANISATION: 1, NETWORK: 2 }
const SIZE: Record<Kind, number> = { PERSON: 5, ORGANISATION: 6, NETWORK: 7 }
const CROWD = 2_000 // actors: among more, dots are smaller and ties fainter
const FEW = 400 // actors: of fewer, no name is written over a dot
const MOVE = 350 // milliseconds

/** What is to be seen: who passes the filters, who and which ties are marked, and how. */
export interface Look {
  theme: Theme
  chosen: string | null
  passes: ((actor: Actor) => boolean) | null
  least: Label | null
  lit: ReadonlySet<string> | null
  marks: readonly Marked[]
  cut: ReadonlySet<string>
  still: boolean
}
/** A tie that is marked. `route`: on which it lies, 1 to 3; 0: on none. */
export interface Marked { from: string; to: string; route: number }
interface Heard { picked: (uid: string | null) => void }
type Dot = Partial<DotData> & { x: number; y: number }
/** Dots are smaller on a small screen. */
const roomOf = (holder: HTMLElement): number => Math.max(0.66, Math.min(1, Math.min(holder.clientWidth, holder.clientHeight) / 620))

export class Picture {
  readonly sigma: Calm
  private readonly graph = new UndirectedGraph()
  private readonly names: Names
  private readonly routes: Routes
  private readonly crowd: boolean
  private readonly written = new Written()
  private readonly ties: Ties
  private room: number
  private over: string | null = null
  private size: Frame['graphDimensions'] | null = null
  private near = new Set<string>()

  constructor(private readonly holder: HTMLElement, private readonly field: Field, private look: Look, heard: Heard) {
    this.crowd = field.map.actors.length > CROWD
    this.room = roomOf(holder)
    for (const { uid, x, y, name } of field.map.actors) this.graph.addNode(uid, { x, y, label: name })
    this.sigma = new Calm(this.graph, holder, this.settings())
    this.ties = new Ties(this.sigma.gl(), field.map.ties.length)
    const along = this.sigma.along = holder.appendChild(document.createElement('div'))
    along.className = 'along'
    this.names = new Names(this.sigma, field, along)
    this.routes = new Routes(field, along)
    this.label()
    const clear = () => this.written.begin(this.taken())
    this.sigma.on('beforeRender', clear)
    this.sigma.on('afterProcess', () => { clear(); this.tie() })
    this.sigma.lines = () => this.ties.draw(this.sigma.getRenderParams(), this.sigma.middle())
    this.sigma.asked = () => { this.room = roomOf(holder) }
    this.sigma.on('clickNode', ({ node }) => heard.picked(node))
    this.sigma.on('clickStage', () => heard.picked(null))
    this.sigma.on('enterNode', ({ node }) => this.hovered(node))
    this.sigma.on('leaveNode', () => this.hovered(null))
    this.meet()
    this.sigma.begin()
  }

  private settings(): Partial<Settings> {
    return {
      defaultNodeType: 'dot',
      nodeProgramClasses: { dot: DotProgram, ...NO_DOTS },
      nodeHoverProgramClasses: { dot: DotProgram, ...NO_DOTS },
      edgeProgramClasses: NO_EDGES,
      nodeReducer: (uid, data) => this.dot(uid, data as unknown as Dot),
      defaultDrawNodeLabel: (context, data, settings) => label(context, data, settings, this.look.theme, this.written),
      defaultDrawNodeHover: (context, data, settings) => hover(context, data, settings, this.look.theme),
      labelFont: 'system-ui, sans-serif',
      labelSize: 13,
      labelWeight: '500',
      labelDensity: 1.5,
      labelGridCellSize: 90,
      labelRenderedSizeThreshold: this.crowd ? 7 : 2,
      stagePadding: this.room < 0.9 ? 34 : 60,
      zIndex: true,
      minCameraRatio: 0.02,
      maxCameraRatio: 2.5,
      hideLabelsOnMove: this.crowd,
      allowInvalidContainer: true,
      zoomToSizeRatioFunction: ratio => Math.max(0.28, Math.sqrt(ratio)),
    }
  }

  /** How the field lies on the screen now. Sigma forgets how large it is until it has drawn it. */
  private frame(): Frame {
    const wide = (all: number[]) => all.length ? Math.max(...all) - Math.min(...all) || 1 : 1
    const { actors } = this.field.map
    this.size ??= { width: wide(actors.map(actor => actor.x)), height: wide(actors.map(actor => actor.y)) }
    return { cameraState: this.sigma.getCamera().getState(), graphDimensions: this.size }
  }

  /** What no name is written over: names of circles, numbers of routes, dots of a small field. */
  private taken(): Box[] {
    const frame = this.frame()
    const dots = this.dots()
    const numbers = this.routes.placed(actor => this.sigma.graphToViewport(actor, frame), dots)
    return [...this.names.placed(frame), ...numbers, ...dots, ...this.beside()]
  }

  /** What lies over the map: the buttons to come nearer. */
  private beside(): Box[] {
    const [here, over] = [this.holder, this.holder.closest('main')?.querySelector('.zoom')].map(each => each?.getBoundingClientRect())
    return here && over ? [[over.left - here.left, over.top - here.top, over.right - here.left, over.bottom - here.top]] : []
  }

  private label(): void {
    const { theme, chosen, lit, marks } = this.look
    this.names.show(theme, chosen !== null || lit !== null)
    this.routes.show(marks, theme)
  }

  /** Where the bright dots of a small field are: names keep off them. */
  private dots(): Box[] {
    if (this.field.map.actors.length > FEW) return []
    const frame = this.frame()
    return this.field.map.actors.filter(actor => this.bright(actor)).flatMap(actor => {
      const at = this.sigma.graphToViewport(actor, frame)
      const size = this.sigma.scaleSize(SIZE[actor.kind] * this.room)
      return [[at.x - size, at.y - size, at.x + size, at.y + size]] as Box[]
    })
  }

  /** Positions as they are by now. */
  moved(): void {
    for (const actor of this.field.map.actors) this.graph.mergeNodeAttributes(actor.uid, { x: actor.x, y: actor.y })
    this.size = null
    this.names.count()
    this.label()
    this.sigma.refresh({ schedule: true })
  }

  show(look: Look): void {
    if (look === this.look && !this.over) return
    this.look = look
    this.paint()
  }

  /** Who is tied to whom one looks at. */
  private meet(): void {
    const centre = this.over ?? this.look.chosen
    this.near = new Set(centre ? this.field.near.get(centre)?.map(each => each.actor.uid) : [])
  }

  private paint(): void {
    this.meet()
    this.label()
    this.sigma.refresh({ schedule: true })
  }

  private hovered(uid: string | null): void {
    this.over = uid
    this.holder.style.cursor = uid ? 'pointer' : ''
    if (!this.crowd) this.paint()
  }

  private bright(actor: Actor): boolean {
    const { lit, passes, chosen } = this.look
    if (lit) return lit.has(actor.uid) || actor.uid === chosen
    if (chosen && this.field.byUid.has(chosen)) return actor.uid === chosen || this.near.has(actor.uid)
    return passes ? passes(actor) : true
  }

  private dot(uid: string, data: Dot): Partial<DotData> {
    const actor = this.field.byUid.get(uid)
    const { theme, chosen, lit, cut } = this.look
    if (!actor) return {}
    const bright = this.bright(actor)
    const marked = uid === chosen || uid === this.over || Boolean(lit?.has(uid)) || cut.has(uid)
    const colour = circleColour(theme, actor.community)
    const size = SIZE[actor.kind] * (this.crowd ? 0.42 : 1) * this.room * (uid === chosen ? 1.5 : marked ? 1.2 : 1)
    return {
      ...data,
      type: 'dot',
      label: bright ? actor.name : null,
      size: bright ? size : size * 0.8,
      color: bright ? colour : faded(theme.other, 0.28),
      shape: SHAPE[actor.kind],
      rim: cut.has(uid) ? theme.mark : uid === chosen ? theme.ink : faded(theme.paper, this.crowd ? 0.35 : 0.9),
      zIndex: marked ? 2 : bright ? 1 : 0,
      must: uid === chosen || uid === this.over,
      forceLabel: marked || (chosen !== null && this.near.has(uid) && this.near.size <= 24),
    } as Partial<DotData>
  }

  /** Every tie as it is drawn, what is marked over the others. */
  private tie(): void {
    const { actors, ties } = this.field.map
    const bright = actors.map(actor => this.bright(actor))
    const strokes = new Strokes(this.look, this.over ?? this.look.chosen, this.crowd)
    const later: [Layer, Actor, Actor][] = []
    this.ties.begin()
    for (const { from, to, label } of ties) {
      const [a, b] = [actors[from], actors[to]]
      const stroke = a && b && strokes.of(label, a.uid, b.uid, Boolean(bright[from] && bright[to]))
      if (!stroke) continue
      if (stroke.over) later.push([stroke, a, b])
      else this.ties.add(a, b, stroke)
    }
    for (const [stroke, a, b] of later.sort(([a], [b]) => a.over - b.over)) this.ties.add(a, b, stroke)
  }

  /** Brings these into view; nobody: all. */
  async bring(uids: Iterable<string>, still: boolean): Promise<void> {
    const frame = this.frame()
    const framed = (actor: Actor) => this.sigma.viewportToFramedGraph(this.sigma.graphToViewport(actor, frame), frame)
    const at = [...uids].flatMap(uid => this.field.byUid.get(uid) ?? []).map(framed)
    if (!at.length) return this.go({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, still)
    const [xs, ys] = [at.map(each => each.x), at.map(each => each.y)]
    const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
    const nearest = Math.min(0.55, Math.max(0.12, 12 / Math.sqrt(this.field.map.actors.length || 1)))
    const ratio = Math.min(1, Math.max(nearest, 1.5 * Math.max(right - left, high - low)))
    return this.go({ x: (left + right) / 2, y: (low + high) / 2, ratio, angle: 0 }, still)
  }

  private async go(state: { x: number; y: number; ratio: number; angle: number }, still: boolean): Promise<void> {
    const camera = this.sigma.getCamera()
    if (still) camera.setState(state)
    else await camera.animate(state, { duration: MOVE })
  }

  zoom(by: 'in' | 'out' | 'all', still: boolean): void {
    const camera = this.sigma.getCamera()
    if (by === 'all') void this.bring([], still)
    else void this.go({ ...camera.getState(), ratio: camera.getBoundedRatio(camera.ratio * (by === 'in' ? 0.66 : 1.5)) }, still)
  }

  /** Who of those tied to `uid` lies in this direction (radians, upwards positive); nobody: null. */
  towards(uid: string, angle: number): Actor | null {
    const here = this.field.byUid.get(uid)
    if (!here) return null
    const turn = (actor: Actor) => {
      const away = Math.abs(Math.atan2(actor.y - here.y, actor.x - here.x) - angle)
      return Math.min(away, 2 * Math.PI - away)
    }
    const near = (this.field.near.get(uid) ?? []).map(each => each.actor).sort((a, b) => turn(a) - turn(b))
    const first = near[0]
    return first && turn(first) <= Math.PI / 2 ? first : null
  }

  kill(): void {
    this.sigma.along?.remove()
    this.sigma.kill()
  }
}
