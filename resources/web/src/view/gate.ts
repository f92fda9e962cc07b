// The page for a link that does not work: what is wrong, and what to do.
import { button, byId, make } from './elements.ts'

export interface GateAction { label: string, run: () => void }

export function showGate (title: string, sentence: string, actions: GateAction[] = []): void {
  byId('app').hidden = true
  const gate = byId('gate')
  gate.hidden = false
  gate.setAttribute('role', 'main')
  document.title = title
  gate.replaceChildren(
    make('img', { src: iconAddress, alt: '', width: '48', height: '48' }),
    make('h1', {}, title),
    make('p', {}, sentence),
    make('div', { class: 'actions' }, ...actions.map(({ label, run }) => button(label, run))))
}

const iconAddress = new URL('../../../icons/cowrite.svg', import.meta.url).href
