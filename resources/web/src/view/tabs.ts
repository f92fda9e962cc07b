// The tabs beside the text; on a phone the text is one of them.
import { byId, setText } from './elements.ts'

type Panel = 'text' | 'chat' | 'people' | 'comments'

export class Tabs {
  private readonly tabs = [...byId('tabs').querySelectorAll<HTMLButtonElement>('[role=tab]')]
  private shown: (panel: Panel) => void = () => {}
  current: Panel = 'chat'

  constructor () {
    for (const tab of this.tabs) tab.addEventListener('click', () => { this.show(panelOf(tab)) })
    byId('tabs').addEventListener('keydown', event => { this.onKey(event) })
    const narrow = matchMedia('(max-width: 719px)')
    const adapt = (): void => { this.show(narrow.matches ? 'text' : this.current === 'text' ? 'chat' : this.current) }
    narrow.addEventListener('change', adapt)
    adapt()
  }

  onShown (shown: (panel: Panel) => void): void { this.shown = shown }

  show (panel: Panel): void {
    this.current = panel
    byId('app').dataset['panel'] = panel
    for (const tab of this.tabs) {
      const isSelected = panelOf(tab) === panel
      tab.setAttribute('aria-selected', String(isSelected))
      tab.tabIndex = isSelected ? 0 : -1
      // The text stays on a wide screen, whatever is chosen beside it.
      if (panelOf(tab) !== 'text') byId(panelOf(tab)).hidden = !isSelected
    }
    this.shown(panel)
  }

  /** Behind the name of a tab; 0 shows nothing. */
  setCount (panel: Panel, count: number): void {
    setText(byId(`tab-${panel}`).querySelector('.count')!, count > 0 ? String(count) : '')
  }

  private onKey (event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    const visible = this.tabs.filter(tab => tab.offsetParent !== null)
    const next = visible.at((visible.indexOf(event.target as HTMLButtonElement) + step) % visible.length)!
    this.show(panelOf(next))
    next.focus()
    event.preventDefault()
  }
}

function panelOf (tab: HTMLElement): Panel {
  return tab.getAttribute('aria-controls') as Panel
}
