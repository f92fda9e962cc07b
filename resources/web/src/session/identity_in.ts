// The identity (`meta.id`) that an update brings along, read without applying it.
import * as Y from 'yjs'

const name = new TextEncoder().encode('meta')

/** Cheap: the name of a root stands in an update as it is. */
function mentionsMeta (bytes: Uint8Array): boolean {
  const first = name[0]!
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (name.every((byte, i) => bytes[at + i] === byte)) return true
  }
  return false
}

/** The identity in an update of format V1; null if it brings none or is malformed. */
export function identityIn (update: Uint8Array): string | null {
  if (!mentionsMeta(update)) return null
  let found: string | null = null
  try {
    for (const item of Y.decodeUpdate(update).structs) {
      if (!(item instanceof Y.Item) || (item.parent as unknown) !== 'meta' || item.parentSub !== 'id') continue
      const value: unknown = item.content.getContent().at(-1)
      if (typeof value === 'string') found = value
    }
  } catch {
    return null
  }
  return found
}
