import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { plainTextOf } from '../src/editor/plain_text.ts'

function changedElsewhere (doc: Y.Doc, change: (text: Y.Text) => void): void {
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  change(other.getText('content'))
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
}

test('a binding hears of text, and of nothing after an object', async () => {
  const doc = new Y.Doc()
  const text = doc.getText('content')
  const objectCame = vi.fn()
  const observer = vi.fn()
  const plain = plainTextOf(text, objectCame)
  plain.observe(observer)
  changedElsewhere(doc, text => { text.insert(0, 'abc') })
  expect(observer).toHaveBeenCalledOnce()
  changedElsewhere(doc, text => { text.insertEmbed(1, { image: 'x' }) })
  changedElsewhere(doc, text => { text.insert(0, 'more') })
  expect(observer).toHaveBeenCalledOnce()
  await vi.waitFor(() => { expect(objectCame).toHaveBeenCalledOnce() })
  plain.unobserve(observer)
})

test('what the binding writes is in the text', () => {
  const doc = new Y.Doc()
  const plain = plainTextOf(doc.getText('content'), () => {})
  plain.insert(0, 'abc')
  plain.delete(1, 1)
  expect(doc.getText('content').toString()).toBe('ac')
})
