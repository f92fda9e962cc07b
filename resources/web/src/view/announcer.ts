// Tells screen readers what others did, politely and in batches.
import { byId } from './elements.ts'

const interval = 10_000

export class Announcer {
  private writers = new Set<string>()
  private timer: ReturnType<typeof setTimeout> | undefined

  /** Somebody else has changed the text. */
  wrote (name: string): void {
    this.writers.add(name)
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      this.say(`${[...this.writers].join(', ')} changed the text.`)
      this.writers.clear()
    }, interval)
  }

  say (sentence: string): void { byId('announcements').textContent = sentence }
}
