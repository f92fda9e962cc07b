import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Incoming } from '../src/session/incoming.ts'
import { Pace } from '../src/session/pace.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

const message = (number: number): ArrayBuffer => new Uint8Array([number]).buffer

function open () {
  /** Numbers of messages; those that came as one change together. */
  const delivered: (number | number[])[] = []
  let group: number[] | null = null
  const incoming = new Incoming(data => {
    const number = new Uint8Array(data)[0]!
    if (group) group.push(number)
    else delivered.push(number)
  }, run => {
    group = []
    run()
    delivered.push(group)
    group = null
  })
  return { incoming, delivered }
}

test('what several wrote in the time of a frame is one change', () => {
  const { incoming, delivered } = open()
  for (const number of [1, 2, 3]) incoming.take('update', message(number))
  expect(delivered).toEqual([])
  vi.advanceTimersByTime(20)
  expect(delivered).toEqual([[1, 2, 3]])
  incoming.take('update', message(4))
  vi.advanceTimersByTime(20)
  expect(delivered).toEqual([[1, 2, 3], [4]])
})

test('a caret comes after the text that it is in', () => {
  const { incoming, delivered } = open()
  incoming.take('other', message(1))
  expect(delivered).toEqual([1])
  incoming.take('update', message(2))
  incoming.take('other', message(3))
  incoming.take('update', message(4))
  vi.advanceTimersByTime(20)
  expect(delivered).toEqual([1, [2, 4], 3])
})

test('an answer waits for nothing, and what came before it is there before it', () => {
  const { incoming, delivered } = open()
  incoming.take('update', message(1))
  incoming.take('answer', message(2))
  expect(delivered).toEqual([[1], 2])
  vi.advanceTimersByTime(20)
  expect(delivered).toEqual([[1], 2])
})

test('the end of a connection loses nothing that came', () => {
  const { incoming, delivered } = open()
  incoming.take('update', message(1))
  incoming.flush()
  expect(delivered).toEqual([[1]])
})

test('many requests are one act, the first soon, the others at their time', () => {
  const run = vi.fn()
  const pace = new Pace(100, run)
  for (let i = 0; i < 5; i++) pace.request()
  expect(run).not.toHaveBeenCalled()
  vi.advanceTimersByTime(0)
  expect(run).toHaveBeenCalledOnce()
  for (let i = 0; i < 9; i++) {
    pace.request()
    vi.advanceTimersByTime(10)
  }
  expect(run).toHaveBeenCalledOnce()
  vi.advanceTimersByTime(10)
  expect(run).toHaveBeenCalledTimes(2)
})
