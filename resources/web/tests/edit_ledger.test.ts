import { expect, test } from 'vitest'
import { EditLedger } from '../src/session/edit_ledger.ts'

test('an edit is typed, then saved here, then on the server', () => {
  const ledger = new EditLedger()
  ledger.opened()
  ledger.sent(true)
  const edit = ledger.record()
  ledger.sent(false)
  expect([ledger.unsaved, ledger.waiting]).toEqual([1, 1])
  ledger.savedUpTo(edit)
  expect([ledger.unsaved, ledger.waiting]).toEqual([0, 1])
  ledger.confirmed(2)
  expect([ledger.unsaved, ledger.waiting]).toEqual([0, 0])
})

test('what was under way when the connection broke waits for the next one', () => {
  const ledger = new EditLedger()
  ledger.opened()
  ledger.sent(true)
  ledger.record()
  ledger.sent(false)
  ledger.opened()
  ledger.record()
  ledger.confirmed(2)
  expect(ledger.waiting).toBe(2)
  ledger.sent(true)
  ledger.confirmed(1)
  expect(ledger.waiting).toBe(0)
})

test('a message before the answer to the server proves nothing about earlier edits', () => {
  const ledger = new EditLedger(3)
  ledger.opened()
  ledger.record()
  ledger.sent(false)
  ledger.confirmed(1)
  expect(ledger.waiting).toBe(4)
  ledger.sent(true)
  ledger.confirmed(2)
  expect(ledger.waiting).toBe(0)
})

test('edits of earlier visits are saved here and wait', () => {
  const ledger = new EditLedger(12)
  expect([ledger.unsaved, ledger.waiting]).toEqual([0, 12])
})

test('a server that confirms more than was sent confirms what was sent', () => {
  const ledger = new EditLedger()
  ledger.opened()
  ledger.record()
  ledger.sent(true)
  ledger.confirmed(99)
  ledger.record()
  ledger.sent(false)
  expect(ledger.waiting).toBe(1)
  ledger.confirmed(2)
  expect(ledger.waiting).toBe(0)
})

test('what was written without a pause counts as one', () => {
  const ledger = new EditLedger(2)
  for (const time of [0, 100, 599, 1100, 1200]) ledger.record(time)
  expect([ledger.waiting, ledger.waitingBursts]).toEqual([7, 4])
  ledger.opened()
  ledger.sent(true)
  ledger.record(1300)
  ledger.confirmed(1)
  expect([ledger.waiting, ledger.waitingBursts]).toEqual([1, 1])
})
