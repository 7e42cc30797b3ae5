// GraphiQL with one plug-in of ours: the saved questions, each opening in a tab of its own.
import 'graphiql/setup-workers/vite' // first, or the editor's workers fail
import { createElement as h, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql'
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { explorerPlugin } from '@graphiql/plugin-explorer'
import 'graphiql/style.css'
import '@graphiql/plugin-explorer/style.css'
import './narrow.css'
import { ask, fetcher } from './asking.js'

// From graphql/operations/*.graphql: [{ name, question, query, variables }].
const saved = await (await fetch('/graphiql/operations.json')).json()
const written = variables => Object.keys(variables).length ? JSON.stringify(variables, null, 2) : ''
const narrow = matchMedia('(max-width: 48rem)') // as in narrow.css

function Saved() {
  const { addTab, setVisiblePlugin, updateActiveTabValues } = useGraphiQLActions()
  const editor = useGraphiQL(state => state.queryEditor)
  const variables = useGraphiQL(state => state.variableEditor)
  const open = operation => {
    addTab()
    setTimeout(() => { // once the tab is there
      editor?.setValue(operation.query)
      variables?.setValue(written(operation.variables))
      updateActiveTabValues({ query: operation.query, variables: written(operation.variables) })
      if (narrow.matches) setVisiblePlugin(null) // the question is beneath the list
    })
  }
  const item = operation => h('li', { key: operation.name },
    h('button', {
      type: 'button',
      className: 'graphiql-un-styled tieline-question',
      onClick: () => open(operation),
    }, operation.question))
  return h('div', null,
    h('div', { className: 'graphiql-doc-explorer-title' }, 'Questions'),
    h('ul', { className: 'tieline-questions' }, saved.map(item)))
}

// Who asks where nobody has signed in; a token goes into the tab Headers.
function Viewer() {
  const [level, setLevel] = useState('')
  useEffect(() => {
    ask({ query: '{ viewer { level } }' }).then(told => setLevel(told.data?.viewer.level.toLowerCase() ?? ''))
  }, [])
  return h('span', { className: 'tieline-viewer' }, 'Tieline', level && h('small', null, ` asked as ${level}`))
}

const icon = () => h('svg', { viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 },
  h('path', { d: 'M6 4h12v16l-6-4-6 4z' }))
const questions = { title: 'Questions', icon, content: Saved }

// Tabs are kept by the browser, so these show on the first visit only.
const first = ['people', 'pathways', 'bridges', 'duplicates']
const tabs = first
  .map(name => saved.find(operation => operation.name === name))
  .filter(Boolean)
  .map(({ query, variables }) => ({ query, variables: written(variables) || null, headers: null }))

createRoot(document.getElementById('graphiql')).render(h(GraphiQL, {
  fetcher,
  shouldPersistHeaders: false, // a token is never kept
  plugins: [questions, HISTORY_PLUGIN, explorerPlugin()],
  visiblePlugin: narrow.matches ? undefined : 'Questions',
  defaultEditorToolsVisibility: 'variables',
  defaultTabs: tabs,
}, h(GraphiQL.Logo, null, h(Viewer))))
