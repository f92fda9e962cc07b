// Who is here and where: faces at the top, and the list with the form for what others see of me.
import type { Presence } from '../session/presence.ts'
import { cleanName, palette, type Self } from '../session/self.ts'
import { button, byId, face, make, paint, portray, setText } from './elements.ts'
import { whereabouts } from './sentences.ts'

/** More people than this are a number. */
const maxFaces = 8
const noOne = '#6b7280'

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
  /** Somebody whose caret the text follows. */
  followed: number | null = null
  private readonly signs = new Map<number, HTMLElement>()
  private readonly rest = make('span', { class: 'face' })
  /** The list's item with the form for what others see of me, while it is open. */
  private form: HTMLElement | null = null

  constructor (private readonly context: PeopleContext) { paint(this.rest, noOne) }

  refresh (people: Presence[]): void {
    for (const client of this.rows.keys()) {
      if (!people.some(person => person.client === client)) this.rows.delete(client)
    }
    arrange(this.list, people.flatMap(person => {
      const row = this.row(person)
      return person.client === this.context.ownClient && this.form ? [row, this.form] : [row]
    }))
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
    const signs = first.map(person => this.sign(person))
    if (first.length < people.length) {
      setText(this.rest, `+${people.length - first.length}`)
      signs.push(this.rest)
    }
    for (const client of this.signs.keys()) {
      if (!first.some(person => person.client === client)) this.signs.delete(client)
    }
    arrange(this.faces, signs)
  }

  private sign (person: Presence): HTMLElement {
    const { client, name } = person
    const sign = this.signs.get(client) ?? button('', () => { this.context.goTo(client) }, 'face')
    this.signs.set(client, sign)
    const where = whereabouts(this.context.lineOf(client), person.typing !== null)
    sign.title = client === this.context.ownClient ? `${name} (you)` : name
    sign.setAttribute('aria-pressed', String(client === this.followed))
    sign.setAttribute('aria-label', where === '' ? sign.title : `${sign.title}: ${where}`)
    portray(sign, person)
    return sign
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
    const form = make('form', { id: 'selfForm' }, name, make('button', { class: 'button primary' }, 'Use'), swatches)
    form.addEventListener('submit', event => {
      event.preventDefault()
      const color = swatches.querySelector<HTMLElement>('[aria-checked=true]')?.dataset['color'] ?? self.color
      this.context.rename({ ...this.context.self(), name: cleanName(name.value) || self.name, color, isNamed: true })
      this.toggleForm(row)
    })
    this.form = make('li', {}, form)
    row.after(this.form)
    name.focus()
    name.select()
  }
}

/** Makes these the children of `list`, in this order. Those that stay are not touched, so that the
 * focus stays as well. */
function arrange (list: HTMLElement, children: HTMLElement[]): void {
  for (const child of [...list.children]) if (!children.includes(child as HTMLElement)) child.remove()
  children.forEach((child, index) => {
    if (list.children[index] !== child) list.insertBefore(child, list.children[index] ?? null)
  })
}
