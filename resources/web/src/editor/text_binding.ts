// CodeMirror and the shared text, kept equal. Each of them has applied a change of its own before the
// other hears of it; the other follows at once, so that offsets never need converting.
import { Annotation, Transaction, type Extension } from '@codemirror/state'
import { ViewPlugin, type EditorView, type ViewUpdate } from '@codemirror/view'
import type * as Y from 'yjs'
import { changesOf, writeChanges } from './text_changes.ts'

/** Origin of what was written in this editor. */
export const writtenHere = Symbol('written here')

/** A change that came from the shared text. */
const fromShared = Annotation.define<true>()

/** Whether an update has something in it that was written in this editor. */
export function isWrittenHere (update: ViewUpdate): boolean {
  return update.transactions.some(isOwn)
}

function isOwn (transaction: Transaction): boolean {
  return transaction.docChanged && transaction.annotation(fromShared) === undefined
}

/** For a state whose document is what `text` says. When somebody puts an object into the text, which
 * no text can show, `objectCame` is called, and has to give the editor a state without this. */
export function bindText (text: Y.Text, objectCame: () => void): Extension {
  return ViewPlugin.fromClass(class {
    private readonly follow = (event: Y.YTextEvent): void => { this.onShared(event) }

    constructor (private readonly view: EditorView) { text.observe(this.follow) }

    update ({ transactions }: ViewUpdate): void {
      for (const transaction of transactions) {
        if (isOwn(transaction)) writeChanges(text, transaction.changes, writtenHere)
      }
    }

    destroy (): void { text.unobserve(this.follow) }

    private onShared (event: Y.YTextEvent): void {
      if (event.transaction.origin === writtenHere) return
      const changes = changesOf(event, this.view.state.doc)
      if (changes === null) objectCame()
      else if (changes.length > 0) this.view.dispatch({ changes, annotations: [fromShared.of(true), Transaction.remote.of(true)] })
    }
  })
}
