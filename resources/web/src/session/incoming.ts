// What came from the room, on its way to the document. Keys come first: what others wrote in the time
// of a frame is one change of the document and of the screen, however many messages it took.
import type { Frame } from './frames.ts'

/** The time of a frame of the screen, in milliseconds. */
const frameTime = 16

export class Incoming {
  private changes: ArrayBuffer[] = []
  /** What came after changes and may speak of them, as carets do. */
  private later: ArrayBuffer[] = []
  private timer: ReturnType<typeof setTimeout> | undefined

  /** `deliver` takes one message; what it does within `asOne` is one change. */
  constructor (
    private readonly deliver: (data: ArrayBuffer) => void,
    private readonly asOne: (run: () => void) => void
  ) {}

  take (kind: Frame['kind'], data: ArrayBuffer): void {
    switch (kind) {
      case 'update':
        this.changes.push(data)
        this.timer ??= setTimeout(() => { this.flush() }, frameTime)
        break
      case 'question':
      case 'answer':
        this.flush()
        this.deliver(data)
        break
      default:
        if (this.timer === undefined) this.deliver(data)
        else this.later.push(data)
    }
  }

  /** Delivers what waits. */
  flush (): void {
    clearTimeout(this.timer)
    this.timer = undefined
    const [changes, later] = [this.changes, this.later]
    this.changes = []
    this.later = []
    if (changes.length > 0) this.asOne(() => { changes.forEach(this.deliver) })
    later.forEach(this.deliver)
  }
}
