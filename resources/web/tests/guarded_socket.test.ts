import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { question, readFrame } from '../src/session/frames.ts'
import { guardedBy, type Guard } from '../src/session/guarded_socket.ts'

/** The browser's socket, with the other end in the hands of the test. */
class FakeSocket {
  static last: FakeSocket
  readyState = 1
  protocol = ''
  sent: Uint8Array[] = []
  isClosed = false
  onopen: (event: Event) => void = () => {}
  onmessage: (event: { data: ArrayBuffer }) => void = () => {}
  constructor () { FakeSocket.last = this }
  send (data: Uint8Array): void { this.sent.push(data) }
  close (): void { this.isClosed = true }
  bring (bytes: Uint8Array): void { this.onmessage({ data: bytes.slice().buffer }) }
}

function syncFrame (kind: number, bytes: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 0)
  encoding.writeVarUint(encoder, kind)
  encoding.writeVarUint8Array(encoder, bytes)
  return encoding.toUint8Array(encoder)
}

function ofOurs (channel: 100 | 101 | 102, count: number): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, channel)
  encoding.writeVarUint(encoder, count)
  return encoding.toUint8Array(encoder)
}

const documentWith = (identity: string): Uint8Array => {
  const doc = new Y.Doc()
  doc.getMap('meta').set('id', identity)
  return Y.encodeStateAsUpdate(doc)
}

function open (options: { identity?: string, mayWrite?: boolean, protocol?: string } = {}) {
  const guard = {
    stateVector: () => new Uint8Array([0]),
    identity: () => options.identity ?? null,
    mayWrite: () => options.mayWrite ?? true,
    opened: vi.fn(),
    asOne: (run: () => void) => { run() },
    sent: vi.fn(),
    acknowledged: vi.fn(),
    accessChanged: vi.fn(),
    measured: vi.fn(),
    replaced: vi.fn()
  } satisfies Guard
  const socket = new (guardedBy(guard))('ws://here/r/plan', ['cowrite.v1'])
  const opened = vi.fn()
  const received: Uint8Array[] = []
  socket.onopen = opened
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => { received.push(new Uint8Array(data)) }
  const wire = FakeSocket.last
  wire.protocol = options.protocol ?? ''
  wire.onopen(new Event('open'))
  return { guard, socket, opened, received, wire }
}

beforeEach(() => {
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.useFakeTimers()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('a new replica is let in at once', () => {
  const { opened, wire } = open()
  expect(opened).toHaveBeenCalledOnce()
  expect(wire.sent).toEqual([])
})

test('a replica with an identity only asks until the room has answered', () => {
  const { opened, received, wire } = open({ identity: 'mine' })
  expect(wire.sent).toEqual([question(new Uint8Array([0]))])
  const asked = question(new Uint8Array([0]))
  wire.bring(asked)
  expect(opened).not.toHaveBeenCalled()
  const answer = syncFrame(1, documentWith('mine'))
  wire.bring(answer)
  expect(opened).toHaveBeenCalledOnce()
  expect(received).toEqual([asked, answer])
})

test('nothing is told to a room that was replaced, and nothing is taken from it', () => {
  const { guard, opened, received, wire } = open({ identity: 'mine' })
  wire.bring(syncFrame(1, documentWith('other')))
  expect(guard.replaced).toHaveBeenCalledOnce()
  expect(opened).not.toHaveBeenCalled()
  expect(received).toEqual([])
  expect(wire.sent).toHaveLength(1)
  expect(wire.isClosed).toBe(true)
})

test('a room that becomes another document later is left', () => {
  const { guard, received, wire } = open({ identity: 'mine' })
  wire.bring(syncFrame(1, documentWith('mine')))
  wire.bring(syncFrame(2, documentWith('other')))
  expect(guard.replaced).toHaveBeenCalledOnce()
  expect(received).toHaveLength(1)
})

test('messages that change the document are counted, others are not', () => {
  const { guard, socket, wire } = open()
  socket.send(question(new Uint8Array([0])) as Uint8Array<ArrayBuffer>)
  socket.send(syncFrame(1, new Uint8Array([0, 0])) as Uint8Array<ArrayBuffer>)
  socket.send(syncFrame(2, new Uint8Array([0, 0])) as Uint8Array<ArrayBuffer>)
  expect(guard.sent.mock.calls).toEqual([[true], [false]])
  expect(wire.sent).toEqual([]) // Not while a key is on its way to the screen.
  vi.advanceTimersByTime(0)
  expect(wire.sent).toHaveLength(3)
})

test('who may only look sends nothing that changes the document', () => {
  const { guard, socket, wire } = open({ mayWrite: false })
  socket.send(syncFrame(1, new Uint8Array([0, 0])) as Uint8Array<ArrayBuffer>)
  socket.send(syncFrame(2, new Uint8Array([0, 0])) as Uint8Array<ArrayBuffer>)
  socket.send(question(new Uint8Array([0])) as Uint8Array<ArrayBuffer>)
  socket.close()
  expect(guard.sent).not.toHaveBeenCalled()
  expect(wire.sent.map(bytes => readFrame(bytes).kind)).toEqual(['question'])
})

test('acknowledgements are for the ledger, not for y-websocket', () => {
  const { guard, received, wire } = open()
  wire.bring(ofOurs(100, 7))
  expect(guard.acknowledged).toHaveBeenCalledWith(7)
  expect(received).toEqual([])
})

test('what may be done here is heard before anything else', () => {
  const { guard, received, wire } = open({ identity: 'mine' })
  wire.bring(ofOurs(101, 1))
  expect(guard.accessChanged).toHaveBeenCalledWith(1)
  wire.bring(syncFrame(1, documentWith('mine')))
  expect(received).toHaveLength(1)
})

test('the round trip is measured where the server speaks our protocol, until the end', () => {
  const { guard, received, socket, wire } = open({ protocol: 'cowrite.v1' })
  vi.advanceTimersByTime(1_000)
  expect(wire.sent).toEqual([ofOurs(102, 1)])
  vi.advanceTimersByTime(7)
  wire.bring(ofOurs(102, 1))
  expect(guard.measured).toHaveBeenCalledWith(7)
  vi.advanceTimersByTime(9_993)
  expect(wire.sent).toEqual([ofOurs(102, 1), ofOurs(102, 2)])
  wire.bring(ofOurs(102, 1)) // Too late to say anything.
  expect(guard.measured).toHaveBeenCalledOnce()
  socket.close()
  vi.advanceTimersByTime(60_000)
  expect(wire.sent).toHaveLength(2)
  expect(received).toEqual([])
})
