// Small things that many parts show.
import type { ComponentChildren } from 'preact'
import type { Refused } from '../ask'
import { LABEL, MEANS, type Kind, type Label } from '../words'
import type { Answered, Desk } from './state'

/** A tie as it is drawn: thick to thin, dashed where it is not yet known. */
export function TieSample({ label }: { label: Label }) {
  const wide = { THICK: 5, MIDDLING: 3, THIN: 1.5, NOT_YET_KNOWN: 1.5 }[label]
  return (
    <svg class="tie-sample" viewBox="0 0 28 8" width="28" height="8" aria-hidden="true">
      <line x1="1" y1="4" x2="27" y2="4" stroke="currentColor" stroke-width={wide}
        stroke-dasharray={label === 'NOT_YET_KNOWN' ? '4 3' : undefined} />
    </svg>
  )
}

export function TieWord({ label }: { label: Label }) {
  return <span class="tie-word" title={MEANS[label]}><TieSample label={label} />{LABEL[label]}</span>
}

/** A dot as it is drawn: what somebody is by its shape, their circle by its colour. */
export function Dot({ kind, colour }: { kind: Kind; colour: string }) {
  return (
    <svg class="dot" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
      {kind === 'PERSON' ? <circle cx="7" cy="7" r="5" fill={colour} />
        : kind === 'ORGANISATION' ? <rect x="2.4" y="2.4" width="9.2" height="9.2" fill={colour} />
        : <path d="M7 .8 13.2 7 7 13.2.8 7z" fill={colour} />}
    </svg>
  )
}

/** A name that leads to its actor. */
export function Name({ desk, uid, name }: { desk: Desk; uid: string; name: string }) {
  const actor = desk.field.byUid.get(uid)
  return (
    <button type="button" class="name" onClick={() => desk.go({ actor: uid })}>
      {actor && <Dot kind={actor.kind} colour={desk.colour(actor)} />}
      <span>{name}</span>
    </button>
  )
}

export function Names({ desk, of }: { desk: Desk; of: readonly { uid: string; name: string }[] }) {
  return <span class="names">{of.map(each => <Name key={each.uid} desk={desk} {...each} />)}</span>
}

export function Wrong({ wrong, again }: { wrong: Refused; again: () => void }) {
  return (
    <div class="wrong" role="alert">
      <p><strong>{wrong.message}</strong></p>
      {wrong.mend && <p>{wrong.mend}</p>}
      {wrong.again && <button type="button" onClick={again}>Try again</button>}
    </div>
  )
}

/** The answer when it is there; until then that it is asked, or what went wrong. */
export function Answer<T>({ of, asking, children }: { of: Answered<T>; asking: string; children: (data: T) => ComponentChildren }) {
  if (of.wrong) return <Wrong wrong={of.wrong} again={of.again} />
  if (of.data) return <>{children(of.data)}</>
  return of.asking ? <p class="asking" role="status"><span class="turning" aria-hidden="true" />{asking}</p> : null
}

export function Fine({ children }: { children: ComponentChildren }) {
  return <p class="fine">{children}</p>
}
