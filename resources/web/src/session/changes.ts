/** A list of those who want to know, told once for many changes at the same moment. */
export class Changes {
  private readonly listeners = new Set<() => void>()
  private isPending = false

  listen (listener: () => void): void {
    this.listeners.add(listener)
  }

  tell (): void {
    if (this.isPending) return
    this.isPending = true
    queueMicrotask(() => {
      this.isPending = false
      for (const listener of this.listeners) listener()
    })
  }
}
