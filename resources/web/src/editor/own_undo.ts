// Undo and redo of what was written here, and of nothing else.
import { Prec, type Extension } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import * as Y from 'yjs'
import { writtenHere } from './text_binding.ts'
import { changesOf, type Change } from './text_changes.ts'

/** What is written without a pause this long is one step. */
const stepTime = 500

/** Remembers what is written here into `text`. */
export function ownUndoOf (text: Y.Text): Y.UndoManager {
  return new Y.UndoManager(text, { captureTimeout: stepTime, trackedOrigins: new Set([writtenHere]) })
}

/** For a text that is bound by bindText. */
export function ownUndo (text: Y.Text): Extension {
  const manager = ownUndoOf(text)
  const step = (view: EditorView, run: () => unknown): boolean => {
    if (view.state.readOnly) return false
    let place: number | null = null
    const shown = view.state.doc
    const follow = (event: Y.YTextEvent): void => { place = endOfChanges(changesOf(event, shown) ?? []) }
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

/** Where the last of some changes ends, in the new text; null if there is none. */
export function endOfChanges (changes: Change[]): number | null {
  let [end, shift]: [number | null, number] = [null, 0]
  for (const { from, to, insert } of changes) {
    end = from + shift + insert.length
    shift += insert.length - (to - from)
  }
  return end
}
