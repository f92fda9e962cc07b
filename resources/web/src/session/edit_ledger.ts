// Where the edits made in this tab are: typed, saved in this browser, saved on the server. Edits are
// numbered in the order in which they were made; each figure covers all edits up to it.

/** What was written without a pause this long is one, in milliseconds. */
const pause = 500

export class EditLedger {
  /** `waiting` edits of earlier visits are in this browser but not known to be on the server. */
  constructor (waiting = 0) {
    this.typed = this.saved = waiting
    this.lastOfBursts = Array.from({ length: waiting }, (_, i) => i + 1)
  }

  typed: number
  saved: number
  stored = 0
  /** Called after any figure changed. */
  changed: () => void = () => {}

  /** For each document-changing message under way, the edits that are there once it is. */
  private underWay: number[] = []
  private acknowledged = 0
  private hasAnswered = false
  /** For each piece of writing the number of its last edit. */
  private lastOfBursts: number[]
  private lastTime = Number.NEGATIVE_INFINITY

  get unsaved (): number { return this.typed - this.saved }
  get waiting (): number { return this.typed - this.stored }

  /** The waiting edits as people count them: what was written without a pause is one. */
  get waitingBursts (): number { return this.lastOfBursts.length }

  /** An edit was made at `now` (milliseconds); returns its number. */
  record (now = performance.now()): number {
    this.typed++
    if (now - this.lastTime < pause && this.lastOfBursts.length > 0) this.lastOfBursts[this.lastOfBursts.length - 1] = this.typed
    else this.lastOfBursts.push(this.typed)
    this.lastTime = now
    this.changed()
    return this.typed
  }

  savedUpTo (edit: number): void {
    if (edit <= this.saved) return
    this.saved = edit
    this.changed()
  }

  /** A connection begins: what earlier ones sent without hearing back counts as not sent. */
  opened (): void {
    this.underWay = []
    this.acknowledged = 0
    this.hasAnswered = false
  }

  /** A document-changing message was given to the socket. The answer to the server's question has
   * all that was typed; what is sent before it proves nothing about earlier edits. */
  sent (isAnswer: boolean): void {
    this.hasAnswered ||= isAnswer
    this.underWay.push(this.hasAnswered ? this.typed : 0)
  }

  /** The first `count` document-changing messages of this connection are on the server's disk. */
  confirmed (count: number): void {
    const fresh = this.underWay.splice(0, count - this.acknowledged)
    this.acknowledged += fresh.length
    const edit = Math.max(0, ...fresh)
    if (edit <= this.stored) return
    this.stored = edit
    this.lastOfBursts = this.lastOfBursts.filter(last => last > edit)
    this.changed()
  }
}
