// Who is asking: a token is put in here, and taken out again.
import { useState } from 'preact/hooks'
import { signIn, signedIn } from '../ask'

export function SignIn({ changed }: { changed: () => void }) {
  const [token, setToken] = useState('')
  return (
    <form onSubmit={event => { event.preventDefault(); signIn(token); changed() }}>
      <label>A token of yours, kept in this page alone
        <input type="password" autocomplete="off" value={token} onInput={event => setToken(event.currentTarget.value)} />
      </label>
      <button type="submit">{signedIn() && !token ? 'Sign out' : 'Sign in'}</button>
    </form>
  )
}
