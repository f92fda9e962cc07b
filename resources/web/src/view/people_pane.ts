// Who is here and where: faces at the top, and the list with the form for what others see of me.
import type { Presence } from '../session/presence.ts'
import { cleanName, palette, type Self } from '../session/self.ts'
import { button, byId, face, make, paint, portray, setText } from './elements.ts'
import { whereabouts } from './sentences.ts'

/** More people than this are a number. */
const maxFaces = 8

export interface PeopleContext {
  ownClient: number
  lineOf: (client: number) => number | null
  /** A click on somebody. */
  goTo: (client: number) => void
  self: () => Self
  rename: (self: Self) => void
}

export class PeoplePane {
  private readonly list = byId('peopleList')
  private readonly faces = byId('faces')
  private readonly rows = new Map<number, HTMLElement>()
  private form: HTMLFormElement | null = null

  constructor (private readonly context: PeopleContext) {}

  refresh (people: Presence[]): void {
    const shown = people.map(person => this.row(person))
    // Elements that stay keep the focus.
    for (const [client, row] of this.rows) {
      if (people.some(person => person.client === client)) continue
      row.remove()
      this.rows.delete(client)
    }
    shown.forEach((row, index) => {
      if (this.list.children[index] !== row) this.list.insertBefore(row, this.list.children[index] ?? null)
    })
    this.showFaces(people)
  }

  private row (person: Presence): HTMLElement {
    const isSelf = person.client === this.context.ownClient
    const row = this.rows.get(person.client) ?? this.newRow(person, isSelf)
    portray(row.querySelector<HTMLElement>('.face')!, person)
    setText(row.querySelector('.name')!, isSelf ? `${person.name} (you)` : person.name)
    setText(row.querySelector('.where')!, whereabouts(this.context.lineOf(person.client), person.typing !== null))
    return row
  }

  private newRow (person: Presence, isSelf: boolean): HTMLElement {
    const words = make('span', { class: 'who' }, make('div', { class: 'name' }), make('div', { class: 'where' }))
    const row = make('li', { class: 'person' })
    if (isSelf) {
      row.append(face(person), words, button('Change…', () => { this.toggleForm(row) }))
    } else {
      const go = make('button', { type: 'button', class: 'go' }, face(person), words)
      go.addEventListener('click', () => { this.context.goTo(person.client) })
      row.append(go)
    }
    this.rows.set(person.client, row)
    return row
  }

  private showFaces (people: Presence[]): void {
    const first = people.length > maxFaces ? people.slice(0, maxFaces - 1) : people
    const signs: HTMLElement[] = first.map(person => {
      const sign = button('', () => { this.context.goTo(person.client) }, 'face')
      const isSelf = person.client === this.context.ownClient
      const where = whereabouts(this.context.lineOf(person.client), person.typing !== null)
      sign.title = isSelf ? `${person.name} (you)` : person.name
      sign.setAttribute('aria-label', where === '' ? sign.title : `${sign.title}: ${where}`)
      portray(sign, person)
      return sign
    })
    if (first.length < people.length) {
      const rest = make('span', { class: 'face' }, `+${people.length - first.length}`)
      paint(rest, '#6b7280')
      signs.push(rest)
    }
    const key = signs.map(({ outerHTML }) => outerHTML).join('')
    if (this.faces.dataset['shown'] === key) return
    this.faces.dataset['shown'] = key
    const focused = [...this.faces.children].indexOf(document.activeElement!)
    this.faces.replaceChildren(...signs)
    signs[focused]?.focus()
  }

  private toggleForm (row: HTMLElement): void {
    if (this.form) {
      this.form.remove()
      this.form = null
      return
    }
    const self = this.context.self()
    const name = make('input', { 'aria-label': 'Your name', autocomplete: 'name', maxlength: '100', value: self.name })
    const swatches = make('div', { class: 'swatches', role: 'radiogroup', 'aria-label': 'Your colour' })
    const choose = (color: string): void => {
      for (const swatch of swatches.children) swatch.setAttribute('aria-checked', String((swatch as HTMLElement).dataset['color'] === color))
    }
    palette.forEach((color, index) => {
      const swatch = button('', () => { choose(color) }, 'swatch')
      swatch.setAttribute('role', 'radio')
      swatch.setAttribute('aria-label', `Colour ${index + 1}`)
      swatch.dataset['color'] = color
      paint(swatch, color)
      swatches.append(swatch)
    })
    choose(self.color)
    this.form = make('form', { id: 'selfForm' }, name, make('button', { class: 'button primary' }, 'Use'), swatches)
    this.form.addEventListener('submit', event => {
      event.preventDefault()
      const color = swatches.querySelector<HTMLElement>('[aria-checked=true]')?.dataset['color'] ?? self.color
      this.context.rename({ ...this.context.self(), name: cleanName(name.value) || self.name, color, isNamed: true })
      this.toggleForm(row)
    })
    row.after(make('li', {}, this.form))
    name.focus()
    name.select()
  }
}
