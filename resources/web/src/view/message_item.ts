// One message, in the chat or in a thread of comments.
import { face, make } from './elements.ts'

export interface ShownMessage {
  name: string
  /** `#rrggbb`. */
  color: string
  isMine: boolean
  /** Milliseconds since 1970; NaN is not shown. */
  time: number
  text: string
}

export function messageItem ({ name, color, isMine, time, text }: ShownMessage): HTMLElement {
  return make('div', { class: 'message' },
    face({ name, color }),
    make('div', { class: 'head' },
      make('span', { class: 'name' }, isMine ? `${name} (you)` : name),
      make('span', { class: 'time' }, timeOf(time))),
    make('p', { class: 'words' }, text))
}

function timeOf (time: number): string {
  const date = new Date(time)
  if (Number.isNaN(date.getTime())) return ''
  const clock = date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const isToday = date.toDateString() === new Date().toDateString()
  return isToday ? clock : `${date.toLocaleDateString([], { day: 'numeric', month: 'short' })} ${clock}`
}
