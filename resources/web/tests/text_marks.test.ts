import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { mainClient, piecesOf } from '../src/editor/author_stripe.ts'
import { marksOfLine } from '../src/editor/markdown_marks.ts'
import { endOfChanges } from '../src/editor/own_undo.ts'

test('Markdown is marked as in the desktop app', () => {
  expect(marksOfLine('## Stations', false)).toEqual([[0, 11, 'heading']])
  expect(marksOfLine('#no heading', false)).toEqual([])
  expect(marksOfLine('- a (b) **c** `d`', false)).toEqual([[0, 2, 'muted'], [4, 7, 'muted'], [8, 13, 'bold'], [14, 17, 'muted']])
  expect(marksOfLine('# code', true)).toEqual([[0, 6, 'muted']])
  expect(marksOfLine('```js', false)).toEqual([[0, 5, 'muted']])
  expect(marksOfLine('[a](b)', false)).toEqual([])
})

test('the text is split by who wrote it', () => {
  const first = new Y.Doc()
  const second = new Y.Doc()
  first.clientID = 1
  second.clientID = 2
  first.getText('content').insert(0, 'abcdef')
  Y.applyUpdate(second, Y.encodeStateAsUpdate(first))
  second.getText('content').insert(3, 'XY')
  second.getText('content').delete(0, 1)
  const pieces = piecesOf(second.getText('content'))
  expect(pieces).toEqual([{ end: 2, client: 1 }, { end: 4, client: 2 }, { end: 7, client: 1 }])
  expect(mainClient(pieces, 0, 7)).toBe(1)
  expect(mainClient(pieces, 1, 4)).toBe(2)
  expect(mainClient(pieces, 6, 7)).toBe(1)
  expect(mainClient([], 0, 3)).toBeUndefined()
})

test('undo brings the caret to the end of what changed', () => {
  expect(endOfChanges([{ from: 4, to: 4, insert: 'abc' }])).toBe(7)
  expect(endOfChanges([{ from: 4, to: 6, insert: '' }])).toBe(4)
  expect(endOfChanges([{ from: 0, to: 0, insert: 'a' }, { from: 5, to: 6, insert: '' }])).toBe(6)
  expect(endOfChanges([])).toBeNull()
})
