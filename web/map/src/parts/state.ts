// What the page shows, shared by its parts.
import { useEffect, useState } from 'preact/hooks'
import { NOTHING, read, write, type Shown } from '../address'
import { Refused } from '../ask'
import type { Theme } from '../colours'
import type { Actor, Field } from '../field'
import type { Marked } from '../picture/picture'

/** What an answer marks on the map: actors, ties, and who would be cut off. */
export interface Marks { lit: ReadonlySet<string> | null; ties: readonly Marked[]; cut: ReadonlySet<string> }
export const NO_MARKS: Marks = { lit: null, ties: [], cut: new Set() }

export interface Desk {
  field: Field
  shown: Shown
  go: (change: Partial<Shown>, replace?: boolean) => void
  mark: (marks: Marks) => void
  colour: (actor: Actor) => string
  theme: Theme
}

export type Go = (change: Partial<Shown>, replace?: boolean) => void

/** What the address says, and how to change it; Back goes back. */
export function useAddress(): [Shown, Go] {
  const [shown, setShown] = useState(() => read(location.search))
  useEffect(() => {
    const back = () => setShown(read(location.search))
    addEventListener('popstate', back)
    return () => removeEventListener('popstate', back)
  }, [])
  const go: Go = (change, replace = false) => setShown(before => {
    const after = { ...before, ...change }
    const address = `${location.pathname}${write(after)}`
    if (address !== location.pathname + location.search) {
      if (replace) history.replaceState(null, '', address)
      else history.pushState(null, '', address)
    }
    return after
  })
  return [shown, go]
}
export const cleared: Partial<Shown> = {
  actor: NOTHING.actor, from: NOTHING.from, to: NOTHING.to, which: NOTHING.which,
}

export interface Answered<T> { data: T | null; wrong: Refused | null; asking: boolean; again: () => void }

/** The answer to a question, asked anew when `key` changes; null: nothing is asked. */
export function useAnswer<T>(key: string | null, put: (stop: AbortSignal) => Promise<T>): Answered<T> {
  const [found, setFound] = useState<{ key: string | null; data: T | null; wrong: Refused | null }>({ key: null, data: null, wrong: null })
  const [times, setTimes] = useState(0)
  useEffect(() => {
    if (key === null) return
    const stop = new AbortController()
    setFound({ key: null, data: null, wrong: null })
    put(stop.signal).then(
      data => { if (!stop.signal.aborted) setFound({ key, data, wrong: null }) },
      error => { if (!stop.signal.aborted) setFound({ key, data: null, wrong: refused(error) }) },
    )
    return () => stop.abort()
  }, [key, times])
  const here = found.key === key
  return { data: here ? found.data : null, wrong: here ? found.wrong : null, asking: key !== null && !here, again: () => setTimes(times + 1) }
}

export const refused = (error: unknown): Refused =>
  error instanceof Refused ? error : new Refused('Something here went wrong.', `Load the page again. (${String(error)})`)

/** Whether this holds of the screen or of what its owner wishes. */
export function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const media = matchMedia(query)
    const changed = () => setHolds(media.matches)
    media.addEventListener('change', changed)
    return () => media.removeEventListener('change', changed)
  }, [query])
  return holds
}
