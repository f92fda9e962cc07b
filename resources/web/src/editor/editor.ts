// The text on the screen: CodeMirror, bound to the shared text. It lives in a shadow root, because
// only there CodeMirror's styles need no exception from the page's Content-Security-Policy.
import { defaultKeymap, indentWithTab } from '@codemirror/commands'
import { search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, Prec, type Extension } from '@codemirror/state'
import {
  drawSelection, dropCursor, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars,
  keymap, lineNumbers
} from '@codemirror/view'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { isPlainText } from '../session/content_root.ts'
import type { Presence } from '../session/presence.ts'
import { authorStripe, type AuthorStripe, type FindAuthor } from './author_stripe.ts'
import { editorTheme } from './editor_theme.ts'
import { Following } from './following.ts'
import { markdownMarks } from './markdown_marks.ts'
import { ownUndo } from './own_undo.ts'
import { remoteCarets, setRemoteCarets, showRemoteCarets, type RemoteCaret } from './remote_carets.ts'
import { sharedSelection } from './shared_selection.ts'
import { bindText } from './text_binding.ts'

export interface EditorContext {
  text: Y.Text
  awareness: Awareness
  findAuthor: FindAuthor
  /** The caret moved or the text changed. */
  moved: (position: { line: number, column: number }) => void
  /** Somebody is followed from now on; null: nobody any more. */
  followed: (client: number | null) => void
}

export class Editor {
  readonly view: EditorView
  readonly following: Following
  private readonly writing = new Compartment()
  private readonly language = new Compartment()
  private readonly stripe: AuthorStripe
  /** Whether the text can be edited here at all. */
  private isBound: boolean
  private mayWrite = false
  private isMarkdown = false
  /** For each person the position that was last looked up, as it came. */
  private readonly cursors = new Map<number, unknown>()

  constructor (private readonly context: EditorContext, host: HTMLElement) {
    this.isBound = isPlainText(context.text)
    this.stripe = authorStripe(context.text, context.findAuthor)
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
    this.view = new EditorView({
      root,
      parent: root,
      state: this.newState()
    })
    this.following = new Following(this.view, host, context.followed)
    this.tellPosition()
  }

  /** `mayWrite`: as far as the person is concerned; a text with more in it than text stays read-only. */
  setWriting (mayWrite: boolean): void {
    const allowed = mayWrite && this.isBound
    if (allowed === this.mayWrite) return
    this.mayWrite = allowed
    this.view.dispatch({ effects: this.writing.reconfigure(writingExtension(allowed)) })
  }

  setMarkdown (isMarkdown: boolean): void {
    if (isMarkdown === this.isMarkdown) return
    this.isMarkdown = isMarkdown
    this.view.dispatch({ effects: this.language.reconfigure(isMarkdown ? markdownMarks() : []) })
  }

  /** Shows the carets of the others. Who has not moved keeps the place that sticks to the text. */
  setPeople (people: Presence[], own: number): void {
    const shown = new Map(this.view.state.field(remoteCarets).map(caret => [caret.client, caret]))
    const carets = people.flatMap((person): RemoteCaret[] => {
      const { client, name, color, cursor } = person
      if (client === own || cursor === null) return []
      const before = shown.get(client)
      if (before && this.cursors.get(client) === cursor.head) {
        return [before.name === name && before.color === color ? before : { ...before, name, color }]
      }
      const head = this.offsetOf(cursor.head)
      const isCaret = JSON.stringify(cursor.anchor) === JSON.stringify(cursor.head)
      const anchor = isCaret ? head : this.offsetOf(cursor.anchor)
      if (anchor === null || head === null) return []
      this.cursors.set(client, cursor.head)
      return [{ client, name, color, anchor, head, move: (before?.move ?? 0) + 1 }]
    })
    if (carets.length !== shown.size || carets.some(caret => shown.get(caret.client) !== caret)) {
      this.view.dispatch({ effects: setRemoteCarets.of(carets) })
    }
    this.following.keepUp()
  }

  refreshAuthors (): void { this.stripe.refresh(this.view) }

  /** The line somebody else is in, from 1; null without a caret. */
  lineOf (client: number): number | null {
    const caret = this.view.state.field(remoteCarets).find(caret => caret.client === client)
    return caret ? this.view.state.doc.lineAt(caret.head).number : null
  }

  /** Brings a relative position, as JSON, into view, if it is in this text. */
  showPosition (json: unknown): void {
    const offset = this.offsetOf(json)
    if (offset !== null) this.view.dispatch({ effects: EditorView.scrollIntoView(offset, { y: 'center' }) })
  }

  private offsetOf (json: unknown): number | null {
    const { text } = this.context
    try {
      const position = Y.createRelativePositionFromJSON(json)
      const found = Y.createAbsolutePositionFromRelativePosition(position, text.doc!)
      return found?.type === text ? Math.min(found.index, this.view.state.doc.length) : null
    } catch {
      return null // Another program's idea of a position.
    }
  }

  private extensions (): Extension {
    const { text, awareness } = this.context
    return [
      // Only `\n` ends a line, so that one unit of the shared text is one unit here.
      EditorState.lineSeparator.of('\n'),
      this.stripe.extension,
      lineNumbers(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSpecialChars(),
      drawSelection(),
      dropCursor(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': 'Text of the document', tabindex: '0', autocapitalize: 'sentences', spellcheck: 'true' }),
      search({ top: true }),
      this.isBound ? this.binding() : this.mirror(),
      sharedSelection(text, awareness),
      showRemoteCarets(),
      this.writing.of(writingExtension(false)),
      this.language.of([]),
      keymap.of([...searchKeymap, ...defaultKeymap]),
      EditorView.updateListener.of(({ selectionSet, docChanged }) => { if (selectionSet || docChanged) this.tellPosition() }),
      Prec.highest(editorTheme)
    ]
  }

  private binding (): Extension {
    const { text } = this.context
    return [bindText(text, () => { this.stopWriting() }), ownUndo(text)]
  }

  /** Somebody has put an object into the text: from now on it is only shown. */
  private stopWriting (): void {
    this.isBound = false
    this.mayWrite = false
    const { scrollTop } = this.view.scrollDOM
    const isMarkdown = this.isMarkdown
    this.isMarkdown = false
    this.cursors.clear()
    this.view.setState(this.newState())
    this.setMarkdown(isMarkdown)
    this.view.scrollDOM.scrollTop = scrollTop
  }

  private newState (): EditorState {
    return EditorState.create({ doc: shownText(this.context.text), extensions: this.extensions() })
  }

  /** A text with more in it than text is shown as it reads, and never written to. */
  private mirror (): Extension {
    const { text } = this.context
    text.observe(() => {
      const insert = shownText(text)
      this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert } })
    })
    return []
  }

  private tellPosition (): void {
    const { doc, selection } = this.view.state
    const line = doc.lineAt(selection.main.head)
    this.context.moved({ line: line.number, column: selection.main.head - line.from + 1 })
  }
}

/** Somebody who may only look keeps a caret, for selecting and for the keyboard. */
function writingExtension (mayWrite: boolean): Extension {
  return mayWrite ? keymap.of([indentWithTab]) : EditorState.readOnly.of(true)
}

function shownText (text: Y.Text): string {
  return text.toString()
}
