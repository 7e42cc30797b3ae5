// A load of a source, followed to its end by npm graphql-ws or graphql-sse, a line of JSON an event.
// node follow.mjs ws|sse URL TOKEN SOURCE, where both packages are installed
import { createClient as overEvents } from 'graphql-sse'
import { createClient as overSocket } from 'graphql-ws'
import WebSocket from 'ws'

const [way, url, token, source] = process.argv.slice(2)
const headers = { authorization: `Bearer ${token}` }
const client =
  way === 'ws'
    ? overSocket({ url: url.replace(/^http/, 'ws'), webSocketImpl: WebSocket, connectionParams: headers })
    : overEvents({ url, headers })
const LOADS = '{ loads(first: 5) { nodes { id source state } } }'
const FOLLOW = 'subscription($load: ID!) { loadProgress(load: $load) { rows state } }'
const told = line => console.log(JSON.stringify(line))

async function one(query) {
  for await (const answer of client.iterate({ query })) return answer.data
}
async function begun() {
  for (;;) {
    const found = (await one(LOADS)).loads.nodes.find(each => each.source === source)
    if (found) return found.id
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

await one(LOADS)
told({ ready: true })
const load = await begun()
for await (const { data, errors } of client.iterate({ query: FOLLOW, variables: { load } })) {
  if (errors) throw Error(JSON.stringify(errors))
  told(data.loadProgress)
}
told({ complete: true })
await client.dispose()
process.exit(0)
