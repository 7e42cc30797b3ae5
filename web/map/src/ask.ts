// GraphQL, asked exactly as a stranger asks it. A token is kept in this page alone.
let token = ''
export const signIn = (given: string): void => { token = given.trim() }
export const signedIn = (): boolean => token !== ''

/** What went wrong, in words, and what mends it. */
export class Refused extends Error {
  constructor(message: string, readonly mend: string, readonly again = true) { super(message) }
}

interface Said { message: string; extensions?: { code?: string } }
interface Answer<T> { data?: T | null; errors?: Said[] }

const MENDS: Record<string, string> = {
  AWAY: 'It is looked for again by itself. If it stays away, whoever runs this service starts it: tieline database start.',
  RATE_LIMITED: 'Wait a moment, then try again.',
  TOOK_TOO_LONG: 'Ask again: the second time it is often quicker. Or ask of a smaller part.',
  UNAUTHENTICATED: 'Sign in with another token, or without one.',
}

export async function ask<T>(query: string, variables: object = {}, stop?: AbortSignal): Promise<T> {
  let response: Response
  try {
    response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
      ...(stop && { signal: stop }),
    })
  } catch (error) {
    if (stop?.aborted) throw error
    throw new Refused('No answer came.', 'Is tieline serve still running, and are you connected? Then try again.')
  }
  const answer = await read<T>(response)
  const first = answer.errors?.[0]
  if (first || !answer.data) throw told(response.status, first)
  return answer.data
}

async function read<T>(response: Response): Promise<Answer<T>> {
  try {
    return await response.json() as Answer<T>
  } catch {
    throw new Refused(`The answer could not be read (${response.status}).`, 'Try again in a moment.')
  }
}

function told(status: number, said?: Said): Refused {
  const code = said?.extensions?.code ?? (status === 503 ? 'AWAY' : '')
  const mend = status === 503 ? MENDS.AWAY : MENDS[code]
  return new Refused(said?.message ?? 'Nothing was answered.', mend ?? 'Change what you ask, or try again.')
}
