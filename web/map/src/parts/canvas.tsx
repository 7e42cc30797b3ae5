// The picture on the page, and its keys: arrows go along ties.
import { useEffect, useRef } from 'preact/hooks'
import type { Field } from '../field'
import { Picture, type Look } from '../picture/picture'
import { byName, KIND, LABEL, LABELS, many } from '../words'

const ANGLES: Record<string, number> = { ArrowRight: 0, ArrowUp: Math.PI / 2, ArrowLeft: Math.PI, ArrowDown: -Math.PI / 2 }

interface Props { field: Field; look: Look; moves: number; choose: (uid: string | null) => void; ready: (picture: Picture | null) => void; lost: (why: string) => void }

export function Canvas({ field, look, moves, choose, ready, lost }: Props) {
  const holder = useRef<HTMLDivElement>(null)
  const picture = useRef<Picture | null>(null)
  const picked = useRef(choose)
  picked.current = choose
  useEffect(() => {
    if (!holder.current) return
    let made: Picture
    try {
      made = new Picture(holder.current, field, look, { picked: uid => picked.current(uid) })
    } catch (error) {
      return lost(String(error))
    }
    picture.current = made
    ready(made)
    return () => { ready(null); made.kill(); picture.current = null }
  }, [field])
  useEffect(() => picture.current?.show(look), [look])
  useEffect(() => { if (moves) picture.current?.moved() }, [moves])
  const key = (event: KeyboardEvent) => {
    const angle = ANGLES[event.key]
    if (angle === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const first = [...field.map.actors].sort((a, b) => byName(a.name, b.name)).find(look.passes ?? (() => true))
    const next = look.chosen ? picture.current?.towards(look.chosen, angle) : first
    if (next) choose(next.uid)
  }
  return (
    <div class="canvas" role="application" tabIndex={0} onKeyDown={key}
      aria-label={`Map of ${many(field.map.actors.length, 'actor')} and ${many(field.map.ties.length, 'tie')}. Arrow keys go along ties. The list view tells the same in words.`}>
      <div class="drawn" ref={holder} />
      <p class="unseen" role="status">{spoken(field, look.chosen)}</p>
    </div>
  )
}

/** Whoever is chosen, as it is read aloud. */
function spoken(field: Field, uid: string | null): string {
  const actor = uid ? field.byUid.get(uid) : undefined
  if (!actor) return ''
  const near = field.near.get(actor.uid) ?? []
  const ties = LABELS.flatMap(label => {
    const count = near.filter(each => each.label === label).length
    return count ? `${many(count, 'tie')} ${LABEL[label]}` : []
  })
  return `${actor.name}, ${KIND[actor.kind]}. ${ties.join(', ') || 'No tie recorded'}.`
}
