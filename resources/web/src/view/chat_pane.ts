// The conversation beside the text.
import { endTyping } from '../editor/shared_selection.ts'
import type { RoomSession } from '../session/room_session.ts'
import { byId, setText } from './elements.ts'
import { messageItem } from './message_item.ts'
import { typingSentence } from './sentences.ts'

/** Without a key for this long nobody is typing any more. */
const typingTime = 4_000

export class ChatPane {
  private readonly list = byId('messages')
  private readonly input = byId<HTMLInputElement>('chatInput')
  private readonly typing = byId('chatTyping')
  private readonly problem = byId('chatProblem')
  private timer: ReturnType<typeof setTimeout> | undefined
  /** How many there are. */
  count = 0

  constructor (private readonly session: RoomSession) {
    byId('chatForm').addEventListener('submit', event => {
      event.preventDefault()
      this.send()
    })
    this.input.addEventListener('input', () => { this.onTyped() })
    session.chat.changed.listen(() => { this.refresh() })
    this.refresh()
    this.refreshPeople()
  }

  /** Who may write here depends on the link. */
  setWriting (mayWrite: boolean): void {
    if (mayWrite === !this.input.disabled) return
    this.input.disabled = !mayWrite
    this.input.placeholder = mayWrite ? 'Message everyone in this document' : 'You can read the messages here'
  }

  refreshPeople (): void {
    const own = this.session.doc.clientID
    const names = this.session.people().filter(({ client, typing }) => client !== own && typing === 'chat').map(({ name }) => name)
    setText(this.typing, typingSentence(names))
  }

  refresh (): void {
    const follow = this.list.scrollTop + this.list.clientHeight >= this.list.scrollHeight - 4
    const colorOf = this.session.colorsOfUsers()
    const messages = this.session.chat.messages()
    this.count = messages.length
    this.list.replaceChildren(...messages.map(({ author, name, time, text }) =>
      messageItem({ name, time, text, color: colorOf(author), isMine: author === this.session.self.id })))
    if (follow) this.list.scrollTop = this.list.scrollHeight
  }

  private send (): void {
    const problem = this.session.chat.send(this.session.self, this.input.value)
    setText(this.problem, problem ?? '')
    if (problem) return
    this.input.value = ''
    this.stopTyping()
    this.list.scrollTop = this.list.scrollHeight
  }

  private onTyped (): void {
    setText(this.problem, '')
    if (this.input.value === '') {
      this.stopTyping()
      return
    }
    this.session.awareness.setLocalStateField('typing', 'chat')
    clearTimeout(this.timer)
    this.timer = setTimeout(() => { this.stopTyping() }, typingTime)
  }

  private stopTyping (): void {
    clearTimeout(this.timer)
    endTyping(this.session.awareness, 'chat')
  }
}
