// Undo and redo of what was written here, and of nothing else.
import { Prec, type Extension } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { YSyncConfig } from 'y-codemirror.next'
import * as Y from 'yjs'

/** What is written without a pause this long is one step. */
const stepTime = 500

/** For a text that yCollab binds, without an undo manager of its own: that one looks up the caret at
 * every move, from the beginning of the text. */
export function ownUndo (text: Y.Text): Extension {
  // An origin is tracked by its class as well.
  const manager = new Y.UndoManager(text, { captureTimeout: stepTime, trackedOrigins: new Set([YSyncConfig]) })
  const step = (view: EditorView, run: () => unknown): boolean => {
    if (view.state.readOnly) return false
    let place: number | null = null
    const follow = (event: Y.YTextEvent): void => { place = endOfChange(event.delta) }
    text.observe(follow)
    run()
    text.unobserve(follow)
    if (place !== null) view.dispatch({ selection: { anchor: place }, scrollIntoView: true, userEvent: 'select.undo' })
    return true
  }
  const undo = (view: EditorView): boolean => step(view, () => manager.undo())
  const redo = (view: EditorView): boolean => step(view, () => manager.redo())
  return [
    Prec.high(keymap.of([
      { key: 'Mod-z', run: undo, preventDefault: true },
      { key: 'Mod-y', mac: 'Mod-Shift-z', run: redo, preventDefault: true },
      { key: 'Mod-Shift-z', run: redo, preventDefault: true }
    ])),
    EditorView.domEventHandlers({
      beforeinput (event, view) {
        if (event.inputType === 'historyUndo') return undo(view)
        if (event.inputType === 'historyRedo') return redo(view)
        return false
      }
    })
  ]
}

/** Where the last piece of a change ends. */
export function endOfChange (delta: Y.YTextEvent['delta']): number {
  let end = 0
  let place = 0
  for (const { retain, insert } of delta) {
    if (retain !== undefined) place += retain
    else if (insert !== undefined) place += typeof insert === 'string' ? insert.length : 1
    if (retain === undefined) end = place
  }
  return end
}
