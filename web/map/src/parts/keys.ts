// Keys that work anywhere but where one writes.
import { useEffect } from 'preact/hooks'
import type { Asked, Shown } from '../address'
import type { Picture } from '../picture/picture'
import { QUESTIONS } from './app'
import type { Go } from './state'

interface Keyed {
  shown: Shown; go: Go; put: (asked: Asked) => void; picture: { current: Picture | null }
  still: boolean; turn: () => void; helping: boolean; help: () => void
}

export function useKeys(of: Keyed): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const writing = event.target instanceof Element && event.target.closest('input, textarea, select, dialog')
      if (of.helping || event.ctrlKey || event.metaKey || event.altKey || (writing && event.key !== 'Escape')) return
      if (act(event.key, of)) event.preventDefault()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  })
}

function act(key: string, { shown, go, put, picture, still, turn, help }: Keyed): boolean {
  const question = QUESTIONS[Number(key) - 1]
  if (key === '/') document.getElementById('find')?.focus()
  else if (key === '?') help()
  else if (key === '+' || key === '=') picture.current?.zoom('in', still)
  else if (key === '-') picture.current?.zoom('out', still)
  else if (key === '0') picture.current?.zoom('all', still)
  else if (key === 'l' || key === 'L') go({ view: shown.view === 'list' ? 'map' : 'list' })
  else if (key === 't' || key === 'T') turn()
  else if (key === 'Escape') closed(shown, go, put)
  else if (question) put(question[0])
  else return false
  return true
}

/** One thing at a time: the actor, what is chosen of an answer, the question. */
function closed(shown: Shown, go: Go, put: (asked: Asked) => void): void {
  if (shown.actor) go({ actor: null })
  else if (shown.which !== null) go({ which: null })
  else if (shown.asked !== 'look') put('look')
}
