// A box to find an actor by name: typed, with arrows and Enter, or picked with the pointer.
import { useId, useRef, useState } from 'preact/hooks'
import type { Actor, Field } from '../field'
import { KIND } from '../words'
import { Dot } from './bits'

interface Props {
  field: Field
  label: string
  hint: string
  value: string | null
  colour: (actor: Actor) => string
  chosen: (uid: string | null) => void
  id?: string
}

export function Choose({ field, label, hint, value, colour, chosen, id }: Props) {
  const own = useId()
  const name = id ?? own
  const [text, setText] = useState<string | null>(null)
  const [at, setAt] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const set = value ? field.byUid.get(value)?.name ?? '' : ''
  const found = text === null ? [] : field.named(text)
  const open = text !== null && text.trim() !== ''
  const take = (actor: Actor | undefined) => {
    if (!actor) return
    setText(null)
    chosen(actor.uid)
  }
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && text !== null) { setText(null); event.stopPropagation() }
    else if (event.key === 'Enter') { take(found[at]); event.preventDefault() }
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const by = event.key === 'ArrowDown' ? 1 : -1
      if (found.length) setAt((at + by + found.length) % found.length)
      event.preventDefault()
    }
  }
  return (
    <div class="choose">
      <label for={name}>{label}</label>
      <div class="choose-box">
        <input ref={input} id={name} type="text" role="combobox" autocomplete="off" spellcheck={false} placeholder={hint}
          aria-expanded={open} aria-controls={`${name}-found`} aria-autocomplete="list"
          {...(open && found[at] ? { 'aria-activedescendant': `${name}-${at}` } : {})}
          value={text ?? set}
          onInput={event => { setText(event.currentTarget.value); setAt(0) }}
          onFocus={event => event.currentTarget.select()}
          onBlur={() => setText(null)}
          onKeyDown={key} />
        {value && <button type="button" class="clear" aria-label={`Clear: ${label}`}
          onClick={() => { setText(null); chosen(null); input.current?.focus() }}>×</button>}
      </div>
      <ul id={`${name}-found`} role="listbox" aria-label={label} hidden={!open}>
        {found.map((actor, place) => (
          <li key={actor.uid} id={`${name}-${place}`} role="option" aria-selected={place === at}
            onPointerDown={event => { event.preventDefault(); take(actor) }}>
            <Dot kind={actor.kind} colour={colour(actor)} />
            <span>{actor.name}</span>
            <small>{[KIND[actor.kind], actor.places[0]].filter(Boolean).join(', ')}</small>
          </li>
        ))}
        {open && !found.length && <li role="option" aria-disabled="true" aria-selected="false" class="none">
          Nobody here is called so. Try part of the name.</li>}
      </ul>
    </div>
  )
}
