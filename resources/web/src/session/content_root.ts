// Which root holds the text: ours, or the usual one of another program (a room that it made).
import * as Y from 'yjs'

export const ownRoot = 'content'
const usualRoots = [ownRoot, 'codemirror', 'monaco', 'quill', 'default', 'source']

/** The first of the usual roots that has text; ours if none has. Asking gives no root a kind. */
export function contentRootOf (doc: Y.Doc): string {
  return usualRoots.find(name => {
    const root = doc.share.get(name)
    return root !== undefined && hasText(root)
  }) ?? ownRoot
}

function hasText (root: Y.AbstractType<Y.YEvent<any>>): boolean {
  for (let item = root._start; item !== null; item = item.right) {
    if (!item.deleted && item.content instanceof Y.ContentString) return true
  }
  return false
}

/** Whether the text is text alone: what is embedded in it cannot be edited here. */
export function isPlainText (text: Y.Text): boolean {
  for (let item = text._start; item !== null; item = item.right) {
    if (!item.deleted && item.countable && !(item.content instanceof Y.ContentString)) return false
  }
  return true
}
