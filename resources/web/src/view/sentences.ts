// Every sentence about the state of things, as the desktop app says it (ui/document/status_text.cpp).
import type { EditLedger } from '../session/edit_ledger.ts'
import type { Disk } from '../session/local_copy.ts'
import type { LinkState } from '../session/room_session.ts'

export type Tone = 'good' | 'waiting' | 'bad'

export interface State {
  ledger: Pick<EditLedger, 'unsaved' | 'waiting' | 'waitingBursts'>
  disk: Disk
  link: LinkState
  server: string
}

export interface Sentence { text: string, tone: Tone }

function editCount (count: number): string {
  return count === 1 ? '1 edit' : `${count} edits`
}

/** Where my edits are. */
export function savedSentence ({ ledger: { unsaved, waiting, waitingBursts }, disk, link, server }: State): Sentence {
  const isOnline = link.kind === 'online'
  if (disk !== 'ok') {
    // The server is then the only one who keeps them.
    const why = disk === 'full' ? 'this browser has no room left' : 'this browser keeps nothing'
    if (waiting > 0) return { text: `Not saved: ${why}`, tone: 'bad' }
    return { text: isOnline ? `Saved on ${server}; ${why}` : `Not connected; ${why}`, tone: 'waiting' }
  }
  if (unsaved > 0) return { text: 'Saving…', tone: 'waiting' }
  switch (link.kind) {
    case 'online':
      return waiting > 0
        ? { text: `Saved here, ${editCount(waitingBursts)} on the way to ${server}`, tone: 'waiting' }
        : { text: `Saved here and on ${server}`, tone: 'good' }
    case 'connecting':
      return waiting > 0
        ? { text: `Connecting to ${server}: ${editCount(waitingBursts)} saved in this browser`, tone: 'waiting' }
        : { text: `Connecting to ${server}`, tone: 'waiting' }
    case 'offline':
      return {
        text: waiting > 0 ? `Offline: ${editCount(waitingBursts)} saved in this browser` : 'Offline: everything saved in this browser',
        tone: 'waiting'
      }
    case 'refused':
    case 'replaced':
      return {
        text: waiting > 0 ? `Not connected: ${editCount(waitingBursts)} saved in this browser` : 'Not connected: everything saved in this browser',
        tone: 'waiting'
      }
  }
}

/** `now` in milliseconds since 1970. */
export function connectionSentence (link: LinkState, now: number): string {
  if (link.kind === 'online' && link.roundTrip !== null) return `Round trip ${Math.max(1, Math.round(link.roundTrip))} ms`
  if (link.kind !== 'offline') return ''
  const seconds = Math.ceil((link.retryAt - now) / 1000)
  return seconds > 0 ? `Retrying in ${seconds} s` : 'Retrying…'
}

/** Said to screen readers, and shown at the frame around the text. */
export function followingSentence (name: string): string {
  return `Following ${name}`
}

export function typingSentence (names: string[]): string {
  switch (names.length) {
    case 0: return ''
    case 1: return `${names[0]!} is typing…`
    case 2: return `${names[0]!} and ${names[1]!} are typing…`
    default: return `${names.length} people are typing…`
  }
}

export function peopleSentence (count: number): string {
  return count === 1 ? '1 person' : `${count} people`
}

/** Where somebody is, in the People list. */
export function whereabouts (line: number | null, isTyping: boolean): string {
  const where = line === null ? '' : `Line ${line}`
  if (!isTyping) return where
  return where === '' ? 'Typing' : `${where}, typing`
}
