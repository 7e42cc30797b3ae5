// npm graphql-ws, with npm ws where Node has no WebSocket of its own.
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'
import { PROGRESS, STEWARD, WHO, all, check, equal, load, token, url } from './checks.mjs'

const headers = token ? { authorization: `Bearer ${token}` } : {}
const options = { url: url.replace(/^http/, 'ws'), webSocketImpl: WebSocket, retryAttempts: 0, lazy: true }
const client = createClient({ ...options, connectionParams: headers, keepAlive: 100 })
const heard = new Promise(resolve => client.on('pong', resolve))

await check('a question is answered', async () => {
  const [got] = await all(client.iterate({ query: WHO }))
  equal({ data: got.data }, STEWARD)
})
await check('a second one on the same socket, at once', async () => {
  const got = await Promise.all([1, 2, 3].map(() => all(client.iterate({ query: WHO }))))
  equal(got.map(each => each[0].data), [1, 2, 3].map(() => STEWARD.data))
})
await check('a wrong question is an error of its own', async () => {
  const got = await all(client.iterate({ query: '{ nobody }' })).then(() => 'an answer', errors => errors[0].extensions.code)
  equal(got, 'BAD_REQUEST')
})
await check('a load is followed to its end', async () => {
  const got = await all(client.iterate({ query: PROGRESS, variables: { load } }))
  equal(got.at(-1).data.loadProgress.id, load)
})
await check('one that is left half way leaves the socket open', async () => {
  const left = client.iterate({ query: 'subscription { judged { at } }' })
  const waiting = left.next().catch(error => ({ error }))
  await new Promise(resolve => setTimeout(resolve, 300))
  await left.return()
  await waiting
  equal((await all(client.iterate({ query: WHO })))[0].data, STEWARD.data)
})
await check('a ping is answered', () => Promise.race([
  Promise.all([heard, all(client.iterate({ query: PROGRESS, variables: { load } }))]),
  new Promise((_, no) => setTimeout(no, 5000, Error('no pong'))),
]))
await check('a token that opens nothing opens no socket', async () => {
  const stranger = createClient({ ...options, connectionParams: { authorization: 'Bearer tieline_00000000_x' } })
  const got = await all(stranger.iterate({ query: WHO })).then(() => 'an answer', event => event.code)
  equal(got, 4403)
})
await client.dispose()
