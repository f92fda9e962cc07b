// Tells the others where the caret is, and that somebody is writing.
import { ViewPlugin, type EditorView, type ViewUpdate } from '@codemirror/view'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { isWrittenHere } from './text_binding.ts'

/** Carets are told at most this often. */
const cursorInterval = 50
/** Without an edit for this long nobody is typing any more. */
const typingTime = 3_000

export function sharedSelection (text: Y.Text, awareness: Awareness) {
  return ViewPlugin.fromClass(class {
    private timer: ReturnType<typeof setTimeout> | undefined
    private typingTimer: ReturnType<typeof setTimeout> | undefined

    constructor (private readonly view: EditorView) {}

    update (update: ViewUpdate): void {
      if (isWrittenHere(update)) this.type()
      if (update.selectionSet || update.docChanged || (update.focusChanged && this.view.hasFocus)) {
        this.timer ??= setTimeout(() => { this.tell() }, cursorInterval)
      }
    }

    destroy (): void {
      clearTimeout(this.timer)
      clearTimeout(this.typingTimer)
    }

    private tell (): void {
      this.timer = undefined
      const state = awareness.getLocalState()
      if (!state) return
      const { anchor, head } = this.view.state.selection.main
      const place = (offset: number): Y.RelativePosition => Y.createRelativePositionFromTypeIndex(text, offset)
      const headPlace = place(head)
      const cursor = { anchor: anchor === head ? headPlace : place(anchor), head: headPlace }
      if (JSON.stringify(cursor) !== JSON.stringify(state['cursor'])) awareness.setLocalStateField('cursor', cursor)
    }

    private type (): void {
      clearTimeout(this.typingTimer)
      this.typingTimer = setTimeout(() => { endTyping(awareness, 'content') }, typingTime)
      if (awareness.getLocalState()?.['typing'] !== 'content') awareness.setLocalStateField('typing', 'content')
    }
  })
}

/** Ends that somebody types in `where`; leaves it alone if it is elsewhere by now. */
export function endTyping (awareness: Awareness, where: 'content' | 'chat'): void {
  const state = awareness.getLocalState()
  if (state?.['typing'] !== where) return
  const { typing: _, ...rest } = state
  awareness.setLocalState(rest)
}
