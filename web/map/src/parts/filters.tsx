// Who is bright on the map: by place, theme, kind and how thick a tie they have.
import { filtered, NOTHING, type Shown } from '../address'
import type { Actor, Field } from '../field'
import { KINDS, LABEL, LABELS, many, PLURAL, type Label } from '../words'
import type { Desk } from './state'

/** Whether an actor passes what is asked for; null: everybody does. */
export function passing(field: Field, shown: Shown): ((actor: Actor) => boolean) | null {
  if (!filtered(shown)) return null
  const { place, theme, kinds, label, circle } = shown
  const least = label ? LABELS.indexOf(label) : null
  return actor =>
    (!place || actor.within.includes(place)) &&
    (!theme || actor.themes.includes(theme)) &&
    (!kinds.length || kinds.includes(actor.kind)) &&
    (circle === null || actor.community === circle) &&
    (least === null || Boolean(field.near.get(actor.uid)?.some(each => LABELS.indexOf(each.label) <= least)))
}
export const unfiltered: Partial<Shown> = {
  place: NOTHING.place, theme: NOTHING.theme, kinds: NOTHING.kinds, label: NOTHING.label, circle: NOTHING.circle,
}

export function Filters({ desk }: { desk: Desk }) {
  const { field, shown, go } = desk
  const passes = passing(field, shown)
  const count = passes ? field.map.actors.filter(passes).length : field.map.actors.length
  return (
    <details class="filters" open={filtered(shown)}>
      <summary>Show only{passes ? `: ${many(count, 'actor')} of ${field.map.actors.length}` : ' some'}</summary>
      <div class="grid">
        <Pick name="Place" of={field.places} value={shown.place} all="anywhere" set={place => go({ place })} />
        <Pick name="Theme" of={field.themes} value={shown.theme} all="any theme" set={theme => go({ theme })} />
        <label>Ties
          <select value={shown.label ?? ''} onChange={event => go({ label: (event.currentTarget.value || null) as Label | null })}>
            <option value="">of any kind</option>
            {LABELS.slice(0, 3).map(label => <option key={label} value={label}>{LABEL[label]}{label !== 'THICK' && ' or thicker'}</option>)}
          </select>
        </label>
        <label>Circle
          <select value={shown.circle === null ? '' : String(shown.circle)}
            onChange={event => go({ circle: event.currentTarget.value === '' ? null : Number(event.currentTarget.value) })}>
            <option value="">any</option>
            {field.map.communities.map((circle, at) => <option key={circle.name} value={String(at)}>{circle.name} ({circle.size})</option>)}
          </select>
        </label>
        <fieldset>
          <legend>Who</legend>
          {KINDS.map(kind => (
            <label key={kind} class="check">
              <input type="checkbox" checked={shown.kinds.includes(kind)}
                onChange={event => go({ kinds: KINDS.filter(each => (each === kind ? event.currentTarget.checked : shown.kinds.includes(each))) })} />
              {PLURAL[kind]}
            </label>
          ))}
        </fieldset>
      </div>
      {passes && <button type="button" onClick={() => go(unfiltered)}>Show everybody again</button>}
    </details>
  )
}

function Pick({ name, of, value, all, set }: { name: string; of: string[]; value: string; all: string; set: (value: string) => void }) {
  return (
    <label>{name}
      <select value={value} onChange={event => set(event.currentTarget.value)} disabled={!of.length}>
        <option value="">{of.length ? all : 'none recorded'}</option>
        {of.map(each => <option key={each} value={each}>{each}</option>)}
      </select>
    </label>
  )
}
