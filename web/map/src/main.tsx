import { render } from 'preact'
import { App } from './parts/app'
import './style.css'

const holder = document.getElementById('map')
if (holder) {
  holder.replaceChildren()
  render(<App />, holder)
}
