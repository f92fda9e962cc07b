// The socket that y-websocket talks through. It looks like a WebSocket, and adds what a Cowrite room
// needs: nothing of a document with an identity is told to a room before the room has shown that it
// is not another document; document-changing messages are counted for the ledger; with a link that may
// only look, none is sent; and neither what comes nor what goes holds up a key.
import { identityIn } from './identity_in.ts'
import { changesDocument, question, readFrame, type Frame } from './frames.ts'
import { Incoming } from './incoming.ts'
import { RoundTrip } from './round_trip.ts'

/** How long a server may take to say which document it has. */
const answerDeadline = 30_000

export interface Guard {
  stateVector: () => Uint8Array
  /** The identity of this replica; null if it has none yet. */
  identity: () => string | null
  mayWrite: () => boolean
  opened: () => void
  /** What y-websocket is told within `run` is one change of the document. */
  asOne: (run: () => void) => void
  /** A document-changing message leaves. */
  sent: (isAnswer: boolean) => void
  acknowledged: (count: number) => void
  /** The server says what may be done here; see Frame. */
  accessChanged: (number: number) => void
  /** A message took so many milliseconds to the server and back. */
  measured: (time: number) => void
  /** The room holds another document; nothing was mixed, and the socket is closed. */
  replaced: () => void
}

type Handler<T> = ((event: T) => unknown) | null

class GuardedSocket {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3
  readonly OPEN = 1

  onopen: Handler<Event> = null
  onmessage: Handler<{ data: ArrayBuffer }> = null
  onclose: Handler<CloseEvent> = null
  onerror: Handler<Event> = null

  private readonly socket: WebSocket
  /** While the room is being asked: what came in the meantime. */
  private held: ArrayBuffer[] | null = null
  private readonly incoming: Incoming
  /** Sending takes its time, and a key is not on the screen yet while it is given to send(). */
  private outgoing: Uint8Array[] = []
  private readonly roundTrip: RoundTrip
  private deadline: ReturnType<typeof setTimeout> | undefined

  constructor (private readonly guard: Guard, url: string, protocols: string[]) {
    this.incoming = new Incoming(data => { this.onmessage?.({ data }) }, guard.asOne)
    this.roundTrip = new RoundTrip(frame => { this.socket.send(frame as Uint8Array<ArrayBuffer>) }, guard.measured)
    this.socket = new WebSocket(url, protocols)
    this.socket.binaryType = 'arraybuffer'
    this.socket.onopen = event => { this.begin(event) }
    this.socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => { this.receive(data) }
    this.socket.onclose = event => {
      clearTimeout(this.deadline)
      this.roundTrip.stop()
      this.incoming.flush()
      this.onclose?.(event)
    }
    this.socket.onerror = event => this.onerror?.(event)
  }

  get readyState (): number { return this.held ? GuardedSocket.CONNECTING : this.socket.readyState }
  set binaryType (_: BinaryType) {} // Always an array buffer.

  send (data: Uint8Array): void {
    const frame = readFrame(data)
    if (changesDocument(frame)) {
      if (!this.guard.mayWrite()) return
      this.guard.sent(frame.kind === 'answer')
    }
    if (this.outgoing.push(data) === 1) setTimeout(() => { this.flush() })
  }

  close (): void {
    clearTimeout(this.deadline)
    this.roundTrip.stop()
    this.flush()
    this.socket.close()
  }

  private flush (): void {
    const frames = this.outgoing
    this.outgoing = []
    if (this.socket.readyState !== GuardedSocket.OPEN) return // The next connection makes up for it.
    for (const frame of frames) this.socket.send(frame as Uint8Array<ArrayBuffer>)
  }

  private begin (event: Event): void {
    if (this.guard.identity() === null) {
      this.admit(event)
      return
    }
    this.held = []
    this.socket.send(question(this.guard.stateVector()) as Uint8Array<ArrayBuffer>)
    this.deadline = setTimeout(() => { this.socket.close() }, answerDeadline)
  }

  private admit (event: Event): void {
    clearTimeout(this.deadline)
    const held = this.held ?? []
    this.held = null
    this.guard.opened()
    if (this.socket.protocol !== '') this.roundTrip.start()
    this.onopen?.(event)
    for (const data of held) this.incoming.take(readFrame(new Uint8Array(data)).kind, data)
  }

  private receive (data: ArrayBuffer): void {
    const frame = readFrame(new Uint8Array(data))
    if (this.isOfAnother(frame)) {
      this.held = null
      this.onmessage = null
      this.close()
      this.guard.replaced()
      return
    }
    if (frame.kind === 'access') {
      this.guard.accessChanged(frame.number)
      return
    }
    if (frame.kind === 'echo') {
      this.roundTrip.answered(frame.number)
      return
    }
    if (this.held) {
      this.held.push(data)
      if (frame.kind === 'answer') this.admit(new Event('open'))
      return
    }
    if (frame.kind === 'acknowledgement') this.guard.acknowledged(frame.count)
    else this.incoming.take(frame.kind, data)
  }

  /** Also later than at the beginning: two may fill an empty room at once. */
  private isOfAnother (frame: Frame): boolean {
    const own = this.guard.identity()
    if (own === null || !changesDocument(frame)) return false
    const other = identityIn(frame.update)
    return other !== null && other !== own
  }
}

/** A class for y-websocket's option `WebSocketPolyfill`. */
export function guardedBy (guard: Guard): typeof WebSocket {
  return class extends GuardedSocket {
    constructor (url: string, protocols: string[]) { super(guard, url, protocols) }
  } as unknown as typeof WebSocket
}
