import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { Chat } from '../src/session/chat.ts'
import { contentRootOf, isPlainText } from '../src/session/content_root.ts'
import { Copies } from '../src/session/copies.ts'
import { DocumentMeta } from '../src/session/document_meta.ts'
import { cleanName, freeColor, loadSelf, palette } from '../src/session/self.ts'

const self = { id: 'me', name: 'Green', color: '#2b8a3e', isNamed: true }

function storage (): Storage {
  const map = new Map<string, string>()
  return { getItem: (key: string) => map.get(key) ?? null, setItem: (key: string, value: string) => { map.set(key, value) } } as Storage
}

test('an identity is set once', () => {
  const meta = new DocumentMeta(new Y.Doc())
  meta.create()
  const { id } = meta
  expect(id).toMatch(/^[\w-]{22}$/)
  meta.create()
  expect(meta.id).toBe(id)
  expect([meta.title, meta.kind]).toEqual(['Untitled', 'markdown'])
})

test('an author is noted once, with every client id', () => {
  const doc = new Y.Doc()
  const meta = new DocumentMeta(doc)
  meta.noteAuthor(self)
  const before = Y.encodeStateVector(doc)
  meta.noteAuthor(self)
  expect(Y.encodeStateVector(doc)).toEqual(before)
  const [first] = meta.users()
  expect(first).toEqual({ id: 'me', name: 'Green', color: '#2b8a3e', clients: [doc.clientID] })
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  new DocumentMeta(copy).noteAuthor({ ...self, name: 'Emerald' })
  expect(new DocumentMeta(copy).users()).toEqual([{ id: 'me', name: 'Emerald', color: '#2b8a3e', clients: [doc.clientID, copy.clientID] }])
})

test('messages have the fields that the desktop app reads', () => {
  const doc = new Y.Doc()
  const chat = new Chat(doc)
  expect(chat.send(self, '  Hello \n')).toBeNull()
  expect(chat.send(self, '   ')).toBeNull()
  expect(chat.send(self, 'ä'.repeat(2049))).toMatch(/too long/)
  const [message, ...rest] = chat.messages()
  expect(rest).toEqual([])
  expect(message).toMatchObject({ author: 'me', name: 'Green', text: 'Hello' })
  expect(Math.abs(message!.time - Date.now())).toBeLessThan(60_000)
  doc.getArray<unknown>('chat').push(['nonsense', new Y.Map([['text', 7]])])
  expect(chat.messages()[1]).toEqual({ id: '', author: '', name: '', text: '', time: NaN })
})

test('the text is in our root, or in that of another program', () => {
  const doc = new Y.Doc()
  expect(contentRootOf(doc)).toBe('content')
  const other = new Y.Doc()
  other.getText('codemirror').insert(0, 'x')
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
  expect(contentRootOf(doc)).toBe('codemirror')
  doc.getText('content').insert(0, 'y')
  expect(contentRootOf(doc)).toBe('content')
})

test('a text with something embedded is no plain text', () => {
  const doc = new Y.Doc()
  const text = doc.getText('content')
  text.insert(0, 'bold', { bold: true })
  expect(isPlainText(text)).toBe(true)
  text.insertEmbed(2, { image: 'x' })
  expect(isPlainText(text)).toBe(false)
  text.delete(2, 1)
  expect(isPlainText(text)).toBe(true)
})

test('the copy of a replaced document is kept beside the new one', () => {
  const copies = new Copies('plan', storage())
  expect(copies.current).toBe('cowrite.plan')
  copies.setAside('Plan')
  expect(copies.earlier).toMatchObject([{ name: 'cowrite.plan', title: 'Plan' }])
  const second = copies.current
  expect(second).not.toBe('cowrite.plan')
  copies.setAside('Another')
  expect(copies.earlier.map(({ name }) => name)).toEqual(['cowrite.plan', second])
})

test('what the server allowed is known without it', () => {
  const kept = storage()
  expect(new Copies('plan', kept).role).toBeNull()
  new Copies('plan', kept).role = 'view'
  expect(new Copies('plan', kept).role).toBe('view')
  expect(new Copies('other', kept).role).toBeNull()
  kept.setItem('cowrite.role.plan', 'emperor')
  expect(new Copies('plan', kept).role).toBeNull()
})

test('somebody who was here before is the same person', () => {
  const kept = storage()
  const first = loadSelf(kept)
  expect(palette).toContain(first.color)
  expect(loadSelf(kept)).toEqual(first)
  expect(loadSelf(null).id).not.toBe(first.id)
  kept.setItem('cowrite.self', '{"id":7}')
  expect(loadSelf(kept).name).toBe('Guest')
  expect(cleanName(' a\tb ')).toBe('a b')
})

test('a guest gets a colour that nobody has', () => {
  expect(freeColor(palette[1]!, [palette[0]!])).toBe(palette[1])
  expect(freeColor(palette[0]!, [palette[0]!, palette[1]!])).toBe(palette[2])
  expect(freeColor(palette[3]!, palette)).toBe(palette[3])
})
