// How long a message takes to the server and back; programs in a browser cannot send pings.
import { echo } from './frames.ts'

/** As often as the desktop app, in milliseconds. */
const interval = 10_000
/** A page that has just come has other things to do, which would count as well. */
const firstDelay = 1_000

export class RoundTrip {
  private timer: ReturnType<typeof setTimeout> | undefined
  private number = 0
  private askedAt = 0

  /** `measured` gets milliseconds. */
  constructor (
    private readonly send: (frame: Uint8Array) => void,
    private readonly measured: (time: number) => void
  ) {}

  /** Asks soon, and again and again. */
  start (): void { this.askIn(firstDelay) }

  stop (): void { clearTimeout(this.timer) }

  answered (number: number): void {
    if (number === this.number) this.measured(performance.now() - this.askedAt)
  }

  private askIn (delay: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      this.askIn(interval)
      this.askedAt = performance.now()
      this.send(echo(++this.number))
    }, delay)
  }
}
