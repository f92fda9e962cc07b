// The comments in the document, in its root `comments`: read, never written.
import * as Y from 'yjs'

export interface Thread {
  id: string
  isResolved: boolean
  /** The piece of the text as it was when the thread was begun. */
  quote: string
  /** Relative position of its beginning, as JSON; null without one. */
  from: unknown
  messages: { author: string, name: string, text: string, time: number }[]
}

/** Fields of a wrong kind read as empty; what is no thread is left out. */
export function threadsIn (doc: Y.Doc): Thread[] {
  const found: Thread[] = []
  doc.getMap<unknown>('comments').forEach((thread, id) => {
    if (!(thread instanceof Y.Map)) return
    const [messages, quote, anchor]: unknown[] = ['messages', 'quote', 'anchor'].map(key => thread.get(key) as unknown)
    found.push({
      id,
      isResolved: thread.get('resolved') === true,
      quote: typeof quote === 'string' ? quote : '',
      from: (anchor as { from?: unknown } | null | undefined)?.from ?? null,
      messages: messages instanceof Y.Array ? messages.toArray().filter(entry => entry instanceof Y.Map).map(readMessage) : []
    })
  })
  // As in the desktop app: the one that was begun first comes first.
  const begun = ({ messages }: Thread): number => messages[0]?.time ?? 0
  return found.sort((a, b) => begun(a) - begun(b) || (a.id < b.id ? -1 : 1))
}

function readMessage (entry: Y.Map<unknown>): Thread['messages'][number] {
  const text = (key: string): string => {
    const value = entry.get(key)
    return typeof value === 'string' ? value : ''
  }
  const time = entry.get('time')
  return { author: text('author'), name: text('name'), text: text('text'), time: typeof time === 'number' ? time : NaN }
}
