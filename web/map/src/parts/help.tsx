// Keys that work anywhere on the page, and signing in.
import { useEffect, useRef } from 'preact/hooks'
import { SignIn } from './sign-in'

export const KEYS: readonly [string, string][] = [
  ['/', 'find somebody by name'],
  ['arrow keys', 'on the map: go along ties to the next actor'],
  ['Tab', 'to the next thing that can be chosen'],
  ['Escape', 'close what is open, one thing at a time'],
  ['+ and -', 'nearer and farther'],
  ['0', 'the whole map'],
  ['1 to 5', 'the questions, in their order'],
  ['L', 'map or list'],
  ['T', 'light or dark'],
  ['?', 'these keys'],
]

export function Help({ close, level, changed }: { close: () => void; level: string; changed: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => { dialog.current?.showModal() }, [])
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="help-title">
      <h2 id="help-title">Keys</h2>
      <dl>{KEYS.map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}</dl>
      <h2>Who is asking</h2>
      <p>You are shown what {level === 'ANONYMOUS' ? 'anyone' : `a ${level.toLowerCase()}`} may see.</p>
      <SignIn changed={() => { dialog.current?.close(); changed() }} />
      <button type="button" class="main" onClick={() => dialog.current?.close()}>Close</button>
    </dialog>
  )
}
