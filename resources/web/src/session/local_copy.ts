// The copy of the document in this browser, so that writing goes on without a connection and nothing
// typed is lost with the tab. y-indexeddb reads it and keeps it small; the writing is done here,
// because an edit may be called saved only when its transaction has ended well.
import { IndexeddbPersistence, PREFERRED_TRIM_SIZE, storeState } from 'y-indexeddb'
import * as Y from 'yjs'

/** `none`: this browser keeps nothing here, as in some private windows. */
export type Disk = 'ok' | 'none' | 'full' | 'failed'

/** How long the browser may take to open its database; a private window may never answer. */
const openDeadline = 5_000
/** Many small changes are folded together this long after the last of them. */
const trimDelay = 1_000
const retryDelay = 1_000
const waitingKey = 'waiting'

export interface LocalCopyEvents {
  /** The number of the edit that was made last. */
  typed: () => number
  /** How many edits the server has not confirmed. */
  waiting: () => number
  /** Everything up to this edit is on this computer's disk. */
  saved: (edit: number) => void
  diskChanged: () => void
}

export class LocalCopy {
  disk: Disk = 'none'
  /** Edits of earlier visits that the server is not known to have. */
  waitingBefore = 0

  private events: LocalCopyEvents | null = null
  /** Changes that wait for the transaction under way: one at a time, so that bursts share one. */
  private queue: Uint8Array[] = []
  private isWriting = false
  private writes = 0
  private trimTimer: ReturnType<typeof setTimeout> | undefined

  private constructor (private readonly doc: Y.Doc, private readonly persistence: IndexeddbPersistence) {}

  /** Reads the copy called `name` into `doc`; without a database there is none, and `disk` says so. */
  static async open (name: string, doc: Y.Doc): Promise<LocalCopy> {
    const persistence = new IndexeddbPersistence(name, doc)
    doc.off('update', persistence._storeUpdate)
    const copy = new LocalCopy(doc, persistence)
    const isOpen = await Promise.race([
      persistence.whenSynced.then(() => true),
      persistence._db.then(() => new Promise<never>(() => {}), () => false),
      new Promise<false>(resolve => setTimeout(() => { resolve(false) }, openDeadline))
    ])
    if (isOpen) {
      copy.disk = 'ok'
      copy.waitingBefore = Number(await persistence.get(waitingKey).catch(() => 0)) || 0
    }
    return copy
  }

  /** From now on every change of the document is written. */
  follow (events: LocalCopyEvents): void {
    this.events = events
    if (this.disk === 'none') return
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this.persistence) return
      // Not while a key is on its way to the screen.
      if (this.queue.push(update) === 1) setTimeout(() => { this.write() })
    })
  }

  /** Notes how many edits wait for the server, for the next visit. */
  noteWaiting (count: number): void {
    if (this.disk !== 'none') this.persistence.set(waitingKey, count).catch(() => {})
  }

  private write (): void {
    if (this.isWriting || this.queue.length === 0) return
    const bytes = this.disk === 'ok' ? Y.mergeUpdates(this.queue) : Y.encodeStateAsUpdate(this.doc)
    this.queue = []
    this.isWriting = true
    const edit = this.events!.typed()
    this.put(bytes, () => {
      this.isWriting = false
      this.setDisk('ok')
      this.events!.saved(edit)
      this.trimLater()
      this.write()
    }, disk => {
      // From here on a single change is not enough: the whole document is written next.
      this.setDisk(disk)
      setTimeout(() => {
        this.isWriting = false
        this.queue.push(bytes)
        this.write()
      }, retryDelay)
    })
  }

  private put (bytes: Uint8Array, done: () => void, failed: (disk: Disk) => void): void {
    const reason = (error: DOMException | null): Disk => error?.name === 'QuotaExceededError' ? 'full' : 'failed'
    try {
      // Strict: ended well means written to the disk, not handed to the system.
      const transaction = this.persistence.db!.transaction(['updates', 'custom'], 'readwrite', { durability: 'strict' })
      transaction.objectStore('updates').add(bytes)
      transaction.objectStore('custom').put(this.events!.waiting(), waitingKey)
      transaction.oncomplete = done
      transaction.onabort = () => { failed(reason(transaction.error)) }
    } catch (error) {
      failed(reason(error as DOMException))
    }
  }

  private trimLater (): void {
    if (++this.writes < PREFERRED_TRIM_SIZE) return
    clearTimeout(this.trimTimer)
    this.trimTimer = setTimeout(() => {
      this.writes = 0
      storeState(this.persistence).catch(() => {})
    }, trimDelay)
  }

  private setDisk (disk: Disk): void {
    if (this.disk === disk) return
    this.disk = disk
    this.events!.diskChanged()
  }
}
