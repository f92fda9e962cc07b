// The comments in the document, in its root `comments`: read, never written.
import * as Y from 'yjs'

export interface Thread {
  id: string
  isResolved: boolean
  messages: { author: string, name: string, text: string, time: number }[]
}

/** Fields of a wrong kind read as empty; what is no thread is left out. */
export function threadsIn (doc: Y.Doc): Thread[] {
  const found: Thread[] = []
  doc.getMap<unknown>('comments').forEach((thread, id) => {
    if (!(thread instanceof Y.Map)) return
    const messages: unknown = thread.get('messages')
    found.push({
      id,
      isResolved: thread.get('resolved') === true,
      messages: messages instanceof Y.Array ? messages.toArray().filter(entry => entry instanceof Y.Map).map(readMessage) : []
    })
  })
  return found
}

function readMessage (entry: Y.Map<unknown>): Thread['messages'][number] {
  const text = (key: string): string => {
    const value = entry.get(key)
    return typeof value === 'string' ? value : ''
  }
  const time = entry.get('time')
  return { author: text('author'), name: text('name'), text: text('text'), time: typeof time === 'number' ? time : NaN }
}
