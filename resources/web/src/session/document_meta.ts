// What a document says about itself and who wrote in it: the roots `meta` and `users`.
import * as Y from 'yjs'
import { normalColor } from './presence.ts'
import { randomKey, type Self } from './self.ts'

/** Origin of what this page writes by itself; such a change is no edit of the person. */
export const bookkeeping = Symbol('bookkeeping')

export interface User {
  id: string
  name: string
  /** `#rrggbb`. */
  color: string
  /** The client ids this person has written with. */
  clients: number[]
}

export class DocumentMeta {
  constructor (private readonly doc: Y.Doc) {}

  get id (): string { return this.text('id') }
  get title (): string { return this.text('title') }
  get kind (): string { return this.text('kind') }
  /** What somebody chose the language to be; empty if the document does not say. */
  get language (): string { return this.text('language') }

  /** Whether the text is to be shown as Markdown. */
  get isMarkdown (): boolean {
    if (this.language !== '') return this.language === 'markdown'
    return this.kind === 'markdown' || (this.kind !== 'code' && /\.(md|markdown)$/i.test(this.title))
  }

  /** Makes an empty room a document of ours. Nothing happens if it is one. */
  create (): void {
    if (this.id !== '') return
    const meta = this.doc.getMap('meta')
    this.doc.transact(() => {
      meta.set('id', randomKey())
      meta.set('title', 'Untitled')
      meta.set('kind', 'markdown')
      meta.set('created', Date.now())
    }, bookkeeping)
  }

  /** Notes that `self` writes under this document's client id, unless that is known. */
  noteAuthor (self: Self): void {
    const users = this.doc.getMap<unknown>('users')
    const client = this.doc.clientID
    this.doc.transact(() => {
      const known = users.get(self.id)
      if (!(known instanceof Y.Map)) {
        users.set(self.id, new Y.Map<unknown>(Object.entries({
          name: self.name, color: self.color, clients: Y.Array.from([client])
        })))
        return
      }
      if (known.get('name') !== self.name) known.set('name', self.name)
      if (known.get('color') !== self.color) known.set('color', self.color)
      const clients: unknown = known.get('clients')
      if (!(clients instanceof Y.Array)) known.set('clients', Y.Array.from([client]))
      else if (!clients.toArray().includes(client)) clients.push([client])
    }, bookkeeping)
  }

  /** Everybody who has written in this document. */
  users (): User[] {
    const found: User[] = []
    this.doc.getMap<unknown>('users').forEach((user, id) => {
      if (!(user instanceof Y.Map)) return
      const [name, clients]: unknown[] = [user.get('name'), user.get('clients')]
      const numbers: unknown[] = clients instanceof Y.Array ? clients.toArray() : []
      found.push({
        id,
        name: typeof name === 'string' && name !== '' ? name : 'Somebody',
        color: normalColor(user.get('color')),
        clients: numbers.filter(client => typeof client === 'number')
      })
    })
    return found
  }

  private text (key: string): string {
    const value = this.doc.getMap('meta').get(key)
    return typeof value === 'string' ? value : ''
  }
}
