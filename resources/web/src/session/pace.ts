/** Does what is asked for soon after the first request, and not more often than every `interval`
 * milliseconds, however many requests there are. */
export class Pace {
  private timer: ReturnType<typeof setTimeout> | undefined
  private last = Number.NEGATIVE_INFINITY

  constructor (private readonly interval: number, private readonly run: () => void) {}

  request (): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      this.last = performance.now()
      this.run()
    }, Math.max(0, this.last + this.interval - performance.now()))
  }
}
