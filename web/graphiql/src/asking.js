// How the explorer asks its own service: questions and changes by POST, what goes on by WebSocket.
import { getOperationAST, parse } from 'graphql'
import { createClient } from 'graphql-ws'

const said = { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' }

export const ask = async (params, headers) => {
  const body = JSON.stringify(params)
  return (await fetch('/graphql', { method: 'POST', headers: { ...said, ...headers }, body })).json()
}

// One socket a subscription: whoever asks it is said in its first message.
const follow = (params, headers) => createClient({
  url: new URL('/graphql', location.href.replace(/^http/, 'ws')).href,
  connectionParams: headers,
  retryAttempts: 0,
}).iterate(params)

// Just after another tab is chosen, GraphiQL still names the operation of the one before.
const chosen = (document, name) => getOperationAST(document, name) ?? getOperationAST(document)

export const fetcher = ({ operationName, ...params }, options) => {
  const asked = chosen(parse(params.query), operationName)
  const named = { ...params, operationName: asked?.name?.value }
  return asked?.operation === 'subscription' ? follow(named, options?.headers) : ask(named, options?.headers)
}
