// Who writes in this browser: what others see. Kept for the next visit.

export interface Self {
  /** Opaque; authorship and chat refer to it. */
  id: string
  name: string
  /** `#rrggbb`. */
  color: string
  /** Whether the name was chosen, not given by this page. */
  isNamed: boolean
}

/** The colours of the desktop app: easy to tell apart on light and on dark ground. */
export const palette = [
  '#2f6fde', '#d0440e', '#2a873c', '#c2255c', '#0b7285', '#862e9c',
  '#946200', '#5f3dc4', '#a61e4d', '#087f5b', '#5c6f00', '#1864ab'
]

const key = 'cowrite.self'
const maxNameLength = 100

/** 128 random bits as base64url. */
export function randomKey (): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Whoever was here before in this browser, or somebody new. */
export function loadSelf (storage: Storage | null): Self {
  try {
    const stored = JSON.parse(storage?.getItem(key) ?? 'null') as Partial<Self> | null
    if (typeof stored?.id === 'string' && typeof stored.name === 'string' && palette.includes(stored.color ?? '')) {
      return { id: stored.id, name: stored.name, color: stored.color!, isNamed: stored.isNamed === true }
    }
  } catch {
    // Not ours, or broken: somebody new.
  }
  const color = palette[crypto.getRandomValues(new Uint32Array(1))[0]! % palette.length]!
  const self = { id: randomKey(), name: 'Guest', color, isNamed: false }
  saveSelf(storage, self)
  return self
}

export function saveSelf (storage: Storage | null, self: Self): void {
  try {
    storage?.setItem(key, JSON.stringify(self))
  } catch {
    // Nothing is kept here; then the name lives as long as the tab.
  }
}

/** A colour of the palette that none of `taken` is; `own` if it is free, or none is. */
export function freeColor (own: string, taken: string[]): string {
  if (!taken.includes(own)) return own
  return palette.find(color => !taken.includes(color)) ?? own
}

/** The name as others will see it: one line of some length. */
export function cleanName (name: string): string {
  return name.replace(/[\u0000-\u001f\u007f]/g, ' ').trim().slice(0, maxNameLength)
}
