// Going to where somebody is, and staying with them.
import { EditorView } from '@codemirror/view'
import { remoteCarets } from './remote_carets.ts'

/** So near to the edge the caret of who is followed may come, in pixels. */
const margin = 88

export class Following {
  /** Who was gone to last, as long as nothing was done here since. */
  private shown: number | null = null
  private followed: number | null = null
  private head = -1

  /** `changed`: somebody is followed from now on; null: nobody any more. */
  constructor (private readonly view: EditorView, host: HTMLElement, private readonly changed: (client: number | null) => void) {
    const end = (): void => { this.end() }
    for (const type of ['keydown', 'wheel', 'touchmove', 'pointerdown']) host.addEventListener(type, end, { passive: true })
    document.addEventListener('keydown', event => { if (event.key === 'Escape') end() })
  }

  /** Brings somebody's caret into view, the second time for good; the own caret stays where it is. */
  goTo (client: number): void {
    const isSecond = this.shown === client && this.followed === null
    this.end()
    const head = this.headOf(client)
    if (head === null) return
    this.shown = client
    if (isSecond) {
      this.followed = client
      this.head = head
      this.changed(client)
    }
    this.view.dispatch({ effects: EditorView.scrollIntoView(head, { y: 'center' }) })
  }

  /** After carets may have moved. */
  keepUp (): void {
    if (this.followed === null) return
    const head = this.headOf(this.followed)
    if (head === null) {
      this.end()
    } else if (head !== this.head) {
      this.head = head
      this.view.dispatch({ effects: EditorView.scrollIntoView(head, { y: 'nearest', yMargin: margin }) })
    }
  }

  end (): void {
    this.shown = null
    if (this.followed === null) return
    this.followed = null
    this.changed(null)
  }

  private headOf (client: number): number | null {
    return this.view.state.field(remoteCarets).find(caret => caret.client === client)?.head ?? null
  }
}
