// Small helpers for making and finding elements.
import { initialsOf, readableOn } from '../session/presence.ts'

/** An element that stands in index.html. */
export function byId<T extends HTMLElement = HTMLElement> (id: string): T {
  const found = document.getElementById(id)
  if (!found) throw new Error(`index.html has no #${id}`)
  return found as T
}

type Child = Node | string

export function make<K extends keyof HTMLElementTagNameMap> (
  tag: K, attributes: Record<string, string> = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

export function button (label: string, clicked: () => void, className = 'button'): HTMLButtonElement {
  const element = make('button', { type: 'button', class: className }, label)
  element.addEventListener('click', clicked)
  return element
}

export interface Person { name: string, color: string }

/** The round sign of a person; decoration, as the name stands beside it. */
export function face (person: Person): HTMLElement {
  const element = make('span', { class: 'face', 'aria-hidden': 'true' })
  portray(element, person)
  return element
}

/** Makes an element the sign of a person. The letters are drawn by the style: they are no text. */
export function portray (element: HTMLElement, person: Person): void {
  const initials = initialsOf(person.name)
  if (element.dataset['initials'] !== initials) element.dataset['initials'] = initials
  paint(element, person.color)
}

/** Gives an element the colour of a person, and one that can be read on it. */
export function paint (element: HTMLElement, color: string): void {
  if (element.style.getPropertyValue('--person') === color) return
  element.style.setProperty('--person', color)
  element.style.setProperty('--on-person', readableOn(color))
}

/** Sets a text only if it differs, so that screen readers stay quiet. */
export function setText (element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text
}
