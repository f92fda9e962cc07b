// Comments, to read; they are written in the desktop app.
import { threadsIn } from '../session/comments.ts'
import type { RoomSession } from '../session/room_session.ts'
import { byId, make } from './elements.ts'
import { messageItem } from './message_item.ts'
import type { Tabs } from './tabs.ts'

export function showComments (session: RoomSession, tabs: Tabs): void {
  const refresh = (): void => {
    const threads = threadsIn(session.doc).filter(({ isResolved }) => !isResolved)
    byId('tab-comments').hidden = threads.length === 0
    tabs.setCount('comments', threads.length)
    const colorOf = session.colorsOfUsers()
    byId('threads').replaceChildren(...threads.map(({ messages }) =>
      make('li', { class: 'thread' }, make('ol', {}, ...messages.map(message =>
        messageItem({ ...message, color: colorOf(message.author), isMine: message.author === session.self.id }))))))
  }
  session.doc.getMap('comments').observeDeep(refresh)
  refresh()
}
