// The language of changes on both sides: what a transaction did to the shared text, as CodeMirror
// takes it, and what was done in CodeMirror, written to the shared text.
import type { ChangeSet, Text } from '@codemirror/state'
import * as Y from 'yjs'

/** Offsets are of the text as it was before all changes of the list. */
export interface Change { from: number, to: number, insert: string }

/** What a transaction did to the text that `shown` was equal to, in order; null if an object was put
 * into it, which is no text. */
export function changesOf (event: Y.YTextEvent, shown: Text): Change[] | null {
  const changes = deltaOf(event)
  // Yjs puts U+FFFD for both halves of a character that somebody has cut in two, without a word.
  return changes?.some(({ from, to }) => isWithinCharacter(shown, from) || isWithinCharacter(shown, to))
    ? [differenceOf(shown.sliceString(0, undefined, '\n'), event.target.toString())]
    : changes
}

/** As YTextEvent.delta, without formats: that looks up several things for every piece of the text, and
 * takes ten times as long. */
function deltaOf (event: Y.YTextEvent): Change[] | null {
  const { beforeState, deleteSet } = event.transaction
  const changes: Change[] = []
  let offset = 0
  let insert = ''
  let removed = 0
  const finish = (): void => {
    if (insert === '' && removed === 0) return
    changes.push({ from: offset, to: offset + removed, insert })
    offset += removed
    insert = ''
    removed = 0
  }
  // Neighbours are mostly of one writer.
  let client = -1
  let known = 0
  let hasDeletions = false
  for (let item = event.target._start; item !== null; item = item.right) {
    if (item.id.client !== client) {
      client = item.id.client
      known = beforeState.get(client) ?? 0
      hasDeletions = deleteSet.clients.has(client)
    }
    const isNew = item.id.clock >= known
    if (item.deleted) {
      if (hasDeletions && !isNew && item.countable && Y.isDeleted(deleteSet, item.id)) removed += item.length
    } else if (isNew) {
      if (item.content instanceof Y.ContentString) insert += item.content.str
      else if (item.countable) return null
    } else if (item.countable) {
      finish()
      offset += item.length
    }
  }
  finish()
  return changes
}

function isWithinCharacter (text: Text, offset: number): boolean {
  const pair = text.sliceString(Math.max(0, offset - 1), offset + 1, '\n')
  return pair.length === 2 && pair.codePointAt(0)! > 0xffff
}

/** The one change that makes `after` of `before`. */
function differenceOf (before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let end = 0
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) }
}

/** Does to `text`, in a transaction of `origin`, what was done in an editor that showed the same. */
export function writeChanges (text: Y.Text, changes: ChangeSet, origin: unknown): void {
  text.doc!.transact(() => {
    let shift = 0
    changes.iterChanges((from, to, _, __, inserted) => {
      const insert = inserted.sliceString(0, inserted.length, '\n')
      if (from < to) text.delete(from + shift, to - from)
      if (insert !== '') text.insert(from + shift, insert)
      shift += insert.length - (to - from)
    })
  }, origin)
}
