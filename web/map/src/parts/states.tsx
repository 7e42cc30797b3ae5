// Before there is a map: it is being read, there is nothing on it, or it cannot be read.
import { signedIn, type Refused } from '../ask'
import { Wrong } from './bits'
import { SignIn } from './sign-in'

export function Reading() {
  return (
    <main class="alone" aria-busy="true">
      <h1>Tieline: a map of the field</h1>
      <p role="status"><span class="turning" aria-hidden="true" />Reading who is there ...</p>
      <div class="progress" role="progressbar" aria-label="Reading the map"><span /></div>
    </main>
  )
}

export function Empty({ again }: { again: () => void }) {
  return (
    <main class="alone">
      <h1>Nothing on the map yet</h1>
      <p>Bring something to see:</p>
      <ul>
        <li><code>tieline demo</code> loads an example field, nearly all of it invented.</li>
        <li><code>tieline load FILE</code> loads your own spreadsheet.</li>
      </ul>
      <p>If you know that there is something: perhaps it is shown to those alone who sign in.</p>
      <SignIn changed={again} />
      <button type="button" onClick={again}>Look again</button>
    </main>
  )
}

export function Broken({ wrong, again }: { wrong: Refused; again: () => void }) {
  return (
    <main class="alone">
      <h1>The map cannot be read just now</h1>
      <Wrong wrong={wrong} again={again} />
      {signedIn() && <SignIn changed={again} />}
      <p class="fine">Other ways in: <a href="/graphql">ask in GraphQL</a>, or take <a href="/export/kumu-csv">a table</a>.</p>
    </main>
  )
}
