import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { identityIn } from '../src/session/identity_in.ts'

function documentOf (fill: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc()
  fill(doc)
  return Y.encodeStateAsUpdate(doc)
}

test('an update tells the identity it brings', () => {
  expect(identityIn(documentOf(doc => { doc.getMap('meta').set('id', 'abc') }))).toBe('abc')
})

test('an update without an identity tells none', () => {
  expect(identityIn(documentOf(doc => { doc.getText('content').insert(0, 'about meta and id') }))).toBeNull()
  expect(identityIn(documentOf(doc => { doc.getMap('meta').set('title', 'id') }))).toBeNull()
  expect(identityIn(documentOf(doc => { doc.getMap('other').set('id', 'meta') }))).toBeNull()
})

test('an identity that is no text is none', () => {
  expect(identityIn(documentOf(doc => { doc.getMap('meta').set('id', 7) }))).toBeNull()
})

test('a broken update tells none', () => {
  const update = documentOf(doc => { doc.getMap('meta').set('id', 'abc') })
  expect(identityIn(update.slice(0, update.length - 6))).toBeNull()
  expect(identityIn(new Uint8Array([255, 255, 109, 101, 116, 97]))).toBeNull()
})
