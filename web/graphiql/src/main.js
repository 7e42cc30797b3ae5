// GraphiQL with one plug-in of ours: the saved questions, each opening in a tab of its own.
import 'graphiql/setup-workers/vite' // first, or the editor's workers fail
import { createElement as h } from 'react'
import { createRoot } from 'react-dom/client'
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql'
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { explorerPlugin } from '@graphiql/plugin-explorer'
import 'graphiql/style.css'
import '@graphiql/plugin-explorer/style.css'

const fetcher = async (params, options) => {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/graphql-response+json, application/json',
    ...options?.headers,
  }
  const answer = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(params) })
  return answer.json()
}

// From graphql/operations/*.graphql: [{ name, question, query }].
const saved = await (await fetch('/graphiql/operations.json')).json()

function Saved() {
  const { addTab, updateActiveTabValues } = useGraphiQLActions()
  const editor = useGraphiQL(state => state.queryEditor)
  const variables = useGraphiQL(state => state.variableEditor)
  const open = operation => {
    addTab()
    setTimeout(() => { // once the tab is there
      editor?.setValue(operation.query)
      variables?.setValue('')
      updateActiveTabValues({ query: operation.query })
    })
  }
  const item = operation => h('li', { key: operation.name },
    h('button', {
      type: 'button',
      className: 'graphiql-un-styled',
      style: { padding: 8, textAlign: 'left' },
      onClick: () => open(operation),
    }, operation.question))
  return h('div', null,
    h('div', { className: 'graphiql-doc-explorer-title' }, 'Questions'),
    h('ul', { style: { listStyle: 'none', padding: 0 } }, saved.map(item)))
}

const icon = () => h('svg', { viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 },
  h('path', { d: 'M6 4h12v16l-6-4-6 4z' }))
const questions = { title: 'Questions', icon, content: Saved }

// Tabs are kept by the browser, so these show on the first visit only.
const first = ['people', 'pathways', 'bridges', 'duplicates']
const tabs = first
  .map(name => saved.find(operation => operation.name === name))
  .filter(Boolean)
  .map(operation => ({ query: operation.query, variables: null, headers: null }))

createRoot(document.getElementById('graphiql')).render(h(GraphiQL, {
  fetcher,
  shouldPersistHeaders: false,
  plugins: [questions, HISTORY_PLUGIN, explorerPlugin()],
  visiblePlugin: 'Questions',
  defaultTabs: tabs,
}))
