// The one banner above the text: what is not as usual, and what can be done.
import { button, byId, setText } from './elements.ts'
import type { Tone } from './sentences.ts'

export interface BannerContent {
  title: string
  text: string
  tone: Tone
  actions: { label: string, run: () => void }[]
  /** Asks for a name; `accept` gets it. */
  askName?: (name: string) => void
}

export class Banner {
  private readonly banner = byId('banner')
  private readonly form = byId<HTMLFormElement>('bannerForm')
  private readonly name = byId<HTMLInputElement>('bannerName')
  private shown = ''
  private accept: ((name: string) => void) | undefined

  constructor () {
    this.form.addEventListener('submit', event => {
      event.preventDefault()
      this.acceptName()
    })
  }

  show (content: BannerContent | null): void {
    const key = JSON.stringify(content)
    if (key === this.shown) return
    this.shown = key
    this.banner.hidden = content === null
    if (!content) return
    this.banner.dataset['tone'] = content.tone
    setText(byId('bannerTitle'), content.title)
    setText(byId('bannerText'), content.text)
    this.accept = content.askName
    this.form.hidden = content.askName === undefined
    const actions = content.actions.map(({ label, run }) => button(label, run))
    if (content.askName) actions.unshift(button('Use this name', () => { this.acceptName() }))
    byId('bannerActions').replaceChildren(...actions)
  }

  private acceptName (): void {
    this.accept?.(this.name.value)
  }
}
