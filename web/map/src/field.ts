// The field as the map knows it: who is there, how they are tied, and what is asked of the server.
import { ask } from './ask'
import { byName, type Kind, type Label } from './words'
import mapQuestion from './questions/map.graphql?raw'
import movingQuestion from './questions/moving.graphql?raw'

export const MOST = 10_000

export interface Actor {
  uid: string; name: string; kind: Kind; sort: string | null
  x: number; y: number; community: number | null
  places: string[]; within: string[]; themes: string[]
  thick: number; middling: number; thin: number; notYetKnown: number
}
export interface Tie { from: number; to: number; label: Label }
export interface Community { name: string; size: number }
export interface Source { uid: string; title: string | null; publisher: string | null; licence: string | null; retrieved: string | null }
export interface Layout { settled: boolean; share: number; stage: string }
export interface FieldMap {
  actors: Actor[]; ties: Tie[]; communities: Community[]; layout: Layout
  totalActors: number; totalTies: number; truncated: boolean; rule: string; uncertainty: string
  coverage: { sentence: string; records: number; newest: string | null; sources: Source[] }
  graphVersion: string
}
type Moved = Pick<FieldMap, 'communities' | 'layout' | 'graphVersion'> & { actors: Pick<Actor, 'uid' | 'x' | 'y' | 'community'>[] }

export interface Near { actor: Actor; label: Label }

/** A map with what is looked up in it. `level`: as whom the page asks. */
export class Field {
  readonly byUid = new Map<string, Actor>()
  readonly near = new Map<string, Near[]>()
  readonly places: string[]
  readonly themes: string[]

  constructor(readonly map: FieldMap, readonly level: string) {
    for (const actor of map.actors) {
      this.byUid.set(actor.uid, actor)
      this.near.set(actor.uid, [])
    }
    for (const { from, to, label } of map.ties) {
      const [a, b] = [map.actors[from], map.actors[to]]
      if (!a || !b) continue
      this.near.get(a.uid)?.push({ actor: b, label })
      this.near.get(b.uid)?.push({ actor: a, label })
    }
    this.places = inOrder(map.actors.flatMap(actor => actor.within))
    this.themes = inOrder(map.actors.flatMap(actor => actor.themes))
  }

  get empty(): boolean { return this.map.totalActors === 0 }

  /** Better positions of the same actors; false: the graph has changed, so all must be asked anew. */
  move(moved: Moved): boolean {
    if (moved.graphVersion !== this.map.graphVersion) return false
    for (const { uid, x, y, community } of moved.actors) {
      const actor = this.byUid.get(uid)
      if (actor) Object.assign(actor, { x, y, community })
    }
    this.map.communities = moved.communities
    this.map.layout = moved.layout
    return true
  }

  /** Those whose name has every word, those that begin with it first. */
  named(text: string, most = 8): Actor[] {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean)
    if (!words.length) return []
    const found = this.map.actors.filter(actor => {
      const name = actor.name.toLowerCase()
      return words.every(word => name.includes(word))
    })
    const early = (actor: Actor) => actor.name.toLowerCase().indexOf(words[0] as string)
    return found.sort((a, b) => early(a) - early(b) || byName(a.name, b.name)).slice(0, most)
  }
}

const inOrder = (names: string[]): string[] => [...new Set(names)].sort(byName)

export async function read(stop?: AbortSignal): Promise<Field> {
  const found = await ask<{ map: FieldMap; viewer: { level: string } }>(mapQuestion, { limit: MOST }, stop)
  return new Field(found.map, found.viewer.level)
}

/** Asks again until the picture has settled; false: the field must be read anew. */
export async function settle(field: Field, told: () => void, stop: AbortSignal): Promise<boolean> {
  while (!field.map.layout.settled && !stop.aborted) {
    const { map } = await ask<{ map: Moved }>(movingQuestion, { limit: MOST }, stop)
    if (!field.move(map)) return false
    told()
  }
  return true
}
