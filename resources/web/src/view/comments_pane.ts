// Comments, to read; they are written in the desktop app.
import { threadsIn } from '../session/comments.ts'
import type { RoomSession } from '../session/room_session.ts'
import { button, byId, make } from './elements.ts'
import { messageItem } from './message_item.ts'
import type { Tabs } from './tabs.ts'

/** `goTo` brings a position, a relative one as JSON, into view. */
export function showComments (session: RoomSession, tabs: Tabs, goTo: (position: unknown) => void): void {
  const refresh = (): void => {
    const threads = threadsIn(session.doc).filter(({ isResolved }) => !isResolved)
    byId('tab-comments').hidden = threads.length === 0
    tabs.setCount('comments', threads.length)
    const colorOf = session.colorsOfUsers()
    byId('threads').replaceChildren(...threads.map(({ messages, quote, from }) => make('li', { class: 'thread' },
      button(quote || 'In the text', () => { goTo(from) }, 'quote'),
      ...messages.map(message =>
        messageItem({ ...message, color: colorOf(message.author), isMine: message.author === session.self.id })))))
  }
  session.doc.getMap('comments').observeDeep(refresh)
  refresh()
}
