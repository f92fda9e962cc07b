// The line at the bottom: where my edits are, who is here, where I am.
import type { DocumentMeta } from '../session/document_meta.ts'
import type { LinkState } from '../session/room_session.ts'
import { byId, setText } from './elements.ts'
import { connectionSentence, peopleSentence, savedSentence, type State } from './sentences.ts'

const kinds: Record<string, string> = { code: 'Code', rich: 'Formatted text', table: 'Table' }

export class StatusBar {
  private countdown: ReturnType<typeof setInterval> | undefined

  private shown = { unsaved: 0, waiting: 0 }

  /** Whether what is shown calls something saved that is not, or not any more. */
  isTooGood ({ unsaved, waiting }: State['ledger']): boolean {
    return (unsaved > 0 && this.shown.unsaved === 0) || (waiting > 0 && this.shown.waiting === 0)
  }

  showState (state: State): void {
    this.shown = { unsaved: state.ledger.unsaved, waiting: state.ledger.waiting }
    const { text, tone } = savedSentence(state)
    byId('saved').dataset['tone'] = tone
    setText(byId('savedText'), text)
    clearInterval(this.countdown)
    this.showConnection(state.link)
    if (state.link.kind === 'offline') this.countdown = setInterval(() => { this.showConnection(state.link) }, 1000)
  }

  showPeople (count: number): void { setText(byId('peopleCount'), peopleSentence(count)) }

  showPosition ({ line, column }: { line: number, column: number }): void {
    setText(byId('position'), `Ln ${line}, Col ${column}`)
  }

  showKind ({ kind, language, isMarkdown }: Pick<DocumentMeta, 'kind' | 'language' | 'isMarkdown'>): void {
    const named = language === '' ? undefined : language[0]!.toUpperCase() + language.slice(1)
    setText(byId('language'), isMarkdown ? 'Markdown' : named ?? kinds[kind] ?? 'Plain text')
  }

  private showConnection (link: LinkState): void { setText(byId('connection'), connectionSentence(link, Date.now())) }
}
