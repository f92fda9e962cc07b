// The others in the document, out of the awareness states of whatever program they use.

export interface Presence {
  client: number
  userId: string
  name: string
  /** `#rrggbb`. */
  color: string
  /** Relative positions as JSON; null without a caret in the text. */
  cursor: { anchor: unknown, head: unknown } | null
  typing: 'content' | 'chat' | null
}

const anonymous = 'Anonymous'
const defaultColor = '#30bced'
const maxNameCharacters = 100

type Fields = Record<string, unknown>

function fields (value: unknown): Fields {
  return typeof value === 'object' && value !== null ? value as Fields : {}
}

function textOf (value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** `#rgb`, `#rrggbb` or `#rrggbbaa` as `#rrggbb`; the default for anything else. */
export function normalColor (color: unknown): string {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(textOf(color))?.[1]?.toLowerCase()
  if (!digits) return defaultColor
  return digits.length === 3 ? '#' + digits.replace(/./g, '$&$&') : '#' + digits.slice(0, 6)
}

function normalName (name: string): string {
  const line = name.replace(/[\u0000-\u001f\u007f]/g, ' ').trim()
  return [...line].slice(0, maxNameCharacters).join('') || anonymous
}

function cursorOf (value: unknown): Presence['cursor'] {
  const { anchor, head } = fields(value)
  return anchor && head ? { anchor, head } : null
}

/** Takes defaults for whatever is missing or not understood. */
export function presenceOf (client: number, state: unknown): Presence {
  const { user, cursor, selection, typing } = fields(state)
  const { id, name, display_name: displayName, color } = fields(user)
  return {
    client,
    userId: textOf(id),
    name: normalName(textOf(displayName) || textOf(name)),
    color: normalColor(color),
    cursor: cursorOf(cursor) ?? cursorOf(selection),
    typing: typing === 'content' || typing === 'chat' ? typing : null
  }
}

/** Black or white, whichever can be read on `color` (WCAG 2); names in white are what people know. */
export function readableOn (color: string): string {
  const channel = (at: number): number => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5) > 0.36 ? '#10141a' : '#ffffff'
}

/** Two letters for a face. */
export function initialsOf (name: string): string {
  const words = name.split(/\s+/).filter(Boolean).map(word => [...word])
  const first = words[0]
  if (!first) return '?'
  const last = words.length > 1 ? words.at(-1)![0] : first[1]
  return (first[0]! + (last ?? '')).toUpperCase()
}
