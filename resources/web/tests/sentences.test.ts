import { expect, test } from 'vitest'
import { connectionSentence, savedSentence, typingSentence, whereabouts, type State } from '../src/view/sentences.ts'

const state = (changes: Partial<State> & { unsaved?: number, waiting?: number }): State => ({
  ledger: { unsaved: changes.unsaved ?? 0, waiting: changes.waiting ?? 0, waitingBursts: changes.waiting ?? 0 },
  disk: 'ok', link: { kind: 'online', roundTrip: null }, server: 'studio.local', ...changes
})

test('the three states of an edit can be told apart', () => {
  expect(savedSentence(state({ unsaved: 1, waiting: 1 })).text).toBe('Saving…')
  expect(savedSentence(state({ waiting: 1 })).text).toBe('Saved here, 1 edit on the way to studio.local')
  expect(savedSentence(state({}))).toEqual({ text: 'Saved here and on studio.local', tone: 'good' })
})

test('offline says what is safe', () => {
  const link = { kind: 'offline', retryAt: 0 } as const
  expect(savedSentence(state({ link, waiting: 12 })).text).toBe('Offline: 12 edits saved in this browser')
  expect(savedSentence(state({ link })).text).toBe('Offline: everything saved in this browser')
})

test('nothing is called saved that is not', () => {
  for (const disk of ['none', 'full', 'failed'] as const) {
    expect(savedSentence(state({ disk, waiting: 1 })).tone).toBe('bad')
    expect(savedSentence(state({ disk, waiting: 1 })).text).toMatch(/^Not saved/)
    expect(savedSentence(state({ disk })).tone).not.toBe('good')
  }
})

test('the next attempt is counted down', () => {
  const link = { kind: 'offline', retryAt: 9_500 } as const
  expect(connectionSentence(link, 1_600)).toBe('Retrying in 8 s')
  expect(connectionSentence(link, 9_600)).toBe('Retrying…')
  expect(connectionSentence({ kind: 'online', roundTrip: null }, 0)).toBe('')
  expect(connectionSentence({ kind: 'online', roundTrip: 3.6 }, 0)).toBe('Round trip 4 ms')
})

test('who is typing, and where', () => {
  expect(typingSentence([])).toBe('')
  expect(typingSentence(['Green'])).toBe('Green is typing…')
  expect(typingSentence(['Green', 'Amber'])).toBe('Green and Amber are typing…')
  expect(typingSentence(['a', 'b', 'c'])).toBe('3 people are typing…')
  expect(whereabouts(4, true)).toBe('Line 4, typing')
  expect(whereabouts(null, true)).toBe('Typing')
  expect(whereabouts(null, false)).toBe('')
})
