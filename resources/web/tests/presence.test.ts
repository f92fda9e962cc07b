import { expect, test } from 'vitest'
import { initialsOf, normalColor, presenceOf, readableOn } from '../src/session/presence.ts'

test('a whole state is read', () => {
  const cursor = { anchor: { tname: 'content' }, head: { tname: 'content' } }
  expect(presenceOf(7, { user: { id: 'u', name: 'Green', color: '#2B8A3E' }, cursor, typing: 'chat' })).toEqual({
    client: 7, userId: 'u', name: 'Green', color: '#2b8a3e', cursor, typing: 'chat'
  })
})

test('whatever is missing or strange gets a default', () => {
  const nobody = { client: 1, userId: '', name: 'Anonymous', color: '#30bced', cursor: null, typing: null }
  for (const state of [{}, null, 'x', { user: 3, cursor: 4, typing: 5 }, { user: { name: ' \n ', color: 'var(--a)' }, cursor: { anchor: 1 } }]) {
    expect(presenceOf(1, state)).toEqual(nobody)
  }
})

test('names are one line of some length', () => {
  expect(presenceOf(1, { user: { name: 'a\nb' } }).name).toBe('a b')
  expect(presenceOf(1, { user: { name: '😀'.repeat(200) } }).name).toBe('😀'.repeat(100))
})

test('colours have six digits', () => {
  expect(normalColor('#aBc')).toBe('#aabbcc')
  expect(normalColor('#11223344')).toBe('#112233')
  expect(normalColor('red; background: url(x)')).toBe('#30bced')
})

test('names can be read on their colour', () => {
  expect(readableOn('#2f6fde')).toBe('#ffffff')
  expect(readableOn('#ffe066')).toBe('#10141a')
})

test('faces have two letters', () => {
  expect(['Green', 'Ada Maria Lovelace', 'x', '', '😀b'].map(initialsOf)).toEqual(['GR', 'AL', 'X', '?', '😀B'])
})
