// npm graphql-sse, each operation on a connection of its own.
import { createClient } from 'graphql-sse'
import { PROGRESS, STEWARD, WHO, all, check, equal, load, token, url } from './checks.mjs'

const headers = token ? { authorization: `Bearer ${token}` } : {}
const client = createClient({ url, headers, retryAttempts: 0 })

await check('a question is answered', async () => {
  const [got] = await all(client.iterate({ query: WHO }))
  equal({ data: got.data }, STEWARD)
})
await check('a wrong question is an error', async () => {
  const got = await all(client.iterate({ query: '{ nobody }' })).then(([answer]) => answer.errors[0].extensions.code, error => error.response?.status)
  if (got !== 'BAD_REQUEST' && got !== 400) throw Error(String(got))
})
await check('a load is followed to its end', async () => {
  const got = await all(client.iterate({ query: PROGRESS, variables: { load } }))
  equal(got.at(-1).data.loadProgress.id, load)
})
await check('one that is left half way ends', async () => {
  const left = client.iterate({ query: 'subscription { judged { at } }' })
  const waiting = left.next().catch(error => ({ error }))
  await new Promise(resolve => setTimeout(resolve, 300))
  await left.return()
  equal((await waiting).done, true)
})
await check('a token that opens nothing is answered with 401', async () => {
  const stranger = createClient({ url, headers: { authorization: 'Bearer tieline_00000000_x' }, retryAttempts: 0 })
  equal(await all(stranger.iterate({ query: WHO })).then(() => 200, error => error.response?.status), 401)
})
client.dispose()
