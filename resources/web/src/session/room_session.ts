// The document of this page, connected to its room: brings together the document, its copy in this
// browser, presence, and the connection with its states. Knows nothing of the screen.
import { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { Place } from '../place.ts'
import { Chat } from './chat.ts'
import { Changes } from './changes.ts'
import { contentRootOf } from './content_root.ts'
import { bookkeeping, DocumentMeta } from './document_meta.ts'
import { EditLedger } from './edit_ledger.ts'
import { mayWrite, roleOfNumber, type Entrance, type Role } from './entrance.ts'
import { guardedBy } from './guarded_socket.ts'
import { LocalCopy } from './local_copy.ts'
import { presenceOf, type Presence } from './presence.ts'
import type { Self } from './self.ts'

/** The same delays as in the desktop app, each cut at random so that a crowd spreads out. */
const minDelay = 250
const maxDelay = 30_000
/** After this long a connection was healthy, and the delays begin anew. */
const healthyTime = 30_000
const unsuccessfulForever = 30
/** Nobody in particular. */
const unknownColor = '#868e96'

export type LinkState =
  | { kind: 'connecting' }
  /** `roundTrip`: in milliseconds; null until it was measured. */
  | { kind: 'online', roundTrip: number | null }
  /** `retryAt`: in milliseconds since 1970. */
  | { kind: 'offline', retryAt: number }
  /** The server does not let us in any more; `sentence` says why. */
  | { kind: 'refused', sentence: string }
  /** There is another document at this address now. */
  | { kind: 'replaced' }

export class RoomSession {
  readonly awareness: Awareness
  readonly meta: DocumentMeta
  readonly chat: Chat
  readonly ledger: EditLedger
  /** The state of the connection or of an edit changed. */
  readonly stateChanged = new Changes()
  readonly roleChanged = new Changes()
  readonly peopleChanged = new Changes()
  /** Title, kind or the list of those who wrote here changed. */
  readonly metaChanged = new Changes()
  link: LinkState = { kind: 'connecting' }
  wasOnline = false

  private readonly provider: WebsocketProvider
  private roundTrip: number | null = null
  private failures = 0
  private openedAt = Number.POSITIVE_INFINITY
  private hasNotedAuthor = false
  /** Made here a moment ago: if others did the same, one identity wins for all. */
  private isIdentityOpen = false

  /** The copy in this browser has been read into `doc`. */
  constructor (
    place: Place,
    readonly doc: Y.Doc,
    readonly copy: LocalCopy,
    public self: Self,
    public role: Role,
    private readonly entrance: Entrance
  ) {
    this.awareness = new Awareness(doc)
    this.meta = new DocumentMeta(doc)
    this.chat = new Chat(doc)
    this.ledger = new EditLedger(copy.waitingBefore)
    this.ledger.changed = () => { this.stateChanged.tell() }
    this.introduce()
    this.provider = new WebsocketProvider(place.socketBase, place.room, doc, {
      awareness: this.awareness,
      connect: false,
      disableBc: true,
      protocols: ['cowrite.v1'],
      WebSocketPolyfill: guardedBy({
        stateVector: () => Y.encodeStateVector(doc),
        identity: () => this.isIdentityOpen ? null : this.meta.id || null,
        mayWrite: () => this.mayWrite,
        opened: () => { this.ledger.opened() },
        asOne: run => { Y.transact(doc, run, this.provider, false) },
        sent: isAnswer => { this.ledger.sent(isAnswer) },
        acknowledged: count => { this.onAcknowledged(count) },
        measured: time => { this.onMeasured(time) },
        accessChanged: number => { this.setRole(roleOfNumber(number)) },
        replaced: () => { this.refuse({ kind: 'replaced' }) }
      })
    })
    this.followDocument()
    this.followConnection()
    this.awareness.on('change', () => { this.peopleChanged.tell() })
    for (const root of ['meta', 'users']) doc.getMap(root).observeDeep(() => { this.metaChanged.tell() })
  }

  get mayWrite (): boolean { return mayWrite(this.role) }

  /** The text that is being written. */
  get text (): Y.Text { return this.doc.getText(contentRootOf(this.doc)) }

  /** Everybody who is here, myself first. */
  people (): Presence[] {
    const own = this.doc.clientID
    const others = [...this.awareness.getStates()].filter(([client]) => client !== own).sort(([a], [b]) => a - b)
    const mine = this.awareness.getLocalState()
    return [...(mine ? [presenceOf(own, mine)] : []), ...others.map(([client, state]) => presenceOf(client, state))]
  }

  /** Finds the colour of somebody who wrote here, by user id. */
  colorsOfUsers (): (userId: string) => string {
    const colors = new Map(this.meta.users().map(({ id, color }) => [id, color]))
    for (const { userId, color } of this.people()) colors.set(userId, color)
    return userId => colors.get(userId) ?? unknownColor
  }

  connect (): void {
    this.link = { kind: 'connecting' }
    this.provider.connect()
    this.stateChanged.tell()
  }

  /** At once, whatever the delay says. */
  connectNow (): void {
    this.failures = 0
    this.provider.disconnect()
    this.connect()
  }

  rename (self: Self): void {
    this.self = self
    this.hasNotedAuthor = false
    this.introduce()
    this.peopleChanged.tell()
  }

  private introduce (): void {
    const { id, name, color } = this.self
    this.awareness.setLocalStateField('user', { id, name, color, colorLight: color + '33' })
  }

  private followDocument (): void {
    // Earlier than `update`, by which the provider sends an edit and the copy writes it: both tell
    // the ledger, which must have numbered it.
    this.doc.on('beforeObserverCalls', ({ local, origin, changed }: Y.Transaction) => {
      if (!local || origin === bookkeeping || changed.size === 0) return
      this.ledger.record()
      this.noteAuthorSoon()
    })
    this.copy.follow({
      typed: () => this.ledger.typed,
      waiting: () => this.ledger.waitingBursts,
      saved: edit => { this.ledger.savedUpTo(edit) },
      diskChanged: () => { this.stateChanged.tell() }
    })
  }

  /** Only in documents of our own make; and never from within a transaction. */
  private noteAuthorSoon (): void {
    if (this.hasNotedAuthor || this.meta.id === '') return
    this.hasNotedAuthor = true
    queueMicrotask(() => { this.meta.noteAuthor(this.self) })
  }

  private followConnection (): void {
    this.provider.on('sync', isSynced => { if (isSynced) this.onSynced() })
    this.provider.on('connection-close', event => { void this.onClosed(event) })
    this.provider.on('closed', ({ code, reason }) => {
      this.refuse({ kind: 'refused', sentence: reason || this.entrance.sentenceForCode(code) })
    })
    addEventListener('online', () => { if (this.link.kind === 'offline') this.connectNow() })
  }

  private onSynced (): void {
    this.link = { kind: 'online', roundTrip: this.roundTrip }
    this.wasOnline = true
    this.openedAt = Date.now()
    // An empty room: whoever comes first is its creator. Rooms of other programs get no roots of ours.
    if (this.meta.id === '' && this.mayWrite && this.doc.store.clients.size === 0) {
      this.isIdentityOpen = true
      this.meta.create()
    }
    if (this.ledger.waiting === 0) this.copy.noteWaiting(0)
    this.stateChanged.tell()
    this.peopleChanged.tell()
  }

  /** Perhaps before everything has come. */
  private onMeasured (roundTrip: number): void {
    this.roundTrip = roundTrip
    if (this.link.kind !== 'online') return
    this.link = { kind: 'online', roundTrip }
    this.stateChanged.tell()
  }

  private onAcknowledged (count: number): void {
    this.isIdentityOpen = false
    this.ledger.confirmed(count)
    if (this.ledger.waiting === 0) this.copy.noteWaiting(0)
  }

  private async onClosed (event: CloseEvent | null): Promise<void> {
    if (!this.provider.shouldConnect) return
    if (Date.now() - this.openedAt >= healthyTime) this.failures = 0
    const delay = 100 + Math.random() * Math.min(maxDelay, minDelay * 2 ** this.failures++)
    // y-websocket waits for the smaller of its own delay and this one.
    this.provider.wsUnsuccessfulReconnects = unsuccessfulForever
    this.provider.maxBackoffTime = delay
    const wasOpen = this.openedAt !== Number.POSITIVE_INFINITY
    this.openedAt = Number.POSITIVE_INFINITY
    this.roundTrip = null
    this.link = { kind: 'offline', retryAt: Date.now() + delay }
    this.stateChanged.tell()
    if (wasOpen || event === null) return
    // A refused handshake looks like a broken line: ask what it was.
    const answer = await this.entrance.enter()
    if (answer.kind === 'refused' && answer.reason !== 'busy') this.refuse({ kind: 'refused', sentence: `${answer.title} ${answer.sentence}` })
    else if (answer.kind === 'open') this.setRole(answer.role)
  }

  private setRole (role: Role): void {
    if (role === this.role) return
    this.role = role
    this.roleChanged.tell()
    this.stateChanged.tell()
  }

  private refuse (link: LinkState): void {
    this.provider.disconnect()
    this.link = link
    this.stateChanged.tell()
  }
}
