// The conversation in the document, in its root `chat`.
import * as Y from 'yjs'
import { Changes } from './changes.ts'
import { randomKey, type Self } from './self.ts'

export interface ChatMessage {
  id: string
  author: string
  name: string
  /** Milliseconds since 1970; NaN if the message does not say. */
  time: number
  text: string
}

/** In UTF-8; the server refuses longer ones. */
const maxMessageBytes = 4096

export class Chat {
  readonly changed = new Changes()
  private readonly array: Y.Array<unknown>

  constructor (private readonly doc: Y.Doc) {
    this.array = doc.getArray('chat')
    this.array.observeDeep(() => { this.changed.tell() })
  }

  /** Oldest first. Foreign fields of a wrong kind read as empty; what is no message is left out. */
  messages (): ChatMessage[] {
    const found: ChatMessage[] = []
    this.array.forEach(entry => {
      if (!(entry instanceof Y.Map)) return
      const text = (key: string): string => {
        const value: unknown = entry.get(key)
        return typeof value === 'string' ? value : ''
      }
      const time: unknown = entry.get('time')
      found.push({
        id: text('id'), author: text('author'), name: text('name'), text: text('text'),
        time: typeof time === 'number' ? time : NaN
      })
    })
    return found
  }

  /** Appends a message; returns a sentence if it cannot be sent. */
  send (self: Self, text: string): string | null {
    const trimmed = text.trim()
    if (trimmed === '') return null
    if (new TextEncoder().encode(trimmed).length > maxMessageBytes) {
      return 'This message is too long. Split it, or put it into the document.'
    }
    this.doc.transact(() => {
      this.array.push([new Y.Map<unknown>(Object.entries({
        id: randomKey(), author: self.id, name: self.name, time: Date.now(), text: trimmed
      }))])
    })
    return null
  }
}
